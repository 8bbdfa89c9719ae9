#include "bot/actions/digest_plan.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "tests/bot/actions/digest_make.hpp"

namespace vakt::action {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

const Calendar norway{oslo_team(), Holidays::norway};
const Instant since = utc("2026-01-01T00:00:00Z");
const Date monday = date(2026, 11, 23), the_one_before = date(2026, 11, 16);
const std::set<Date> until_last_week{date(2026, 11, 9), the_one_before};

DigestPlan plan(const char* now, const std::set<Date>& claimed = until_last_week) {
  return digest_plan(norway, claimed, since, utc(now));
}

TEST(DigestPlan, IsSentInItsTimeAndWaitsBefore) {
  const auto before = plan("2026-11-23T07:59:59Z");
  EXPECT_EQ(before.sending, Sending::wait);
  EXPECT_EQ(before.look_again, utc("2026-11-23T08:00:00Z"));
  const auto now = plan("2026-11-23T08:00:00Z");
  EXPECT_EQ(now.sending, Sending::send);
  EXPECT_EQ(now.week.key, monday);
  EXPECT_THAT(now.missed, IsEmpty());
  EXPECT_EQ(plan("2026-11-23T09:00:00Z").sending, Sending::send) << "an hour for reading and restarts";
}

TEST(DigestPlan, AClaimedWeekIsNeverSentAgain) {
  const std::set<Date> claimed{monday};
  for (const auto* now : {"2026-11-23T08:00:00Z", "2026-11-23T09:30:00Z", "2026-11-27T12:00:00Z"})
    EXPECT_EQ(plan(now, claimed).sending, Sending::wait) << now;
  EXPECT_EQ(plan("2026-11-27T12:00:00Z", claimed).look_again, utc("2026-11-30T08:00:00Z"));
}

TEST(DigestPlan, UpToTwoWorkingDaysLateItIsSentAndSaysSo) {
  for (const auto* now :
       {"2026-11-23T09:00:01Z", "2026-11-23T22:00:00Z", "2026-11-24T08:00:00Z", "2026-11-25T22:59:59Z"}) {
    EXPECT_EQ(plan(now).sending, Sending::late) << now;
    EXPECT_EQ(plan(now).week.key, monday);
  }
  EXPECT_EQ(plan("2026-11-25T23:00:00Z").sending, Sending::skip) << "Thursday there";
}

TEST(DigestPlan, ALateOneWakesNobodyAtNightAndComesOnAWorkingDay) {
  const auto night = plan("2026-11-24T02:00:00Z");
  EXPECT_EQ(night.sending, Sending::wait);
  EXPECT_EQ(night.look_again, utc("2026-11-24T08:00:00Z"));
  auto team = oslo_team();
  team.digest = WeeklyTime{std::chrono::Friday, 9, 0};
  const Calendar friday{team, Holidays::norway};
  const auto saturday = digest_plan(friday, {}, since, utc("2026-11-21T12:00:00Z"));
  EXPECT_EQ(saturday.sending, Sending::wait);
  EXPECT_EQ(saturday.look_again, utc("2026-11-23T08:00:00Z"));
  EXPECT_EQ(digest_plan(friday, {}, since, utc("2026-11-23T08:00:00Z")).sending, Sending::late);
}

TEST(DigestPlan, TwoDaysOfDowntimeOverAMonday) {
  // Down from Sunday noon to Tuesday noon.
  EXPECT_EQ(plan("2026-11-22T11:00:00Z").sending, Sending::wait);
  const auto back = plan("2026-11-24T11:00:00Z");
  EXPECT_EQ(back.sending, Sending::late);
  EXPECT_EQ(back.week.key, monday);
  EXPECT_THAT(back.missed, IsEmpty());
  EXPECT_EQ(plan("2026-11-24T11:00:01Z", {the_one_before, monday}).sending, Sending::wait);
}

TEST(DigestPlan, ASkippedOneIsNamedByTheNext) {
  EXPECT_EQ(plan("2026-11-27T12:00:00Z").sending, Sending::skip);
  const auto next = plan("2026-11-30T08:00:00Z");
  EXPECT_EQ(next.sending, Sending::send);
  ASSERT_EQ(next.missed.size(), 1U);
  EXPECT_EQ(next.missed[0].key, monday);
  std::vector<Date> missed;
  for (const auto& one : plan("2026-12-14T08:00:00Z").missed) missed.push_back(one.key);
  EXPECT_THAT(missed, ElementsAre(monday, date(2026, 11, 30), date(2026, 12, 7)));
}

TEST(DigestPlan, WhatWasDueBeforeTheTeamWasKnownWasNeverPromised) {
  const auto now = utc("2026-11-24T10:00:00Z");
  EXPECT_EQ(digest_plan(norway, {}, now - 1h, now).sending, Sending::wait);
  EXPECT_THAT(digest_plan(norway, {}, now - 1h, utc("2026-11-30T08:00:00Z")).missed, IsEmpty());
}

TEST(DigestPlan, AClockSetBackSendsNothingTwiceAndAClockThatWasFarAheadSilencesNothing) {
  EXPECT_EQ(plan("2026-11-23T08:00:00Z", {the_one_before, monday}).sending, Sending::wait);
  EXPECT_EQ(plan("2026-11-16T08:00:00Z", {the_one_before, monday}).sending, Sending::wait);
  EXPECT_EQ(plan("2026-11-23T08:00:00Z", {the_one_before, date(2030, 1, 7)}).sending, Sending::send);
}

TEST(DigestPlan, ATeamThatMovesItsDigestHasNoSecondOneThatWeek) {
  auto team = oslo_team();
  team.digest = WeeklyTime{std::chrono::Wednesday, 9, 0};
  const Calendar wednesday{team, Holidays::norway};
  EXPECT_EQ(digest_plan(wednesday, {monday}, since, utc("2026-11-25T08:00:00Z")).sending, Sending::wait);
  EXPECT_EQ(digest_plan(wednesday, {monday}, since, utc("2026-12-02T08:00:00Z")).sending, Sending::send);
}

TEST(DigestPlan, NoDigestWantedNothingToLookFor) {
  auto team = oslo_team();
  team.digest.reset();
  const auto none = digest_plan({team, Holidays::norway}, {}, since, utc("2026-11-23T08:00:00Z"));
  EXPECT_EQ(none.sending, Sending::wait);
  EXPECT_FALSE(none.look_again);
}

TEST(DigestPlan, APreviewAsksNoClaims) {
  const auto on_monday = digest_preview(norway, utc("2026-11-23T08:00:00Z"));
  EXPECT_EQ(on_monday.sending, Sending::send);
  EXPECT_EQ(on_monday.week.key, monday);
  for (const auto* at : {"2026-11-23T07:59:59Z", "2026-11-18T12:00:00Z"}) {
    const auto before = digest_preview(norway, utc(at));
    EXPECT_EQ(before.sending, Sending::wait);
    EXPECT_EQ(before.week.key, monday);
  }
}

// Looks at random moments, with the clock set back and forth: each week goes out at most once, and following
// look_again alone sends every week that had one.
TEST(DigestPlan, EachWeekAtMostOnceWhateverTheClockDoes) {
  EXPECT_TRUE(rc::check("random looks", [] {
    auto now = utc("2026-03-01T00:00:00Z");
    std::set<Date> claimed;
    for (int i = 0; i < 60; ++i) {
      now += std::chrono::minutes{*rc::gen::inRange(-20'000, 25'000)};
      const auto one = digest_plan(norway, claimed, since, now);
      RC_ASSERT(one.look_again && *one.look_again > now);
      if (one.sending != Sending::send && one.sending != Sending::late) continue;
      RC_ASSERT(norway.is_working_day(norway.date_of(now)));
      RC_ASSERT(now >= norway.time_of(norway.date_of(now)));
      RC_ASSERT(claimed.insert(one.week.key).second);
    }
  }));
  std::set<Date> claimed;
  int sent = 0;
  for (auto now = since; now < utc("2027-12-31T00:00:00Z");) {
    const auto one = digest_plan(norway, claimed, since, now);
    if (one.sending == Sending::send) ++sent, claimed.insert(one.week.key);
    EXPECT_NE(one.sending, Sending::late);
    EXPECT_NE(one.sending, Sending::skip);
    EXPECT_THAT(one.missed, IsEmpty());
    now = one.look_again.value();
  }
  EXPECT_EQ(sent, 104) << "Mondays from 2026-01-05 to 2027-12-27";
}

}  // namespace
}  // namespace vakt::action
