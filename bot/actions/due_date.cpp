#include "bot/actions/due_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "bot/actions/due_words.hpp"
#include "bot/actions/folded.hpp"
#include "bot/time/zones.hpp"

namespace vakt::action {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

// What was typed, before it is known what day it is.
struct Weekday {
  unsigned day;
};
struct Ahead {
  int days;
};
struct DayOfYear {
  unsigned day, month;
  std::optional<int> year;
};
using Typed = std::variant<Weekday, Ahead, DayOfYear>;
using Read = std::expected<Typed, DateError>;

constexpr int furthest_days = 3'660;
constexpr int first_year = 2000, last_year = 2199;

std::unexpected<DateError> wrong(DateFault fault, std::string form) {
  return std::unexpected(DateError{fault, std::move(form)});
}
std::unexpected<DateError> unknown() { return wrong(DateFault::not_a_date, "friday, +2w, 1.12. or 2026-12-01"); }

std::optional<int> number(std::string_view text) {
  int value = 0;
  if (text.empty() || text.size() > 4 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(at);
    if (end != 0 || at != ' ') parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Read day_of_year(std::optional<int> day, std::optional<int> month, std::optional<std::optional<int>> year) {
  if (!day || !month || (year && !*year)) return unknown();
  std::optional<int> full = year ? *year : std::nullopt;
  if (full && *full < 100) *full += 2000;
  if (full && (*full < first_year || *full > last_year)) return unknown();
  // A leap year stands for all where none was typed.
  const std::chrono::year_month any{std::chrono::year{full.value_or(2024)},
                                    std::chrono::month{static_cast<unsigned>(std::clamp(*month, 1, 12))}};
  const auto last = unsigned((any / std::chrono::last).day());
  if (*month < 1 || *month > 12 || *day < 1 || static_cast<unsigned>(*day) > last) {
    const auto nearest = static_cast<unsigned>(std::clamp(*day, 1, static_cast<int>(last)));
    if (full) return wrong(DateFault::no_such_day, iso_date(any / std::chrono::day{nearest}));
    return wrong(DateFault::no_such_day, std::to_string(nearest) + "." + std::to_string(unsigned(any.month())) + ".");
  }
  return DayOfYear{static_cast<unsigned>(*day), static_cast<unsigned>(*month), full};
}

// 1.12., 1.12, 1.12.2026, 1.12.26
Read dotted(std::string_view text) {
  auto parts = split(text, '.');
  if (parts.back().empty()) parts.pop_back();
  if (parts.size() < 2 || parts.size() > 3) return unknown();
  if (parts.size() == 2) return day_of_year(number(parts[0]), number(parts[1]), {});
  return day_of_year(number(parts[0]), number(parts[1]), number(parts[2]));
}

// 2026-12-01; 12-01 could be two days.
Read dashed(std::string_view text, char dash) {
  const auto parts = split(text, dash);
  const auto first = number(parts[0]), second = number(parts[1]);
  if (!first || !second) return unknown();
  if (parts.size() == 3 && parts[0].size() == 4 && dash == '-')
    return day_of_year(number(parts[2]), second, std::optional{first});
  const auto day = static_cast<unsigned>(std::clamp(*first, 1, 31)), month = static_cast<unsigned>(*second);
  const bool both = day <= 12;
  return wrong(DateFault::ambiguous,
               std::to_string(both ? month : day) + "." + std::to_string(both ? day : month) + ". or 2026-12-01");
}

// +2w, 10d, "+2 uker"
Read ahead(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto digits = text.find_first_not_of("0123456789");
  if (digits == std::string_view::npos || digits == 0) return unknown();
  auto unit = text.substr(digits);
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  const auto count = number(text.substr(0, digits));
  const auto each = unit_days(unit);
  if (!each) return unknown();
  if (!count || *count * *each > furthest_days) return wrong(DateFault::no_such_day, "2026-12-01");
  return Ahead{*count * *each};
}

// "1. desember", "dec 1", "1 dec 2026"
Read with_month(const std::vector<std::string_view>& words) {
  const auto count = words.size();
  if (count < 2 || count > 3) return unknown();
  const bool month_first = month_word(words[0]).has_value();
  const auto month = month_word(words[month_first ? 0 : 1]);
  auto day = words[month_first ? 1 : 0];
  while (day.ends_with('.') || day.ends_with(',')) day.remove_suffix(1);
  for (const std::string_view ordinal : {"st", "nd", "rd", "th"})
    if (day.ends_with(ordinal)) day.remove_suffix(2);
  if (!month) return unknown();
  if (count == 2) return day_of_year(number(day), static_cast<int>(*month), {});
  return day_of_year(number(day), static_cast<int>(*month), number(words[2]));
}

// "by friday", "innen fredag"
std::string_view without_preposition(std::string_view text) {
  for (const std::string_view word : {"by ", "on ", "in ", "until ", "innen ", "på ", "om ", "til "})
    if (text.starts_with(word)) return text.substr(word.size());
  return text;
}

Read read(std::string_view typed) {
  const auto text = without_preposition(typed);
  if (text.empty() || text.size() > 40) return unknown();
  const auto words = split(text, ' ');
  if (words.empty()) return unknown();
  if (const auto days_ahead = relative_word(text)) return Ahead{*days_ahead};
  if (words.size() == 2 && (words[0] == "next" || words[0] == "neste") && weekday_word(words[1]))
    return wrong(DateFault::ambiguous, std::string{words[1]});
  if (words.size() == 2 && words[1].starts_with("uke") && words[0] == "neste")
    return wrong(DateFault::ambiguous, "+1w");
  if (words.size() == 2 && words[1] == "week" && words[0] == "next") return wrong(DateFault::ambiguous, "+1w");
  if (words.size() == 1)
    if (const auto weekday = weekday_word(text)) return Weekday{*weekday};
  if (const bool digits = text.find_first_of("0123456789") != std::string_view::npos; !digits) {
    const auto nearest = nearest_due_word(text);
    return nearest.empty() ? unknown() : Read{wrong(DateFault::not_a_date, std::string{nearest})};
  }
  if (text.find_first_not_of("0123456789.") == std::string_view::npos && text.find('.') != std::string_view::npos)
    return dotted(text);
  for (const char dash : {'-', '/'})
    if (text.find(dash) != std::string_view::npos && text.find_first_not_of("0123456789-/") == std::string_view::npos)
      return dashed(text, dash);
  if (auto relative = ahead(text); relative || relative.error().fault != DateFault::not_a_date) return relative;
  return with_month(words);
}

struct Resolver {
  sys_days today;

  Date operator()(const Weekday& typed) const {
    const auto away = std::chrono::weekday{typed.day} - std::chrono::weekday{today};
    return today + (away.count() == 0 ? days{7} : away);
  }
  Date operator()(const Ahead& typed) const { return today + days{typed.days}; }
  Date operator()(const DayOfYear& typed) const {
    const auto in = [&](std::chrono::year year) {
      return year / std::chrono::month{typed.month} / std::chrono::day{typed.day};
    };
    if (typed.year) return in(std::chrono::year{*typed.year});
    auto year = Date{today}.year();
    while (!in(year).ok() || sys_days{in(year)} < today) ++year;
    return in(year);
  }
};

// As it was typed on a phone: no-break spaces and several in a row are one; a dash is a minus.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : folded(text)) {
    const char one = c == '\t' || c == '\n' ? ' ' : c;
    if (one != ' ' || (!out.empty() && out.back() != ' ')) out += one;
  }
  while (out.ends_with(' ')) out.pop_back();
  for (const std::string_view dash : {"–", "—"})
    for (auto at = out.find(dash); at != std::string::npos; at = out.find(dash)) out.replace(at, dash.size(), "-");
  return out;
}

}  // namespace

std::expected<DueDate, DateError> parse_due(std::string_view text, Instant now, const std::string& zone) {
  const auto typed = read(plain(text));
  if (!typed) return std::unexpected(typed.error());
  const sys_days today{local_date(now, zone)};
  const auto date = std::visit(Resolver{today}, *typed);
  return DueDate{.date = date, .past = sys_days{date} < today};
}

std::optional<DateError> due_error(std::string_view text) {
  const auto typed = read(plain(text));
  return typed ? std::nullopt : std::optional{typed.error()};
}

bool resembles_due(std::string_view text) {
  const auto typed = plain(text);
  const auto result = read(typed);
  if (result || result.error().fault != DateFault::not_a_date) return true;
  if (!nearest_due_word(without_preposition(typed)).empty()) return true;
  return !typed.empty() && typed.find(' ') == std::string::npos &&
         (typed[0] == '+' || (typed[0] >= '0' && typed[0] <= '9'));
}

}  // namespace vakt::action
