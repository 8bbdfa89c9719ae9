#include "storage/rollout_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/bot/rollouts/make.hpp"

namespace vakt::test {
namespace {

using Json = nlohmann::json;

Json of(const rollout::Rollout& rollout, Micros after = {}) {
  return Json::parse(rollout_json(rollout, rollout_start + after));
}

TEST(RolloutJson, APlanHasEveryFieldAndNullForWhatIsNotKnown) {
  const auto json = of(planned());
  EXPECT_EQ(json["number"], 3);
  EXPECT_EQ(json["flag"], "checkout");
  EXPECT_EQ(json["state"], "planned");
  EXPECT_EQ(json["what_now"], "begin");
  EXPECT_EQ(json["started_at"], "2023-06-20T08:00:00.000000Z");
  for (const auto* field : {"stage", "stage_ends_at", "under_way", "stopped", "week", "month"})
    EXPECT_TRUE(json.contains(field) && json[field].is_null()) << field;
  ASSERT_EQ(json["stages"].size(), 4U);
  const auto& first = json["stages"][0];
  EXPECT_EQ(first["percent"], 10);
  EXPECT_EQ(first["minutes"], 7 * 24 * 60);
  for (const auto* field : {"least_users", "began_at", "ended_at", "advanced_by", "reason"})
    EXPECT_TRUE(first.contains(field) && first[field].is_null()) << field;
  EXPECT_EQ(first["verdict"]["kind"], "not_recorded");
  EXPECT_TRUE(json["stages"][3]["minutes"].is_null());
  EXPECT_EQ(json["go_no_go"][0]["discipline"], "Engineering");
}

TEST(RolloutJson, WhatWasSeenAndWhatItCanShow) {
  auto now = at_stage(1);
  now.runs[0].records.push_back(seen(10));
  now.runs[0].records.back().metrics.push_back({"Successful submissions", "all"});
  now.runs[1].records.push_back(seen(10, "a \xFF byte"));
  const auto json = of(now, 1h);
  EXPECT_EQ(json["state"], "running");
  EXPECT_EQ(json["stage"], 2);
  EXPECT_EQ(json["stage_ends_at"], "2023-06-22T08:00:00.000000Z");
  EXPECT_EQ(json["what_now"], "decide_on_errors");
  const auto& first = json["stages"][0];
  EXPECT_EQ(first["verdict"]["kind"], "no_error_seen");
  EXPECT_DOUBLE_EQ(first["verdict"]["error_rate_may_still_be"].get<double>(), 0.3);
  EXPECT_EQ(first["records"][0]["users"], 10);
  EXPECT_EQ(first["records"][0]["metrics"][0]["value"], "all");
  EXPECT_EQ(first["records"][0]["at"], "2023-06-20T09:00:00.000000Z");
  EXPECT_EQ(json["stages"][1]["verdict"]["kind"], "errors");
  EXPECT_TRUE(json["stages"][1]["verdict"]["error_rate_may_still_be"].is_null());
}

TEST(RolloutJson, WhyItStopped) {
  const auto held = changed_by_hand(at_stage(0), "ola", "enabled", rollout_start + 1h);
  ASSERT_TRUE(held);
  const auto json = of(*held, 2h);
  EXPECT_EQ(json["state"], "held");
  EXPECT_EQ(json["stopped"]["why"], "changed_by_hand");
  EXPECT_EQ(json["stopped"]["by"], "ola");
  EXPECT_EQ(json["what_now"], "resume");
  const auto list = Json::parse(rollouts_json({*held, planned()}, rollout_start));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1]["state"], "planned");
}

TEST(RolloutJson, EachStageHasWhatHappenedInOrder) {
  auto now = proven(planned(), 0, "because", 1, rollout_act(), "UTC");
  now = *changed_by_hand(now, "", "definition changed", rollout_start + 1h);
  now = proven(now, 0, "agreed", 2, rollout_act(2h), "UTC");
  const auto json = of(now);
  EXPECT_EQ(json["stages"][0]["reason"], "because");
  const auto& history = json["stages"][0]["history"];
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0]["what"], "advanced");
  EXPECT_EQ(history[1]["what"], "changed_by_hand");
  EXPECT_EQ(history[1]["detail"], "definition changed");
  EXPECT_TRUE(history[1]["by"].is_null());
  EXPECT_EQ(history[1]["at"], "2023-06-20T09:00:00.000000Z");
  EXPECT_EQ(history[2]["detail"], "agreed");
  EXPECT_EQ(json["stages"][1]["history"], Json::array());
}

}  // namespace
}  // namespace vakt::test
