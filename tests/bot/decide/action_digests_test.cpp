#include <gmock/gmock.h>

#include "bot/decide/digest_memory.hpp"
#include "tests/bot/brain/action_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using action::Trouble;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

Instant utc(const char* text) { return *from_iso_utc(text); }
const Instant friday = utc("2026-11-20T11:00:00Z"), monday = utc("2026-11-23T08:00:00Z");  // 09:00 in Oslo

// vakt has known its teams since Friday; owners of items are U1 and U2, the lead of the incident is U5.
struct Week : ActionIncident {
  explicit Week(Settings given = with_trello()) : ActionIncident(polled_seldom(std::move(given))) {
    now = friday;
    come_online();
    done.clear();
  }
  static Settings polled_seldom(Settings settings) {
    settings.actions.poll_every = 30min;
    return settings;
  }
  static Settings of_teams(Settings settings, std::vector<action::Team> teams) {
    for (auto& team : teams) {
      team.timezone = "Europe/Oslo";
      team.board = settings.actions.trello ? board("Drift") : action::BoardRef{};
    }
    settings.actions.teams = std::move(teams);
    return settings;
  }
  void come_online() {
    brain.run_batch({inbound_of(inbound::Online{now})});
    carry_out();
    pass_served(0s);
  }
  void add(const std::string& text, const ChannelId& in = "CINC1") {
    action("add " + text, in);
    serve();
    done.clear();
  }
  // Until that moment, with all wake-ups of the time between.
  void until(Instant then) { pass_served(then - now); }
  // Nothing runs until that moment; then vakt is back.
  void away_until(Instant then) {
    now = then;
    come_online();
  }
  std::vector<std::string> channels(const std::string& purpose) const {
    std::vector<std::string> out;
    for (const auto& [channel, text] : posts(purpose)) out.push_back(channel);
    return out;
  }
};

TEST(ActionDigests, OneEachMondayAndOneForEachOwner) {
  Week stage{ActionStage::without_trello()};
  stage.add("Rotate the logs <@U1> due 2026-11-25");
  stage.add("Buy a disk <@U2> due 2026-11-10");
  stage.until(monday - 1s);
  EXPECT_THAT(stage.posts("digest:"), IsEmpty());
  stage.until(monday);
  EXPECT_THAT(stage.posts("digest:"),
              ElementsAre(Pair("incidents", AllOf(HasSubstr("Rotate the logs"), HasSubstr("Buy a disk")))));
  EXPECT_THAT(stage.posts("owner_digest"),
              ElementsAre(Pair("U1", AllOf(HasSubstr("Rotate the logs"), Not(HasSubstr("Buy a disk")))),
                          Pair("U2", AllOf(HasSubstr("Buy a disk"), Not(HasSubstr("Rotate the logs"))))));
  EXPECT_TRUE(stage.ledger.kept.cursors.contains(digest_cursor("", *from_iso_date("2026-11-23"))));
  stage.until(monday + 5 * 24h);
  stage.come_online();
  EXPECT_THAT(stage.posts("digest:"), SizeIs(1));
  EXPECT_THAT(stage.posts("owner_digest"), SizeIs(2));
  stage.until(monday + 7 * 24h);
  EXPECT_THAT(stage.posts("digest:"), SizeIs(2));
  EXPECT_THAT(stage.posts("owner_digest"), SizeIs(4));
}

TEST(ActionDigests, NothingToSayIsNothingSent) {
  Week stage{ActionStage::without_trello()};
  stage.until(monday + 14 * 24h);
  EXPECT_THAT(stage.effects<effect::Post>(), IsEmpty());
}

TEST(ActionDigests, CardsAreReadBeforeItIsSent) {
  Week stage;
  stage.add("Rotate the logs <@U1>");
  stage.card().complete = true;
  stage.ledger.kept.wake_ups.erase("actions_poll");  // not read since Friday
  stage.readings.clear();
  stage.now = monday;
  stage.fire();
  ASSERT_THAT(stage.for_trello, SizeIs(1));
  EXPECT_THAT(stage.posts("digest:"), IsEmpty()) << "it waits for the reading";
  stage.serve();
  stage.pass_served(0s);
  EXPECT_THAT(stage.readings, SizeIs(1));
  EXPECT_THAT(
      stage.posts("digest:"),
      ElementsAre(Pair("incidents", AllOf(HasSubstr("Closed since last time"), HasSubstr("Read from Trello at")))));
}

TEST(ActionDigests, AReadingOfTheLastHourIsGoodEnough) {
  Week stage;
  stage.add("Rotate the logs <@U1>");
  stage.until(monday - 30min);
  stage.ledger.kept.wake_ups.erase("actions_poll");
  stage.readings.clear();
  stage.until(monday);
  EXPECT_THAT(stage.readings, IsEmpty());
  EXPECT_THAT(stage.posts("digest:"), ElementsAre(Pair("incidents", Not(HasSubstr("Not verified")))));
}

TEST(ActionDigests, WhereTrelloCannotBeReadItSaysSinceWhen) {
  Week stage;
  stage.add("Rotate the logs <@U1>");
  stage.poll();
  stage.trouble = Trouble::unreachable;
  stage.until(monday + 1h);
  EXPECT_THAT(stage.posts("digest:"),
              ElementsAre(Pair("incidents", AllOf(HasSubstr("Not verified since"), HasSubstr("12:00")))));
}

TEST(ActionDigests, WhereNoAnswerComesAtAllItGoesAQuarterOfAnHourLater) {
  Week stage;
  stage.add("Rotate the logs <@U1>");
  stage.ledger.kept.wake_ups.erase("actions_poll");
  stage.pass(monday - stage.now + 14min);  // nobody serves
  EXPECT_THAT(stage.posts("digest:"), IsEmpty());
  stage.pass(1min);
  EXPECT_THAT(stage.posts("digest:"), ElementsAre(Pair("incidents", HasSubstr("Not verified"))));
  stage.serve();  // the answer, late
  stage.pass_served(1h);
  EXPECT_THAT(stage.posts("digest:"), SizeIs(1));
}

TEST(ActionDigests, TwoDaysLateItSaysSoAndLaterTheNextOneDoes) {
  Week stage{ActionStage::without_trello()};
  stage.add("Rotate the logs <@U1>");
  stage.away_until(monday + 48h);
  EXPECT_THAT(stage.posts("digest:"), ElementsAre(Pair("incidents", HasSubstr("comes late"))));
  stage.away_until(monday + 11 * 24h);  // the second Monday passed by, four days ago
  EXPECT_THAT(stage.posts("digest:"), SizeIs(1));
  stage.until(monday + 14 * 24h);
  ASSERT_THAT(stage.posts("digest:"), SizeIs(2));
  EXPECT_THAT(stage.posts("digest:").back().second, AllOf(HasSubstr("Not sent"), HasSubstr("30 November")));
}

TEST(ActionDigests, AClockThatIsSetBackSendsNoSecondOne) {
  Week stage{ActionStage::without_trello()};
  stage.add("Rotate the logs <@U1> due 2026-11-24");
  stage.until(monday + 1h);
  stage.away_until(monday - 2h);
  stage.until(monday + 2h);
  EXPECT_THAT(stage.posts("digest:"), SizeIs(1));
  EXPECT_THAT(stage.posts("owner_digest"), SizeIs(1));
}

TEST(ActionDigests, AHolidayMovesItToTheNextWorkingDay) {
  auto settings = ActionStage::without_trello();
  settings.actions.holidays = action::Holidays::norway;
  Week stage{settings};
  stage.add("Rotate the logs <@U1>");
  stage.now = utc("2027-03-28T12:00:00Z");  // Easter Sunday
  stage.come_online();
  stage.done.clear();
  stage.until(utc("2027-03-29T12:00:00Z"));
  EXPECT_THAT(stage.posts("digest:"), IsEmpty());
  stage.until(utc("2027-03-30T07:00:00Z"));
  EXPECT_THAT(stage.posts("digest:"), SizeIs(1));
}

TEST(ActionDigests, EachTeamHasItsOwnAndAnOwnerOneForAll) {
  Week stage{Week::of_teams(ActionStage::without_trello(),
                            {{.name = "Payments", .channel = "CPAY"}, {.name = "Search:core", .channel = "CSEA"}})};
  stage.add("Rotate the logs <@U1> due 2026-11-24 --team Payments", "C9");
  stage.add("Buy a disk <@U1> due 2026-11-24 --team Search:core", "C9");
  ASSERT_EQ(stage.item(2).team, "Search:core");
  stage.until(monday);
  EXPECT_THAT(stage.posts("digest:"),
              ElementsAre(Pair("CPAY", AllOf(HasSubstr("Rotate the logs"), Not(HasSubstr("Buy a disk")))),
                          Pair("CSEA", AllOf(HasSubstr("Buy a disk"), Not(HasSubstr("Rotate the logs"))))));
  EXPECT_THAT(stage.posts("owner_digest"),
              ElementsAre(Pair("U1", AllOf(HasSubstr("Rotate the logs"), HasSubstr("Buy a disk")))));
}

TEST(ActionDigests, WhatDoesNotFitGoesUnderItWithEverybodyItWouldHaveNotified) {
  Week stage{Week::of_teams(ActionStage::without_trello(), {{.name = "Payments", .channel = "CPAY", .lead = "ULEAD"}})};
  for (int i = 0; i < 12; ++i) stage.add("Overdue <@U1> due 2026-11-20", "C9");
  for (auto& [id, item] : stage.ledger.kept.items) {
    item.created_at = friday - 60 * 24h;
    item.due = from_iso_date("2026-10-20");  // for 14 working days and more: the lead hears of it
  }
  stage.until(monday);
  ASSERT_THAT(stage.posts("digest:"), SizeIs(1));
  ASSERT_THAT(stage.posts("digest_thread"), SizeIs(1));
  EXPECT_THAT(stage.posts("digest_thread").front(), Pair("CPAY", HasSubstr("<@ULEAD>")));
  const auto under = stage.effects<effect::Post>().back();
  EXPECT_FALSE(under.thread_ts.empty());
  stage.until(monday + 3 * 24h);
  EXPECT_THAT(stage.posts("item_reminder"), IsEmpty()) << "the digest told it";
}

TEST(ActionDigests, ATeamThatIsNoLongerConfiguredHasNone) {
  const std::vector<action::Team> both{{.name = "Payments", .channel = "CPAY"}, {.name = "Search", .channel = "CSEA"}};
  Week stage{Week::of_teams(ActionStage::without_trello(), both)};
  for (int i = 0; i < 12; ++i) stage.add("Overdue <@U1> due 2026-11-02 --team Search", "C9");
  stage.now = monday;
  effect::Post posted;
  for (const auto& wake : stage.ledger.due(stage.now))
    stage.brain.run_batch({{.at = monday, .body = inbound::Due{wake.key}}});
  for (const auto& row : stage.outlet.rows)
    if (const auto* post = std::get_if<effect::Post>(&row.effect.body); post && post->channel == "CSEA") posted = *post;
  ASSERT_EQ(posted.channel, "CSEA");

  Week later{Week::of_teams(ActionStage::without_trello(), {both.front()})};
  later.ledger.kept = stage.ledger.kept;
  later.ledger.kept.claimed.clear();
  later.now = monday + 1s;
  later.give(
      inbound::EffectDone{.effect = {.body = posted}, .ok = true, .values = {{"ts", "1.2"}, {"channel", "CSEA"}}});
  EXPECT_THAT(later.posts("digest_thread"), IsEmpty()) << "it is no other team's thread";
  later.ledger.kept.wake_ups["actions_team:Search"] = monday + 2s;
  later.until(monday + 7 * 24h);
  EXPECT_THAT(later.channels("digest:"), Each("CPAY"));
  EXPECT_THAT(later.posts("digest:").back().second, HasSubstr("Overdue")) << "its items are the first team's now";
}

TEST(ActionDigests, RemindersComeBetweenDigestsOnceEach) {
  Week stage{ActionStage::without_trello()};
  stage.add("Rotate the logs <@U1> due 2026-11-27");
  stage.until(monday);
  EXPECT_THAT(stage.posts("item_reminder"), IsEmpty()) << "the digest's day has its digest";
  stage.add("Buy a disk <@U2> due 2026-11-26");
  stage.until(monday + 4 * 24h);
  const auto told = ElementsAre(Pair("U2", HasSubstr("Buy a disk")), Pair("U1", HasSubstr("Rotate the logs")));
  EXPECT_THAT(stage.posts("item_reminder"), told);
  stage.come_online();
  EXPECT_THAT(stage.posts("item_reminder"), told);
}

TEST(ActionDigests, AnItemNobodyOwnsGoesToItsIncidentsLead) {
  Week stage{ActionStage::without_trello()};
  stage.ledger.kept.incidents.at(1).roles["lead"] = "U5";
  stage.until(monday + 1h);
  stage.add("Rotate the logs");
  stage.until(monday + 4 * 24h);
  EXPECT_THAT(stage.posts("item_reminder"), ElementsAre(Pair("U5", HasSubstr("Rotate the logs"))));
}

TEST(ActionDigests, WhoeverLeftOwnsNothingAnyMoreAndTheLeadHearsOnce) {
  Week stage{Week::of_teams(ActionStage::with_trello(), {{.name = "Payments", .channel = "CPAY", .lead = "ULEAD"},
                                                         {.name = "Search", .channel = "CSEA"}})};
  stage.add("Rotate the logs <@U1> --team Payments", "C9");
  stage.add("Buy a disk <@U1> --team Search", "C9");
  stage.add("Renew the certificate <@U1> --team Search", "C9");
  stage.action("done 3", "C9");
  stage.done.clear();
  stage.left = {"U1"};
  stage.until(monday + 2 * 24h);
  for (const action::ItemId id : {1, 2}) {
    EXPECT_EQ(stage.item(id).owner, "");
    EXPECT_TRUE(stage.item(id).unowned_since);
    EXPECT_THAT(stage.card(id).members, IsEmpty());
  }
  EXPECT_EQ(stage.item(3).owner, "U1") << "it is closed";
  EXPECT_THAT(stage.posts("owner_left"),
              ElementsAre(Pair("ULEAD", HasSubstr("Rotate the logs")),
                          Pair("CSEA", AllOf(HasSubstr("Buy a disk"), Not(HasSubstr("Renew"))))));
}

TEST(ActionDigests, WhereTheChannelDoesNotTakeItTheLeadGetsItOnce) {
  Week stage{Week::of_teams(ActionStage::without_trello(), {{.name = "Payments", .channel = "CPAY", .lead = "ULEAD"}})};
  stage.add("Rotate the logs <@U1> due 2026-11-24", "C9");
  stage.refusals["Post:digest:Payments:2026-11-23:CPAY"] = stage.refusals["Post:item:CPAY"] = "channel_not_found";
  stage.until(monday + 1h);
  EXPECT_THAT(stage.posts("digest:"),
              ElementsAre(Pair("CPAY", Not(HasSubstr("could not post"))),
                          Pair("ULEAD", AllOf(HasSubstr("Rotate the logs"), HasSubstr("could not post in #CPAY")))));
  stage.action("done 1", "C9");
  EXPECT_THAT(stage.channels("item"), ElementsAre("CPAY", "ULEAD"));
  stage.refusals["Post:item:ULEAD"] = "user_not_found";
  stage.action("reopen 1", "C9");
  EXPECT_THAT(stage.channels("item"), ElementsAre("CPAY", "ULEAD", "CPAY", "ULEAD"));
}

TEST(ActionDigests, FourMondaysThroughARestartAndTwoDaysOfDowntime) {
  Week stage;
  stage.add("Rotate the logs <@U1> due 2026-11-24");
  stage.add("Buy a disk <@U2> due 2026-11-10");
  stage.until(monday + 2h);
  stage.come_online();
  stage.until(monday + 6 * 24h);
  stage.away_until(monday + 8 * 24h);  // over the second Monday
  stage.until(monday + 14 * 24h + 1h);
  stage.card(2).complete = true;
  stage.until(monday + 21 * 24h + 1h);
  EXPECT_THAT(stage.channels("digest:"), ElementsAre("incidents", "incidents", "incidents", "incidents"));
  const auto owners = stage.channels("owner_digest");
  EXPECT_EQ(std::ranges::count(owners, "U1"), 4);
  EXPECT_EQ(std::ranges::count(owners, "U2"), 3);
  EXPECT_THAT(stage.posts("digest:")[1].second, HasSubstr("comes late"));
  EXPECT_THAT(stage.posts("digest:")[3].second, HasSubstr("Closed since last time"));
}

}  // namespace
}  // namespace vakt::test
