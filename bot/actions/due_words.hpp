// The words of due dates in English and Norwegian. Internal to bot/actions.
#pragma once

#include <optional>
#include <string_view>

namespace vakt::action {

// All folded (bot/actions/folded.hpp). Short forms count: "fri", "fre", "des".
std::optional<unsigned> weekday_word(std::string_view word);  // 0: Sunday … 6: Saturday
std::optional<unsigned> month_word(std::string_view word);    // 1..12
std::optional<int> relative_word(std::string_view words);     // days from today: "today", "i morgen"
std::optional<int> unit_days(std::string_view unit);          // "w", "uker", "d", "days": 7 or 1

// The full English or Norwegian word that misses by one or two letters; empty: none.
std::string_view nearest_due_word(std::string_view word);

}  // namespace vakt::action
