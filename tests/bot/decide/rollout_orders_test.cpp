#include <gmock/gmock.h>

#include "tests/bot/brain/rollout_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using rollout::State;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr auto week = 7 * 24h;

TEST(RolloutOrders, AStageIsReachedOnceItIsProvenAndNotBefore) {
  RolloutStage stage;
  stage.plan();
  ASSERT_THAT(stage.ledger.kept.rollouts, SizeIs(1));
  EXPECT_EQ(stage.now_at().state, State::planned);
  EXPECT_THAT(stage.last_told(), HasSubstr("plans rollout 1"));
  const auto context = stage.ask("advance");
  ASSERT_THAT(context, Not(IsEmpty()));
  EXPECT_EQ(stage.share(), "0");
  stage.agree(context);
  EXPECT_TRUE(stage.now_at().pending);
  EXPECT_EQ(stage.now_at().state, State::planned);
  stage.serve();
  EXPECT_EQ(stage.share(), "10");
  EXPECT_EQ(stage.now_at().state, State::running);
  EXPECT_EQ(stage.now_at().stage, 0);
  EXPECT_FALSE(stage.now_at().pending);
  EXPECT_EQ(stage.now_at().change, 1);
  EXPECT_THAT(stage.last_told(), HasSubstr("is at *10 %*"));
}

TEST(RolloutOrders, AheadOfTimeOnlyWithAReason) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.wait(1h);
  const auto context = stage.ask("advance");
  EXPECT_THAT(RolloutStage::words({.text = {}, .blocks = stage.modal().blocks}), HasSubstr("has not run its time"));
  stage.agree(context);
  EXPECT_THAT(stage.form_error("reason"), Not(IsEmpty()));
  EXPECT_EQ(stage.now_at().stage, 0);
  stage.agree(context, "the whole team watches");
  stage.serve();
  EXPECT_EQ(stage.now_at().stage, 1);
  EXPECT_EQ(stage.now_at().runs[1].reason, "the whole team watches");
  EXPECT_EQ(stage.share(), "25");
}

TEST(RolloutOrders, OverRecordedErrorsOnlyWithAReason) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.record("≈10", "No such file or directory @ rb_sysopen");
  EXPECT_EQ(stage.now_at().runs[0].records.at(0).users, 10);
  EXPECT_TRUE(stage.now_at().runs[0].records.at(0).about);
  stage.wait(week);
  const auto context = stage.ask("advance 1 could not be reproduced");
  EXPECT_THAT(RolloutStage::words({.text = {}, .blocks = stage.modal().blocks}), HasSubstr("Errors were recorded"));
  stage.agree(context);
  EXPECT_THAT(stage.form_error("reason"), Not(IsEmpty()));
  stage.agree(context, "could not be reproduced");
  stage.serve();
  EXPECT_EQ(stage.now_at().stage, 1);
}

TEST(RolloutOrders, OfTwoWhoAdvanceAtOnceOneWinsAndTheOtherIsTold) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.wait(week);
  const auto first = stage.ask("advance", "U1"), second = stage.ask("advance", "U2");
  stage.agree(first, {}, "U1");
  stage.agree(second, {}, "U2");
  EXPECT_THAT(stage.form_error("name"), HasSubstr("25 %")) << "who is on it already, and to what";
  stage.serve();
  EXPECT_EQ(stage.now_at().stage, 1);
  stage.agree(second, {}, "U2");
  EXPECT_THAT(stage.form_error("name"), HasSubstr("moved on"));
  stage.serve();
  EXPECT_EQ(stage.share(), "25");
  EXPECT_EQ(stage.now_at().stage, 1);
}

TEST(RolloutOrders, WhoMayNotTurnOnMayNotAdvanceButAnybodyHolds) {
  RolloutStage stage;
  stage.groups["oncall"] = "U1,U2,U3";
  stage.plan();
  EXPECT_THAT(stage.rollout("advance", "C1", "U9"), HasSubstr("may turn a flag on"));
  stage.advance();
  EXPECT_THAT(stage.rollout("hold waiting for VaNotify", "C1", "U9"), HasSubstr("held"));
  EXPECT_EQ(stage.now_at().state, State::held);
  EXPECT_EQ(stage.now_at().stop->detail, "waiting for VaNotify");
  EXPECT_THAT(stage.ask("resume"), Not(IsEmpty()));
}

TEST(RolloutOrders, AChangeThatCannotBeMadeLeavesItWhereItWasAndSaysWhy) {
  RolloutStage stage;
  stage.plan();
  const auto context = stage.ask("advance");
  stage.service.call_troubles = {{.fault = flag::Fault::unsupported}};
  stage.agree(context);
  stage.serve();
  EXPECT_EQ(stage.now_at().state, State::planned);
  EXPECT_FALSE(stage.now_at().pending);
  EXPECT_THAT(stage.last_told(), HasSubstr("was *not* advanced"));
  EXPECT_THAT(stage.last_told(), HasSubstr("the service is in trouble"));
  stage.advance();
  EXPECT_EQ(stage.now_at().stage, 0);
}

TEST(RolloutOrders, RollbackIsOffAtOnceAlsoWhileAnAdvanceIsUnderWay) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.wait(week);
  stage.agree(stage.ask("advance"));
  ASSERT_TRUE(stage.now_at().pending);
  EXPECT_THAT(stage.rollout("rollback errors in production"), HasSubstr("Turning `checkout` off"));
  EXPECT_EQ(stage.now_at().state, State::held) << "off is not proven yet";
  stage.serve();
  EXPECT_FALSE(stage.service.state("checkout").enabled);
  EXPECT_EQ(stage.now_at().state, State::rolled_back);
  EXPECT_EQ(stage.now_at().stop->detail, "errors in production");
  EXPECT_THAT(stage.last_told(), HasSubstr("is OFF"));
}

TEST(RolloutOrders, TheKillSwitchEndsItToo) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.flag_done("off checkout", "C9", "U2");
  EXPECT_EQ(stage.now_at().state, State::rolled_back);
  EXPECT_THAT(stage.last_told(), HasSubstr("<@U2>"));
  stage.agree(stage.ask("resume 1 it was not this flag"), "it was not this flag");
  stage.serve();
  EXPECT_EQ(stage.now_at().state, State::running);
  EXPECT_EQ(stage.now_at().stage, 0);
}

TEST(RolloutOrders, AFlagThatIsNotWhatItWasMadeHoldsTheRolloutWhereTheServiceTellsNothing) {
  RolloutStage stage;
  stage.service.tells_events = false;
  stage.plan();
  stage.advance();
  stage.wait(week);
  stage.service.state("checkout").strategies.front().parameters["rollout"] = "80";
  EXPECT_THAT(stage.ask("advance"), IsEmpty());
  EXPECT_EQ(stage.now_at().state, State::held);
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("changed it by hand"));
  EXPECT_THAT(stage.last_told(), HasSubstr("changed by hand"));
  stage.agree(stage.ask("resume 1 back to what was agreed"), "back to what was agreed");
  stage.serve();
  EXPECT_EQ(stage.share(), "10");
  EXPECT_EQ(stage.now_at().state, State::running);
}

}  // namespace
}  // namespace vakt::test
