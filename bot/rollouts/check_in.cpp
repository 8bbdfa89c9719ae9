#include "bot/rollouts/check_in.hpp"

#include "bot/time/zones.hpp"

namespace vakt::rollout {

namespace {

Instant on_day(Instant at, const std::chrono::year_month_day& day, const std::string& zone) {
  const auto clock = date_and_seconds(at, zone);  // "2026-11-21 03:10:04"
  const auto number = [&](std::size_t from) { return std::stoi(clock.substr(from, 2)); };
  return from_wall({.year = static_cast<int>(day.year()),
                    .month = static_cast<int>(static_cast<unsigned>(day.month())),
                    .day = static_cast<int>(static_cast<unsigned>(day.day())),
                    .hour = number(11),
                    .minute = number(14),
                    .second = number(17)},
                   zone);
}

}  // namespace

Instant week_after(Instant at, const std::string& zone) {
  const std::chrono::sys_days day{local_date(at, zone)};
  return on_day(at, day + std::chrono::days{7}, zone);
}

Instant month_after(Instant at, const std::string& zone) {
  auto day = local_date(at, zone) + std::chrono::months{1};
  if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
  return on_day(at, day, zone);
}

}  // namespace vakt::rollout
