#include "bot/rollouts/stage_text.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace vakt::rollout {
namespace {

std::vector<std::pair<int, int>> read(std::string_view text) {
  std::vector<std::pair<int, int>> out;
  const auto stages = parse_stages(text);
  if (!stages) return out;
  for (const auto& stage : *stages) out.emplace_back(stage.percent, stage.minutes);
  return out;
}
StageFault fault(std::string_view text) {
  const auto stages = parse_stages(text);
  EXPECT_FALSE(stages) << text;
  return stages ? StageFault{255} : stages.error().fault;
}

TEST(StageText, ReadsStagesAsPeopleTypeThem) {
  using Stages = std::vector<std::pair<int, int>>;
  const Stages plan{{10, 7 * 1440}, {25, 2 * 1440}, {50, 1440}, {100, 0}};
  for (const auto* text :
       {"10 % for 7d, 25 % for 2d, 50 % for 1d, 100 %", "10% 7d; 25% 2d; 50% 1d; 100%", "10 7d\n25 2d\n50 24h\n100\n",
        "10 % i 1 uke, 25 % i 2 dager, 50 % i 24 timer, 100 %", " ,10 %  FOR 1W ,, 25% for 48 hours, 50%1d,100 %, "})
    EXPECT_EQ(read(text), plan) << text;
  EXPECT_EQ(read("100"), (Stages{{100, 0}}));
  EXPECT_EQ(read("5 % for 90m, 80 % for 30 min"), (Stages{{5, 90}, {80, 30}}));
}

TEST(StageText, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(fault(""), StageFault::none);
  EXPECT_EQ(fault(" , ;\n"), StageFault::none);
  for (const auto* text : {"0 %", "101 %", "-5 %", "x", "2.5 % for 1d", "10x 7d", "99999999999 %", "% 7d"})
    EXPECT_EQ(fault(text), StageFault::bad_percent) << text;
  for (const auto* text : {"10 % for", "10 % for 7", "10 % for d", "10 % for 0d", "10 % for 367d", "10 % 99999999w",
                           "10 % for -1d", "10 % for 7d or so", "10 % 7x"})
    EXPECT_EQ(fault(text), StageFault::bad_time) << text;
  EXPECT_EQ(fault("10 % 7d, 10 % 2d"), StageFault::not_growing);
  EXPECT_EQ(fault("25 % 7d, 10 %"), StageFault::not_growing);
  EXPECT_EQ(fault("10 %, 20 % 7d"), StageFault::needs_time);
  EXPECT_EQ(parse_stages("10 %, 20 % 7d").error().part, "10 %");
  std::string many;
  for (int i = 1; i <= 21; ++i) many += std::to_string(i) + " % 1d,";
  EXPECT_EQ(fault(many), StageFault::too_many);
  EXPECT_EQ(parse_stages("æøå" + std::string(100, 'x')).error().part.size(), 40U);
}

TEST(StageText, ALengthIsWrittenInItsLargestUnit) {
  EXPECT_EQ(length_text(7 * 1440), "7d");
  EXPECT_EQ(length_text(120), "2h");
  EXPECT_EQ(length_text(90), "90m");
}

TEST(StageText, UsersAreWholeNumbersPerhapsEstimated) {
  const auto is = [](std::string_view text, std::int64_t count, bool about) {
    const auto users = parse_users(text);
    return users && users->count == count && users->about == about;
  };
  EXPECT_TRUE(is("10", 10, false));
  EXPECT_TRUE(is("≈10", 10, true));
  EXPECT_TRUE(is(" ~ 3,275 ", 3275, true));
  EXPECT_TRUE(is("ca. 1 000", 1000, true));
  EXPECT_TRUE(is("0", 0, false));
  for (const auto* text : {"", "~", "ten", "-1", "1.5", "9999999999999999"}) EXPECT_FALSE(parse_users(text)) << text;
}

TEST(StageTextProperties, WhatIsWrittenIsReadBack) {
  rc::check([] {
    std::vector<Stage> stages;
    for (int percent = 0; percent < 100;) {
      percent = std::min(100, percent + *rc::gen::inRange(1, 60));
      stages.push_back({percent, *rc::gen::inRange(1, 366 * 1440)});
      if (stages.size() == most_stages) break;
    }
    if (*rc::gen::arbitrary<bool>()) stages.back().minutes = 0;
    const auto again = parse_stages(stages_text(stages));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == stages);
  });
}

}  // namespace
}  // namespace vakt::rollout
