#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;
using testing::SizeIs;
namespace button = view::action;

TEST(Taps, EverythingThatChangesStateCanBeTapped) {
  Declared stage;
  stage.press(button::take_lead, "1", "CINC1", "U4");
  EXPECT_EQ(stage.incident().roles.at("lead"), "U4");
  stage.press(button::severity, "1:sev3", "CINC1");
  EXPECT_EQ(stage.incident().severity, Severity::sev3);
  stage.press(button::phase, "1:identified", "CINC1");
  EXPECT_EQ(stage.incident().phase, Phase::identified);
  stage.press(button::mark, "1:downtime_start", "CINC1");
  EXPECT_TRUE(stage.incident().marker(Marker::downtime_start));
  stage.submit(button::note, "1", {{"text", "saw <it>"}, {"time", "-10m"}});
  EXPECT_EQ(stage.entries_of(EntryKind::note).at(0).text, "saw &lt;it&gt;");
  EXPECT_EQ(stage.entries_of(EntryKind::note).at(0).at, stage.now - 10min);
  stage.submit(button::marker_time, "1:downtime_start", {{"time", "~-10m"}});
  EXPECT_EQ(stage.incident().marker(Marker::downtime_start)->at, stage.now - 10min);
  EXPECT_TRUE(stage.incident().marker(Marker::downtime_start)->approximate);
  stage.submit(button::role, "1", {{"role", "lead"}, {"user", "U5"}});
  EXPECT_EQ(stage.incident().roles.at("lead"), "U5");
  stage.submit(button::role, "1", {{"role", "scribe"}, {"user", "U4"}});
  EXPECT_EQ(stage.incident().roles.at("scribe"), "U4");
  stage.submit(button::field, "1", {{"field", "team"}, {"text", "payments"}});
  EXPECT_EQ(stage.incident().team, "payments");
  stage.submit(button::field, "1", {{"field", "cause"}, {"text", "a bug"}});
  EXPECT_EQ(stage.entries_of(EntryKind::field).at(0).detail, "cause");
  stage.submit(button::update, "1", {{"text", "soon"}});
  EXPECT_EQ(stage.posts_in("CINC1", "update"), 1U);
  stage.submit(button::resolve, "1", {{"text", "fixed"}});
  EXPECT_EQ(stage.incident().status, Status::resolved);
  stage.press(button::reopen, "1", "CINC1");
  EXPECT_EQ(stage.incident().status, Status::open);
  stage.submit(button::cancel, "1", {{"text", "false alarm"}});
  EXPECT_EQ(stage.incident().status, Status::cancelled);
  for (const auto& ack : stage.outlet.acks) EXPECT_TRUE(!ack.answer || ack.answer->form_errors.empty());
}

TEST(Taps, ButtonsThatNeedWordsOpenAForm) {
  Declared stage;
  for (const auto* what :
       {button::update, button::note, button::field, button::role, button::resolve, button::cancel}) {
    stage.press(what, "1", "CINC1");
    EXPECT_EQ(stage.effects<effect::OpenModal>().back().modal.callback, what);
    EXPECT_LE(stage.effects<effect::OpenModal>().back().until, stage.now + 3s);
  }
  stage.press(button::marker_time, "1:fixed", "CINC1");  // no such marker
  EXPECT_NE(stage.effects<effect::OpenModal>().back().modal.callback, button::marker_time);
  stage.press(button::marker_time, "1:problem_fixed", "CINC1");
  EXPECT_EQ(stage.effects<effect::OpenModal>().back().modal.callback, button::marker_time);
  EXPECT_THAT(stage.entries_of(EntryKind::update), IsEmpty());
}

TEST(Taps, AFormThatSlackNoLongerTakesIsExplained) {
  Declared stage;
  stage.refusals["OpenModal"] = "expired_trigger_id";
  stage.press(button::update, "1", "CINC1");
  EXPECT_THAT(stage.effects<effect::Ephemeral>().back().message.text, HasSubstr("again"));
}

TEST(Taps, ATimeThatIsNoneIsSaidAtItsField) {
  Declared stage;
  stage.submit(button::note, "1", {{"text", "x"}, {"time", "soon"}});
  EXPECT_THAT(stage.outlet.acks.back().answer->form_errors, Contains(Key("time")));
  EXPECT_THAT(stage.entries_of(EntryKind::note), IsEmpty());
  stage.submit(button::marker_time, "1:problem_fixed", {{"time", "soon"}});
  EXPECT_THAT(stage.outlet.acks.back().answer->form_errors, Contains(Key("time")));
  EXPECT_FALSE(stage.incident().marker(Marker::problem_fixed));
  stage.submit(button::role, "1", {{"role", "lead"}, {"user", ""}});
  EXPECT_THAT(stage.outlet.acks.back().answer->form_errors, Contains(Key("user")));
}

TEST(Taps, FromTheHomeTabItIsSaidInTheIncidentsChannel) {
  Declared stage;
  stage.give(inbound::Press{.action = button::join,
                            .value = "1",
                            .message_ts = {},
                            .view_id = "V1",
                            .reply = {.response_url = {}, .trigger_id = "t", .user = "U8", .channel = {}}});
  EXPECT_THAT(stage.effects<effect::Invite>().back().users, testing::ElementsAre("U8"));
  EXPECT_EQ(stage.effects<effect::Ephemeral>().back().channel, "CINC1");
  EXPECT_THAT(stage.effects<effect::Respond>(), SizeIs(1)) << "that of the declaration";
}

TEST(Taps, JoiningInvites) {
  Declared stage;
  stage.press(button::join, "1", "CANN", "U8");
  EXPECT_THAT(stage.effects<effect::Invite>().back().users, testing::ElementsAre("U8"));
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("<#CINC1>"));
}

TEST(Taps, AMessageOfTheIncidentGoesOnTheTimelineAtOnce) {
  Declared stage;
  const auto ts = stage.say("root cause", "CINC1");
  stage.give(inbound::Shortcut{button::add_to_timeline,
                               Stage::message("root cause", "CINC1", ts),
                               {.response_url = "https://r", .trigger_id = "t", .user = "U1", .channel = "CINC1"}});
  EXPECT_TRUE(stage.entries_of(EntryKind::message).at(0).on_timeline);
  EXPECT_THAT(stage.effects<effect::OpenModal>(), IsEmpty());
}

TEST(Taps, AMessageFromElsewhereGoesToTheChosenIncidentOnce) {
  Declared stage;
  const auto alert = Stage::message("disk full", "CALERTS", "1699999999.000001", "U5");
  for (int i = 0; i < 2; ++i) {
    stage.give(inbound::Shortcut{button::add_to_timeline,
                                 alert,
                                 {.response_url = "https://r", .trigger_id = "t", .user = "U1", .channel = "CALERTS"}});
    const auto modal = stage.effects<effect::OpenModal>().back().modal;
    stage.submit(modal.callback, modal.context, {{"incident", "1"}});
  }
  ASSERT_THAT(stage.entries_of(EntryKind::message), SizeIs(1));
  EXPECT_TRUE(stage.entries_of(EntryKind::message)[0].on_timeline);
  EXPECT_EQ(stage.entries_of(EntryKind::message)[0].at, from_ts("1699999999.000001"));
}

TEST(Taps, WhatNobodyOffersDoesNothing) {
  Declared stage;
  const auto state = stage.incident();
  for (const auto* value : {"", "x", "99", "1:sev9", "-1", "1:", "999999999999999999999999"}) {
    for (const auto* what : {"severity", "phase", "mark", "nonsense", ""}) stage.press(what, value, "CNOWHERE");
    stage.submit("nonsense", value, {});
    stage.submit(button::add_to_timeline, value, {{"incident", value}});
  }
  EXPECT_EQ(stage.incident(), state);
  EXPECT_THAT(stage.ledger.kept.quarantined, IsEmpty());
}

TEST(Taps, TheHomeTabListsWhatIsOpen) {
  Declared stage;
  stage.give(inbound::HomeOpened{"U1"});
  EXPECT_THAT(stage.effects<effect::PublishHome>(), SizeIs(1));
}

}  // namespace
}  // namespace vakt::test
