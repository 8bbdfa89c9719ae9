#include <gmock/gmock.h>

#include "bot/decide/postmortem_turn.hpp"
#include "bot/view/incident_view.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// Tuesday 2023-11-14 22:13:20 UTC is where the stage starts.
std::vector<effect::Post> reminders(const Stage& stage) {
  auto posts = stage.effects<effect::Post>();
  std::erase_if(posts, [](const effect::Post& post) { return post.purpose != "postmortem_reminder"; });
  return posts;
}

Instant utc(const char* text) { return *from_iso_utc(text); }

TEST(PostmortemDuty, AnIncidentThatMattersGetsAnOwnerAndADayWhenItIsResolved) {
  Declared stage;
  stage.command("lead <@U5>", "CINC1");
  stage.command("resolve", "CINC1", "U2");
  ASSERT_TRUE(stage.incident().postmortem);
  EXPECT_EQ(stage.incident().postmortem->owner, "U5");
  EXPECT_EQ(iso_date(*stage.incident().postmortem->due), "2023-11-21");
  const auto posts = stage.effects<effect::Post>();
  const auto resolved = std::ranges::find(posts, "resolved", &effect::Post::purpose);
  ASSERT_NE(resolved, posts.end());
  EXPECT_THAT(resolved->message.text, HasSubstr("<@U5> sees to it"));
}

TEST(PostmortemDuty, WithoutALeadItIsWhoeverResolved) {
  Declared stage;
  stage.command("resolve", "CINC1", "U2");
  EXPECT_EQ(stage.incident().postmortem->owner, "U2");
}

TEST(PostmortemDuty, SmallOnesDrillsAndAnEmptyDueWantNone) {
  Declared small{"declare sev3 A little"};
  small.command("resolve", "CINC1");
  EXPECT_FALSE(small.incident().postmortem);
  small.command("postmortem", "CINC1", "U4");
  ASSERT_TRUE(small.incident().postmortem) << "somebody asked for one";
  EXPECT_EQ(small.incident().postmortem->owner, "U4");
  Declared drill{"test sev1 A drill"};
  drill.command("resolve", "CINC1");
  EXPECT_FALSE(drill.incident().postmortem);
  EXPECT_THAT(drill.command("postmortem owner <@U3>", "CINC1"), HasSubstr("drill"));
  Declared off{"declare sev1 Off", {.postmortem = {.due_days = std::nullopt}}};
  off.command("resolve", "CINC1");
  EXPECT_FALSE(off.incident().postmortem);
}

TEST(PostmortemDuty, TheOwnerIsRemindedOnItsMorningAndEveryWeekUntilItIsPublished) {
  Declared stage;
  stage.command("resolve", "CINC1", "U2");
  stage.pass(6 * 24h);
  EXPECT_THAT(reminders(stage), IsEmpty());
  stage.pass(24h);
  ASSERT_THAT(reminders(stage), SizeIs(1));
  EXPECT_EQ(reminders(stage)[0].channel, "U2");
  EXPECT_THAT(reminders(stage)[0].message.text, HasSubstr("postmortem publish URL"));
  EXPECT_EQ(stage.incident().postmortem->reminded_at, utc("2023-11-21T09:00:00Z"));
  stage.pass(14 * 24h);
  EXPECT_THAT(reminders(stage), SizeIs(3));
  stage.command("postmortem publish <https://wiki.example/pm>", "CINC1");
  stage.pass(30 * 24h);
  EXPECT_THAT(reminders(stage), SizeIs(3));
}

TEST(PostmortemDuty, AnOwnerWhoCannotBeWrittenToIsRemindedWhereOthersSeeIt) {
  Declared stage;
  stage.command("resolve", "CINC1", "U2");
  stage.refusals["Post:postmortem_reminder:U2"] = "account_inactive";
  stage.pass(8 * 24h);
  ASSERT_THAT(reminders(stage), SizeIs(2));
  EXPECT_EQ(reminders(stage)[1].channel, "CINC1");
  EXPECT_THAT(view::fingerprint(reminders(stage)[1].message), HasSubstr("could not post in <@U2>"));
}

TEST(PostmortemDuty, ComesOnAWorkingDayAndNotAtNight) {
  Declared stage;
  stage.command("resolve", "CINC1", "U2");
  stage.command("postmortem due 2023-11-18", "CINC1");  // a Saturday
  EXPECT_EQ(next_postmortem_reminder(stage.incident(), stage.settings), utc("2023-11-20T09:00:00Z"));
  stage.command("postmortem due 2023-11-14", "CINC1");  // today, and it is evening
  EXPECT_EQ(next_postmortem_reminder(stage.incident(), stage.settings), utc("2023-11-15T09:00:00Z"));
}

TEST(PostmortemDuty, TheHomeOfItsOwnerShowsItUntilItIsPublished) {
  Declared stage;
  stage.command("resolve", "CINC1", "U2");
  const auto shown_to = [&](const UserId& user) {
    stage.give(inbound::HomeOpened{user});
    const auto home = stage.effects<effect::PublishHome>().back();
    std::string text;
    for (const auto& block : home.blocks)
      if (const auto* section = std::get_if<view::Section>(&block)) text += section->text + "\n";
    return text;
  };
  EXPECT_THAT(shown_to("U2"), HasSubstr("not published, 0 days after it was over; due 2023-11-21"));
  EXPECT_THAT(shown_to("U3"), Not(HasSubstr("not published")));
  stage.command("postmortem publish https://wiki.example/1", "CINC1");
  EXPECT_THAT(shown_to("U2"), Not(HasSubstr("not published")));
}

TEST(PostmortemDuty, OneThatFellDueWhileVaktWasAwayWaitsForTheMorning) {
  Declared stage;
  stage.command("resolve", "CINC1", "U2");
  stage.now = utc("2023-11-25T03:00:00Z");  // a Saturday night, days late
  stage.fire();
  EXPECT_THAT(reminders(stage), IsEmpty());
  stage.pass(3 * 24h);
  ASSERT_THAT(reminders(stage), SizeIs(1));
  EXPECT_EQ(stage.incident().postmortem->reminded_at, utc("2023-11-27T09:00:00Z"));
}

TEST(PostmortemDuty, AReopenedIncidentIsNotAskedFor) {
  Declared stage;
  stage.command("resolve", "CINC1", "U2");
  stage.command("reopen", "CINC1", "U2");
  stage.pass(30 * 24h);
  EXPECT_THAT(reminders(stage), IsEmpty());
  stage.command("resolve", "CINC1", "U2");
  stage.pass(4 * 24h);
  EXPECT_THAT(reminders(stage), SizeIs(1)) << "its day has passed";
}

TEST(PostmortemDuty, PublishingIsSaidEverywhereAndAnotherAddressReplacesIt) {
  Declared stage;
  stage.command("resolve", "CINC1");
  stage.command("postmortem publish <https://wiki.example/a|wiki.example/a>", "CINC1", "U3");
  EXPECT_EQ(stage.incident().postmortem->url, "https://wiki.example/a");
  EXPECT_EQ(stage.incident().postmortem->published_at, stage.now);
  EXPECT_EQ(stage.entries_of(EntryKind::system).back().detail, "postmortem_published");
  EXPECT_THAT(view::announcement(stage.settings, stage.incident()).text, HasSubstr("<https://wiki.example/a>"));
  EXPECT_THAT(view::fingerprint(view::headline(stage.settings, stage.incident())), HasSubstr("https://wiki.example/a"));
  auto bookmarks = stage.effects<effect::AddBookmark>();
  EXPECT_EQ(bookmarks.back().link, "https://wiki.example/a");
  EXPECT_EQ(bookmarks.back().replaces, "");
  stage.command("postmortem publish https://wiki.example/b", "CINC1", "U3");
  EXPECT_EQ(stage.incident().postmortem->url, "https://wiki.example/b");
  bookmarks = stage.effects<effect::AddBookmark>();
  EXPECT_EQ(bookmarks.back().replaces, "https://wiki.example/a");
  const auto many = bookmarks.size();
  stage.command("postmortem publish https://wiki.example/b", "CINC1", "U3");
  EXPECT_THAT(stage.effects<effect::AddBookmark>(), SizeIs(many)) << "the same again is nothing new";
}

TEST(PostmortemDuty, TheStateIsWhatItsEventsSay) {
  Declared stage;
  stage.command("postmortem owner <@U5>", "CINC1");
  stage.command("resolve", "CINC1");
  stage.command("postmortem due 2023-12-01", "CINC1");
  stage.pass(20 * 24h);
  stage.command("postmortem publish https://wiki.example/a", "CINC1");
  EXPECT_EQ(replay(stage.ledger.kept.events[1]), stage.incident());
  EXPECT_EQ(stage.incident().postmortem->owner, "U5");
}

TEST(PostmortemDuty, WhoeverIsToWriteItHearsOfItInTheChannel) {
  Declared stage;
  stage.command("postmortem owner <@U5>", "CINC1");
  const auto posts = stage.effects<effect::Post>();
  ASSERT_EQ(stage.posts_in("CINC1", "postmortem_owner"), 1U);
  EXPECT_THAT(posts.back().message.text, HasSubstr("<@U5>"));
  stage.command("postmortem owner", "CINC1");  // oneself
  EXPECT_EQ(stage.posts_in("CINC1", "postmortem_owner"), 1U);
}

}  // namespace
}  // namespace vakt::test
