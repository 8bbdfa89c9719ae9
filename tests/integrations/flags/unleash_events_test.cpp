#include "integrations/flags/unleash_events.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/time/zones.hpp"

namespace vakt::flag::unleash {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Instant now = *from_iso_utc("2026-11-21T12:00:00Z");

Event event(long long id, Instant at, bool about_flags = true) {
  Event made;
  made.id = id;
  made.change.at = at;
  made.change.name = "f" + std::to_string(id);
  made.about_flags = about_flags;
  return made;
}
EventPage page(std::vector<Event> newest_first) {
  const auto listed = newest_first.size();
  return {std::move(newest_first), listed};
}
std::vector<std::string> names(const EventReader::Found& found) {
  std::vector<std::string> made;
  for (const auto& one : found.changes) made.push_back(one.name.empty() ? one.what : one.name);
  return made;
}

TEST(UnleashEvents, WithoutACursorTheLastDayIsToldOldestFirst) {
  EventReader reader("", now);
  EXPECT_FALSE(reader.take(page({event(3, now - 1h), event(2, now - 2h), event(1, now - 25h)})));
  EXPECT_THAT(names(reader.finish()), ElementsAre("f2", "f3"));
}

TEST(UnleashEvents, NothingIsToldTwiceNorLost) {
  EventReader first("", now);
  first.take(page({event(3, now - 1s), event(2, now - 5s), event(1, now - 1min)}));
  const auto told = first.finish();
  EXPECT_THAT(names(told), ElementsAre("f1", "f2", "f3"));

  // 4 is new. 9 has the higher number, but was committed after we looked: its time lies before what was told.
  EventReader second(told.cursor, now);
  EXPECT_FALSE(second.take(
      page({event(4, now), event(3, now - 1s), event(9, now - 3s), event(2, now - 5s), event(1, now - 1min)})));
  const auto more = second.finish();
  EXPECT_THAT(names(more), ElementsAre("f9", "f4"));

  EventReader third(more.cursor, now + 1h);
  third.take(page({event(4, now), event(3, now - 1s), event(9, now - 3s), event(2, now - 5s)}));
  EXPECT_THAT(names(third.finish()), IsEmpty());
  EXPECT_EQ(third.finish().cursor, more.cursor);
}

TEST(UnleashEvents, OtherEventsMoveTheCursorAndAreNotTold) {
  EventReader reader("", now);
  reader.take(page({event(2, now, false), event(1, now - 1h)}));
  EXPECT_THAT(names(reader.finish()), ElementsAre("f1"));
  EXPECT_EQ(reader.finish().cursor, iso_utc(now - EventReader::read_again) + " 2");
}

TEST(UnleashEvents, TheFirstPageIsSmallAndMoreFollowWhileThereIsNew) {
  EventReader reader("", now);
  EXPECT_EQ(reader.limit(), 20);
  std::vector<Event> full;
  for (int i = 0; i < 20; ++i) full.push_back(event(1000 - i, now - i * 1s));
  EXPECT_TRUE(reader.take(page(full)));
  EXPECT_EQ(reader.offset(), 20);
  EXPECT_EQ(reader.limit(), 100);
  // One came in between the pages: the last of the first page stands on the second too.
  EXPECT_FALSE(reader.take(page({event(981, now - 19s), event(980, now - 20s)})));
  EXPECT_EQ(reader.finish().changes.size(), 21U);
}

TEST(UnleashEvents, AFullPageOfOldOnesIsTheLast) {
  EventReader reader(iso_utc(now - 30s), now);
  std::vector<Event> full;
  for (int i = 0; i < 20; ++i) full.push_back(event(1000 - i, now - i * 2s));
  EXPECT_FALSE(reader.take(page(full)));
  EXPECT_EQ(reader.finish().changes.size(), 15U);
}

TEST(UnleashEvents, ThereIsAnEndAndItIsTold) {
  EventReader reader("", now);
  long long id = 1'000'000;
  int pages = 0;
  for (bool more = true; more; ++pages) {
    ASSERT_LE(pages, EventReader::most_pages);
    std::vector<Event> full;
    for (int i = 0; i < reader.limit(); ++i, --id) full.push_back(event(id, now - (1'000'000 - id) * 1ms));
    more = reader.take(page(std::move(full)));
  }
  EXPECT_EQ(pages, EventReader::most_pages);
  EXPECT_EQ(names(reader.finish()).front(), "events-not-read");
}

TEST(UnleashEvents, ACursorThatCannotBeReadCountsAsNone) {
  for (const char* cursor : {"x", "17", " 1 2", "2026-11-21 1", "2026-11-21T11:59:00Z x 7", "2026-11-21T11:59:00Z "}) {
    EventReader reader(cursor, now);
    reader.take(page({event(7, now)}));
    EXPECT_THAT(names(reader.finish()), ElementsAre("f7")) << cursor;
  }
}

}  // namespace
}  // namespace vakt::flag::unleash
