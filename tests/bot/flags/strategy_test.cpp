#include "bot/flags/strategy.hpp"

#include <gmock/gmock.h>

#include "tests/bot/flags/make.hpp"

namespace vakt::flag {
namespace {

using testing::ElementsAre;

const Catalog segments{{},
                       {{1, {"beta users", {constraint("userId", "IN", {"7"})}}},
                        {2, {"closed", {constraint("x", "IN", {})}}},
                        {3, {"open", {}}}}};

Exposure of(const std::vector<Strategy>& strategies, const Context& context = {}) {
  static const auto rules = nav();
  return exposure(State{true, strategies}, {segments, rules, &context});
}
Strategy within(Strategy strategy, std::vector<int> ids) {
  strategy.segments = std::move(ids);
  return strategy;
}
const auto in_prod = constraint("cluster", "IN", {"prod-gcp"});
const auto unknown = constraint("cluster", "SOUNDS_LIKE", {"prod"});
const auto never = constraint("x", "IN", {});

TEST(StrategyExposure, ConstraintsAreJoinedByAnd) {
  auto narrowed = rollout("50");
  narrowed.constraints = {in_prod};
  EXPECT_EQ(in_short(of({narrowed})), "some 0..0.5");
  EXPECT_THAT(of({narrowed}).reasons, ElementsAre(Reason{Why::strategy_share, "flexibleRollout", {}, 0.5},
                                                  Reason{Why::constraint_depends, "flexibleRollout", "cluster"}));
  EXPECT_EQ(in_short(of({narrowed}, {{"cluster", "prod-gcp"}})), "some 0.5..0.5");
  EXPECT_EQ(in_short(of({narrowed}, {{"cluster", "dev-gcp"}})), "nobody 0..0");

  narrowed.constraints = {in_prod, unknown};
  EXPECT_EQ(in_short(of({narrowed})), "cannot_tell 0..0.5");
  narrowed.constraints = {in_prod, unknown, never};
  EXPECT_EQ(in_short(of({narrowed})), "nobody 0..0");
  EXPECT_THAT(of({narrowed}).reasons, ElementsAre(Reason{Why::constraint_false, "flexibleRollout", "x"}));
  EXPECT_EQ(in_short(of({strategy("byMoon", {}, {never})})), "nobody 0..0");
  EXPECT_EQ(in_short(of({strategy("byMoon", {}, {in_prod})})), "cannot_tell 0..1");
}

TEST(StrategyExposure, Segments) {
  const auto beta = of({within(strategy("default"), {1})});
  EXPECT_EQ(in_short(beta), "some 0..1");
  EXPECT_THAT(beta.reasons, ElementsAre(Reason{Why::segment_depends, "default", "beta users"}));
  EXPECT_EQ(in_short(of({within(strategy("default"), {1})}, {{"userId", "7"}})), "everybody 1..1");
  EXPECT_EQ(in_short(of({within(strategy("default"), {1, 2})})), "nobody 0..0");
  EXPECT_EQ(in_short(of({within(strategy("default"), {3})})), "everybody 1..1");
  const auto missing = of({within(strategy("default"), {404})});
  EXPECT_EQ(in_short(missing), "cannot_tell 0..1");
  EXPECT_THAT(missing.reasons, ElementsAre(Reason{Why::segment_missing, "default", "404"}));
}

TEST(StrategyExposure, StrategiesAreJoinedByOr) {
  EXPECT_EQ(in_short(of({rollout("10"), rollout("20")})), "some 0.2..0.3");
  EXPECT_EQ(in_short(of({rollout("60"), rollout("70")})), "some 0.7..1");
  EXPECT_EQ(in_short(of({rollout("10"), strategy("byMoon")})), "cannot_tell 0.1..1");
  EXPECT_EQ(in_short(of({rollout("0"), strategy("userWithId")})), "nobody 0..0");
  EXPECT_EQ(in_short(of({strategy("byMoon"), strategy("default"), rollout("10")})), "everybody 1..1");
}

TEST(StrategyExposure, NamesWhatOpensAndWhatItMakesUseless) {
  const auto seen = of({by_cluster("dev-gcp"), strategy("default"), rollout("10"), rollout("20"), strategy("default")});
  ASSERT_GE(seen.reasons.size(), 2U);
  EXPECT_EQ(seen.reasons[0], (Reason{Why::joined_by_or, "default", "byCluster"}));
  EXPECT_EQ(seen.reasons[1], (Reason{Why::joined_by_or, "default", "flexibleRollout"}));
  EXPECT_EQ(std::ranges::count(seen.reasons, Why::joined_by_or, &Reason::why), 2);
  EXPECT_EQ(std::ranges::count(of({strategy("default"), rollout("100")}).reasons, Why::joined_by_or, &Reason::why), 0);
}

TEST(StrategyExposure, DisabledOnesAreDropped) {
  auto open = strategy("default");
  open.disabled = true;
  EXPECT_EQ(in_short(of({open, rollout("10")})), "some 0.1..0.1");
}

}  // namespace
}  // namespace vakt::flag
