#include "bot/command/nearest_form.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace vakt {

namespace {

// Right words in the wrong place, and the names that other bots give.
constexpr auto synonyms = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"sev1", "severity sev1"},
    {"sev2", "severity sev2"},
    {"sev3", "severity sev3"},
    {"sev4", "severity sev4"},
    {"investigating", "status investigating"},
    {"identified", "status identified"},
    {"monitoring", "status monitoring"},
    {"here", "declare here TITLE"},
    {"create", "declare [sev1..sev4] TITLE"},
    {"start", "declare [sev1..sev4] TITLE"},
    {"drill", "test TITLE"},
    {"commander", "lead @user"},
    {"owner", "lead @user"},
    {"assign", "role NAME @user"},
    {"comment", "note [TIME] TEXT"},
    {"log", "note [TIME] TEXT"},
    {"history", "timeline"},
    {"finish", "resolve [TEXT]"},
    {"done", "resolve [TEXT]"},
});

}  // namespace

std::string nearest_form(std::string_view typed, const std::vector<KnownWord>& known) {
  if (const auto same = std::ranges::find(known, typed, &KnownWord::word); same != known.end()) return same->form;
  for (const auto& [word, form] : synonyms)
    if (word == typed) return std::string{form};
  const KnownWord* best = nullptr;
  std::size_t fewest = 4;
  for (const auto& one : known) {
    if (one.exact_only) continue;
    const auto distance = one.word.starts_with(typed) && typed.size() >= 3 ? 1 : edit_distance(typed, one.word);
    if (distance >= fewest || distance >= one.word.size()) continue;
    fewest = distance;
    best = &one;
  }
  return best ? best->form : "help";
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, 32);
  b = b.substr(0, 32);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] =
          std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? std::size_t{0} : std::size_t{1})});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace vakt
