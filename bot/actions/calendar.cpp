#include "bot/actions/calendar.hpp"

#include <algorithm>
#include <array>

#include "bot/time/zones.hpp"

namespace vakt::action {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;

constexpr int week = 7;
// After so many closed weeks a team's digest is taken for switched off; a year of them is no calendar.
constexpr int weeks_looked_at = 60;

int from_easter(Date date) { return static_cast<int>((sys_days{date} - sys_days{easter_sunday(date.year())}).count()); }

bool is_weekend(Date date) {
  const weekday day{sys_days{date}};
  return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

}  // namespace

// Meeus, Jones and Butcher.
Date easter_sunday(std::chrono::year year) {
  const int y = int(year), a = y % 19, b = y / 100, c = y % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return year / std::chrono::month{static_cast<unsigned>(f / 31)} / std::chrono::day{static_cast<unsigned>(f % 31 + 1)};
}

bool is_holiday(Date date, Holidays holidays) {
  if (holidays == Holidays::none) return false;
  // Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday: from March to June.
  constexpr std::array movable{-3, -2, 0, 1, 39, 49, 50};
  constexpr std::array<std::pair<unsigned, unsigned>, 5> fixed{{{1, 1}, {5, 1}, {5, 17}, {12, 25}, {12, 26}}};
  const auto month = unsigned(date.month());
  if (std::ranges::count(fixed, std::pair{month, unsigned(date.day())}) > 0) return true;
  return month >= 3 && month <= 6 && std::ranges::count(movable, from_easter(date)) > 0;
}

Date plus_days(Date date, int count) { return Date{sys_days{date} + days{count}}; }

Date monday_of(Date date) { return plus_days(date, 1 - static_cast<int>(weekday{sys_days{date}}.iso_encoding())); }

int days_between(Date earlier, Date later) { return static_cast<int>((sys_days{later} - sys_days{earlier}).count()); }

Calendar::Calendar(const Team& team, Holidays holidays)
    : zone_{team.timezone}, digest_{team.digest}, holidays_{holidays}, closed_{team.closed_days} {
  std::ranges::sort(closed_);
}

Date Calendar::date_of(Instant at) const { return local_date(at, zone_); }

Instant Calendar::time_of(Date date) const {
  const auto time = digest_.value_or(WeeklyTime{});
  return from_wall({.year = int(date.year()),
                    .month = static_cast<int>(unsigned(date.month())),
                    .day = static_cast<int>(unsigned(date.day())),
                    .hour = time.hour,
                    .minute = time.minute},
                   zone_);
}

bool Calendar::is_closed(Date date) const {
  return std::ranges::binary_search(closed_, date) || is_holiday(date, holidays_);
}

bool Calendar::is_working_day(Date date) const { return !is_weekend(date) && !is_closed(date); }

Date Calendar::working_day_from(Date date) const {
  while (!is_working_day(date)) date = plus_days(date, 1);
  return date;
}

Date Calendar::plus_working_days(Date date, int count) const {
  for (const int step = count < 0 ? -1 : 1; count != 0;) {
    date = plus_days(date, step);
    if (is_working_day(date)) count -= step;
  }
  return date;
}

Instant Calendar::next_working_time(Instant after) const {
  // From the day before: where a wall time falls into the hour around midnight, DST may move it over.
  for (auto day = working_day_from(plus_days(date_of(after), -1));; day = working_day_from(plus_days(day, 1)))
    if (const auto at = time_of(day); at > after) return at;
}

// A team that wants its digest on a Saturday gets it then; holidays and closed days move it all the same.
bool Calendar::is_digest_day(Date date) const { return digest_ && weekday{sys_days{date}} == digest_->day; }

std::optional<DigestTime> Calendar::digest_of(Date key) const {
  if (!is_digest_day(key)) return std::nullopt;
  const auto day = is_closed(key) ? working_day_from(key) : key;
  if (days_between(key, day) >= week) return std::nullopt;
  return DigestTime{key, day, time_of(day)};
}

std::optional<DigestTime> Calendar::next_digest(Instant after) const {
  if (!digest_) return std::nullopt;
  auto key = plus_days(date_of(after), -week);  // the week before may have moved to after `after`
  while (!is_digest_day(key)) key = plus_days(key, 1);
  for (int i = 0; i < weeks_looked_at; ++i, key = plus_days(key, week))
    if (const auto found = digest_of(key); found && found->at > after) return found;
  return std::nullopt;
}

std::optional<DigestTime> Calendar::latest_digest(Instant at) const {
  if (!digest_) return std::nullopt;
  auto key = plus_days(date_of(at), 1);
  while (!is_digest_day(key)) key = plus_days(key, -1);
  for (int i = 0; i < weeks_looked_at; ++i, key = plus_days(key, -week))
    if (const auto found = digest_of(key); found && found->at <= at) return found;
  return std::nullopt;
}

std::optional<DigestTime> Calendar::digest_before(const DigestTime& one) const {
  for (int i = 1; i <= weeks_looked_at; ++i)
    if (const auto found = digest_of(plus_days(one.key, -i * week))) return found;
  return std::nullopt;
}

}  // namespace vakt::action
