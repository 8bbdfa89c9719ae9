#include "bot/decide/rollout_following.hpp"

#include <gmock/gmock.h>

#include "tests/bot/brain/rollout_stage.hpp"
#include "tests/bot/rollouts/make.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using rollout::State;
using testing::HasSubstr;
using testing::SizeIs;

flag::Observation strategy_changed(Instant at) {
  return {.at = at,
          .name = "checkout",
          .project = "default",
          .environment = "production",
          .what = "feature-strategy-update",
          .by = "ola"};
}

TEST(RolloutFollowing, AChangeByHandThatTheServiceTellsOfHoldsItAndIsTold) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.wait(24h);
  stage.observe({strategy_changed(stage.now - 5s)});
  EXPECT_EQ(stage.now_at().state, State::held);
  EXPECT_THAT(stage.last_told(), HasSubstr("changed by hand (ola, feature-strategy-update)"));
  const auto told = stage.told().size();
  stage.observe({strategy_changed(stage.now - 2s)}, "2");
  EXPECT_THAT(stage.told(), SizeIs(told)) << "told once";
}

TEST(RolloutFollowing, ItsOwnOrderComingBackAsAnEventIsNone) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.observe({strategy_changed(stage.now + 2s)});
  EXPECT_EQ(stage.now_at().state, State::running);
}

TEST(RolloutFollowing, AChangeByHandRightAfterItsOwnOrderIsNoEchoOfIt) {
  for (const bool at_once : {true, false}) {
    RolloutStage stage;
    stage.plan();
    stage.advance();
    const auto own = strategy_changed(stage.now + 1s), by_hand = strategy_changed(stage.now + 5s);
    stage.wait(10s);
    if (at_once) {  // told of together, or one after the other
      stage.observe({own, by_hand});
    } else {
      stage.observe({own}, "1");
      EXPECT_EQ(stage.now_at().state, State::running);
      stage.observe({own, by_hand}, "2");
    }
    EXPECT_EQ(stage.now_at().state, State::held);
    EXPECT_THAT(stage.last_told(), HasSubstr("changed by hand"));
  }
}

TEST(RolloutFollowing, OtherFlagsAndEnvironmentsDoNotConcernIt) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.wait(24h);
  auto other = strategy_changed(stage.now), elsewhere = strategy_changed(stage.now);
  other.name = "search";
  elsewhere.environment = "development";
  stage.observe({other, elsewhere});
  EXPECT_EQ(stage.now_at().state, State::running);
}

TEST(RolloutFollowing, WhatTheTerminalDidIsFollowedToo) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.wait(24h);
  stage.give(inbound::FlagProgress{
      .wanted = {.key = "rollout:1:1:terminal:77",
                 .name = "checkout",
                 .environment = "production",
                 .action = flag::Action::percent,
                 .percent = 25},
      .progress = {.standing = flag::Standing::proven, .provider = "unleash", .verified_at = stage.now - 1s},
      .by = "terminal:kari",
      .requested_at = stage.now - 2s,
      .reason = "asked for & agreed"});
  EXPECT_EQ(stage.now_at().stage, 1);
  EXPECT_EQ(stage.now_at().runs[1].began, stage.now - 1s);
  EXPECT_EQ(stage.now_at().runs[1].reason, "asked for & agreed");
  EXPECT_EQ(stage.now_at().runs[1].by, "terminal:kari");
  EXPECT_THAT(stage.last_told(), HasSubstr("*25 %*"));
}

TEST(RolloutFollowing, WhatWaitsInTheInboxIsShownAsItWillBe) {
  inbound::FlagProgress told{
      .wanted = {.key = "rollout:3:0:terminal:1", .name = "checkout", .environment = "production"},
      .progress = {.standing = flag::Standing::proven, .provider = "unleash", .verified_at = rollout_start + 1h},
      .by = "terminal:kari",
      .requested_at = rollout_start};
  auto off = told;
  off.wanted = {.key = "terminal:2", .name = "checkout", .environment = "production"};
  off.progress.verified_at = rollout_start + 2h;
  EXPECT_EQ(with_left({planned()}, {told}, "UTC").at(0).stage, 0);
  EXPECT_EQ(with_left({planned()}, {told, off}, "UTC").at(0).state, State::rolled_back);
  told.progress.standing = flag::Standing::unknown;
  EXPECT_EQ(with_left({planned()}, {told}, "UTC").at(0), planned()) << "not over, so not proven";
}

TEST(RolloutFollowing, AProofThatIsToldOfLateDoesNotTakeItBack) {
  const auto now = at_stage(1, 24h);
  const flag::Change late{
      .number = 9,
      .wanted = {.key = "rollout:3:0:terminal:1", .name = "checkout", .environment = "production"},
      .progress = {.standing = flag::Standing::proven, .provider = "unleash", .verified_at = rollout_start + 1h}};
  EXPECT_EQ(follow(now, late, rollout_start + 48h, "UTC").rollout.stage, 1);
}

// As flagd's file is looked at: ours showed as the flag being on, then somebody edits the definition.
TEST(RolloutFollowing, AnEditOfTheFileSoonAfterItsOwnOrderHoldsIt) {
  for (const auto later : {10s, 28s}) {
    RolloutStage stage;
    stage.service.state("checkout").enabled = false;
    stage.plan();
    stage.advance();
    ASSERT_EQ(stage.now_at().state, State::running);
    auto own = stage.seen(true);
    own.what = "state ENABLED";
    own.state = stage.service.state("checkout");
    stage.observe({own}, "1");
    EXPECT_EQ(stage.now_at().state, State::running);
    stage.wait(later);
    auto edit = own;
    edit.at = stage.now;
    edit.what = "definition changed";
    edit.enabled.reset();
    edit.state->strategies.front().parameters["rollout"] = "90";
    stage.observe({edit}, "2");
    EXPECT_EQ(stage.now_at().state, State::held);
    EXPECT_THAT(stage.last_told(), HasSubstr("changed by hand (ola, definition changed)"));
    stage.flag("history checkout");
    EXPECT_THAT(stage.outlet.acks.back().answer->message.text, HasSubstr("definition changed"));
  }
}

TEST(RolloutFollowing, EveryChangeByHandStandsInItsHistoryAndTheFirstIsTold) {
  RolloutStage stage;
  stage.plan();
  stage.advance("because");
  stage.wait(24h);
  stage.observe({strategy_changed(stage.now - 5s)});
  const auto told = stage.told().size();
  stage.wait(1min);
  stage.observe({strategy_changed(stage.now - 5s)}, "2");
  stage.agree(stage.ask("resume"), "agreed");
  stage.serve();
  stage.flag_done("percent checkout 50", "C9", "U2");
  EXPECT_THAT(stage.told(), SizeIs(told + 1)) << "that it goes on";
  using What = rollout::Happening::What;
  std::vector<What> all;
  for (const auto& one : stage.now_at().history) all.push_back(one.what);
  EXPECT_THAT(all, testing::ElementsAre(What::advanced, What::changed_by_hand, What::changed_by_hand, What::resumed));
  EXPECT_EQ(stage.now_at().runs[0].reason, "because");
  EXPECT_EQ(stage.now_at().history[1].detail, "feature-strategy-update");
}

}  // namespace
}  // namespace vakt::test
