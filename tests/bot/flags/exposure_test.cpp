#include "bot/flags/exposure.hpp"

#include <gmock/gmock.h>

#include "tests/bot/flags/make.hpp"

namespace vakt::flag {
namespace {

using testing::ElementsAre;

Exposure seen(const Flag& flag, const Audience* audience = nullptr) {
  return exposure(flag, "production", {}, nav(), audience);
}

TEST(Exposure, ArchivedOrOffIsNobody) {
  auto flag = flag_with({strategy("default")});
  EXPECT_EQ(in_short(seen(flag)), "everybody 1..1");
  flag.archived = true;
  EXPECT_EQ(seen(flag), (Exposure{Sees::nobody, 0, 0, {{Why::archived, {}, {}}}}));
  EXPECT_EQ(seen(flag_with({strategy("default")}, false)),
            (Exposure{Sees::nobody, 0, 0, {{Why::environment_off, {}, {}}}}));
  EXPECT_EQ(whys(exposure(flag_with({}), "elsewhere", {}, {})), std::vector{Why::environment_off});
}

TEST(Exposure, OnWithoutStrategiesIsEverybodyAlsoWhenAllAreDisabled) {
  EXPECT_EQ(seen(flag_with({})), (Exposure{Sees::everybody, 1, 1, {{Why::no_strategies, {}, {}}}}));
  auto off = by_cluster("dev-gcp");
  off.disabled = true;
  EXPECT_EQ(seen(flag_with({off})), seen(flag_with({})));
}

// 27.10.2022: byCluster(dev-gcp) was meant to keep it out of production, and `default` stood beside it.
TEST(Exposure, WhatNavHad) {
  const auto rules = nav();
  const auto in = [&](std::vector<Strategy> strategies) {
    std::string text;
    for (const auto& one : exposures(flag_with(std::move(strategies)), "production", {}, rules))
      text += one.audience + " " + in_short(one.exposure) + "; ";
    return text;
  };
  const auto random = [](const char* percent) { return strategy("gradualRolloutRandom", {{"percentage", percent}}); };
  EXPECT_EQ(in({by_cluster("dev-gcp"), random("0")}), "dev-gcp everybody 1..1; prod-gcp nobody 0..0; ");
  EXPECT_EQ(in({by_cluster("dev-gcp"), random("10")}), "dev-gcp everybody 1..1; prod-gcp some 0.1..0.1; ");
  EXPECT_EQ(in({by_cluster("dev-gcp"), strategy("default")}), "dev-gcp everybody 1..1; prod-gcp everybody 1..1; ");

  const auto production = seen(flag_with({by_cluster("dev-gcp"), strategy("default")}), &rules.audiences[1]);
  EXPECT_EQ(production.reasons.front(), (Reason{Why::joined_by_or, "default", "byCluster"}));
  EXPECT_THAT(whys(production), ElementsAre(Why::joined_by_or, Why::strategy_nobody, Why::strategy_everybody));
}

TEST(Exposure, OncePerAudienceOfThatEnvironment) {
  auto rules = nav();
  rules.audiences.push_back({"development", "elsewhere", {}, false});
  const auto all = exposures(flag_with({by_cluster("prod-gcp")}), "production", {}, rules);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_FALSE(all[0].production);
  EXPECT_TRUE(all[1].production);
  EXPECT_EQ(in_short(worst(all)), "everybody 1..1");

  const auto unnamed =
      exposures(flag_with({by_cluster("prod-gcp")}), "production", {}, {{{"byCluster", "cluster"}}, {}});
  ASSERT_EQ(unnamed.size(), 1U);
  EXPECT_EQ(unnamed[0].audience, "");
  EXPECT_EQ(in_short(unnamed[0].exposure), "some 0..1");
}

TEST(Exposure, TheWorstIsTheWidestAndAmongEqualsTheUncertain) {
  const AudienceExposure all{"a", false, {Sees::everybody, 1, 1, {}}}, some{"b", false, {Sees::some, 0, 1, {}}},
      unsure{"c", false, {Sees::cannot_tell, 0, 1, {}}}, few{"d", true, {Sees::cannot_tell, 0, 0.1, {}}},
      none{"e", true, {Sees::nobody, 0, 0, {}}};
  EXPECT_EQ(worst({none, unsure, all, some}).sees, Sees::everybody);
  EXPECT_EQ(worst({none, some, unsure, few}), unsure.exposure);
  EXPECT_EQ(worst({few, some, none}), some.exposure);
  EXPECT_EQ(worst({none}).sees, Sees::nobody);
  EXPECT_EQ(worst({}).sees, Sees::nobody);
}

}  // namespace
}  // namespace vakt::flag
