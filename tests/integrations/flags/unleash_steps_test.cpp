#include "integrations/flags/unleash_steps.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace vakt::flag::unleash {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

json strategy(const std::string& id, const std::string& name, json parameters = json::object(), bool disabled = false) {
  return {{"id", id},
          {"name", name},
          {"title", nullptr},
          {"disabled", disabled},
          {"parameters", std::move(parameters)},
          {"constraints", json::array()},
          {"segments", json::array()},
          {"variants", json::array()},
          {"sortOrder", 0}};
}
json rollout(const std::string& id, const std::string& share, bool disabled = false) {
  return strategy(id, "flexibleRollout", {{"rollout", share}, {"stickiness", "default"}, {"groupId", "f"}}, disabled);
}
std::string feature(bool enabled, const json& strategies) {
  json environment = {{"name", "production"}, {"enabled", enabled}, {"strategies", strategies}};
  json development = {{"name", "development"}, {"enabled", true}, {"strategies", json::array()}};
  return json{{"name", "f"}, {"environments", json::array({development, environment})}}.dump();
}
const json none = json::array();

std::vector<Step> restore(const std::string& then, const std::string& now) {
  return restore_steps(snapshot_of(then), now, "production").value();
}

TEST(UnleashSteps, NothingIsSentWhereNothingChanged) {
  const auto same = feature(true, json::array({rollout("1", "50"), strategy("2", "default")}));
  EXPECT_THAT(restore(same, same), IsEmpty());
}

TEST(UnleashSteps, OffAndOnAreUndoneByOneRequest) {
  const json one = json::array({rollout("1", "50")});
  EXPECT_THAT(restore(feature(true, one), feature(false, one)), ElementsAre(Step{"POST", "on", ""}));
  EXPECT_THAT(restore(feature(false, one), feature(true, one)), ElementsAre(Step{"POST", "off", ""}));
}

TEST(UnleashSteps, AChangedStrategyIsPutBackWhole) {
  const auto steps =
      restore(feature(false, json::array({rollout("1", "50")})), feature(true, json::array({rollout("1", "9")})));
  ASSERT_THAT(steps, SizeIs(2));
  EXPECT_EQ(steps[0], (Step{"POST", "off", ""})) << "off first: nothing gets wider meanwhile";
  EXPECT_EQ(steps[1].method, "PUT");
  EXPECT_EQ(steps[1].path, "strategies/1");
  const json body = json::parse(steps[1].body);
  EXPECT_EQ(body["parameters"]["rollout"], "50");
  EXPECT_EQ(body["disabled"], false);
  EXPECT_FALSE(body.contains("id"));
  EXPECT_FALSE(body.contains("title")) << "null: that version may not know it";
}

TEST(UnleashSteps, ARemovedStrategyIsAddedOnce) {
  const auto then = feature(true, json::array({rollout("1", "50"), strategy("2", "default")}));
  const auto steps = restore(then, feature(true, json::array({strategy("2", "default")})));
  ASSERT_THAT(steps, SizeIs(2));
  EXPECT_EQ(steps[0].method, "POST");
  EXPECT_EQ(steps[0].path, "strategies");
  EXPECT_EQ(steps[1], (Step{"POST", "on", ""}));
  EXPECT_THAT(restore(then, feature(true, json::array({strategy("2", "default"), rollout("new id", "50")}))),
              IsEmpty());
}

TEST(UnleashSteps, TheStrategyThatOnAddsIsTakenAwayAgain) {
  const auto steps = restore(feature(false, none), feature(true, json::array({rollout("a", "100")})));
  EXPECT_THAT(steps, ElementsAre(Step{"POST", "off", ""}, Step{"DELETE", "strategies/a", ""}));
  const json disabled = json::array({rollout("1", "20", true)});
  json both = disabled;
  both.push_back(rollout("a", "100"));
  EXPECT_THAT(restore(feature(false, disabled), feature(true, both)),
              ElementsAre(Step{"POST", "off", ""}, Step{"DELETE", "strategies/a", ""}));
  EXPECT_THAT(restore(feature(true, none), feature(false, json::array({rollout("a", "100")}))),
              ElementsAre(Step{"POST", "on", ""}))
      << "on without a strategy means everybody too";
}

TEST(UnleashSteps, WhatSomebodyAddedStaysWhileOffAndIsARefusalWhileOn) {
  const json one = json::array({rollout("1", "50")});
  json more = one;
  more.push_back(strategy("x", "default"));
  EXPECT_THAT(restore(feature(false, one), feature(true, more)), ElementsAre(Step{"POST", "off", ""}));
  const auto refused = restore_steps(snapshot_of(feature(true, one)), feature(false, more), "production");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::unsupported);
  EXPECT_THAT(refused.error().text, HasSubstr("default"));
  more.back()["disabled"] = true;
  EXPECT_THAT(restore(feature(true, one), feature(false, more)), ElementsAre(Step{"POST", "on", ""}));
}

TEST(UnleashSteps, ASnapshotThatIsNoneIsARefusal) {
  const auto now = feature(true, none);
  for (const char* bad : {"", "{}", "[", "7", R"({"environments":[{"name":"production"}]})",
                          R"({"environments":[{"name":"production","enabled":"yes","strategies":[]}]})"})
    EXPECT_EQ(restore_steps(bad, now, "production").error().fault, Fault::unsupported) << bad;
  EXPECT_EQ(restore_steps(snapshot_of(now), "<html>", "production").error().fault, Fault::unsupported);
  EXPECT_EQ(restore_steps(snapshot_of(now), now, "staging").error().fault, Fault::unsupported);
  EXPECT_EQ(snapshot_of("<html>"), "");
}

TEST(UnleashSteps, PercentSetsTheOneGradualRollout) {
  const auto steps = percent_steps(
      feature(true, json::array({strategy("1", "default"), rollout("2", "50"), rollout("3", "50", true)})),
      "production", 7);
  ASSERT_TRUE(steps);
  EXPECT_THAT(*steps,
              ElementsAre(Step{"PATCH", "strategies/2", R"([{"op":"add","path":"/parameters/rollout","value":"7"}])"}));
  const auto old =
      percent_steps(feature(true, json::array({strategy("a/b", "gradualRolloutRandom")})), "production", 100);
  EXPECT_EQ(old->at(0).path, "strategies/a%2Fb");
  EXPECT_THAT(old->at(0).body, HasSubstr("/parameters/percentage"));
}

TEST(UnleashSteps, PercentTurnsOnWhatWasOffOnceItsShareIsSet) {
  const auto off = feature(false, json::array({rollout("2", "0")}));
  const auto steps = percent_steps(off, "production", 10).value();
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].method, "PATCH");
  EXPECT_EQ(steps[1], (Step{"POST", "on", {}}));
  EXPECT_EQ(percent_steps(off, "production", 0)->size(), 1U);
}

TEST(UnleashSteps, PercentIsRefusedWhereItIsNotClear) {
  const auto text = [](const json& strategies) {
    return percent_steps(feature(true, strategies), "production", 7).error().text;
  };
  EXPECT_THAT(text(none), HasSubstr("no enabled strategy"));
  EXPECT_THAT(text(json::array({rollout("1", "5", true)})), HasSubstr("no enabled strategy"));
  EXPECT_THAT(text(json::array({strategy("1", "default"), strategy("2", "byCluster")})),
              HasSubstr("default, byCluster"));
  EXPECT_THAT(text(json::array({rollout("1", "5"), strategy("2", "gradualRolloutUserId")})),
              HasSubstr("flexibleRollout, gradualRolloutUserId"));
  EXPECT_FALSE(percent_steps("", "production", 7));
}

}  // namespace
}  // namespace vakt::flag::unleash
