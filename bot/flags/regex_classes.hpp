// Sets of ASCII characters, as patterns name them. Pure.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

namespace vakt::flag {

using CharacterSet = std::bitset<128>;

CharacterSet range(char first, char last);  // both included
CharacterSet one(char c);
CharacterSet letters();

// With the other case of each letter, if `fold`.
CharacterSet folded(CharacterSet set, bool fold);

std::optional<CharacterSet> perl_class(char c);                  // d w s of \d \w \s, D W S of their opposites
std::optional<CharacterSet> named_class(std::string_view name);  // alpha of [:alpha:]

}  // namespace vakt::flag
