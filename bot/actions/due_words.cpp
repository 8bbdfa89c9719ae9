#include "bot/actions/due_words.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

namespace vakt::action {

namespace {

struct Word {
  std::string_view full;
  unsigned value;
};
// Any beginning of three letters or more means the word; none of these share one with another meaning.
constexpr std::array weekdays{
    Word{"sunday", 0},   Word{"monday", 1},  Word{"tuesday", 2},  Word{"wednesday", 3},
    Word{"thursday", 4}, Word{"friday", 5},  Word{"saturday", 6}, Word{"søndag", 0},
    Word{"mandag", 1},   Word{"tirsdag", 2}, Word{"onsdag", 3},   Word{"torsdag", 4},
    Word{"fredag", 5},   Word{"lørdag", 6},  Word{"sondag", 0},   Word{"lordag", 6},
};
constexpr std::array months{
    Word{"january", 1},   Word{"february", 2},  Word{"march", 3},  Word{"april", 4},     Word{"may", 5},
    Word{"june", 6},      Word{"july", 7},      Word{"august", 8}, Word{"september", 9}, Word{"october", 10},
    Word{"november", 11}, Word{"december", 12}, Word{"januar", 1}, Word{"februar", 2},   Word{"mars", 3},
    Word{"mai", 5},       Word{"juni", 6},      Word{"juli", 7},   Word{"oktober", 10},  Word{"desember", 12},
};
constexpr auto relatives = std::to_array<std::pair<std::string_view, int>>({
    {"today", 0},
    {"tonight", 0},
    {"i dag", 0},
    {"idag", 0},
    {"tomorrow", 1},
    {"i morgen", 1},
    {"imorgen", 1},
    {"i overmorgen", 2},
    {"overmorgen", 2},
    {"yesterday", -1},  // past, and taken as typed: a title must not swallow it
    {"i går", -1},
    {"igår", -1},
});
constexpr auto units = std::to_array<std::pair<std::string_view, int>>({
    {"d", 1},
    {"day", 1},
    {"days", 1},
    {"dag", 1},
    {"dager", 1},
    {"w", 7},
    {"week", 7},
    {"weeks", 7},
    {"u", 7},
    {"uke", 7},
    {"uker", 7},
});

std::optional<unsigned> begun_word(std::string_view word, const auto& words) {
  if (word.ends_with('.')) word.remove_suffix(1);
  if (word.size() < 3) return std::nullopt;
  const auto found = std::ranges::find_if(words, [&](const Word& one) { return one.full.starts_with(word); });
  if (found == words.end()) return std::nullopt;
  return found->value;
}

template <class Pairs>
std::optional<int> value_of(std::string_view word, const Pairs& pairs) {
  const auto* const found = std::ranges::find(pairs, word, [](const auto& pair) { return pair.first; });
  if (found == pairs.end()) return std::nullopt;
  return found->second;
}

// One letter more, less, other, or two of them changed round.
bool misses_by_little(std::string_view typed, std::string_view word) {
  const auto [a, b] = std::ranges::mismatch(typed, word);
  const std::string_view left{a, typed.end()}, right{b, word.end()};
  const auto tail = [](std::string_view text, std::size_t skip) {
    return text.size() < skip ? std::string_view{"\1"} : text.substr(skip);
  };
  if (left.size() >= 2 && right.size() >= 2 && left[0] == right[1] && left[1] == right[0] &&
      left.substr(2) == right.substr(2))
    return true;
  return left == tail(right, 1) || tail(left, 1) == right || tail(left, 1) == tail(right, 1);
}

}  // namespace

std::optional<unsigned> weekday_word(std::string_view word) { return begun_word(word, weekdays); }
std::optional<unsigned> month_word(std::string_view word) { return begun_word(word, months); }
std::optional<int> relative_word(std::string_view words) { return value_of(words, relatives); }
std::optional<int> unit_days(std::string_view unit) { return value_of(unit, units); }

std::string_view nearest_due_word(std::string_view word) {
  if (word.size() < 4) return {};
  for (const auto& weekday : weekdays)
    if (misses_by_little(word, weekday.full)) return weekday.full;
  for (const auto& [relative, days] : relatives)
    if (relative.size() >= 5 && misses_by_little(word, relative)) return relative;
  return {};
}

}  // namespace vakt::action
