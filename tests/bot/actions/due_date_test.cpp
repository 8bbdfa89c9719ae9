#include "bot/actions/due_date.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "bot/time/zones.hpp"

namespace vakt::action {
namespace {

using namespace std::chrono_literals;

const std::string oslo = "Europe/Oslo";
// A Saturday, 03:10 in Oslo.
const Instant now = from_iso_utc("2026-11-21T02:10:00Z").value();

std::string due(std::string_view text, Instant at = now, const std::string& zone = oslo) {
  const auto read = parse_due(text, at, zone);
  return read ? iso_date(read->date) + (read->past ? " past" : "") : "refused: " + read.error().form;
}
DateFault fault(std::string_view text) {
  const auto read = parse_due(text, now, oslo);
  if (read) ADD_FAILURE() << text << " is " << iso_date(read->date);
  return read ? DateFault{} : read.error().fault;
}

TEST(DueDate, AWeekdayIsTheNextOneAfterToday) {
  for (const auto* text :
       {"friday", "fri", "Fri.", "fredag", "FREDAG", "fre", "by friday", "innen fredag", "på fredag"})
    EXPECT_EQ(due(text), "2026-11-27") << text;
  for (const auto* text : {"saturday", "sat", "lørdag", "LØRDAG", "lør"}) EXPECT_EQ(due(text), "2026-11-28") << text;
  for (const auto* text : {"sunday", "søndag", "søn"}) EXPECT_EQ(due(text), "2026-11-22") << text;
  EXPECT_EQ(due("mon"), "2026-11-23");
  EXPECT_EQ(due("tirsdag"), "2026-11-24");
  EXPECT_EQ(due("wed"), "2026-11-25");
  EXPECT_EQ(due("onsdag"), "2026-11-25");
  EXPECT_EQ(due("torsdag"), "2026-11-26");
}

TEST(DueDate, FromToday) {
  EXPECT_EQ(due("today"), "2026-11-21");
  EXPECT_EQ(due("i dag"), "2026-11-21");
  for (const auto* text : {"tomorrow", "i morgen", "I  Morgen", "imorgen", "+1d", "1d", "in 1 day", "om 1 dag"})
    EXPECT_EQ(due(text), "2026-11-22") << text;
  for (const auto* text : {"+2w", "2w", "+2u", "+14d", "+2 weeks", "in 2 weeks", "om 2 uker"})
    EXPECT_EQ(due(text), "2026-12-05") << text;
  EXPECT_EQ(due("+10d"), "2026-12-01");
  EXPECT_EQ(due("+0d"), "2026-11-21");
}

TEST(DueDate, TodayIsTheZonesOwn) {
  const auto late = from_iso_utc("2026-11-21T23:30:00Z").value();
  EXPECT_EQ(due("today", late), "2026-11-22");
  EXPECT_EQ(due("today", late, "America/New_York"), "2026-11-21");
}

TEST(DueDate, ADayAndMonthIsTheNextSuchDateFromTodayOn) {
  for (const auto* text : {"1.12.", "1.12", "01.12.", "1. desember", "1 dec", "dec 1", "December 1st", "1. des."})
    EXPECT_EQ(due(text), "2026-12-01") << text;
  EXPECT_EQ(due("21.11."), "2026-11-21") << "today";
  EXPECT_EQ(due("20.11."), "2027-11-20");
  EXPECT_EQ(due("17. mai"), "2027-05-17");
  EXPECT_EQ(due("may 17"), "2027-05-17");
}

TEST(DueDate, AFullDateIsTakenAsTypedAndFlaggedInThePast) {
  for (const auto* text : {"2026-12-01", "2026-12-1", "1.12.2026", "1.12.26", "1. desember 2026", "Dec 1, 2026"})
    EXPECT_EQ(due(text), "2026-12-01") << text;
  EXPECT_EQ(due("2026-11-20"), "2026-11-20 past");
  EXPECT_EQ(due("1.1.2020"), "2020-01-01 past");
  EXPECT_EQ(due("yesterday"), "2026-11-20 past");
  EXPECT_EQ(due("i går"), "2026-11-20 past");
}

TEST(DueDate, TheTwentyNinthOfFebruary) {
  EXPECT_EQ(due("29.2."), "2028-02-29");
  EXPECT_EQ(due("29.2.2028"), "2028-02-29");
  EXPECT_EQ(due("29.2.2027"), "refused: 2027-02-28");
  EXPECT_EQ(due("2027-02-29"), "refused: 2027-02-28");
  EXPECT_EQ(due("+1d", from_iso_utc("2028-02-28T12:00:00Z").value()), "2028-02-29");
  EXPECT_EQ(due("+1d", from_iso_utc("2100-02-28T12:00:00Z").value()), "2100-03-01");
}

TEST(DueDate, ADayThatIsNoneNamesTheNearest) {
  EXPECT_EQ(due("31.11."), "refused: 30.11.");
  EXPECT_EQ(due("32.1."), "refused: 31.1.");
  EXPECT_EQ(due("2026-13-01"), "refused: 2026-12-01");
  EXPECT_EQ(due("0.1."), "refused: 1.1.");
  EXPECT_EQ(fault("31.11."), DateFault::no_such_day);
}

TEST(DueDate, WhatMayMeanTwoDaysIsAskedBack) {
  for (const auto* text : {"12-01", "1/12", "12/1/2026", "next friday", "neste fredag", "next week", "neste uke"})
    EXPECT_EQ(fault(text), DateFault::ambiguous) << text;
  EXPECT_EQ(due("12-01"), "refused: 1.12. or 2026-12-01");
  EXPECT_EQ(due("13-01"), "refused: 13.1. or 2026-12-01");
  EXPECT_EQ(due("next friday"), "refused: friday");
}

TEST(DueDate, WhatIsNoDateNamesTheNearestForm) {
  for (const auto* text : {"",
                           " ",
                           "soon",
                           "fr",
                           "x",
                           "+2",
                           "+2q",
                           "2026",
                           "1.",
                           ".",
                           "..",
                           "1.2.3.4",
                           "-",
                           "--",
                           "1--2",
                           "2026-12",
                           "+99999999999999999999w",
                           "1.12.20266",
                           "20266-01-01",
                           "friday x",
                           "the 5th"}) {
    const auto read = parse_due(text, now, oslo);
    ASSERT_FALSE(read) << text;
    EXPECT_NE(read.error().form, "") << text;
  }
  EXPECT_EQ(due("fridya"), "refused: friday");
  EXPECT_EQ(due("tomorow"), "refused: tomorrow");
  EXPECT_EQ(due("ferdag"), "refused: fredag");
}

TEST(DueDate, WhatMeansToBeADate) {
  for (const auto* text : {"friday", "+2w", "fridya", "32.13.", "next week", "12-01", "+2q", "5x"})
    EXPECT_TRUE(resembles_due(text)) << text;
  for (const auto* text : {"to the bank", "to 5xx errors", "now", "", "x", "process", "care"})
    EXPECT_FALSE(resembles_due(text)) << text;
}

TEST(DueDateProperties, NoTextIsTooStrange) {
  EXPECT_TRUE(rc::check("any", [](const std::string& text) {
    const auto read = parse_due(text, now, oslo);
    RC_ASSERT(read.has_value() == !due_error(text));
    if (read)
      RC_ASSERT(read->date.ok());
    else
      RC_ASSERT(!read.error().form.empty());
  }));
  EXPECT_TRUE(rc::check("nearly", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"0123456789.-+/ wdfri"}));
    const auto read = parse_due(text, now, oslo);
    if (read) RC_ASSERT(read->date.ok());
  }));
}

TEST(DueDateProperties, WhatIsWrittenReadsBackAsItself) {
  EXPECT_TRUE(rc::check("iso", [] {
    const Date day{std::chrono::sys_days{std::chrono::days{*rc::gen::inRange(11'000, 80'000)}}};
    RC_ASSERT(from_iso_date(iso_date(day)) == day);
    const auto read = parse_due(iso_date(day), now, oslo);
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->date == day);
  }));
}

TEST(DueDateProperties, AWeekdayIsOneToSevenDaysAway) {
  EXPECT_TRUE(rc::check("weekday", [] {
    const Instant at{std::chrono::seconds{*rc::gen::inRange<std::int64_t>(1'700'000'000, 1'900'000'000)}};
    const auto word = *rc::gen::element<std::string>("mon", "tirsdag", "wed", "tor", "friday", "lørdag", "sunday");
    const auto away =
        std::chrono::sys_days{parse_due(word, at, oslo)->date} - std::chrono::sys_days{local_date(at, oslo)};
    RC_ASSERT(away >= 1 * std::chrono::days{1});
    RC_ASSERT(away <= std::chrono::days{7});
  }));
}

}  // namespace
}  // namespace vakt::action
