#include <gmock/gmock.h>

#include "tests/bot/brain/rollout_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(RolloutCommands, AloneItListsThem) {
  RolloutStage stage;
  EXPECT_THAT(stage.rollout(""), HasSubstr("There is no rollout"));
  stage.plan();
  EXPECT_EQ(stage.rollout(""), "Rollouts");
  EXPECT_THAT(stage.rollout("help"), HasSubstr("rollback"));
  EXPECT_THAT(stage.rollout("advanse"), HasSubstr("advance"));
}

TEST(RolloutCommands, OneIsNamedByNumberByFlagOrByBeingTheOnlyOne) {
  RolloutStage stage;
  EXPECT_THAT(stage.rollout("status"), HasSubstr("No rollout is under way"));
  stage.plan();
  for (const auto* text : {"status", "status 1", "status #1", "status checkout"})
    EXPECT_THAT(stage.rollout(text), HasSubstr("*Rollout 1* of `checkout`")) << text;
  EXPECT_THAT(stage.rollout("status 7"), HasSubstr("no rollout 7"));
  auto second = stage.now_at();
  second.id = 2;
  second.flag = "search";
  second.channel = "C2";
  stage.ledger.save_rollout(second);
  EXPECT_THAT(stage.rollout("status", "C2"), HasSubstr("`search`")) << "the one of this channel";
  EXPECT_THAT(stage.rollout("status", "C9"), HasSubstr("Several"));
  EXPECT_THAT(stage.rollout("hold", "C9"), HasSubstr("Several"));
}

TEST(RolloutCommands, WhatCannotBeDoneSaysWhatCan) {
  RolloutStage stage;
  stage.plan();
  EXPECT_THAT(stage.rollout("record"), HasSubstr("advance 1"));
  EXPECT_THAT(stage.rollout("resume"), HasSubstr("neither held nor rolled back"));
  stage.flag_done("off checkout");
  EXPECT_EQ(stage.now_at().state, rollout::State::planned) << "nothing had begun";
  stage.rollout("start chekout");
  stage.serve();
  EXPECT_THAT(stage.effects<effect::OpenModal>(), testing::SizeIs(1));
}

TEST(RolloutCommands, PeoplesWordsPingNobodyAndBreakNothing) {
  RolloutStage stage;
  stage.plan({{"criteria", "<!channel> *calls* < 2"}, {"go", "<!here>: `x`"}});
  stage.advance();
  stage.record("3", "<!everyone> & <script>");
  for (const auto& message : stage.told()) EXPECT_THAT(RolloutStage::words(message), Not(HasSubstr("<!")));
}

// Nobody waits for an answer to what the terminal left.
TEST(RolloutCommands, WhatTheTerminalAskedForAndIsRefusedIsToldAndNotDone) {
  RolloutStage stage;
  stage.plan();
  const auto audit = [&] { return stage.ledger.kept.audit.back(); };
  const auto ask = [&](rollout::Asked what) {
    stage.give(inbound::RolloutAsked{.what = std::move(what), .by = "terminal:kari", .at = stage.now});
  };
  auto plan = stage.now_at();
  plan.channel = "C2";
  ask(rollout::asked::Start{plan});
  EXPECT_THAT(stage.ledger.kept.rollouts, testing::SizeIs(1));
  ASSERT_THAT(stage.told("C2"), testing::SizeIs(1));
  EXPECT_THAT(stage.told("C2")[0].text, HasSubstr("Rollout 1 of `checkout` in production is under way already"));
  EXPECT_EQ(audit().outcome, "refused");
  EXPECT_THAT(audit().detail, HasSubstr("under way already"));
  plan.channel.clear();
  ask(rollout::asked::Start{plan});
  ask(rollout::asked::Hold{9, {}});
  ASSERT_THAT(stage.told("incidents"), testing::SizeIs(2));
  EXPECT_THAT(stage.told("incidents")[1].text, HasSubstr("no rollout 9"));
  ask(rollout::asked::Report{1, {}});
  EXPECT_THAT(stage.last_told(), HasSubstr("No stage of rollout 1 has begun"));
  EXPECT_EQ(audit().outcome, "refused");
  ask(rollout::asked::Hold{1, "wait"});
  EXPECT_EQ(audit().outcome, "done");
}

TEST(RolloutCommands, AFormThatIsRefusedIsAuditedSo) {
  RolloutStage stage;
  stage.plan();
  EXPECT_EQ(stage.ledger.kept.audit.back().outcome, "done");
  stage.plan();
  EXPECT_THAT(stage.form_error("stages"), HasSubstr("under way already"));
  EXPECT_EQ(stage.ledger.kept.audit.back().outcome, "refused");
  EXPECT_THAT(stage.ledger.kept.audit.back().detail, HasSubstr("under way already"));
}

}  // namespace
}  // namespace vakt::test
