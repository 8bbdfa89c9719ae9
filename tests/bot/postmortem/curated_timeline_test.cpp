#include "bot/postmortem/curated_timeline.hpp"

#include "tests/bot/postmortem/make.hpp"

namespace vakt::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> events(const Written& w, Language language = Language::en) {
  std::vector<std::string> all;
  for (const auto& row : postmortem::curated_timeline(w.record, w.changes, language)) all.push_back(row.event);
  return all;
}

TEST(CuratedTimeline, HoldsWhatIsOnTheTimelineAndNothingOfTheRest) {
  Written w;
  w.add(oslo("2022-04-20 11:00"), EntryKind::message, "chatter").on_timeline = false;
  w.add(oslo("2022-04-20 11:01"), EntryKind::message, "pinned");
  w.add(oslo("2022-04-20 11:02"), EntryKind::system, "Incident declared");
  w.add(oslo("2022-04-20 11:03"), EntryKind::severity, "SEV1");
  w.add(oslo("2022-04-20 11:04"), EntryKind::role, "lead");
  w.add(oslo("2022-04-20 11:05"), EntryKind::gap, "away");
  w.add(oslo("2022-04-20 11:06"), EntryKind::status, "Identified");
  w.add(oslo("2022-04-20 11:07"), EntryKind::update, "Better");
  w.add(oslo("2022-04-20 11:08"), EntryKind::action, "Keep logs");
  EXPECT_THAT(events(w), ElementsAre("pinned", "Identified", "Better", "Keep logs"));
}

TEST(CuratedTimeline, ShowsWhatAPersonMadeOfIt) {
  Written w;
  w.note("2022-04-20 11:00", "late").curated = Curation{.at = oslo("2022-04-20 11:30"), .approximate = true};
  w.note("2022-04-20 11:10", "asdf").curated = Curation{.text = "backend <https://x.example|down>"};
  w.note("2022-04-20 11:20", "noise").curated = Curation{.left_out = true};
  const auto rows = postmortem::curated_timeline(w.record, {}, Language::en);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].event, "backend [down](https://x.example)");
  EXPECT_EQ(rows[1].event, "late");
  EXPECT_EQ(rows[1].at, oslo("2022-04-20 11:30"));
  EXPECT_TRUE(rows[1].approximate);
  EXPECT_EQ(w.record.entries[0].text, "late") << "the original stays";
}

TEST(CuratedTimeline, DeletedTextIsGoneWithItsCuration) {
  Written w;
  auto& entry = w.add(oslo("2022-04-20 11:00"), EntryKind::message, "password");
  entry.curated = Curation{.text = "also the password"};
  entry.files = {{"F1", "keys.txt", "https://f.example"}};
  entry.deleted_at = oslo("2022-04-20 12:00");
  w.field("summary", "hunter2").deleted_at = oslo("2022-04-20 12:00");
  EXPECT_THAT(events(w), IsEmpty());
  for (const auto* name : {"oslo", "nav", "va-release-plan"})
    EXPECT_THAT(w.markdown(name), testing::Not(testing::ContainsRegex("password|keys|hunter2|f.example")));
}

TEST(CuratedTimeline, AMarkerTakesTheNoteThatWasGivenAtItsMoment) {
  Written w;
  w.note("2022-04-20 09:40", "all quiet");
  w.mark(Marker::downtime_start, "2022-04-20 09:09");
  w.note("2022-04-20 09:09", "backend fails");
  w.note("2022-04-20 09:09", "a second one");
  w.mark(Marker::problem_fixed, "2022-04-20 09:39");
  w.add(oslo("2022-04-20 09:39") + 20s + 7us, EntryKind::note, "typed by chance in that minute");
  // Set by vakt as it was declared, at a moment of its own; the note was typed to the minute.
  w.add(oslo("2022-04-20 09:18") + 12s + 345ms, EntryKind::marker, "", "event_start");
  w.note("2022-04-20 09:18", "channel made");
  EXPECT_THAT(events(w), ElementsAre("DOWNTIME START - backend fails", "a second one", "EVENT START - channel made",
                                     "PROBLEM FIXED", "typed by chance in that minute", "all quiet"));
  EXPECT_EQ(events(w, Language::nb).front(), "NEDETID START - backend fails");
}

TEST(CuratedTimeline, AFlagIsToldFromItsChangeWithTheMomentItWasOpened) {
  Written w;
  w.killed("check_out", oslo("2022-04-20 09:00:05"), oslo("2022-04-20 09:10:06"));
  w.add(oslo("2022-04-20 09:20"), EntryKind::flag, "`other` in production: updated, by ola", "other");
  const auto rows = postmortem::curated_timeline(w.record, w.changes, Language::en);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].event, "Feature toggle `check_out` turned on in production");
  EXPECT_EQ(rows[1].event, "Feature toggle `check_out` turned off in production");
  EXPECT_EQ(rows[2].event, "`other` in production: updated, by ola");
  EXPECT_TRUE(rows[0].to_the_second && rows[1].to_the_second);

  w.note("2022-04-20 09:00:05", "Somebody opened it");
  EXPECT_THAT(events(w), ElementsAre("Somebody opened it", "Feature toggle `check_out` turned off in production",
                                     "`other` in production: updated, by ola"));
  w.changes[0].progress.standing = flag::Standing::unknown;
  EXPECT_EQ(events(w)[1], "`check_out` is OFF in production.") << "not proven: as the record says it";
}

TEST(CuratedTimeline, StandsInTheZoneOfTheIncidentsTeam) {
  Settings settings{.timezone = "UTC"};
  settings.actions.teams = {{.name = "Platform", .timezone = "Europe/Oslo"},
                            {.name = "US", .timezone = "America/New_York"}};
  Incident incident;
  EXPECT_EQ(postmortem::zone_of(incident, settings), "UTC");
  incident.team = "us";
  EXPECT_EQ(postmortem::zone_of(incident, settings), "America/New_York");
  incident.team = "gone";
  EXPECT_EQ(postmortem::zone_of(incident, settings), "UTC");
}

}  // namespace
}  // namespace vakt::test
