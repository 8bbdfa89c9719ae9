// How near two words are, as people spell them. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vakt {

// ASCII letters in lower case; the rest as it is.
std::string lower(std::string_view text);

// How many single-character edits lie between two words, of which the first 64 bytes count.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace vakt
