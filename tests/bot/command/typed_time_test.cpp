#include <gmock/gmock.h>

#include "bot/command/command.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;

const auto now = *from_iso_utc("2026-11-21T11:00:00Z");  // noon in Oslo

std::string when(const std::string& word) {
  const auto time = parse_time(word);
  return time ? iso_utc(moment(*time, now, "Europe/Oslo")).substr(0, 19) : "no time";
}

TEST(TypedTime, EveryWayToWriteIt) {
  for (const auto* word :
       {"09:20", "9:20", "0920", "09.20", "09:20:00", "~09:20", "2026-11-21 09:20", "2026-11-21T09:20"})
    EXPECT_EQ(when(word), "2026-11-21T08:20:00") << word;
  EXPECT_EQ(when("09:20:15"), "2026-11-21T08:20:15");
  EXPECT_EQ(when("-10m"), "2026-11-21T10:50:00");
  EXPECT_EQ(when("-2h"), "2026-11-21T09:00:00");
}

TEST(TypedTime, AClockTimeIsTheLatestNotInTheFuture) {
  EXPECT_EQ(when("12:00"), "2026-11-21T11:00:00");
  EXPECT_EQ(when("12:01"), "2026-11-20T11:01:00");
  EXPECT_EQ(when("23:50"), "2026-11-20T22:50:00");
}

TEST(TypedTime, OnlyATildeIsApproximate) {
  EXPECT_TRUE(parse_time("~12:30")->approximate);
  EXPECT_FALSE(parse_time("12:30")->approximate);
}

TEST(TypedTime, WhatIsNone) {
  for (const auto* word : {"",
                           "500",
                           "24:00",
                           "12:60",
                           "12:5",
                           "99999",
                           "12:30:61",
                           "-m",
                           "-xm",
                           "~",
                           "1.5",
                           "10m",
                           "2026-02-30 09:20",
                           "2026-13-01 09:20",
                           "2026-11-21",
                           "2026-11-21 9h",
                           "::",
                           "-9999999m",
                           "０９:２０",
                           "errors"})
    EXPECT_EQ(when(word), "no time") << word;
}

}  // namespace
}  // namespace vakt
