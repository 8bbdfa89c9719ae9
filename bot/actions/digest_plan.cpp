#include "bot/actions/digest_plan.hpp"

#include <algorithm>

namespace vakt::action {

namespace {

constexpr int working_days_late = 2;
constexpr std::chrono::hours still_on_time{1};
constexpr std::size_t missed_named = 8;

// By the week from Monday to Sunday: a team that moves its digest to another day has no second one that week.
bool is_claimed(const std::set<Date>& claimed, Date key) {
  const auto monday = monday_of(key);
  const auto found = claimed.lower_bound(monday);
  return found != claimed.end() && days_between(monday, *found) < 7;
}

// When a digest that was due at or before `now` may go: at once on its own day, else in the working hours of a team.
Instant first_chance(const Calendar& calendar, const DigestTime& week, Instant now) {
  const auto today = calendar.date_of(now);
  if (today == week.day) return now;
  return std::max(now, calendar.time_of(calendar.working_day_from(today)));
}

std::vector<DigestTime> missed_before(const Calendar& calendar, const DigestTime& week, const std::set<Date>& claimed,
                                      Instant since) {
  std::vector<DigestTime> missed;
  for (auto one = calendar.digest_before(week);
       one && one->at >= since && !is_claimed(claimed, one->key) && missed.size() < missed_named;
       one = calendar.digest_before(*one))
    missed.push_back(*one);
  std::ranges::reverse(missed);
  return missed;
}

}  // namespace

DigestPlan digest_plan(const Calendar& calendar, const std::set<Date>& claimed, Instant since, Instant now) {
  DigestPlan plan;
  const auto next = calendar.next_digest(now);
  if (next) plan.look_again = next->at;
  const auto latest = calendar.latest_digest(now);
  if (!latest || latest->at < since || is_claimed(claimed, latest->key)) return plan;

  const auto chance = first_chance(calendar, *latest, now);
  plan.week = *latest;
  if (calendar.date_of(chance) > calendar.plus_working_days(latest->day, working_days_late) ||
      (next && chance >= next->at)) {
    plan.sending = Sending::skip;
  } else if (chance > now) {
    plan.look_again = chance;
  } else {
    plan.sending = now - latest->at <= still_on_time ? Sending::send : Sending::late;
    plan.missed = missed_before(calendar, *latest, claimed, since);
  }
  return plan;
}

DigestPlan digest_preview(const Calendar& calendar, Instant at) {
  const auto next = calendar.next_digest(at);
  const auto latest = calendar.latest_digest(at);
  DigestPlan plan;
  if (next) plan.look_again = next->at;
  if (latest && latest->day == calendar.date_of(at)) {
    plan.sending = Sending::send;
    plan.week = *latest;
  } else if (next) {
    plan.week = *next;
  }
  return plan;
}

}  // namespace vakt::action
