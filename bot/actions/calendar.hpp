// A team's calendar: its working days, and when its weekly digest is due. Days are dates of the team's zone, a digest's
// time is a wall time there; no week is ever taken for 604,800 seconds. Pure; safe to copy between threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/actions/action_settings.hpp"

namespace vakt::action {

Date easter_sunday(std::chrono::year);       // of the Gregorian calendar
bool is_holiday(Date, Holidays);             // Norway: the public holidays of the law; Sundays apart
Date plus_days(Date, int days);              // days may be negative
Date monday_of(Date);                        // of its week, which begins on Monday
int days_between(Date earlier, Date later);  // negative where it is the other way round

// One week's digest. Its key is the day that the week's digest nominally has: holidays move `day` alone, so that one
// week has exactly one key.
struct DigestTime {
  Date key{};
  Date day{};
  Instant at{};
  bool operator==(const DigestTime&) const = default;
};

class Calendar {
 public:
  Calendar(const Team&, Holidays);

  const std::string& zone() const { return zone_; }
  Date date_of(Instant) const;
  // The team's wall time of that day: of the digest, else 09:00. Where DST skips it the time moves forward, where DST
  // repeats it the earlier one is meant.
  Instant time_of(Date) const;

  bool is_closed(Date) const;  // a holiday or a closed day, whatever day of the week
  bool is_working_day(Date) const;
  Date working_day_from(Date) const;               // the day itself, or the first working day after it
  Date plus_working_days(Date, int days) const;    // the nth after (or before, where negative); 0: the day itself
  Instant next_working_time(Instant after) const;  // the first time_of() a working day that is later

  // That of the week whose nominal day it is. Nothing: the team wants no digest, the day is none of its days, or the
  // whole week is closed.
  std::optional<DigestTime> digest_of(Date key) const;
  std::optional<DigestTime> next_digest(Instant after) const;  // the first that is later
  std::optional<DigestTime> latest_digest(Instant at) const;   // the last that is not later
  std::optional<DigestTime> digest_before(const DigestTime&) const;

 private:
  bool is_digest_day(Date) const;

  std::string zone_;
  std::optional<WeeklyTime> digest_;
  Holidays holidays_;
  std::vector<Date> closed_;  // sorted
};

}  // namespace vakt::action
