// Reads a pattern in RE2's syntax (github.com/google/re2/wiki/Syntax) into a tree. ASCII alone. Pure.
#pragma once

#include <bitset>
#include <cstdint>
#include <expected>
#include <string_view>
#include <vector>

namespace vakt::flag {

struct RegexNode {
  enum class Kind : std::uint8_t {
    characters,
    text_start,
    text_end,
    line_start,
    line_end,
    boundary,
    no_boundary,
    sequence,
    choice,
    repeat
  };
  Kind kind = Kind::sequence;
  std::bitset<128> characters;
  std::vector<RegexNode> children;
  int least = 0, most = -1;  // of a repeat; -1: no end
};

enum class RegexRefusal : std::uint8_t {
  invalid,    // RE2 refuses it
  uncertain,  // RE2 may take it; not read here
};

std::expected<RegexNode, RegexRefusal> parse_regex(std::string_view pattern, bool case_insensitive);

}  // namespace vakt::flag
