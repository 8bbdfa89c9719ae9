#include <gmock/gmock.h>

#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Absence, LeavesAGapTellsTheChannelAndFetchesWhatWasSaid) {
  Declared stage;
  const auto since = stage.now + 1min;
  stage.wait(6min);
  stage.page = {Stage::message("missed", "", to_ts(since + 1min))};
  stage.give(inbound::Online{since});
  const auto gaps = stage.entries_of(EntryKind::gap);
  ASSERT_THAT(gaps, SizeIs(1));
  EXPECT_EQ(gaps[0].at, since);
  EXPECT_TRUE(gaps[0].on_timeline);
  EXPECT_EQ(stage.posts_in("CINC1", "gap"), 1U);
  const auto said = stage.entries_of(EntryKind::message);
  ASSERT_THAT(said, SizeIs(1));
  EXPECT_TRUE(said[0].backfilled);
  EXPECT_EQ(said[0].slack->channel, "CINC1");
}

TEST(Absence, WhatWasHeardIsNotFetchedASecondTime) {
  Declared stage;
  const auto ts = stage.say("heard", "CINC1");
  stage.wait(1min);
  stage.page = {Stage::message("heard", "", ts)};
  stage.give(inbound::Online{stage.now - 30s});
  ASSERT_THAT(stage.entries_of(EntryKind::message), SizeIs(1));
  EXPECT_FALSE(stage.entries_of(EntryKind::message)[0].backfilled);
}

TEST(Absence, AShortOneIsKeptButNotTold) {
  Declared stage;
  stage.wait(1min);
  stage.give(inbound::Online{stage.now - 2s});
  EXPECT_THAT(stage.entries_of(EntryKind::gap), SizeIs(1));
  EXPECT_EQ(stage.posts_in("CINC1", "gap"), 0U);
}

TEST(Absence, AFirstStartAndOneBeforeTheIncidentAreNoGap) {
  Declared stage;
  stage.give(inbound::Online{});
  stage.give(inbound::Online{stage.now - 5min});
  EXPECT_THAT(stage.entries_of(EntryKind::gap), IsEmpty());
}

TEST(Absence, TheLastHeartbeatSaysSinceWhen) {
  Declared stage;
  stage.wait(10min);
  stage.ledger.kept.cursors["online_until"] = iso_utc(stage.now - 4min);
  stage.give(inbound::Online{});
  EXPECT_EQ(stage.entries_of(EntryKind::gap).at(0).at, stage.now - 4min);
}

TEST(Absence, APageThatCannotBeFetchedIsAGapToo) {
  Declared stage;
  stage.refusals["FetchPage"] = "not_in_channel";
  stage.give(inbound::Online{stage.now});
  ASSERT_THAT(stage.entries_of(EntryKind::gap), SizeIs(1));
  EXPECT_THAT(stage.entries_of(EntryKind::gap)[0].text, testing::HasSubstr("not_in_channel"));
  EXPECT_THAT(stage.entries_of(EntryKind::gap)[0].text, testing::HasSubstr("invite"));
}

TEST(Absence, OnlyWhatIsNewIsRecordedOfAPageAndOnlyThreadsWithNewRepliesAreFetched) {
  Declared stage;
  const auto old_parent = stage.say("parent", "CINC1");
  stage.entries().clear();  // as if it had never been heard
  stage.wait(7 * 24h);
  const auto since = stage.now - 10min;
  stage.page = {Stage::message("parent", "", old_parent), Stage::message("new", "", to_ts(since + 1min))};
  auto edited = Stage::message("edited meanwhile", "", to_ts(since - 48h));
  edited.edited_ts = to_ts(since + 2min);
  stage.page.push_back(edited);
  stage.threads = {old_parent};
  stage.give(inbound::Online{since});
  const auto pages = stage.effects<effect::FetchPage>();
  ASSERT_THAT(pages, SizeIs(2));
  EXPECT_EQ(pages[0].oldest, to_ts(stage.incident().declared_at)) << "parents of any age within 30 days";
  EXPECT_EQ(pages[0].since, to_ts(since - 5min));
  EXPECT_EQ(pages[1].thread_ts, old_parent);
  EXPECT_EQ(pages[1].oldest, to_ts(since - 5min));
  std::vector<std::string> said;
  for (const auto& entry : stage.entries_of(EntryKind::message)) said.push_back(entry.text);
  EXPECT_THAT(said, testing::UnorderedElementsAre("new", "edited meanwhile"));
}

TEST(Absence, ParentsAreListedNoFurtherBackThanThirtyDays) {
  Declared stage;
  stage.wait(90 * 24h);
  stage.give(inbound::Online{stage.now - 1min});
  EXPECT_EQ(stage.effects<effect::FetchPage>().at(0).oldest, to_ts(stage.now - 1min - 30 * 24h));
}

TEST(Absence, AnArchivedIncidentIsLeftInPeace) {
  Declared stage;
  stage.give(inbound::ChannelArchived{"CINC1", true});
  stage.give(inbound::Online{stage.now - 1h});
  EXPECT_THAT(stage.effects<effect::FetchPage>(), IsEmpty());
}

}  // namespace
}  // namespace vakt::test
