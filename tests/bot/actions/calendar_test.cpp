#include "bot/actions/calendar.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "tests/bot/actions/digest_make.hpp"

namespace vakt::action {
namespace {

using std::chrono::sys_days;
using std::chrono::weekday;
using testing::ElementsAre;

const Calendar norway{oslo_team(), Holidays::norway};

std::string shown(const std::optional<DigestTime>& digest) {
  return digest ? iso_utc(digest->at).substr(0, 16) : "none";
}

TEST(Calendar, EasterAsTheChurchesPublishIt) {
  for (const auto easter : {date(1818, 3, 22), date(1943, 4, 25), date(2000, 4, 23), date(2008, 3, 23),
                            date(2011, 4, 24), date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5),
                            date(2027, 3, 28), date(2028, 4, 16), date(2038, 4, 25)})
    EXPECT_EQ(easter_sunday(easter.year()), easter) << int(easter.year());
}

TEST(Calendar, TheHolidaysOfNorway) {
  std::vector<Date> found;
  for (auto day = date(2026, 1, 1); day.year() == std::chrono::year{2026}; day = plus_days(day, 1))
    if (is_holiday(day, Holidays::norway)) found.push_back(day);
  EXPECT_THAT(found, ElementsAre(date(2026, 1, 1), date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 5),
                                 date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 17),
                                 date(2026, 5, 24), date(2026, 5, 25), date(2026, 12, 25), date(2026, 12, 26)));
  EXPECT_FALSE(is_holiday(date(2026, 12, 25), Holidays::none));
}

TEST(Calendar, WorkingDaysAreCountedOverWeekendsHolidaysAndClosedDays) {
  EXPECT_EQ(norway.plus_working_days(date(2026, 4, 1), 1), date(2026, 4, 7)) << "over Easter";
  EXPECT_EQ(norway.plus_working_days(date(2026, 4, 7), -1), date(2026, 4, 1));
  EXPECT_EQ(norway.plus_working_days(date(2026, 4, 4), 0), date(2026, 4, 4)) << "no day is the day itself";
  EXPECT_EQ(norway.plus_working_days(date(2026, 11, 21), 1), date(2026, 11, 23)) << "from a Saturday";
  EXPECT_EQ(norway.plus_working_days(date(2028, 2, 28), 1), date(2028, 2, 29));
  auto team = oslo_team();
  team.closed_days = {date(2026, 12, 24), date(2026, 12, 31)};
  const Calendar closed{team, Holidays::norway};
  EXPECT_FALSE(closed.is_working_day(date(2026, 12, 24)));
  EXPECT_EQ(closed.plus_working_days(date(2026, 12, 23), 1), date(2026, 12, 28));
}

TEST(Calendar, WorkingDaysThereAndBack) {
  EXPECT_TRUE(rc::check("plus and minus", [] {
    const auto from = norway.working_day_from(plus_days(date(2025, 1, 1), *rc::gen::inRange(0, 1500)));
    const int n = *rc::gen::inRange(-30, 31), m = *rc::gen::inRange(0, 5);
    const auto there = norway.plus_working_days(from, n);
    RC_ASSERT(norway.is_working_day(there));
    RC_ASSERT(norway.plus_working_days(there, -n) == from);
    RC_ASSERT(norway.plus_working_days(there, m) == norway.plus_working_days(from, n + m) || n < 0);
    int counted = 0;
    for (auto day = std::min(from, there); day < std::max(from, there); day = plus_days(day, 1))
      counted += norway.is_working_day(day);
    RC_ASSERT(counted == std::abs(n));
  }));
}

TEST(Calendar, AMondayAtNineIsAWallTimeOverBothChangesOfDst) {
  EXPECT_EQ(shown(norway.next_digest(utc("2026-03-20T12:00:00Z"))), "2026-03-23T08:00");
  EXPECT_EQ(shown(norway.next_digest(utc("2026-03-23T08:00:00Z"))), "2026-03-30T07:00") << "the first that is later";
  EXPECT_EQ(shown(norway.next_digest(utc("2026-10-19T06:59:59Z"))), "2026-10-19T07:00");
  EXPECT_EQ(shown(norway.next_digest(utc("2026-10-19T07:00:00Z"))), "2026-10-26T08:00");
}

TEST(Calendar, AHolidayMovesTheDayAndNotTheKey) {
  for (const auto& [monday, day] : {std::pair{date(2026, 4, 6), date(2026, 4, 7)},
                                    {date(2026, 5, 25), date(2026, 5, 26)},
                                    {date(2027, 3, 29), date(2027, 3, 30)},
                                    {date(2027, 5, 17), date(2027, 5, 18)}}) {
    const auto digest = norway.digest_of(monday);
    ASSERT_TRUE(digest);
    EXPECT_EQ(digest->key, monday);
    EXPECT_EQ(digest->day, day);
    EXPECT_EQ(clock_time(digest->at, "Europe/Oslo"), "09:00");
  }
  EXPECT_EQ(shown(norway.next_digest(utc("2026-04-06T12:00:00Z"))), "2026-04-07T07:00") << "on the moved day's eve";
  EXPECT_FALSE(norway.digest_of(date(2026, 4, 7))) << "no nominal day";
}

TEST(Calendar, AWeekThatIsClosedAltogetherHasNoDigest) {
  auto team = oslo_team();
  for (unsigned day = 20; day <= 24; ++day) team.closed_days.push_back(date(2026, 7, day));
  const Calendar calendar{team, Holidays::norway};
  EXPECT_FALSE(calendar.digest_of(date(2026, 7, 20)));
  EXPECT_EQ(shown(calendar.next_digest(utc("2026-07-13T12:00:00Z"))), "2026-07-27T07:00");
  EXPECT_EQ(shown(calendar.latest_digest(utc("2026-07-25T12:00:00Z"))), "2026-07-13T07:00");
  EXPECT_EQ(calendar.digest_before(*calendar.digest_of(date(2026, 7, 27))), calendar.digest_of(date(2026, 7, 13)));
}

TEST(Calendar, ADigestOnASaturdayIsSentThen) {
  auto team = oslo_team();
  team.digest = WeeklyTime{std::chrono::Saturday, 10, 30};
  const Calendar calendar{team, Holidays::norway};
  EXPECT_EQ(shown(calendar.next_digest(utc("2026-11-20T12:00:00Z"))), "2026-11-21T09:30");
  EXPECT_EQ(shown(calendar.next_digest(utc("2026-12-20T12:00:00Z"))), "2026-12-28T09:30") << "Boxing Day";
}

TEST(Calendar, AWallTimeThatDstSkipsOrRepeatsComesOnce) {
  auto team = oslo_team();
  team.digest = WeeklyTime{std::chrono::Sunday, 2, 30};
  const Calendar calendar{team, Holidays::none};
  EXPECT_EQ(shown(calendar.next_digest(utc("2026-03-28T12:00:00Z"))), "2026-03-29T01:30") << "03:30 there";
  EXPECT_EQ(shown(calendar.next_digest(utc("2026-03-29T01:30:00Z"))), "2026-04-05T00:30");
  EXPECT_EQ(shown(calendar.next_digest(utc("2026-10-24T12:00:00Z"))), "2026-10-25T00:30") << "the earlier 02:30";
  EXPECT_EQ(shown(calendar.next_digest(utc("2026-10-25T00:30:00Z"))), "2026-11-01T01:30");
}

TEST(Calendar, NoDigestWhereTheTeamWantsNone) {
  auto team = oslo_team();
  team.digest.reset();
  const Calendar calendar{team, Holidays::norway};
  EXPECT_FALSE(calendar.next_digest(utc("2026-03-20T12:00:00Z")));
  EXPECT_FALSE(calendar.latest_digest(utc("2026-03-20T12:00:00Z")));
  EXPECT_EQ(clock_time(calendar.time_of(date(2026, 7, 1)), "Europe/Oslo"), "09:00") << "its reminders have a time";
}

TEST(Calendar, TheNextWorkingTime) {
  const auto next = [](const char* after) { return iso_utc(norway.next_working_time(utc(after))).substr(0, 16); };
  EXPECT_EQ(next("2026-04-01T06:59:59Z"), "2026-04-01T07:00");
  EXPECT_EQ(next("2026-04-01T07:00:00Z"), "2026-04-07T07:00");
  EXPECT_EQ(next("2026-11-21T12:00:00Z"), "2026-11-23T08:00");
}

TEST(Calendar, EveryWeekHasOneDigestInEveryZone) {
  EXPECT_TRUE(rc::check("in order, once a week, on a day that is open", [] {
    auto team = oslo_team();
    team.timezone = *rc::gen::element<std::string>("Europe/Oslo", "America/New_York", "Asia/Kathmandu",
                                                   "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "UTC");
    team.digest = WeeklyTime{weekday{static_cast<unsigned>(*rc::gen::inRange(0, 7))}, *rc::gen::inRange(0, 24),
                             *rc::gen::inRange(0, 60)};
    for (int n = *rc::gen::inRange(0, 12); n > 0; --n)
      team.closed_days.push_back(plus_days(date(2026, 1, 1), *rc::gen::inRange(0, 400)));
    const Calendar calendar{team, *rc::gen::element(Holidays::none, Holidays::norway)};
    auto digest =
        calendar.next_digest(utc("2026-01-01T00:00:00Z") + std::chrono::minutes{*rc::gen::inRange(0, 500'000)});
    for (int i = 0; i < 8; ++i) {
      RC_ASSERT(digest.has_value());
      RC_ASSERT(!calendar.is_closed(digest->day));
      RC_ASSERT(weekday{sys_days{digest->key}} == team.digest->day);
      RC_ASSERT(days_between(digest->key, digest->day) >= 0 && days_between(digest->key, digest->day) < 7);
      RC_ASSERT(calendar.date_of(digest->at) == digest->day);
      RC_ASSERT(calendar.latest_digest(digest->at) == digest);
      RC_ASSERT(calendar.next_digest(digest->at - Micros{1}) == digest);
      const auto next = calendar.next_digest(digest->at);
      RC_ASSERT(next && next->key > digest->key && next->at > digest->at);
      RC_ASSERT(calendar.digest_before(*next) == digest);
      RC_ASSERT(calendar.latest_digest(next->at - Micros{1}) == digest);
      digest = next;
    }
  }));
}

}  // namespace
}  // namespace vakt::action
