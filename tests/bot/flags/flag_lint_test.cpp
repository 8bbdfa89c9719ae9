#include "bot/flags/flag_lint.hpp"

#include <gmock/gmock.h>

#include "tests/bot/flags/make.hpp"

namespace vakt::flag {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> found(const Flag& flag, ExposureRules rules = {{{"byCluster", "cluster"}}, {}}) {
  constexpr const char* words[] = {"unconstrained", "no strategies", "all disabled", "shared", "unknown"};
  std::vector<std::string> texts;
  for (const auto& row : lint(flag, "production", {}, rules)) {
    EXPECT_EQ(row.flag, "f");
    EXPECT_EQ(row.environment, "production");
    texts.push_back(std::string(words[static_cast<int>(row.finding)]) + ": " + row.detail +
                    (row.other.empty() ? "" : " / ") + row.other);
  }
  return texts;
}

TEST(FlagLint, AnUnconstrainedStrategyBesideANarrowerOne) {
  const std::vector both{by_cluster("dev-gcp"), strategy("default")};
  EXPECT_THAT(found(flag_with(both)), ElementsAre("unconstrained: default / byCluster"));
  EXPECT_THAT(found(flag_with(both, false)),
              ElementsAre("unconstrained: default / byCluster"));  // what turning on would do
  EXPECT_THAT(found(flag_with({by_cluster("dev-gcp"), by_cluster("a"), rollout("100", "userId")})),
              ElementsAre("unconstrained: flexibleRollout / byCluster"));
  EXPECT_THAT(found(flag_with({by_cluster("dev-gcp"), rollout("10")})),
              IsEmpty());  // some of all and all of some: usual
  EXPECT_THAT(found(flag_with({strategy("default"), rollout("100")})), IsEmpty());
  auto off = both;
  off[1].disabled = true;
  EXPECT_THAT(found(flag_with(off)), IsEmpty());
}

TEST(FlagLint, NoStrategyThatCounts) {
  EXPECT_THAT(found(flag_with({})), ElementsAre("no strategies: "));
  EXPECT_THAT(found(flag_with({}, false)), IsEmpty());  // a new flag
  auto disabled = by_cluster("dev-gcp");
  disabled.disabled = true;
  EXPECT_THAT(found(flag_with({disabled})), ElementsAre("all disabled: "));
  EXPECT_THAT(found(flag_with({disabled}, false)), ElementsAre("all disabled: "));
}

TEST(FlagLint, AnEnvironmentThatProductionSharesIfItIsLetIn) {
  EXPECT_THAT(found(flag_with({rollout("10")}), nav()), ElementsAre("shared: dev-gcp, prod-gcp"));
  EXPECT_THAT(found(flag_with({by_cluster("dev-gcp")}), nav()), IsEmpty());
  EXPECT_THAT(found(flag_with({}, false), nav()), IsEmpty());
  auto all_production = nav();
  all_production.audiences[0].production = true;
  EXPECT_THAT(found(flag_with({rollout("10")}), all_production), IsEmpty());
}

TEST(FlagLint, UnknownStrategies) {
  EXPECT_THAT(found(flag_with({strategy("byMoon"), strategy("byMoon")})), ElementsAre("unknown: byMoon"));
  EXPECT_THAT(found(flag_with({strategy("byMoon", {}, {constraint("x", "IN", {"a"})})})),
              ElementsAre("unknown: byMoon"));
}

TEST(FlagLint, NothingOfWhatIsGone) {
  auto archived = flag_with({});
  archived.archived = true;
  EXPECT_THAT(found(archived), IsEmpty());
  EXPECT_THAT(lint(flag_with({}), "elsewhere", {}, {}), IsEmpty());
}

}  // namespace
}  // namespace vakt::flag
