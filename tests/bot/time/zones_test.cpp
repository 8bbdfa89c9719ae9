#include "bot/time/zones.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace vakt {
namespace {

using namespace std::chrono_literals;

const std::string oslo = "Europe/Oslo";

Instant utc(const char* text) { return from_iso_utc(text).value(); }
WallTime clock_at(int hour, int minute) { return {.hour = hour, .minute = minute}; }

TEST(Zones, SummerAndWinter) {
  EXPECT_EQ(from_wall({2026, 7, 1, 12, 0, 0}, oslo), utc("2026-07-01T10:00:00Z"));
  EXPECT_EQ(from_wall({2026, 12, 1, 12, 0, 0}, oslo), utc("2026-12-01T11:00:00Z"));
  EXPECT_EQ(date_and_seconds(utc("2026-07-01T10:00:05Z"), oslo), "2026-07-01 12:00:05");
  EXPECT_EQ(clock_time(utc("2026-12-01T23:30:00Z"), oslo), "00:30");
  EXPECT_EQ(date_and_time(utc("2026-12-31T23:30:00Z"), oslo), "2027-01-01 00:30");
}

TEST(Zones, TheDateIsTheOneThatPeopleThereHave) {
  using namespace std::chrono;
  EXPECT_EQ(local_date(utc("2026-12-31T23:30:00Z"), oslo), 2027y / January / 1);
  EXPECT_EQ(local_date(utc("2026-12-31T23:30:00Z"), "America/New_York"), 2026y / December / 31);
  EXPECT_EQ(local_date(utc("2028-02-28T23:30:00Z"), oslo), 2028y / February / 29);
}

TEST(Zones, TheHourThatDstSkipsMovesForward) {
  EXPECT_EQ(from_wall({2026, 3, 29, 2, 30, 0}, oslo), utc("2026-03-29T01:30:00Z"));
  EXPECT_EQ(clock_time(from_wall({2026, 3, 29, 2, 30, 0}, oslo), oslo), "03:30");
}

TEST(Zones, TheHourThatDstRepeatsIsTheEarlierOne) {
  EXPECT_EQ(from_wall({2026, 10, 25, 2, 30, 0}, oslo), utc("2026-10-25T00:30:00Z"));
}

TEST(Zones, TheLatestClockTimeInTheRepeatedHourIsTheSecondOnceItHasCome) {
  EXPECT_EQ(latest_clock_time(clock_at(2, 40), utc("2026-10-25T00:45:00Z"), oslo), utc("2026-10-25T00:40:00Z"));
  EXPECT_EQ(latest_clock_time(clock_at(2, 40), utc("2026-10-25T01:30:00Z"), oslo), utc("2026-10-25T00:40:00Z"));
  EXPECT_EQ(latest_clock_time(clock_at(2, 40), utc("2026-10-25T01:45:00Z"), oslo), utc("2026-10-25T01:40:00Z"));
}

TEST(Zones, TheLatestClockTimeOverMidnight) {
  EXPECT_EQ(latest_clock_time(clock_at(23, 50), utc("2026-11-20T23:10:00Z"), oslo), utc("2026-11-20T22:50:00Z"));
  EXPECT_EQ(latest_clock_time(clock_at(0, 10), utc("2026-11-20T23:10:00Z"), oslo), utc("2026-11-20T23:10:00Z"));
  // The night after a day of 23 hours.
  EXPECT_EQ(latest_clock_time(clock_at(23, 45), utc("2026-03-29T22:30:00Z"), oslo), utc("2026-03-29T21:45:00Z"));
}

TEST(Zones, TheLatestClockTimeIsNeverInTheFutureAndLessThan26HoursAgo) {
  EXPECT_TRUE(rc::check("latest", [] {
    const Instant now{std::chrono::seconds{*rc::gen::inRange<std::int64_t>(1'700'000'000, 1'900'000'000)}};
    const auto at = latest_clock_time(clock_at(*rc::gen::inRange(0, 24), *rc::gen::inRange(0, 60)), now, oslo);
    RC_ASSERT(at <= now);
    RC_ASSERT(now - at < 26h);
  }));
}

TEST(Zones, ADayIsTheZonesOwn) {
  EXPECT_EQ(local_date(utc("2026-11-20T23:30:00Z"), oslo), std::chrono::November / 21 / 2026);
  EXPECT_EQ(local_date(utc("2026-11-20T23:30:00Z"), "America/New_York"), std::chrono::November / 20 / 2026);
  EXPECT_EQ(iso_date(std::chrono::March / 5 / 2027), "2027-03-05");
  EXPECT_EQ(from_iso_date("2028-02-29"), std::chrono::February / 29 / 2028);
  for (const auto* text : {"", "2027-02-29", "2026-1-01", "2026-01-01x", "2026/01/01", "0001-01-01", "2026-00-01"})
    EXPECT_FALSE(from_iso_date(text)) << text;
}

TEST(Zones, TsAndIsoRoundTrip) {
  EXPECT_TRUE(rc::check("round trip", [] {
    const Instant at{Micros{*rc::gen::inRange<std::int64_t>(0, 9'999'999'999'999'999)}};
    RC_ASSERT(from_ts(to_ts(at)) == at);
    RC_ASSERT(from_iso_utc(iso_utc(at)) == at);
  }));
  EXPECT_EQ(to_ts(Instant{1'700'000'000s + 100us}), "1700000000.000100");
  EXPECT_EQ(iso_utc(utc("2026-11-21T02:10:04.0001Z")), "2026-11-21T02:10:04.000100Z");
}

TEST(Zones, WhatIsNoTs) {
  for (const auto* text : {"", ".", "1", "1700000000", "1700000000.1", "x.000100", "-1.000100", "1700000000.00010x",
                           ".000100", "1.-00001"})
    EXPECT_FALSE(from_ts(text)) << text;
  EXPECT_TRUE(rc::check("any bytes", [](const std::string& text) { (void)from_ts(text), (void)from_iso_utc(text); }));
}

TEST(Zones, WhatIsNoIsoTime) {
  for (const auto* text :
       {"", "2026-11-21", "2026-11-21T02:10:04", "2026-11-21 02:10:04Z", "2026-13-21T02:10:04Z", "2026-02-30T02:10:04Z",
        "2026-11-21T25:10:04Z", "2026-11-21T02:60:04Z", "2026-11-21T02:10:04.-1234Z", "2026-11-21T02:10:04xZ"})
    EXPECT_FALSE(from_iso_utc(text)) << text;
}

TEST(Zones, AnUnknownZoneIsUtcNotACrash) {
  EXPECT_FALSE(zone_exists("Mars/Olympus"));
  EXPECT_TRUE(zone_exists(oslo));
  EXPECT_EQ(clock_time(utc("2026-07-01T10:00:00Z"), "Mars/Olympus"), "10:00");
}

TEST(Zones, AnHourThatIsRepeatedIsTheOneNearest) {
  const auto first = *from_iso_utc("2026-10-25T00:30:00Z"), second = first + std::chrono::hours{1};
  const WallTime half_past_two{.year = 2026, .month = 10, .day = 25, .hour = 2, .minute = 30};
  EXPECT_EQ(from_wall(half_past_two, "Europe/Oslo"), first);
  EXPECT_EQ(from_wall_near(half_past_two, first - std::chrono::minutes{10}, "Europe/Oslo"), first);
  EXPECT_EQ(from_wall_near(half_past_two, second + std::chrono::minutes{25}, "Europe/Oslo"), second);
  EXPECT_EQ(from_wall_near({.year = 2026, .month = 10, .day = 25, .hour = 4}, first, "Europe/Oslo"),
            *from_iso_utc("2026-10-25T03:00:00Z"));
}

TEST(Zones, AClockOnAnotherDayHasItsDate) {
  const auto at = *from_iso_utc("2026-11-21T23:30:00Z");
  EXPECT_EQ(clock_or_date(at, at + std::chrono::hours{2}, "Europe/Oslo"), "00:30");
  EXPECT_EQ(clock_or_date(at, at - std::chrono::hours{1}, "Europe/Oslo"), "2026-11-22 00:30");
}

}  // namespace
}  // namespace vakt
