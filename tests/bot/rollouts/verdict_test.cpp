#include "bot/rollouts/verdict.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "tests/bot/rollouts/make.hpp"

namespace vakt::rollout {
namespace {

using Kind = Verdict::Kind;

Kind kind(std::int64_t least, const Record& record) { return verdict({10, 60, least}, &record).kind; }

TEST(Verdict, SaysWhatTheNumberOfUsersCanShow) {
  EXPECT_EQ(verdict({10, 60, 5}, nullptr).kind, Kind::not_recorded);
  EXPECT_EQ(kind(100, test::seen(99)), Kind::too_few);
  EXPECT_EQ(kind(100, test::seen(100)), Kind::no_error_seen);
  EXPECT_EQ(kind(0, test::seen(0)), Kind::no_error_seen);
  EXPECT_EQ(kind(100, test::seen(5, "No such file or directory")), Kind::errors) << "errors count before numbers";
  for (const auto* none : {"", "None", "none.", "No", " NONE ", "-", "ingen", "N/A", "0"})
    EXPECT_EQ(kind(0, test::seen(10, none)), Kind::no_error_seen) << none;
}

TEST(Verdict, RuleOfThree) {
  EXPECT_EQ(error_rate_may_still_be(-1), 1);
  EXPECT_EQ(error_rate_may_still_be(0), 1);
  EXPECT_EQ(error_rate_may_still_be(2), 1);
  EXPECT_EQ(error_rate_may_still_be(3), 1);
  EXPECT_EQ(error_rate_may_still_be(10), 0.3);
  EXPECT_EQ(error_rate_may_still_be(300), 0.01);
}

TEST(Verdict, AShareIsWrittenInTwoDigitsAndRoundedUp) {
  EXPECT_EQ(share_text(1), "100 %");
  EXPECT_EQ(share_text(0.3), "30 %");
  EXPECT_EQ(share_text(error_rate_may_still_be(170)), "1.8 %");
  EXPECT_EQ(share_text(error_rate_may_still_be(3275)), "0.092 %");
  EXPECT_EQ(share_text(0.5), "50 %");
  EXPECT_EQ(share_text(0.03), "3 %");
  EXPECT_EQ(share_text(0.999), "100 %");
  EXPECT_EQ(share_text(0), "0 %");
}

TEST(VerdictProperties, MoreUsersNeverMeanAHigherRateAndTheTextNeverSaysLess) {
  rc::check([] {
    const auto few = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
    const auto many = few + *rc::gen::inRange<std::int64_t>(0, 1'000'000);
    const auto rate = error_rate_may_still_be(few);
    RC_ASSERT(rate >= error_rate_may_still_be(many));
    RC_ASSERT(rate > 0 && rate <= 1);
    RC_ASSERT(std::stod(share_text(rate)) / 100 >= rate - 1e-7);
  });
}

}  // namespace
}  // namespace vakt::rollout
