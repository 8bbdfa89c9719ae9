#include <gmock/gmock.h>

#include "tests/bot/brain/flag_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using flag::Standing;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(FlagCommands, OffGoesOutAtOnceWithoutAQuestion) {
  FlagStage stage;
  EXPECT_THAT(stage.flag("off checkout"), AllOf(HasSubstr("checkout"), HasSubstr("production")));
  ASSERT_THAT(stage.for_flag_services, SizeIs(1));
  const auto& order = std::get<effect::ChangeFlag>(stage.for_flag_services.front().effect.body);
  EXPECT_EQ(order.change, 1);
  EXPECT_EQ(order.wanted.name, "checkout");
  EXPECT_EQ(order.wanted.environment, "production");
  EXPECT_EQ(order.wanted.action, flag::Action::off);
  EXPECT_EQ(order.wanted.key, stage.change().wanted.key);
  EXPECT_EQ(lane(stage.for_flag_services.front().effect), Lane::kill);
  EXPECT_FALSE(stage.outlet.early);
  EXPECT_EQ(stage.standing(), Standing::under_way);
  stage.serve();
  EXPECT_EQ(stage.standing(), Standing::proven);
  EXPECT_FALSE(stage.service.state("checkout").enabled);
  EXPECT_EQ(stage.ledger.kept.audit.back().command, "/flag off checkout");
}

TEST(FlagCommands, TheSameEnvelopeTwiceIsOneKill) {
  FlagStage stage;
  auto typed = Stage::typed("off checkout", "C1", "U1");
  typed.command = "/flag";
  stage.give(typed, "envelope-1");
  stage.give(typed, "envelope-1");
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(1));
  EXPECT_THAT(stage.for_flag_services, SizeIs(1));
}

TEST(FlagCommands, OffInAnotherEnvironmentOrServiceIsWhatWasTyped) {
  FlagStage stage;
  stage.flag("off checkout development --provider other");
  const auto& wanted = stage.change().wanted;
  EXPECT_EQ(wanted.environment, "development");
  EXPECT_EQ(wanted.provider, "other");
}

TEST(FlagCommands, AProtectedFlagIsAskedForOnce) {
  Settings settings;
  settings.flags.protected_names = {"checkout"};
  FlagStage stage{settings};
  EXPECT_THAT(stage.flag("off checkout"), HasSubstr("protected"));
  EXPECT_THAT(stage.for_flag_services, IsEmpty());
  const auto value = FlagStage::button(stage.outlet.acks.back().answer->message, view::action::flag_off_sure);
  stage.press(view::action::flag_off_sure, value);
  stage.serve();
  EXPECT_EQ(stage.standing(), Standing::proven);
  EXPECT_FALSE(stage.service.state("checkout").enabled);
}

TEST(FlagCommands, UndoPutsBackWhatTheNewestKillFound) {
  FlagStage stage;
  stage.service.state("checkout").strategies = {{.name = "flexibleRollout", .parameters = {{"rollout", "30"}}}};
  const auto before = stage.service.state("checkout");
  stage.flag_done("off checkout");
  stage.flag_done("off checkout");  // it is off already: nothing of this one can be undone
  EXPECT_TRUE(stage.change(2).progress.was_so_already);
  EXPECT_THAT(stage.flag_done("undo checkout"), HasSubstr("checkout"));
  EXPECT_EQ(stage.standing(3), Standing::proven);
  EXPECT_EQ(stage.change(3).undoes, 1);
  EXPECT_EQ(stage.change(1).undone_by, 3);
  EXPECT_EQ(stage.service.state("checkout"), before);
  EXPECT_THAT(stage.flag("undo checkout"), HasSubstr("already"));
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(3));
}

TEST(FlagCommands, UndoTouchesNothingThatSomebodyHasChangedSince) {
  FlagStage stage;
  stage.flag_done("off checkout");
  stage.service.state("checkout").strategies.push_back({.name = "userWithId"});
  const auto theirs = stage.service.state("checkout");
  stage.flag_done("undo checkout");
  EXPECT_EQ(stage.standing(2), Standing::failed);
  EXPECT_EQ(stage.service.state("checkout"), theirs);
  EXPECT_EQ(stage.change(1).undone_by, 0);
}

TEST(FlagCommands, TwoUndosAtOnceAreOne) {
  FlagStage stage;
  stage.flag_done("off checkout");
  stage.flag("undo checkout");
  EXPECT_THAT(stage.flag("undo checkout", "C1", "U2"), HasSubstr("already"));
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(2));
}

TEST(FlagCommands, WhoeverKilledItMayUndoItAndOthersOnlyIfTheyMayTurnOn) {
  FlagStage stage;
  stage.know_operators("!");  // anyone may turn off, nobody on
  stage.flag_done("off checkout", "C1", "U8");
  EXPECT_THAT(stage.flag("undo checkout", "C1", "U9"), HasSubstr("oncall"));
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(1));
  stage.flag_done("undo checkout", "C1", "U8");
  EXPECT_TRUE(stage.service.state("checkout").enabled);
}

TEST(FlagCommands, WhatCannotBeUndoneIsSaid) {
  FlagStage stage;
  EXPECT_THAT(stage.flag("undo checkout"), HasSubstr("history"));
  stage.flag("off checkout");
  EXPECT_THAT(stage.flag("undo checkout"), HasSubstr("history"));  // not proven yet
  stage.press(view::action::flag_undo, "1");
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(1));
}

TEST(FlagCommands, AnOrderThatOvertookItsReadingNamesTheCommandThatTurnsItOn) {
  FlagStage stage;
  stage.flag_done("off checkout");
  stage.ledger.kept.changes.at(1).snapshot.clear();
  EXPECT_THAT(stage.flag("undo checkout"), HasSubstr("/flag on checkout production"));
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(1));
}

TEST(FlagCommands, ReadingCommandsChangeNothing) {
  FlagStage stage;
  for (const auto* text : {"status checkout", "list check", "lint"}) {
    stage.flag_done(text);
    EXPECT_THAT(stage.effects<effect::Respond>().back().message.blocks, Not(IsEmpty())) << text;
  }
  EXPECT_THAT(stage.flag("history checkout"), HasSubstr("checkout"));
  EXPECT_THAT(stage.flag(""), HasSubstr("production"));
  EXPECT_THAT(stage.flag("help"), HasSubstr("/flag off"));
  EXPECT_THAT(stage.ledger.kept.changes, IsEmpty());
  EXPECT_THAT(stage.service.orders, IsEmpty());
}

TEST(FlagCommands, TheListOfChangesHasAButtonForEachThatIsOn) {
  FlagStage stage;
  stage.observe({stage.seen(true, 10min)});
  stage.flag("");
  const auto& message = stage.outlet.acks.back().answer->message;
  EXPECT_THAT(message.text, AllOf(HasSubstr("checkout"), HasSubstr("ola")));
  const auto value = FlagStage::button(message, view::action::flag_off);
  stage.press(view::action::flag_off, value);
  stage.serve();
  EXPECT_EQ(stage.standing(), Standing::proven);
  EXPECT_EQ(stage.change().wanted.provider, "unleash");
}

TEST(FlagCommands, ANearMissIsAnsweredWithTheRightForm) {
  FlagStage stage;
  EXPECT_THAT(stage.flag("of checkout"), HasSubstr("/flag off NAME"));
  EXPECT_THAT(stage.flag("off"), HasSubstr("off NAME"));
  EXPECT_EQ(stage.ledger.kept.audit.back().outcome, "refused");
}

}  // namespace
}  // namespace vakt::test
