// A due date as people type it, in English and Norwegian: "friday", "fredag", "i morgen", "+2w", "1.12.", "1. des",
// "2026-12-01". Only what can mean one day alone: "12-01" and "next friday" are asked back. Pure.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "bot/actions/action_item.hpp"

namespace vakt::action {

struct DueDate {
  Date date{};
  bool past = false;  // before today: taken as typed, and worth a word
  bool operator==(const DueDate&) const = default;
};

enum class DateFault : std::uint8_t {
  not_a_date,   // no form that is known
  ambiguous,    // means different days to different people
  no_such_day,  // 31.11., 29.2.2027
};
struct DateError {
  DateFault fault = DateFault::not_a_date;
  std::string form;  // the nearest right form: "2027-02-28", "friday"; never empty
};

// A bare weekday is the next such day after today; a day and month the next such date from today on (29.2.: of the next
// leap year).
std::expected<DueDate, DateError> parse_due(std::string_view text, Instant now, const std::string& zone);

// What is wrong with it, whatever the day; nothing: it is a date.
std::optional<DateError> due_error(std::string_view text);
// Whether a text means to be a date: it is one, or misses one by little ("fridya", "32.13.").
bool resembles_due(std::string_view text);

}  // namespace vakt::action
