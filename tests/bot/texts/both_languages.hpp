// What every table of texts must keep: it is there in both languages, with the same slots, and pings nobody.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <set>
#include <string_view>

namespace vakt::test {

// A table is a row of string_views and nothing else, so it is an array of them.
template <class Table>
using Row = std::array<std::string_view, sizeof(Table) / sizeof(std::string_view)>;

// Of UTF-8.
inline std::size_t characters(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return n;
}

inline std::set<char> slots(std::string_view text) {
  std::set<char> out;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 2] == '}') out.insert(text[i + 1]);
  return out;
}

template <class Table>
void expect_whole(const Table& en, const Table& nb) {
  const auto english = std::bit_cast<Row<Table>>(en), norwegian = std::bit_cast<Row<Table>>(nb);
  for (std::size_t i = 0; i < english.size(); ++i) {
    EXPECT_FALSE(english[i].empty()) << "text " << i << ", nb: " << norwegian[i];
    EXPECT_FALSE(norwegian[i].empty()) << "text " << i << ", en: " << english[i];
    EXPECT_EQ(slots(english[i]), slots(norwegian[i])) << english[i] << "\n" << norwegian[i];
    for (const auto text : {english[i], norwegian[i]})
      for (const auto* ping : {"<!", "<@"}) EXPECT_EQ(text.find(ping), std::string_view::npos) << text;
  }
}

// Of a table in which no two texts happen to be the same words in both.
template <class Table>
void expect_translated(const Table& en, const Table& nb) {
  const auto english = std::bit_cast<Row<Table>>(en), norwegian = std::bit_cast<Row<Table>>(nb);
  for (std::size_t i = 0; i < english.size(); ++i) EXPECT_NE(english[i], norwegian[i]);
}

}  // namespace vakt::test
