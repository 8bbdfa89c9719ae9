#include "bot/record/statistics.hpp"

#include <gmock/gmock.h>

#include "bot/time/zones.hpp"

namespace vakt::statistics {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

Instant at(const char* iso) { return *from_iso_utc(iso); }

Incident incident(IncidentNumber number, const char* declared, Severity severity = Severity::sev1) {
  Incident one{.number = number, .severity = severity, .declared_at = at(declared)};
  return one;
}

void mark(Incident& one, Marker marker, Micros after) {
  one.markers[static_cast<std::size_t>(marker)] = MarkerTime{one.declared_at + after};
}

action::Item item(Micros age, action::State state = action::State::open) {
  action::Item one;
  one.state = state;
  one.created_at = at("2026-11-21T12:00:00Z") - age;
  return one;
}

Statistics of(const std::vector<Incident>& incidents, const std::vector<action::Item>& items = {}) {
  return statistics(incidents, times_of, items, at("2026-11-21T12:00:00Z"), "Europe/Oslo");
}

TEST(Statistics, TimesComeFromTheMarkers) {
  auto one = incident(1, "2026-11-20T10:00:00Z");
  mark(one, Marker::downtime_start, -9min);
  mark(one, Marker::event_start, 0min);
  mark(one, Marker::problem_fixed, 21min);
  mark(one, Marker::downtime_end, 22min);
  const auto times = times_of(one);
  EXPECT_EQ(times.detect, 9min);
  EXPECT_EQ(times.fix, 21min);
  EXPECT_EQ(times.downtime, 31min);
  EXPECT_EQ(times.react, std::nullopt) << "that stands in the entries";
}

TEST(Statistics, MarkersThatAreMissingOrOutOfOrderTellNothing) {
  auto one = incident(1, "2026-11-20T10:00:00Z");
  EXPECT_EQ(times_of(one).downtime, std::nullopt);
  mark(one, Marker::event_start, 0min);
  mark(one, Marker::problem_fixed, -1min);
  EXPECT_EQ(times_of(one).fix, std::nullopt);
}

TEST(Statistics, GroupsByTheMonthInTheZoneAndBySeverity) {
  const auto all = of({incident(1, "2026-10-31T23:30:00Z", Severity::sev2),  // November in Oslo
                       incident(2, "2026-11-02T00:00:00Z", Severity::unset), incident(3, "2026-11-03T00:00:00Z"),
                       incident(4, "2026-10-31T22:30:00Z")});
  std::vector<std::string> rows;
  for (const auto& row : all.rows) rows.push_back(row.month + " " + std::string{name(row.severity)});
  EXPECT_THAT(rows, ElementsAre("2026-10 sev1", "2026-11 sev1", "2026-11 sev2", "2026-11 unset"));
}

TEST(Statistics, DrillsAndCancelledIncidentsAreLeftOut) {
  auto drill = incident(1, "2026-11-01T10:00:00Z"), cancelled = incident(2, "2026-11-01T10:00:00Z"),
       over = incident(3, "2026-11-01T10:00:00Z"), open = incident(4, "2026-11-01T10:00:00Z");
  drill.test = true;
  cancelled.status = Status::cancelled;
  over.status = Status::resolved;
  const auto all = of({drill, cancelled, over, open});
  EXPECT_EQ(all.incidents, 2U);
  EXPECT_EQ(all.open, 1U);
  EXPECT_THAT(of({drill, cancelled}).rows, IsEmpty());
  EXPECT_EQ(month_of("2026-11", {drill, cancelled, over, open}, times_of, "UTC").incidents, 2U);
}

TEST(Statistics, TheMedianOfAnEvenNumberLiesInTheMiddle) {
  std::vector<Incident> incidents;
  for (const auto minutes : {10, 40, 20, 30}) {
    incidents.push_back(incident(minutes, "2026-11-01T10:00:00Z"));
    mark(incidents.back(), Marker::event_start, 0min);
    mark(incidents.back(), Marker::problem_fixed, std::chrono::minutes{minutes});
  }
  incidents.push_back(incident(5, "2026-11-01T10:00:00Z"));  // nobody marked anything
  const auto fix = of(incidents).rows.at(0).fix;
  EXPECT_EQ(fix.known, 4U);
  EXPECT_EQ(fix.median, 25min);
  EXPECT_EQ(fix.longest, 40min);
}

TEST(Statistics, OpenItemsByAge) {
  const auto ages = of({}, {item(1h), item(7 * 24h), item(8 * 24h), item(28 * 24h), item(29 * 24h), item(91 * 24h),
                            item(400 * 24h, action::State::done), item(400 * 24h, action::State::deleted)})
                        .items;
  EXPECT_EQ(ages.to_7_days, 2U);
  EXPECT_EQ(ages.to_28_days, 2U);
  EXPECT_EQ(ages.to_90_days, 1U);
  EXPECT_EQ(ages.older, 2U) << "a card that is gone closes nothing";
}

TEST(Statistics, PostmortemsThatAreNotPublishedAreOutstanding) {
  auto wanted = incident(1, "2026-11-01T10:00:00Z"), published = incident(2, "2026-11-01T10:00:00Z");
  wanted.postmortem = Postmortem{.owner = "UKARI"};
  published.postmortem = Postmortem{.owner = "UOLA", .url = "https://wiki.example.org/2"};
  const auto all = of({wanted, published, incident(3, "2026-11-01T10:00:00Z")});
  ASSERT_EQ(all.postmortems.size(), 1U);
  EXPECT_EQ(all.postmortems.at(0).incident, 1);
}

}  // namespace
}  // namespace vakt::statistics
