#include <gmock/gmock.h>

#include "tests/bot/brain/flag_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(FlagWatching, AChangeMadeElsewhereDuringAnIncidentEntersItsRecordOnceWithWho) {
  FlagIncident stage;
  stage.wait(5min);
  const auto seen = stage.seen(true, 3min, "search");
  stage.observe({seen}, "7");
  stage.observe({seen}, "8");  // told again
  const auto entries = stage.entries_of(EntryKind::flag);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].at, seen.at);
  EXPECT_THAT(entries[0].text, AllOf(HasSubstr("search"), HasSubstr("ola"), HasSubstr("production")));
  EXPECT_EQ(stage.ledger.kept.cursors.at("flags:unleash"), "8");
}

TEST(FlagWatching, WhatHappenedBeforeTheIncidentIsNotInItsRecord) {
  FlagIncident stage;
  stage.wait(5min);
  stage.observe({stage.seen(true, 6min, "search")});
  EXPECT_THAT(stage.entries_of(EntryKind::flag), IsEmpty());
}

TEST(FlagWatching, OurOwnOrdersAreNotToldTwice) {
  FlagIncident stage;
  stage.flag_done("off checkout", "CINC1");
  stage.flag_done("undo checkout", "CINC1");
  stage.observe(stage.service.events);
  ASSERT_THAT(stage.service.events, SizeIs(2));
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(2));  // the kill and the undo
  EXPECT_EQ(stage.posts_in("incidents", "flag_came_back"), 0U);
}

TEST(FlagWatching, AFlagThatSomebodyTurnsOffOnceMoreRightAfterUsIsToldAsTheirs) {
  FlagIncident stage;
  stage.flag_done("off checkout", "CINC1");
  stage.wait(10s);
  stage.observe(stage.service.events);
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
  stage.observe({stage.seen(true, 5s), stage.seen(false, 2s)}, "2");
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(3));
}

TEST(FlagWatching, AnUndoThatTurnsOffIsOursToo) {
  FlagIncident stage;
  stage.service.state("checkout").enabled = false;
  stage.flag_done("on checkout", "CINC1");
  const auto form = stage.effects<effect::OpenModal>().back().modal;
  stage.submit(form.callback, form.context, {{"name", "checkout"}});
  stage.serve();
  stage.flag_done("undo checkout", "CINC1");
  const auto entries = stage.entries_of(EntryKind::flag).size();
  stage.observe(stage.service.events);
  EXPECT_EQ(stage.entries_of(EntryKind::flag).size(), entries);
}

TEST(FlagWatching, AKillThatFailedClaimsNobodyElsesChange) {
  FlagIncident stage;
  stage.service.call_troubles = {{.fault = flag::Fault::refused}};
  stage.flag_done("off checkout", "CINC1");
  ASSERT_EQ(stage.standing(), flag::Standing::failed);
  stage.wait(10s);
  stage.observe({stage.seen(false)});  // by hand, in the service
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(2));
}

TEST(FlagWatching, AKillThatWasStoppedClaimsNothingLater) {
  FlagIncident stage;
  stage.service.call_troubles.assign(50, {.fault = flag::Fault::unreachable});
  stage.flag("off checkout", "CINC1");
  stage.serve(30);
  stage.press(view::action::flag_stop, "1", "CINC1");
  stage.serve();
  const auto entries = stage.entries_of(EntryKind::flag).size();
  stage.wait(10min);
  stage.observe({stage.seen(false)});
  EXPECT_EQ(stage.entries_of(EntryKind::flag).size(), entries + 1);
}

TEST(FlagWatching, AKilledFlagThatComesBackIsAnnouncedAtOnceWithAButton) {
  FlagIncident stage;
  stage.flag_done("off checkout", "CINC1");
  stage.wait(2min);
  stage.service.turn("checkout", true, stage.now);
  stage.observe({stage.service.events.back()});
  for (const auto* channel : {"CINC1", "incidents"}) {
    ASSERT_EQ(stage.posts_in(channel, "flag_came_back"), 1U) << channel;
  }
  const auto post = stage.effects<effect::Post>().back().message;
  EXPECT_THAT(post.text, AllOf(HasSubstr("checkout"), HasSubstr("ola")));
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(2));
  stage.press(view::action::flag_off, FlagStage::button(post, view::action::flag_off), "CINC1");
  stage.serve();
  EXPECT_FALSE(stage.service.state("checkout").enabled);
}

TEST(FlagWatching, AKillOfLastWeekIsNotForgotten) {
  FlagStage stage;
  stage.flag_done("off checkout");
  stage.wait(7 * 24h);
  stage.observe({stage.seen(true)});
  EXPECT_EQ(stage.posts_in("incidents", "flag_came_back"), 1U);
}

TEST(FlagWatching, OneThatVaktItselfPutBackDidNotComeBack) {
  FlagStage stage;
  stage.flag_done("off checkout");
  stage.flag_done("undo checkout");
  stage.wait(10min);
  stage.observe({stage.seen(true)});
  EXPECT_EQ(stage.posts_in("incidents", "flag_came_back"), 0U);
}

TEST(FlagWatching, AFreshIncidentsChannelIsToldOfTheLastTwoHours) {
  FlagStage stage;
  stage.observe({stage.seen(true, 3h, "old"), stage.seen(true, 90min, "search"), stage.seen(false, 20min)});
  stage.command("declare sev1 Backend down");
  ASSERT_EQ(stage.posts_in("CINC1", "flags_recent"), 1U);
  const auto told = stage.as_seen("flags_recent").text;
  EXPECT_THAT(told, AllOf(HasSubstr("search"), HasSubstr("checkout"), testing::Not(HasSubstr("old"))));
  EXPECT_LT(told.find("checkout"), told.find("search"));
}

TEST(FlagWatching, SoIsAChannelThatWasThereBefore) {
  FlagStage stage;
  stage.observe({stage.seen(true, 90min, "search")});
  stage.command("declare here sev1 Backend down", "C1");
  EXPECT_EQ(stage.posts_in("C1", "flags_recent"), 1U);
}

// Not every service keeps events; what was asked of vakt is known all the same, and stands there once.
TEST(FlagWatching, OurOwnChangesAreAmongTheRecentOnes) {
  FlagStage stage;
  stage.flag_done("off checkout");
  const auto rows = [&] {
    stage.flag("");
    const auto text = stage.outlet.acks.back().answer->message.text;
    std::size_t found = 0;
    for (auto at = text.find("`checkout`"); at != std::string::npos; at = text.find("`checkout`", at + 1)) ++found;
    return std::pair{found, text};
  };
  EXPECT_EQ(rows().first, 1U);
  EXPECT_THAT(rows().second, HasSubstr("<@U1>"));
  stage.observe(stage.service.events);
  EXPECT_EQ(rows().first, 1U);
  EXPECT_THAT(rows().second, HasSubstr("off · <@U1>")) << "as it was asked for, not as the service calls it";
  stage.command("declare sev1 Backend down");
  EXPECT_EQ(stage.posts_in("CINC1", "flags_recent"), 1U);
}

TEST(FlagWatching, TheHistoryHasOurOwnOrderOnceAndThoseOfOthersBesideIt) {
  FlagStage stage;
  stage.flag_done("off checkout");
  stage.wait(1min);
  stage.observe(stage.service.events);
  stage.observe({stage.seen(true, 5s)}, "2");
  stage.flag("history checkout");
  const auto text = stage.outlet.acks.back().answer->message.text;
  EXPECT_EQ(std::ranges::count(text, '\n'), 2) << text;
  EXPECT_THAT(text, AllOf(HasSubstr("<@U1>"), HasSubstr("ola")));
}

TEST(FlagWatching, WithoutChangesItIsToldNothing) {
  FlagStage stage;
  stage.observe({stage.seen(true, 3h, "old")});
  stage.command("declare sev1 Backend down");
  EXPECT_EQ(stage.posts_in("CINC1", "flags_recent"), 0U);
}

}  // namespace
}  // namespace vakt::test
