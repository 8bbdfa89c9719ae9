// What holds of every flag. That it is true as well is tested against Unleash's SDK, in tests/e2e/exposure.test.mjs.
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "bot/flags/flag_lint.hpp"
#include "tests/bot/flags/make.hpp"

namespace vakt::flag {
namespace {

using rc::gen::element;

Constraint any_constraint() {
  auto made = constraint(
      *element<std::string>("cluster", "appName", "userId", "count", "currentTime"),
      *element<std::string>("IN", "NOT_IN", "STR_CONTAINS", "NUM_GT", "SEMVER_LT", "DATE_AFTER", "REGEX", "IN_CIDR",
                            "ODD"),
      *rc::gen::container<std::vector<std::string>>(element<std::string>("", "a", "dev-gcp", "prod-gcp", "7", " ")));
  made.value = *element<std::string>("1", "1.2.3", "2022-01-29T13:00:00Z", "a+", "");
  made.inverted = *rc::gen::arbitrary<bool>();
  made.case_insensitive = *rc::gen::arbitrary<bool>();
  made.readable = *rc::gen::inRange(0, 20) != 0;
  return made;
}

Strategy any_strategy() {
  auto made =
      strategy(*element<std::string>("default", "flexibleRollout", "flexibleRollout", "gradualRolloutUserId",
                                     "gradualRolloutRandom", "userWithId", "remoteAddress", "byCluster", "byMoon"));
  const auto percent = std::to_string(*rc::gen::inRange(-5, 106));
  made.parameters = {{"rollout", percent},
                     {"percentage", percent},
                     {"groupId", "g"},
                     {"userIds", "7,8"},
                     {"IPs", "10.0.0.0/8"},
                     {"stickiness", *element<std::string>("default", "random", "userId", "cluster")},
                     {"cluster", *element<std::string>("dev-gcp", "prod-gcp", "dev-gcp,prod-gcp", "")}};
  for (int n = *rc::gen::inRange(0, 3); n > 0; --n) made.constraints.push_back(any_constraint());
  if (*rc::gen::inRange(0, 8) == 0) made.segments = {*rc::gen::inRange(1, 4)};
  made.disabled = *rc::gen::inRange(0, 6) == 0;
  made.readable = *rc::gen::inRange(0, 20) != 0;
  return made;
}

struct Case {
  Flag flag;
  Catalog catalog;
};

Case any_case() {
  Case made;
  for (int id = 1; id < 3; ++id) made.catalog.segments[id] = {"s", {any_constraint()}};
  const auto any_flag = [] {
    std::vector<Strategy> strategies;
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n) strategies.push_back(any_strategy());
    return flag_with(std::move(strategies), *rc::gen::inRange(0, 10) != 0);
  };
  made.flag = any_flag();
  made.catalog.flags["p"] = any_flag();
  if (*rc::gen::inRange(0, 4) == 0) made.catalog.flags["p"].parents = {{"f", true, {}}};
  if (*rc::gen::inRange(0, 3) == 0)
    made.flag.parents = {{*element<std::string>("p", "q"), *rc::gen::arbitrary<bool>(), {}}};
  made.catalog.flags["f"] = made.flag;
  return made;
}

Exposure seen(const Case& of, const Audience* audience = nullptr) {
  return exposure(of.flag, "production", of.catalog, nav(), audience);
}
std::vector<Strategy>& strategies(Case& of) { return of.flag.states["production"].strategies; }

TEST(ExposureProperties, BoundsAreInOrderAndAgreeWithTheWord) {
  EXPECT_TRUE(rc::check("0 <= lo <= hi <= 1", [] {
    const auto of = any_case();
    for (const auto& one : exposures(of.flag, "production", of.catalog, nav())) {
      const auto& it = one.exposure;
      RC_ASSERT(0 <= it.lo && it.lo <= it.hi && it.hi <= 1);
      RC_ASSERT((it.sees == Sees::everybody) == (it.lo == 1));
      RC_ASSERT((it.sees == Sees::nobody) == (it.hi == 0));
      RC_ASSERT(!it.reasons.empty());
      RC_ASSERT(worst(exposures(of.flag, "production", of.catalog, nav())).hi >= it.hi);
    }
    (void)lint(of.flag, "production", of.catalog, nav());
  }));
}

TEST(ExposureProperties, MonotoneInTheRolloutPercentage) {
  EXPECT_TRUE(rc::check("a higher percentage never lowers a bound", [] {
    auto of = any_case();
    of.flag.parents.clear();
    auto low = any_strategy();
    low.disabled = false;
    auto high = low;
    const int percent = *rc::gen::inRange(0, 100), more = *rc::gen::inRange(percent, 101);
    for (const auto* name : {"rollout", "percentage"}) {
      low.parameters[name] = std::to_string(percent);
      high.parameters[name] = std::to_string(more);
    }
    strategies(of).push_back(low);
    const auto before = seen(of);
    strategies(of).back() = high;
    const auto after = seen(of);
    RC_ASSERT(before.lo <= after.lo && before.hi <= after.hi);
  }));
}

TEST(ExposureProperties, AnotherStrategyNeverLowersAndDisablingNeverRaises) {
  EXPECT_TRUE(rc::check("OR", [] {
    auto of = any_case();
    of.flag.parents.clear();
    auto kept = any_strategy();
    kept.disabled = false;  // without any it would be everybody
    strategies(of).insert(strategies(of).begin(), kept);
    const auto before = seen(of);
    strategies(of).push_back(any_strategy());
    const auto after = seen(of);
    RC_ASSERT(before.lo <= after.lo && before.hi <= after.hi);
    if (before.sees == Sees::everybody) RC_ASSERT(after.sees == Sees::everybody);

    strategies(of)[*rc::gen::inRange<std::size_t>(1, strategies(of).size())].disabled = true;
    const auto fewer = seen(of);
    RC_ASSERT(fewer.lo <= after.lo && fewer.hi <= after.hi);
  }));
}

TEST(ExposureProperties, EverybodyStaysEverybodyBesideUnknowns) {
  EXPECT_TRUE(rc::check("default beside anything", [] {
    auto of = any_case();
    of.flag.parents.clear();
    of.flag.states["production"].enabled = true;
    strategies(of).push_back(strategy("default"));
    RC_ASSERT(seen(of).sees == Sees::everybody);
  }));
}

TEST(ExposureProperties,
     AnAudienceLiesWithinTheGeneralBounds) {  // unless it fixes the user: then all are in one bucket
  EXPECT_TRUE(rc::check("an audience is a part of everybody", [] {
    const auto of = any_case();
    const auto general = seen(of);
    const Audience audience{"production",
                            "a",
                            {{"cluster", *element<std::string>("dev-gcp", "prod-gcp", "", "æ")},
                             {"count", *element<std::string>("7", "", "x")},
                             {"appName", "a"}},
                            false};
    const auto it = seen(of, &audience);
    RC_ASSERT(general.lo <= it.lo && it.hi <= general.hi);
  }));
}

}  // namespace
}  // namespace vakt::flag
