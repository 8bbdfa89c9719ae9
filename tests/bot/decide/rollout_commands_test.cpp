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

}  // namespace
}  // namespace vakt::test
