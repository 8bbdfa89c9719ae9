#include <gmock/gmock.h>

#include "tests/bot/brain/flag_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using flag::Standing;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(FlagTaps, AKillFromElsewhereIsAddedToAnIncidentsRecordOnce) {
  FlagIncident stage;
  stage.flag_done("off checkout", "C1");
  EXPECT_THAT(stage.entries_of(EntryKind::flag), IsEmpty());
  const auto value = FlagStage::button(stage.effects<effect::Respond>().back().message, view::action::flag_add);
  EXPECT_EQ(value, "1:1");
  stage.press(view::action::flag_add, value);
  EXPECT_EQ(stage.change().incident, 1);
  ASSERT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
  EXPECT_EQ(stage.entries_of(EntryKind::flag)[0].at, stage.change().progress.stored_at);
  stage.press(view::action::flag_add, value);
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
}

TEST(FlagTaps, OneThatIsUnderWayIsAddedAndRecordedWhenItIsOver) {
  FlagIncident stage;
  stage.flag("off checkout", "C1");
  stage.press(view::action::flag_add, "1:1");
  EXPECT_THAT(stage.entries_of(EntryKind::flag), IsEmpty());
  stage.serve();
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
}

TEST(FlagTaps, AnIncidentIsDeclaredWithThisKillOnce) {
  FlagStage stage;
  stage.flag_done("off checkout");
  stage.press(view::action::flag_declare, "1");
  ASSERT_THAT(stage.ledger.kept.incidents, SizeIs(1));
  EXPECT_THAT(stage.incident().title, HasSubstr("checkout"));
  EXPECT_EQ(stage.change().incident, 1);
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
  stage.wait(1h);
  stage.press(view::action::flag_declare, "1");
  EXPECT_THAT(stage.ledger.kept.incidents, SizeIs(1));
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
}

TEST(FlagTaps, StopEndsTheTriesAndOnlyThose) {
  FlagStage stage;
  for (int i = 0; i < 50; ++i) stage.service.call_troubles.push_back({.fault = flag::Fault::unreachable});
  stage.flag("off checkout");
  stage.serve(30);
  ASSERT_EQ(stage.standing(), Standing::unknown);
  stage.press(view::action::flag_stop, "1");
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("not known"));
  stage.serve();
  EXPECT_EQ(stage.standing(), Standing::stopped);
  const auto orders = stage.service.orders.size();
  stage.press(view::action::flag_stop, "1");
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("over already"));
  stage.serve();
  EXPECT_EQ(stage.service.orders.size(), orders);
}

TEST(FlagTaps, TheFlagNextDoorIsTurnedOffByItsButton) {
  FlagStage stage;
  stage.service.state("checkout", "development").enabled = true;
  stage.flag_done("off checkout");
  const auto value = FlagStage::button(stage.as_seen("flag_announced:1"), view::action::flag_off);
  EXPECT_EQ(view::read_target(value).environment, "development");
  stage.press(view::action::flag_off, value, "CANN", "U2");
  stage.serve();
  EXPECT_FALSE(stage.service.state("checkout", "development").enabled);
  EXPECT_EQ(stage.standing(2), Standing::proven);
}

// A flag's button carries its name, which may begin with a number: that is no change's.
TEST(FlagTaps, AButtonOfAFlagIsNotTakenForAChange) {
  FlagIncident stage;
  stage.flag_done("off checkout", "CINC1");
  stage.press(view::action::flag_off, view::write_target({"1unleash", "checkout", "production"}), "C7", "U2");
  EXPECT_EQ(stage.change(2).incident, 0);
  EXPECT_EQ(stage.posts_in("CINC1", "flag:2"), 0U);
}

TEST(FlagTaps, ButtonsOfChangesThatAreNotThereDoNothing) {
  FlagStage stage;
  for (const auto* action : {view::action::flag_undo, view::action::flag_stop, view::action::flag_add,
                             view::action::flag_declare, view::action::flag_approve})
    for (const auto* value : {"", "99", "x", "99:1", "-1"}) stage.press(action, value);
  EXPECT_THAT(stage.ledger.kept.changes, IsEmpty());
  EXPECT_THAT(stage.ledger.kept.incidents, IsEmpty());
  EXPECT_THAT(stage.for_flag_services, IsEmpty());
  EXPECT_THAT(stage.ledger.kept.quarantined, IsEmpty());
}

TEST(FlagTaps, StatusIsReadForWhoeverPressed) {
  FlagStage stage;
  stage.press(view::action::flag_status, view::write_target({"unleash", "checkout", "production"}));
  stage.serve();
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.blocks, Not(IsEmpty()));
}

}  // namespace
}  // namespace vakt::test
