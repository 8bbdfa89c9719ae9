// How near two words are, as people spell them. Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <ranges>
#include <string>
#include <string_view>

namespace vakt {

// ASCII letters in lower case; the rest as it is.
std::string lower(std::string_view text);

// How many single-character edits lie between two words, of which the first 64 bytes count.
std::size_t edit_distance(std::string_view a, std::string_view b);

// Where the one stands whose word is nearest to what was typed: at most two edits away, and of two letters more than
// that, or "an" would mean "on". The end of `all` where none is.
template <std::ranges::forward_range All, class Word>
auto nearest(const All& all, std::string_view typed, Word word) {
  auto best = std::ranges::end(all);
  std::size_t fewest = 3;
  for (auto one = std::ranges::begin(all); one != std::ranges::end(all); ++one) {
    const auto& known = std::invoke(word, *one);
    const auto distance = edit_distance(typed, known);
    if (distance >= fewest || distance + 2 > known.size()) continue;
    fewest = distance;
    best = one;
  }
  return best;
}

}  // namespace vakt
