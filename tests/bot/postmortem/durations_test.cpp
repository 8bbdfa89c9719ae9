#include "bot/postmortem/durations.hpp"

#include "bot/postmortem/exposures.hpp"
#include "tests/bot/postmortem/make.hpp"

namespace vakt::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> told(const Written& w, bool with_day = false) {
  const auto rows = postmortem::curated_timeline(w.record, w.changes, Language::en);
  std::vector<std::string> all;
  for (const auto& one : postmortem::durations(w.record, rows, {"Europe/Oslo", with_day}, Language::en))
    all.push_back(one.name + ": " + one.words);
  return all;
}

TEST(Durations, WithoutAnyMarkerNothingCanBeTold) {
  EXPECT_THAT(told({}), ElementsAre("Time to detect: cannot tell: DOWNTIME START is not set",
                                    "Time to react: cannot tell: EVENT START is not set",
                                    "Time to fix: cannot tell: EVENT START is not set",
                                    "Downtime: cannot tell: DOWNTIME START is not set"));
}

TEST(Durations, MarkersOutOfOrderAreNamedAndGiveNoNumber) {
  Written w;
  w.mark(Marker::downtime_start, "2022-04-20 12:00");
  w.mark(Marker::event_start, "2022-04-20 11:00");
  w.mark(Marker::problem_fixed, "2022-04-20 10:30");
  w.mark(Marker::downtime_end, "2022-04-20 10:00");
  EXPECT_THAT(told(w), ElementsAre("Time to detect: cannot tell: EVENT START 11:00 stands before DOWNTIME START 12:00",
                                   "Time to react: cannot tell: nothing on the timeline follows EVENT START",
                                   "Time to fix: cannot tell: PROBLEM FIXED 10:30 stands before EVENT START 11:00",
                                   "Downtime: cannot tell: DOWNTIME END 10:00 stands before DOWNTIME START 12:00"));
}

TEST(Durations, AcrossMidnightAndTheHourThatSummerTimeSkips) {
  Written w;
  w.mark(Marker::downtime_start, "2022-03-26 23:30");
  w.mark(Marker::event_start, "2022-03-27 01:30");
  w.note("2022-03-27 01:45", "looked at it");
  w.mark(Marker::problem_fixed, "2022-03-27 03:30");  // an hour later, not two
  w.mark(Marker::downtime_end, "2022-03-27 04:00");
  EXPECT_THAT(told(w, true),
              ElementsAre(HasSubstr("2 h (from DOWNTIME START 2022-03-26 23:30 to EVENT START 2022-03-27 01:30)"),
                          HasSubstr("15 min (from EVENT START 2022-03-27 01:30 to “looked at it” 2022-03-27 01:45)"),
                          HasSubstr("Time to fix: 1 h (from"), HasSubstr("Downtime: 3 h 30 min (from")));
  const auto text = w.markdown("oslo");
  EXPECT_THAT(text, HasSubstr("2022-03-26  \n    23:30 DOWNTIME START  \n2022-03-27  \n    01:30 EVENT START  \n"));
}

TEST(Durations, ALongRowIsNamedByItsFirstWordsAndNeverCutInMarkup) {
  Written w;
  w.mark(Marker::event_start, "2022-04-20 09:00");
  w.note("2022-04-20 09:05", "Looked at the graphs of every cluster and of the database behind them for a while");
  EXPECT_THAT(told(w)[1], HasSubstr("“Looked at the graphs of every cluster and of the database …” 09:05"));
  Written code;
  code.mark(Marker::event_start, "2022-04-20 09:00");
  code.note("2022-04-20 09:05", "Ran `kubectl rollout undo deployment/backend --namespace citykey` by hand");
  EXPECT_THAT(told(code)[1], HasSubstr("“Ran …” 09:05"));
}

TEST(Durations, ACuratedMarkerCounts) {
  Written w;
  w.mark(Marker::downtime_start, "2022-04-20 09:00");
  w.record.entries.back().curated = Curation{.at = oslo("2022-04-20 08:50"), .approximate = true};
  w.mark(Marker::downtime_end, "2022-04-20 09:20");
  EXPECT_EQ(told(w).back(), "Downtime: about 30 minutes (from DOWNTIME START ~08:50 to DOWNTIME END 09:20)");
}

TEST(Durations, LengthsReadAsPeopleSayThem) {
  const auto words = [](std::chrono::seconds length, bool approximate = false) {
    return postmortem::span_words({length, approximate}, Language::en);
  };
  EXPECT_EQ(words(0s), "0 s");
  EXPECT_EQ(words(467s), "7 min 47 s");
  EXPECT_EQ(words(31min), "31 min");
  EXPECT_EQ(words(7h + 52min + 3s), "7 h 52 min");
  EXPECT_EQ(words(50h), "2 d 2 h");
  EXPECT_EQ(words(386s, true), "about 6 and a half minutes");
  EXPECT_EQ(words(3s, true), "about 30 s");
  EXPECT_EQ(words(3h, true), "about 3 h");
}

TEST(Exposures, SayHowMuchPassedBeforeDetectionAndWhatIsNotKnown) {
  Written w;
  const auto said = [&] {
    return postmortem::exposures(w.record, w.changes, w.settings, {"Europe/Oslo", false}, Language::en);
  };
  EXPECT_THAT(said(), IsEmpty());
  auto& change = w.killed("x", oslo("2022-04-20 09:00:00"), oslo("2022-04-20 09:10:30"));
  EXPECT_THAT(said(), ElementsAre("Feature toggle `x` was exposed in production for 10 min 30 s (from 09:00:00 to "
                                  "09:10:30). What opened `x` in production: it is on, and no strategy narrows it."))
      << "no marker says when it was noticed";
  w.mark(Marker::event_start, "2022-04-20 09:04");
  EXPECT_THAT(said(), ElementsAre(HasSubstr("; 4 min of it passed before detection.")));
  w.mark(Marker::event_start, "2022-04-20 08:00");
  EXPECT_THAT(said(), ElementsAre(HasSubstr("; it was opened only after detection.")));
  w.mark(Marker::event_start, "2022-04-20 11:00");
  EXPECT_THAT(said(), ElementsAre(HasSubstr("; 10 min 30 s of it passed before detection.")));
  change.exposed_since.reset();
  EXPECT_THAT(said(), ElementsAre(HasSubstr("cannot be told: nothing says when it was opened")));
  change.progress.standing = flag::Standing::unknown;
  EXPECT_THAT(said(), IsEmpty());
}

}  // namespace
}  // namespace vakt::test
