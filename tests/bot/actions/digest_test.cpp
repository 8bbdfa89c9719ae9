#include "bot/actions/digest.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "tests/bot/actions/digest_make.hpp"

namespace vakt::action {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Date monday = date(2026, 3, 23);

Digest of(const Desk& desk, Date day = monday) {
  return digest(desk.at(desk.wall(day)), {.sending = Sending::send, .week = *desk.calendar.digest_of(day)}, {});
}

std::string shown(const std::vector<PartLines>& parts) {
  static constexpr std::array names{"closed", "overdue", "due_soon", "unowned", "no_due_date", "decision"};
  std::string text;
  for (const auto& part : parts) {
    text += (text.empty() ? "" : " ") + std::string{names[static_cast<std::size_t>(part.part)]} + ":";
    for (const auto& line : part.lines) text += (text.back() == ':' ? "" : ",") + std::to_string(line.id);
  }
  return text;
}

TEST(Digest, NothingOpenAndNothingClosedIsNothingToSay) {
  Desk desk;
  EXPECT_FALSE(of(desk).for_channel);
  auto& item = desk.add("UKARI", std::nullopt);
  item.state = State::done;
  item.closed_at = desk.wall(date(2026, 3, 10));
  EXPECT_FALSE(of(desk).for_channel) << "told in the digest before";
  item.closed_at = desk.wall(date(2026, 3, 20));
  EXPECT_TRUE(of(desk).for_channel);
  EXPECT_THAT(of(desk).owners, IsEmpty());
}

TEST(Digest, EachItemStandsInOnePartInTheOrderOfTheParts) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 22));                                            // 1 overdue
  desk.add("UKARI", monday);                                                       // 2 due today
  desk.add("", date(2026, 3, 30));                                                 // 3 due in 7 days, unowned
  desk.add("", date(2026, 3, 31));                                                 // 4 unowned
  desk.add("UOLA", std::nullopt);                                                  // 5 no due date
  desk.add("UOLA", date(2026, 3, 31));                                             // 6 nothing needed
  desk.add("UOLA", date(2026, 3, 1)).state = State::deleted;                       // 7 to be decided, overdue too
  desk.add("UOLA", date(2026, 3, 1)).snoozed = Snooze{date(2026, 3, 24), "", ""};  // 8 counted alone
  desk.add("UOLA", date(2026, 3, 1)).snoozed = Snooze{monday, "", ""};             // 9 awake again
  auto& done = desk.add("UOLA", date(2026, 3, 1));                                 // 10
  done.state = State::done;
  done.closed_at = desk.wall(date(2026, 3, 20));
  const auto all = of(desk);
  EXPECT_EQ(shown(all.parts), "closed:10 overdue:9,1 due_soon:2,3 unowned:4 no_due_date:5 decision:7");
  EXPECT_EQ(all.ages.open, 9U);
  EXPECT_EQ(all.ages.snoozed, 1U);
  ASSERT_THAT(all.owners, SizeIs(2));
  EXPECT_EQ(shown(all.owners[0].parts), "overdue:1 due_soon:2");
  EXPECT_EQ(shown(all.owners[1].parts), "overdue:9 no_due_date:5 decision:7");
  EXPECT_EQ(all.owners[1].others, 2U);
}

TEST(Digest, AnOwnerWhoseItemsNeedNothingGetsNoMessage) {
  Desk desk;
  desk.add("UKARI", date(2026, 4, 30));
  desk.add("UOLA", date(2026, 3, 1)).snoozed = Snooze{date(2026, 4, 1), "", ""};
  EXPECT_THAT(of(desk).owners, IsEmpty());
  EXPECT_TRUE(of(desk).for_channel) << "the channel hears until everything is closed";
  EXPECT_THAT(of(desk).parts, IsEmpty());
}

TEST(Digest, WhoOwnsItemsOfSeveralTeamsGetsOneMessageAWeek) {
  Desk first, second;
  first.add("UKARI", date(2026, 3, 20));
  second.add("UKARI", date(2026, 3, 24)).id = 11;
  second.add("UOLA", date(2026, 3, 24)).id = 12;
  second.add("UKARI", std::nullopt).id = 13;
  second.items.back().state = State::done;
  auto in = first.at(first.wall(monday));
  in.elsewhere = second.items;
  const auto all = digest(in, digest_preview(first.calendar, in.now), {});
  ASSERT_THAT(all.owners, SizeIs(1)) << "who has no item here hears from the other team";
  EXPECT_EQ(shown(all.owners[0].parts), "overdue:1 due_soon:11");
  EXPECT_EQ(shown(all.parts), "overdue:1");
  auto later = second.at(second.wall(monday));
  later.elsewhere = first.items;
  later.written_to = {"UKARI"};
  const auto rest = digest(later, digest_preview(second.calendar, later.now), {});
  ASSERT_THAT(rest.owners, SizeIs(1));
  EXPECT_EQ(rest.owners[0].owner, "UOLA");
  EXPECT_EQ(shown(rest.parts), "due_soon:11,12");
}

TEST(Digest, OverdueBySeverityThenByHowLong) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 1)).priority = Severity::unset;
  desk.add("UKARI", date(2026, 3, 20)).priority = Severity::sev1;
  desk.add("UKARI", date(2026, 3, 10)).priority = Severity::sev2;
  desk.add("UKARI", date(2026, 3, 12)).priority = Severity::sev1;
  EXPECT_EQ(shown(of(desk).parts), "overdue:4,2,3,1");
}

TEST(Digest, CreditIsForWhatWasClosedSinceTheLastOne) {
  Desk desk;
  desk.last_digest = desk.wall(date(2026, 3, 16), 9, 5);
  const auto close = [&](State state, Instant at, const UserId& by) {
    auto& item = desk.add("UKARI", std::nullopt);
    item.state = state;
    item.closed_at = at;
    item.closed_by = by;
  };
  close(State::done, *desk.last_digest, "UOLA");
  close(State::wont_do, *desk.last_digest + 1us, "UOLA");
  close(State::done, desk.wall(date(2026, 3, 20)), "");
  close(State::done, desk.wall(monday), "UOLA");
  close(State::done, desk.wall(monday) + 1us, "UOLA");
  const auto all = of(desk);
  EXPECT_EQ(shown(all.parts), "closed:3,4,2") << "done first; each in one digest only";
  EXPECT_EQ(all.parts[0].lines[0].closed_by, "UKARI") << "Trello told: its owner";
  EXPECT_EQ(all.parts[0].lines[1].closed_by, "UOLA");
}

TEST(Digest, OpenItemsByAge) {
  Desk desk;
  for (const auto created : {date(2026, 3, 22), date(2026, 3, 17), date(2026, 3, 16), date(2026, 2, 24),
                             date(2026, 2, 23), date(2026, 2, 3)})
    desk.add("UKARI", date(2026, 6, 1), created);
  const auto ages = of(desk).ages;
  EXPECT_EQ(
      ages,
      (Ages{.open = 6, .under_a_week = 2, .to_four_weeks = 2, .longer = 2, .snoozed = 0, .oldest = date(2026, 2, 3)}));
}

TEST(Digest, WhatDoesNotFitIsInTheThreadAndTheRestIsCounted) {
  Desk desk;
  for (int i = 0; i < 300; ++i) desk.add("UKARI", date(2026, 3, 1));
  desk.add("", date(2026, 3, 2));
  const auto all = of(desk);
  ASSERT_THAT(all.parts, SizeIs(1));
  EXPECT_EQ(all.parts[0].total, 301U);
  EXPECT_EQ(all.parts[0].lines.size() + all.thread[0].lines.size() + all.unlisted, 301U);
  EXPECT_THAT(all.parts[0].lines, SizeIs(10));
  EXPECT_THAT(all.thread[0].lines, SizeIs(200));
  ASSERT_THAT(all.owners, SizeIs(1));
  EXPECT_THAT(all.owners[0].parts[0].lines, SizeIs(20));
  EXPECT_EQ(all.owners[0].unlisted, 280U);
}

TEST(Digest, RemindersOfTheDayAreFoldedInAndNotToldAgain) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 25));               // two working days before: its owner
  desk.add("UKARI", date(2026, 3, 12));               // seven after: the channel
  desk.add("UKARI", date(2026, 3, 3));                // fourteen after: the lead
  desk.add("", date(2026, 6, 1), date(2026, 3, 18));  // three without an owner
  desk.add("ULEAD", date(2026, 3, 2));                // the lead's own, for long
  desk.items[3].incidents = {4};
  desk.leads = {{4, "UINCIDENT"}};
  const auto all = of(desk);
  std::vector<std::string> told;
  for (const auto& one : all.told) told.push_back(key(one));
  EXPECT_THAT(
      told, testing::UnorderedElementsAre("1:due_soon:2026-03-25", "2:overdue:2026-03-12", "3:overdue_long:2026-03-03",
                                          "4:unowned:2026-03-18", "5:overdue_long:2026-03-02"));
  for (const auto& part : all.parts)
    for (const auto& line : part.lines) {
      const auto pings = line.id == 3   ? std::vector<UserId>{"ULEAD"}
                         : line.id == 4 ? std::vector<UserId>{"UINCIDENT"}
                                        : std::vector<UserId>{};
      EXPECT_EQ(line.pings, pings) << line.id;
    }
  desk.told.insert(all.told.begin(), all.told.end());
  desk.last_digest = desk.wall(monday);
  EXPECT_THAT(reminders(desk.at(desk.wall(monday, 10))), IsEmpty());
  EXPECT_THAT(reminders(desk.at(desk.wall(date(2026, 3, 24)))), SizeIs(0));
  EXPECT_THAT(of(desk).told, IsEmpty());
}

TEST(Digest, AStepThatTheDigestHadNoRoomForIsToldTheNextDay) {
  Desk desk;
  for (int i = 0; i < 25; ++i) desk.add("UKARI", date(2026, 3, 25));
  const auto all = of(desk);
  desk.told.insert(all.told.begin(), all.told.end());
  desk.last_digest = desk.wall(monday);
  const auto next = reminders(desk.at(desk.wall(date(2026, 3, 24))));
  ASSERT_THAT(next, SizeIs(1));
  EXPECT_THAT(next[0].entries, SizeIs(5));
}

// A team's life on the set clock: looked at every 30 minutes for a year and a half, restarted at will.
struct Life {
  Desk desk;
  std::set<Date> claimed;
  std::map<std::string, std::vector<Date>> digests;  // by recipient; the channel is ""
  std::map<std::string, std::set<Date>> days;        // on which somebody got anything
  int doubled = 0;

  void look(Instant now) {
    const auto day = desk.calendar.date_of(now);
    const auto got = [&](const UserId& to) { doubled += days[to].insert(day).second ? 0 : 1; };
    const auto plan = digest_plan(desk.calendar, claimed, desk.wall(date(2026, 1, 1)), now);
    if (plan.sending == Sending::send || plan.sending == Sending::late) {
      const auto all = digest(desk.at(now), plan, Verified{true, now});
      claimed.insert(plan.week.key);
      desk.told.insert(all.told.begin(), all.told.end());
      desk.last_digest = now;
      if (all.for_channel) got(""), digests[""].push_back(day);
      for (const auto& owner : all.owners) got(owner.owner), digests[owner.owner].push_back(day);
      return;
    }
    for (const auto& one : desk.remind(now)) got(one.to);
  }
};

TEST(Digest, AYearOfMondaysCountedForEachPersonAndTheChannel) {
  Life life;
  life.desk.add("UKARI", std::nullopt, date(2026, 1, 1));
  life.desk.add("UOLA", date(2026, 7, 1), date(2026, 1, 1));
  life.desk.add("UPER", date(2027, 12, 31), date(2026, 1, 1));
  for (auto now = life.desk.wall(date(2026, 1, 1)); now < life.desk.wall(date(2027, 6, 1)); now += 30min)
    life.look(now);

  const auto& channel = life.digests[""];
  EXPECT_THAT(channel, SizeIs(74)) << "weeks from 2026-01-05 to 2027-05-31";
  EXPECT_EQ(life.digests["UKARI"], channel);
  // From the Monday whose week holds the due date on.
  EXPECT_EQ(life.digests["UOLA"].front(), date(2026, 6, 29));
  EXPECT_EQ(life.digests["UOLA"].size(), static_cast<std::size_t>(std::ranges::count_if(
                                             channel, [](Date day) { return day >= date(2026, 6, 24); })));
  EXPECT_THAT(life.digests["UPER"], IsEmpty());
  for (const auto& [holiday, day] : {std::pair{date(2026, 4, 6), date(2026, 4, 7)},
                                     {date(2026, 5, 25), date(2026, 5, 26)},
                                     {date(2027, 3, 29), date(2027, 3, 30)},
                                     {date(2027, 5, 17), date(2027, 5, 18)}}) {
    EXPECT_EQ(std::ranges::count(channel, holiday), 0);
    EXPECT_EQ(std::ranges::count(channel, day), 1);
  }
  EXPECT_EQ(life.doubled, 0) << "nobody gets two messages on one day";
}

TEST(Digest, DowntimesAndClocksSetBackTellNobodyTwice) {
  EXPECT_TRUE(rc::check("random looks", [] {
    Life life;
    life.desk.add("UKARI", std::nullopt);
    for (int n = 0; n < 6; ++n)
      life.desk.add(*rc::gen::element<UserId>("", "UKARI", "UOLA"),
                    plus_days(date(2026, 3, 1), *rc::gen::inRange(0, 60)));
    auto now = life.desk.wall(date(2026, 3, 1));
    std::set<std::string> told;
    for (int i = 0; i < 80; ++i) {
      now += std::chrono::hours{*rc::gen::inRange(-30, 60)};
      life.look(now);
      for (const auto& step : life.desk.told) told.insert(key(step));
      RC_ASSERT(told.size() == life.desk.told.size());
    }
    std::set<std::chrono::sys_days> weeks;
    for (const auto day : life.digests[""]) {
      RC_ASSERT(life.desk.calendar.is_working_day(day));
      const std::chrono::sys_days at{day};
      RC_ASSERT(weeks.insert(at - (std::chrono::weekday{at} - std::chrono::Monday)).second);
    }
    for (const auto& [user, days] : life.digests) RC_ASSERT(days.size() <= life.digests[""].size());
  }));
}

TEST(Digest, EveryOpenItemStandsOnceOrIsCounted) {
  EXPECT_TRUE(rc::check("no item is forgotten", [] {
    Desk desk;
    for (int n = *rc::gen::inRange(0, 400); n > 0; --n) {
      auto& item = desk.add(*rc::gen::element<UserId>("", "UKARI", "UOLA"), std::nullopt);
      if (*rc::gen::inRange(0, 4) > 0) item.due = plus_days(monday, *rc::gen::inRange(-30, 30));
      item.state = static_cast<State>(*rc::gen::inRange(0, 8));
      item.priority = static_cast<Severity>(*rc::gen::inRange(0, 5));
      if (is_closed(item.state)) item.closed_at = desk.wall(monday) - std::chrono::hours{*rc::gen::inRange(-2, 300)};
      if (*rc::gen::inRange(0, 5) == 0) item.snoozed = Snooze{plus_days(monday, *rc::gen::inRange(-5, 5)), "", ""};
    }
    const auto all = of(desk);
    std::map<ItemId, int> seen;
    std::size_t total = 0, lines = 0;
    for (const auto* parts : {&all.parts, &all.thread})
      for (const auto& part : *parts)
        for (const auto& line : part.lines) ++seen[line.id], ++lines;
    for (const auto& part : all.parts) total += part.total;
    RC_ASSERT(lines + all.unlisted == total);
    for (const auto& [id, times] : seen) RC_ASSERT(times == 1);
    std::size_t open = 0;
    for (const auto& item : desk.items) open += is_closed(item.state) ? 0 : 1;
    RC_ASSERT(all.ages.open == open);
    RC_ASSERT(all.ages.under_a_week + all.ages.to_four_weeks + all.ages.longer == open);
    std::set<std::string> told;
    for (const auto& step : all.told) RC_ASSERT(told.insert(key(step)).second);
    std::set<UserId> owners;
    for (const auto& owner : all.owners) {
      RC_ASSERT(owners.insert(owner.owner).second);
      std::size_t theirs = owner.unlisted + owner.others;
      for (const auto& part : owner.parts) {
        theirs += part.lines.size();
        for (const auto& line : part.lines) RC_ASSERT(line.owner == owner.owner);
      }
      RC_ASSERT(theirs == static_cast<std::size_t>(std::ranges::count_if(desk.items, [&](const Item& item) {
                  return item.owner == owner.owner && !is_closed(item.state);
                })));
    }
  }));
}

}  // namespace
}  // namespace vakt::action
