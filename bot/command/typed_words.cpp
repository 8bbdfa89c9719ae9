#include "bot/command/typed_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "bot/spelling.hpp"

namespace vakt {

namespace {

// The closing quote that belongs to an opening one.
struct Quotes {
  std::string_view open, close;
};
constexpr std::array quotes{Quotes{"\"", "\""}, Quotes{"'", "'"}, Quotes{"`", "`"}, Quotes{"“", "”"}, Quotes{"„", "“"},
                            Quotes{"”", "”"},   Quotes{"‘", "’"}, Quotes{"’", "’"}, Quotes{"«", "»"}};

}  // namespace

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string as_typed(std::string_view word) {
  std::string out{word};
  for (const auto dash : {"—", "–"}) replace_all(out, dash, "--");
  for (const auto quote : {"“", "”", "„"}) replace_all(out, quote, "\"");
  for (const auto quote : {"‘", "’"}) replace_all(out, quote, "'");
  return out;
}

std::string keyword(std::string_view word) {
  auto out = lower(as_typed(word));
  if (out.size() > 2 && out.front() == out.back() && (out.front() == '"' || out.front() == '\''))
    out = out.substr(1, out.size() - 2);
  return out;
}

std::string_view take_word(std::string_view& text) {
  const auto end = std::min(text.find_first_of(" \n"), text.size());
  const auto word = text.substr(0, end);
  const auto next = text.find_first_not_of(" \n", end);
  text = next == std::string_view::npos ? std::string_view{} : text.substr(next);
  return word;
}

std::optional<std::int64_t> typed_number(std::string_view word) {
  if (word.starts_with('#')) word.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

std::string typed_url(std::string_view text) {
  if (text.starts_with('<') && text.ends_with('>')) {
    text = text.substr(1, text.size() - 2);
    text = text.substr(0, text.find('|'));
  }
  const auto scheme = text.find("://");
  const auto name = lower(text.substr(0, std::min(scheme, text.size())));
  if (scheme == std::string_view::npos || (name != "https" && name != "http")) return {};
  const auto host = text.substr(scheme + 3, text.find_first_of("/?#", scheme + 3) - (scheme + 3));
  const bool plain = text.find_first_of(" \n\t<>\"`") == std::string_view::npos;
  if (!plain || host.empty() || host.front() == '.' || text.size() > 2'000) return {};
  return std::string{text};
}

std::optional<std::string_view> take_quoted(std::string_view& text) {
  for (const auto& [open, close] : quotes) {
    if (!text.starts_with(open)) continue;
    const auto end = text.find(close, open.size());
    if (end == std::string_view::npos) continue;
    const auto inside = text.substr(open.size(), end - open.size());
    text.remove_prefix(end + close.size());
    return inside;
  }
  return std::nullopt;
}

}  // namespace vakt
