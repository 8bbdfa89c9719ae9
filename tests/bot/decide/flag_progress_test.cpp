#include <gmock/gmock.h>

#include <thread>

#include "tests/bot/brain/flag_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using flag::Fault;
using flag::Standing;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(FlagProgress, AKillInAnIncidentsChannelIsPostedThereAndAnnouncedAndBothAreEditedInPlace) {
  FlagIncident stage;
  const auto answers = stage.effects<effect::Respond>().size();
  stage.flag_done("off checkout", "CINC1");
  EXPECT_EQ(stage.posts_in("CINC1", "flag:1"), 1U);
  EXPECT_EQ(stage.posts_in("incidents", "flag_announced:1"), 1U);
  for (const auto* purpose : {"flag:1", "flag_announced:1"})
    EXPECT_THAT(stage.as_seen(purpose).text, HasSubstr("OFF")) << purpose;
  EXPECT_EQ(stage.effects<effect::Respond>().size(), answers);  // whoever asked reads it in the channel
}

TEST(FlagProgress, TheRecordGetsTheSecondItTookEffectOnce) {
  FlagIncident stage;
  stage.flag_done("off checkout", "CINC1");
  const auto entries = stage.entries_of(EntryKind::flag);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].at, stage.change().progress.stored_at);
  EXPECT_EQ(entries[0].actor, "U1");
  EXPECT_EQ(entries[0].detail, "checkout");
  EXPECT_TRUE(entries[0].on_timeline);
  EXPECT_THAT(entries[0].text, AllOf(HasSubstr("checkout"), HasSubstr("OFF"), HasSubstr("served")));
  // The same told again (a crash between the answer and the commit of its outbox row) changes nothing.
  stage.give(inbound::FlagProgress{.change = 1, .wanted = stage.change().wanted, .progress = stage.change().progress});
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
}

TEST(FlagProgress, WhatChangedNothingIsInTheRecordAndNotOnTheTimeline) {
  FlagIncident stage;
  stage.flag_done("off checkout", "CINC1");
  stage.flag_done("off checkout", "CINC1");
  stage.flag_done("off chekout", "CINC1");
  const auto entries = stage.entries_of(EntryKind::flag);
  ASSERT_THAT(entries, SizeIs(3));
  EXPECT_TRUE(entries[0].on_timeline);
  EXPECT_FALSE(entries[1].on_timeline);
  EXPECT_FALSE(entries[2].on_timeline);
}

TEST(FlagProgress, AKillOutsideAnIncidentIsAnnouncedAndAnswered) {
  FlagStage stage;
  stage.flag_done("off checkout");
  EXPECT_EQ(stage.posts_in("incidents", "flag_announced:1"), 1U);
  EXPECT_EQ(stage.effects<effect::Post>().size(), 1U);
  const auto answers = stage.effects<effect::Respond>();
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_THAT(answers[0].message.text, HasSubstr("OFF"));
  EXPECT_EQ(FlagStage::button(answers[0].message, view::action::flag_declare), "1");
}

TEST(FlagProgress, WhereItIsAnnouncedOneIsToldOnceThatThereIsNoSuchFlag) {
  FlagStage stage;
  stage.flag_done("off chekout", "CANN");
  EXPECT_THAT(stage.effects<effect::Respond>(), IsEmpty());
  stage.flag_done("off chekout", "CELSEWHERE");
  EXPECT_THAT(stage.effects<effect::Respond>(), SizeIs(1));
}

TEST(FlagProgress, AKillWhoseIncidentIsResolvedMeanwhileStandsInItsRecord) {
  FlagIncident stage;
  stage.flag("off checkout", "CINC1");
  stage.command("resolve", "CINC1");
  stage.serve();
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
  stage.flag_done("undo checkout", "CINC1");
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(2));
}

TEST(FlagProgress, UnknownIsSaidAloudOnceAndThenTheTruth) {
  FlagIncident stage;
  for (int i = 0; i < 12; ++i) stage.service.call_troubles.push_back({.fault = Fault::uncertain});
  stage.flag_done("off checkout", "CINC1");
  const auto entries = stage.entries_of(EntryKind::flag);
  ASSERT_THAT(entries, SizeIs(2));
  EXPECT_THAT(entries[0].text, AllOf(HasSubstr("UNKNOWN"), Not(HasSubstr("OFF"))));
  EXPECT_THAT(entries[1].text, HasSubstr("OFF"));
  EXPECT_EQ(stage.posts_in("CINC1", "flag:1"), 1U);
  EXPECT_THAT(stage.as_seen("flag:1").text, HasSubstr("OFF"));
}

TEST(FlagProgress, NothingIsSaidToBeOffBeforeItIsProven) {
  FlagIncident stage;
  stage.service.served_instead = {flag::Served::unknown};
  stage.flag("off checkout", "CINC1");
  stage.serve(60);
  EXPECT_EQ(stage.standing(), Standing::unknown);
  EXPECT_THAT(stage.as_seen("flag:1").text, AllOf(HasSubstr("UNKNOWN"), Not(HasSubstr("OFF"))));
  stage.press(view::action::flag_stop, FlagStage::button(stage.as_seen("flag:1"), view::action::flag_stop), "CINC1");
  stage.serve();
  EXPECT_EQ(stage.standing(), Standing::stopped);
  EXPECT_THAT(stage.as_seen("flag:1").text, Not(HasSubstr("OFF")));
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(2));
}

TEST(FlagProgress, AMisspelledNameIsAnsweredWithTheRightOneAsAButton) {
  FlagStage stage;
  stage.flag_done("off chekout");
  EXPECT_EQ(stage.standing(), Standing::failed);
  const auto answer = stage.effects<effect::Respond>().back().message;
  const auto target = view::read_target(FlagStage::button(answer, view::action::flag_off));
  EXPECT_EQ(target.name, "checkout");
  EXPECT_EQ(target.environment, "production");
}

TEST(FlagProgress, WhoSawItAndSinceWhenIsKept) {
  FlagIncident stage;
  stage.service.state("checkout", "development").enabled = true;
  const auto opened = stage.seen(true, 467s);
  stage.observe({opened});
  stage.flag_done("off checkout", "CINC1");
  const auto& change = stage.change();
  ASSERT_TRUE(change.before && change.after);
  EXPECT_EQ(change.before->sees, flag::Sees::everybody);
  EXPECT_EQ(change.after->sees, flag::Sees::nobody);
  EXPECT_EQ(change.exposed_since, opened.at);
  ASSERT_TRUE(flag::exposed_seconds(change));
  EXPECT_NEAR(*flag::exposed_seconds(change), 467, 1);
  ASSERT_THAT(change.elsewhere, SizeIs(1));
  EXPECT_EQ(change.elsewhere[0].environment, "development");
  EXPECT_FALSE(change.state_after->enabled);
}

TEST(FlagProgress, AnUndoByItsButtonMarksWhatItUndid) {
  FlagIncident stage;
  stage.flag_done("off checkout", "CINC1");
  stage.press(view::action::flag_undo, FlagStage::button(stage.as_seen("flag:1"), view::action::flag_undo), "CINC1",
              "U2");
  stage.press(view::action::flag_undo, "1", "CINC1", "U3");  // at once, by somebody else
  stage.serve();
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(2));
  EXPECT_TRUE(stage.service.state("checkout").enabled);
  EXPECT_EQ(stage.change(1).undone_by, 2);
  EXPECT_EQ(FlagStage::button(stage.as_seen("flag:1"), view::action::flag_undo), "-");
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(2));
  EXPECT_EQ(stage.posts_in("CINC1", "flag:2"), 1U);
}

TEST(FlagProgress, OneFromTheTerminalIsAnnouncedAndRecordedOnce) {
  FlagIncident stage;
  const auto told = [&](Standing standing) {
    flag::Progress progress{.standing = standing, .provider = "unleash"};
    if (standing == Standing::proven) progress.stored_at = progress.verified_at = stage.now - 3s;
    return inbound::FlagProgress{.wanted = {.key = "terminal:1", .name = "checkout", .environment = "production"},
                                 .progress = progress,
                                 .by = "terminal:kari",
                                 .requested_at = stage.now - 4s};
  };
  stage.give(told(Standing::under_way));
  stage.give(told(Standing::proven));
  stage.give(told(Standing::proven));
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(1));
  EXPECT_EQ(stage.change().by, "terminal:kari");
  EXPECT_EQ(stage.change().incident, 1);
  ASSERT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
  EXPECT_EQ(stage.entries_of(EntryKind::flag)[0].at, stage.now - 3s);
  EXPECT_EQ(stage.posts_in("CINC1", "flag:1"), 1U);
  EXPECT_EQ(stage.posts_in("incidents", "flag_announced:1"), 1U);
  EXPECT_THAT(stage.as_seen("flag:1").text, HasSubstr("OFF"));
  EXPECT_THAT(stage.for_flag_services, IsEmpty());
}

TEST(FlagProgress, WhatTheTerminalLeftIsTakenFromTheInboxOnce) {
  FlagIncident stage;
  stage.ledger.kept.inbox[7] = {
      .wanted = {.key = "terminal:1", .name = "checkout", .environment = "production"},
      .progress = {.standing = Standing::proven, .provider = "unleash", .verified_at = stage.now - 3s},
      .by = "terminal:kari",
      .requested_at = stage.now - 4s};
  stage.ledger.kept.inbox[8] = stage.ledger.kept.inbox[7];
  stage.brain.start();
  std::this_thread::sleep_for(1200ms);
  stage.brain.stop();
  EXPECT_THAT(stage.ledger.kept.inbox, IsEmpty());
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(1));
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
}

TEST(FlagProgress, WhatCannotBeReadInTheInboxHoldsUpNothing) {
  FlagIncident stage;
  stage.ledger.kept.inbox[7] = {};
  stage.ledger.kept.damaged_inbox = {7};
  stage.ledger.kept.inbox[8] = {.wanted = {.key = "terminal:1", .name = "checkout", .environment = "production"},
                                .progress = {.standing = Standing::proven, .provider = "unleash"},
                                .by = "terminal:kari",
                                .requested_at = stage.now};
  stage.brain.start();
  std::this_thread::sleep_for(1200ms);
  stage.brain.stop();
  EXPECT_THAT(stage.ledger.kept.inbox, IsEmpty());
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(1));
  EXPECT_THAT(stage.ledger.kept.quarantined, SizeIs(1));
  EXPECT_THAT(stage.outlet.reports, testing::Contains(HasSubstr("quarantine")));
}

TEST(FlagProgress, AfterARestartWhatIsUnderWayIsResumedAndWhatIsOverIsNot) {
  FlagIncident crashed;
  crashed.flag_done("off development-only", "CINC1");  // there is none: over
  crashed.flag("off checkout", "CINC1");
  crashed.serve(2);  // read, and carried out
  ASSERT_EQ(crashed.standing(2), Standing::under_way);
  ASSERT_TRUE(crashed.change(2).progress.stored_at);
  RecordingOutlet outlet{crashed.ledger};
  Brain again{crashed.ledger, crashed.reader, outlet, crashed.settings, [&] { return crashed.now; }};
  again.start();
  again.stop();
  std::vector<effect::ChangeFlag> resumed;
  for (const auto& row : outlet.rows)
    if (const auto* change = std::get_if<effect::ChangeFlag>(&row.effect.body)) resumed.push_back(*change);
  ASSERT_THAT(resumed, SizeIs(1));
  EXPECT_TRUE(resumed[0].wanted.resumed);
  EXPECT_EQ(resumed[0].wanted.stored_at, crashed.change(2).progress.stored_at);
  EXPECT_EQ(resumed[0].wanted.asked_at, crashed.change(2).requested_at);
  ASSERT_TRUE(outlet.may_turn_off);
  EXPECT_TRUE(outlet.may_turn_off->contains("U1"));
}

TEST(FlagProgress, WhatWasUnknownBeforeARestartIsNotToldTwice) {
  FlagIncident stage;
  for (int i = 0; i < 30; ++i) stage.service.call_troubles.push_back({.fault = Fault::uncertain});
  stage.flag("off checkout", "CINC1");
  stage.serve(40);
  ASSERT_EQ(stage.standing(), Standing::unknown);
  const auto told = [&](Standing standing) {
    stage.give(inbound::FlagProgress{
        .change = 1, .wanted = stage.change().wanted, .progress = {.standing = standing, .provider = "unleash"}});
  };
  told(Standing::under_way);
  EXPECT_EQ(stage.standing(), Standing::unknown);
  told(Standing::unknown);
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
}

TEST(FlagProgress, WithTwoOpenIncidentsTheTerminalsKillIsPutIntoNeither) {
  FlagIncident stage;
  stage.wait(1h);
  stage.command("declare sev3 Another", "C2", "U2");
  stage.give(inbound::FlagProgress{.wanted = {.key = "terminal:1", .name = "checkout", .environment = "production"},
                                   .progress = {.standing = Standing::proven, .provider = "unleash"},
                                   .by = "terminal:kari",
                                   .requested_at = stage.now});
  EXPECT_EQ(stage.change().incident, 0);
  EXPECT_THAT(stage.entries_of(EntryKind::flag, 1), IsEmpty());
  EXPECT_EQ(stage.posts_in("incidents", "flag_announced:1"), 1U);
}

// A definition that was edited while nobody saw it opened nothing.
TEST(FlagProgress, WhatNobodySawWasNotExposed) {
  FlagIncident stage;
  stage.service.state("checkout").enabled = false;
  auto edit = stage.seen(false, 13s);
  edit.what = "definition changed";
  edit.enabled.reset();
  stage.observe({edit});
  stage.flag_done("on checkout", "CINC1");
  const auto form = stage.effects<effect::OpenModal>().back().modal;
  stage.submit(form.callback, form.context, {{"name", "checkout"}});
  stage.serve();
  ASSERT_EQ(stage.standing(), Standing::proven);
  EXPECT_EQ(stage.change().before->sees, flag::Sees::nobody);
  EXPECT_EQ(stage.change().exposed_since, std::nullopt);
}

TEST(FlagProgress, AnEditOfWhatWasOffIsNotWhenItWasOpened) {
  FlagIncident stage;
  auto edit = stage.seen(false, 13s);
  edit.what = "definition changed";
  edit.enabled.reset();
  edit.state = flag::State{};
  stage.observe({edit});
  stage.flag_done("off checkout", "CINC1");
  EXPECT_EQ(stage.change().before->sees, flag::Sees::everybody);
  EXPECT_EQ(stage.change().exposed_since, std::nullopt) << "something that was not seen opened it";
}

}  // namespace
}  // namespace vakt::test
