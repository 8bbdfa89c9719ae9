#include "bot/rollouts/check_in.hpp"

#include <gmock/gmock.h>

#include "bot/time/zones.hpp"

namespace vakt::rollout {
namespace {

Instant utc(const char* text) { return *from_iso_utc(text); }
const std::string oslo = "Europe/Oslo";

TEST(CheckIn, StandsAtTheSameTimeOfDayAcrossDst) {
  // Summer time ends on 2026-10-25: 10:00 in Oslo is 08:00 UTC before and 09:00 after.
  EXPECT_EQ(week_after(utc("2026-10-20T08:00:00Z"), oslo), utc("2026-10-27T09:00:00Z"));
  EXPECT_EQ(month_after(utc("2026-10-20T08:00:00Z"), oslo), utc("2026-11-20T09:00:00Z"));
  EXPECT_EQ(week_after(utc("2026-03-25T09:00:30Z"), oslo), utc("2026-04-01T08:00:30Z"));
  EXPECT_EQ(week_after(utc("2026-10-20T08:00:00Z"), "UTC"), utc("2026-10-27T08:00:00Z"));
}

TEST(CheckIn, AMonthIsACalendarMonth) {
  EXPECT_EQ(month_after(utc("2027-01-31T12:00:00Z"), "UTC"), utc("2027-02-28T12:00:00Z"));
  EXPECT_EQ(month_after(utc("2028-01-31T12:00:00Z"), "UTC"), utc("2028-02-29T12:00:00Z"));
  EXPECT_EQ(month_after(utc("2026-12-15T12:00:00Z"), "UTC"), utc("2027-01-15T12:00:00Z"));
  EXPECT_EQ(month_after(utc("2026-06-30T22:30:00Z"), oslo), utc("2026-07-31T22:30:00Z")) << "July there, 00:30";
}

}  // namespace
}  // namespace vakt::rollout
