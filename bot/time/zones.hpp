// Wall-clock time in an IANA zone, and Slack's ts. Pure but for the system's zone database, read once. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/types.hpp"

namespace vakt {

bool zone_exists(const std::string& zone);  // an IANA name, "Europe/Oslo"
std::string host_zone();                    // the machine's own, "UTC" if it cannot be told

std::string iso_utc(Instant);                              // "2026-11-21T02:10:04.000100Z"
std::optional<Instant> from_iso_utc(std::string_view);     // of that form, fraction optional
std::string clock_time(Instant, const std::string& zone);  // "03:10"
// Where it is on the same day as `beside`, the clock alone: "03:10"; else with its date.
std::string clock_or_date(Instant, Instant beside, const std::string& zone);
std::string date_and_time(Instant, const std::string& zone);     // "2026-11-21 03:10"
std::string date_and_seconds(Instant, const std::string& zone);  // "2026-11-21 03:10:04"

// A wall time as a person types it. In an hour that DST repeats the earlier one is meant; one that DST skips moves
// forward.
struct WallTime {
  int year = 0, month = 0, day = 0;  // year 0: no date given
  int hour = 0, minute = 0, second = 0;
};
Instant from_wall(const WallTime&, const std::string& zone);
// The same, but in an hour that DST repeats the one of the two that is nearer to `near`.
Instant from_wall_near(const WallTime&, Instant near, const std::string& zone);
// The latest moment of that clock time which is not after `now`.
Instant latest_clock_time(const WallTime&, Instant now, const std::string& zone);

// The calendar's day there at that moment, and a day as "2026-12-01".
std::chrono::year_month_day local_date(Instant, const std::string& zone);
std::string iso_date(const std::chrono::year_month_day&);
std::optional<std::chrono::year_month_day> from_iso_date(std::string_view);  // a day that exists, years 1970..9999

// Slack's "1700000000.000100": exact to the microsecond. Nothing for text that is not one.
std::optional<Instant> from_ts(std::string_view ts);
Ts to_ts(Instant);

}  // namespace vakt
