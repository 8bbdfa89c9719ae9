#include "bot/flags/regex_classes.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace vakt::flag {

namespace {

using Set = CharacterSet;

Set digits() { return range('0', '9'); }
Set word() { return digits() | letters() | one('_'); }

}  // namespace

CharacterSet range(char first, char last) {
  Set set;
  for (auto c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c) set.set(c);
  return set;
}
CharacterSet one(char c) { return range(c, c); }
CharacterSet letters() { return range('a', 'z') | range('A', 'Z'); }

CharacterSet folded(CharacterSet set, bool fold) {
  for (std::size_t c = 'a'; fold && c <= 'z'; ++c) {
    const bool either = set[c] || set[c - 'a' + 'A'];
    set[c] = set[c - 'a' + 'A'] = either;
  }
  return set;
}

std::optional<CharacterSet> perl_class(char c) {
  const auto space = one('\t') | one('\n') | one('\f') | one('\r') | one(' ');
  switch (c) {
    case 'd':
      return digits();
    case 'D':
      return ~digits();
    case 'w':
      return word();
    case 'W':
      return ~word();
    case 's':
      return space;
    case 'S':
      return ~space;
    default:
      return std::nullopt;
  }
}

std::optional<CharacterSet> named_class(std::string_view name) {
  const std::array<std::pair<std::string_view, Set>, 14> classes{{
      {"alnum", digits() | letters()},
      {"alpha", letters()},
      {"ascii", ~Set{}},
      {"blank", one('\t') | one(' ')},
      {"cntrl", range('\0', '\x1f') | one('\x7f')},
      {"digit", digits()},
      {"graph", range('!', '~')},
      {"lower", range('a', 'z')},
      {"print", range(' ', '~')},
      {"punct", range('!', '/') | range(':', '@') | range('[', '`') | range('{', '~')},
      {"space", range('\t', '\r') | one(' ')},
      {"upper", range('A', 'Z')},
      {"word", word()},
      {"xdigit", digits() | range('a', 'f') | range('A', 'F')},
  }};
  for (const auto& [known, set] : classes)
    if (known == name) return set;
  return std::nullopt;
}

}  // namespace vakt::flag
