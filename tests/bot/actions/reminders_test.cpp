#include "bot/actions/reminders.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "tests/bot/actions/digest_make.hpp"

namespace vakt::action {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// "ULEAD:overdue_long:1,2" for each message.
std::vector<std::string> shown(const std::vector<Reminder>& all) {
  std::vector<std::string> out;
  for (const auto& one : all) {
    std::string text = one.to.empty() ? "channel" : one.to;
    for (const auto& entry : one.entries)
      text += " " + std::string{name(entry.step)} + ":" + std::to_string(entry.line.id);
    out.push_back(text);
  }
  return out;
}

// What was sent on each morning at nine, from a day on, for so many days: "03-05 UKARI due_soon:1".
std::vector<std::string> mornings(Desk& desk, Date from, int days) {
  std::vector<std::string> out;
  for (auto day = from; days > 0; --days, day = plus_days(day, 1))
    for (const auto& one : shown(desk.remind(desk.wall(day)))) out.push_back(iso_date(day).substr(5) + " " + one);
  return out;
}

TEST(Reminders, EscalateInWorkingDaysAndEachStepOnce) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 27));  // a Friday; Easter is 2 to 6 April
  EXPECT_THAT(mornings(desk, date(2026, 3, 1), 90),
              ElementsAre("03-25 UKARI due_soon:1", "04-10 channel overdue:1", "04-21 ULEAD overdue_long:1"));
}

TEST(Reminders, NobodyOwnsItForThreeDays) {
  Desk desk;
  desk.add("", std::nullopt, date(2026, 3, 5)).incidents = {7, 8};
  desk.add("", std::nullopt, date(2026, 3, 5)).incidents = {9};
  desk.leads = {{7, ""}, {8, "UINCIDENT"}};
  EXPECT_THAT(mornings(desk, date(2026, 3, 5), 30), ElementsAre("03-10 UINCIDENT unowned:1", "03-10 ULEAD unowned:2"));
  desk.items[0].unowned_since = desk.wall(date(2026, 4, 10));
  EXPECT_THAT(mornings(desk, date(2026, 4, 10), 30), ElementsAre("04-15 UINCIDENT unowned:1"))
      << "taken, and left again";
}

TEST(Reminders, WithoutALeadTheChannelHears) {
  auto team = oslo_team();
  team.lead.clear();
  Desk desk{team};
  desk.add("UKARI", date(2026, 3, 2));
  desk.add("", date(2026, 3, 2));
  EXPECT_THAT(shown(desk.remind(desk.wall(date(2026, 3, 25)))), ElementsAre("channel overdue_long:1 overdue_long:2"));
  EXPECT_THAT(desk.told, SizeIs(3)) << "the second as unowned too: one line, both told";
  EXPECT_THAT(mornings(desk, date(2026, 3, 25), 30), IsEmpty());
}

TEST(Reminders, OnlyAtTheTeamsTimeOfAWorkingDay) {
  Desk desk;
  desk.add("UKARI", date(2026, 4, 9));
  desk.add("UOLA", date(2026, 4, 1));
  EXPECT_THAT(shown(desk.remind(desk.wall(date(2026, 4, 1)))), ElementsAre("UOLA due_soon:2"));
  for (const auto day : {date(2026, 4, 2), date(2026, 4, 4), date(2026, 4, 6)})
    EXPECT_THAT(desk.remind(desk.wall(day)), IsEmpty()) << "closed";
  EXPECT_THAT(desk.remind(desk.wall(date(2026, 4, 7), 8, 59)), IsEmpty());
  EXPECT_THAT(desk.remind(desk.wall(date(2026, 4, 7), 14)), SizeIs(1)) << "late, on the same day";
}

TEST(Reminders, NoSecondMessageOnADayWithADigest) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 25));
  desk.last_digest = desk.wall(date(2026, 3, 23));
  EXPECT_THAT(desk.remind(desk.wall(date(2026, 3, 23), 10)), IsEmpty());
  EXPECT_THAT(desk.remind(desk.wall(date(2026, 3, 24))), SizeIs(1));
}

TEST(Reminders, WhoOwnsItemsOfSeveralTeamsGetsOneMessageAMorning) {
  Desk first, second;
  first.add("UKARI", date(2026, 3, 27));
  second.add("UKARI", date(2026, 3, 26)).id = 11;
  second.add("UOLA", date(2026, 3, 26)).id = 12;
  second.add("UKARI", date(2026, 3, 2)).id = 13;  // long overdue: its own team's lead hears of that
  second.add("", date(2026, 3, 26)).id = 14;
  const auto morning = first.wall(date(2026, 3, 25));
  auto in = first.at(morning);
  in.elsewhere = second.items;
  const auto all = reminders(in);
  EXPECT_THAT(shown(all), ElementsAre("UKARI due_soon:11 due_soon:1")) << "who has none here hears from the other team";
  for (const auto& one : all) second.told.insert(one.told.begin(), one.told.end());
  auto later = second.at(morning);
  later.elsewhere = first.items;
  EXPECT_THAT(shown(reminders(later)), ElementsAre("ULEAD overdue_long:13 unowned:14", "UOLA due_soon:12"));
}

TEST(Reminders, ADowntimeThatPassedTwoStepsTellsOnlyTheLater) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 2));
  EXPECT_THAT(mornings(desk, date(2026, 3, 13), 5), ElementsAre("03-13 channel overdue:1"));
  // The clock set back behind the first step takes nothing back.
  EXPECT_THAT(mornings(desk, date(2026, 2, 25), 20), IsEmpty());
  EXPECT_THAT(mornings(desk, date(2026, 3, 14), 60), ElementsAre("03-20 ULEAD overdue_long:1"));
}

TEST(Reminders, AnotherDueDateIsAnotherChainAndTheOldOneIsNotToldAgain) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 4));
  EXPECT_THAT(mornings(desk, date(2026, 3, 2), 2), ElementsAre("03-02 UKARI due_soon:1"));
  desk.items[0].due = date(2026, 3, 18);
  EXPECT_THAT(mornings(desk, date(2026, 3, 4), 14), ElementsAre("03-16 UKARI due_soon:1"));
  desk.items[0].due = date(2026, 3, 4);
  EXPECT_THAT(mornings(desk, date(2026, 3, 4), 3), IsEmpty());
}

TEST(Reminders, OneMadeWhenItsDayWasPastBeginsWithItsOwner) {
  Desk desk;
  desk.add("UKARI", date(2026, 1, 5), date(2026, 3, 2));
  EXPECT_THAT(mornings(desk, date(2026, 3, 2), 30),
              ElementsAre("03-02 UKARI due_soon:1", "03-11 channel overdue:1", "03-20 ULEAD overdue_long:1"));
}

TEST(Reminders, SilentWhileSnoozedAndOnlyTheLastStepAfter) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 4)).snoozed = Snooze{date(2026, 3, 18), "waiting for parts", "UKARI"};
  EXPECT_THAT(mornings(desk, date(2026, 3, 1), 17), IsEmpty());
  EXPECT_THAT(mornings(desk, date(2026, 3, 18), 3), ElementsAre("03-18 channel overdue:1"));
}

TEST(Reminders, NothingOfWhatIsClosedAndEverythingOfWhatIsStuck) {
  Desk desk;
  for (const auto state : {State::done, State::wont_do, State::archived_undone, State::deleted})
    desk.add("UKARI", date(2026, 3, 4)).state = state;
  EXPECT_THAT(shown(desk.remind(desk.wall(date(2026, 3, 2)))), ElementsAre("UKARI due_soon:3 due_soon:4"));
}

TEST(Reminders, DueOnTheTwentyNinthOfFebruary) {
  Desk desk;
  desk.add("UKARI", date(2028, 2, 29), date(2028, 2, 1));
  EXPECT_THAT(mornings(desk, date(2028, 2, 20), 40),
              ElementsAre("02-25 UKARI due_soon:1", "03-09 channel overdue:1", "03-20 ULEAD overdue_long:1"));
}

// Cairo's clocks change in the night to a Friday: at 2026-04-24 00:00 to 01:00, at 2026-10-30 00:00 to 23:00.
TEST(Reminders, AtATimeThatDstSkipsOrRepeatsTheyComeOnce) {
  for (const auto& [due, from, hour, minute] : {std::tuple{date(2026, 4, 28), "2026-04-23T20:00:00Z", 0, 30},
                                                {date(2026, 11, 2), "2026-10-29T18:00:00Z", 23, 30}}) {
    auto team = oslo_team();
    team.timezone = "Africa/Cairo";
    team.digest = WeeklyTime{std::chrono::Monday, hour, minute};
    Desk desk{team, Holidays::none};
    desk.add("UKARI", due);
    std::vector<std::string> sent;
    for (int quarter = 0; quarter < 40; ++quarter)
      for (const auto& one : desk.remind(utc(from) + std::chrono::minutes{15 * quarter}))
        sent.push_back(one.to + " " + clock_time(utc(from) + std::chrono::minutes{15 * quarter}, team.timezone));
    EXPECT_THAT(sent, ElementsAre(hour == 0 ? "UKARI 01:30" : "UKARI 23:30"));
  }
}

TEST(Reminders, ALongListIsToldInPortions) {
  Desk desk;
  for (int i = 0; i < 100; ++i) desk.add("UKARI", date(2026, 3, 4));
  std::set<ItemId> told;
  std::vector<std::size_t> portions;
  for (unsigned day = 2; day <= 5; ++day)
    for (const auto& one : desk.remind(desk.wall(date(2026, 3, day)))) {
      portions.push_back(one.entries.size());
      for (const auto& entry : one.entries) EXPECT_TRUE(told.insert(entry.line.id).second);
    }
  EXPECT_THAT(portions, ElementsAre(40, 40, 20));
}

TEST(Reminders, AnOwnerWhoLeft) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 20));
  desk.add("UOLA", date(2026, 3, 20));
  desk.add("UKARI", std::nullopt).state = State::done;
  const auto now = desk.wall(date(2026, 3, 10), 12);
  const auto left = owner_left(desk.at(now), "UKARI");
  ASSERT_THAT(left.items, SizeIs(1));
  EXPECT_EQ(left.items[0].id, 1);
  EXPECT_EQ(left.items[0].owner, "");
  EXPECT_EQ(left.items[0].unowned_since, now);
  EXPECT_EQ(left.to, "ULEAD");
  EXPECT_THAT(left.lines, ElementsAre(line_of(left.items[0], desk.calendar)));
  EXPECT_THAT(owner_left(desk.at(now), "UNOBODY").items, IsEmpty());
  EXPECT_THAT(owner_left(desk.at(now), "").items, IsEmpty()) << "unowned items stay as they are";
  desk.team.lead = "UKARI";
  EXPECT_EQ(owner_left(desk.at(now), "UKARI").to, "") << "the lead left: the channel hears";
  desk.items[0] = left.items[0];
  EXPECT_THAT(mornings(desk, date(2026, 3, 11), 21),
              ElementsAre("03-13 UKARI unowned:1", "03-18 UOLA due_soon:2", "03-31 channel overdue:1 overdue:2"));
}

TEST(Reminders, KeysTellStepsApart) {
  EXPECT_EQ(key({7, Step::due_soon, date(2026, 12, 4)}), "7:due_soon:2026-12-04");
  std::set<std::string> keys;
  for (const ItemId item : {1, 11})
    for (const auto step : {Step::due_soon, Step::overdue, Step::overdue_long, Step::unowned})
      for (const auto day : {date(2026, 1, 11), date(2026, 11, 1)}) keys.insert(key({item, step, day}));
  EXPECT_THAT(keys, SizeIs(16));
}

TEST(Reminders, ATitleIsCutBetweenCharacters) {
  Desk desk;
  auto& item = desk.add("UKARI", std::nullopt);
  item.title.clear();
  for (int i = 0; i < 4000; ++i) item.title += "æ";
  EXPECT_EQ(line_of(item, desk.calendar).title.size(), 512U);
  item.title = "x" + item.title;
  EXPECT_EQ(line_of(item, desk.calendar).title.size(), 511U);
}

// Whatever happens to due dates, owners, snoozes and the clock: no step twice, none on a closed day, one message to
// each.
TEST(Reminders, NoStepTwiceWhateverHappens) {
  EXPECT_TRUE(rc::check("random days", [] {
    Desk desk;
    for (int n = *rc::gen::inRange(1, 6); n > 0; --n)
      desk.add(*rc::gen::element<UserId>("", "UKARI", "ULEAD"), plus_days(date(2026, 3, 1), *rc::gen::inRange(0, 60)));
    std::set<std::string> told;
    auto now = desk.wall(date(2026, 3, 1));
    for (int i = 0; i < 50; ++i) {
      now += std::chrono::hours{*rc::gen::inRange(-60, 90)};
      auto& item = desk.items[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(desk.items.size())))];
      switch (*rc::gen::inRange(0, 5)) {
        case 0:
          item.due = plus_days(date(2026, 3, 1), *rc::gen::inRange(0, 60));
          break;
        case 1:
          item.owner = *rc::gen::element<UserId>("", "UKARI");
          if (item.owner.empty()) item.unowned_since = now;
          break;
        case 2:
          item.snoozed = Snooze{plus_days(desk.calendar.date_of(now), *rc::gen::inRange(0, 28)), "", ""};
          break;
        default:
          break;
      }
      std::set<UserId> recipients;
      for (const auto& one : desk.remind(now)) {
        RC_ASSERT(desk.calendar.is_working_day(desk.calendar.date_of(now)));
        RC_ASSERT(recipients.insert(one.to).second);
        RC_ASSERT(!one.entries.empty());
        for (const auto& entry : one.entries)
          for (const auto& of : desk.items)
            RC_ASSERT(of.id != entry.line.id || !is_snoozed(of, desk.calendar.date_of(now)));
        for (const auto& step : one.told) RC_ASSERT(told.insert(key(step)).second);
      }
      RC_ASSERT(reminders(desk.at(now)).empty());
    }
  }));
}

TEST(Reminders, WhatIsKeptAsToldComesBackAndNothingElseDoes) {
  for (const auto step : {Step::due_soon, Step::overdue, Step::overdue_long, Step::unowned}) {
    const Told told{7, step, date(2026, 12, 4)};
    EXPECT_EQ(told_from(key(told)), told);
  }
  for (const auto* text :
       {"", "7", "7:overdue", "7:overdue:", ":overdue:2026-12-04", "x:overdue:2026-12-04", "7x:overdue:2026-12-04",
        "7:sometime:2026-12-04", "7::2026-12-04", "7:overdue:2026-02-30",
        "7:overdue:2026-12-04:", "7:overdue:x:2026-12-04", "99999999999999999999:overdue:2026-12-04"})
    EXPECT_EQ(told_from(text), std::nullopt) << text;
}

}  // namespace
}  // namespace vakt::action
