#include "bot/flags/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace vakt::flag {

namespace {

constexpr std::array<std::string_view, 25> spaces{" ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\u00a0",
                                                  "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
                                                  "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029",
                                                  "\u202f", "\u205f", "\u3000", "\ufeff"};

bool digit(char c) { return c >= '0' && c <= '9'; }

// How many digits stand at the front; they are cut off.
std::size_t cut_digits(std::string_view& text) {
  const auto count = static_cast<std::size_t>(std::ranges::find_if_not(text, digit) - text.begin());
  text.remove_prefix(count);
  return count;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const auto space : spaces) {
      if (text.starts_with(space)) text.remove_prefix(space.size()), again = true;
      if (text.ends_with(space)) text.remove_suffix(space.size()), again = true;
    }
  }
  return text;
}

std::vector<std::string_view> items(std::string_view list) {
  std::vector<std::string_view> found;
  for (bool first = true, last = false; !last; first = false) {
    const auto comma = list.find(',');
    last = comma == std::string_view::npos;
    const auto item = list.substr(0, comma), cut = trimmed(item);
    const auto from = first && (last || !cut.empty()) ? item.data() : cut.data();
    const auto to = last ? item.data() + item.size() : cut.data() + cut.size();
    found.emplace_back(from, to > from ? static_cast<std::size_t>(to - from) : 0);
    if (!last) list.remove_prefix(comma + 1);
  }
  return found;
}

bool ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<int> whole_number(std::string_view text) {
  auto rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  if (cut_digits(rest) == 0 || !rest.empty()) return std::nullopt;
  int value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{}) return value;
  return negative ? std::numeric_limits<int>::min() : std::numeric_limits<int>::max();
}

std::optional<double> plain_number(std::string_view text) {
  auto rest = text;
  if (rest.starts_with('-')) rest.remove_prefix(1);
  auto digits = cut_digits(rest);
  if (digits == 0) return std::nullopt;
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    const auto fraction = cut_digits(rest);
    if (fraction == 0) return std::nullopt;
    digits += fraction;
  }
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    if (rest.starts_with('-')) rest.remove_prefix(1);
    const auto exponent = cut_digits(rest);
    if (exponent == 0 || exponent > 2) return std::nullopt;
  }
  if (!rest.empty() || digits > 15) return std::nullopt;
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace vakt::flag
