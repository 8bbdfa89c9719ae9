#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Field;
using testing::SizeIs;

// The answer to an effect, as the outbox gives it.
inbound::EffectDone ok(EffectBody body, std::map<std::string, std::string> values = {}) {
  return {.effect = {.incident = 1, .body = std::move(body)}, .ok = true, .values = std::move(values)};
}

TEST(Done, AChannelMadeTwiceIsBoundOnce) {
  Declared stage;
  stage.give(ok(effect::CreateChannel{.name = "inc-1-again", .asker = "U1", .asked_in = "C1"},
                {{"channel", "COTHER"}, {"name", "inc-1-again"}}));
  EXPECT_EQ(stage.channel(), "CINC1");
  EXPECT_EQ(stage.posts_in("CINC1", "headline"), 1U);
}

TEST(Done, PostsThatWereOvertakenByAChangeAreBroughtUpToDate) {
  Stage stage;
  const auto declared = stage.inbound_of(Stage::typed("declare sev1 x", "C1", "U1"));
  stage.brain.run_batch({declared});
  stage.outlet.rows.clear();
  stage.give(ok(effect::CreateChannel{.name = "inc-1-x", .asker = "U1", .asked_in = "C1"},
                {{"channel", "CX"}, {"name", "inc-1-x"}}));
  const auto posts = stage.effects<effect::Post>();
  stage.command("severity sev4", "CX");
  const auto before = stage.effects<effect::Update>().size();
  for (const auto& post : posts) stage.give(ok(post, {{"channel", "CX"}, {"ts", "1700000009.000001"}}));
  EXPECT_EQ(stage.effects<effect::Update>().size(), before + posts.size()) << "headline and announcement";
}

TEST(Done, APageBringsItsMessagesItsThreadsAndTheNextPage) {
  Declared stage;
  auto page = ok(effect::FetchPage{.channel = "CINC1"});
  page.messages = {Stage::message("one", "", "1700000001.000001"), Stage::message("two", "", "1700000002.000001")};
  page.threads = {"1700000001.000001"};
  page.next_cursor = "more";
  stage.give(page);
  EXPECT_THAT(stage.entries_of(EntryKind::message), SizeIs(2));
  EXPECT_THAT(stage.effects<effect::FetchPage>(), Contains(Field(&effect::FetchPage::cursor, "more")));
  EXPECT_THAT(stage.effects<effect::FetchPage>(), Contains(Field(&effect::FetchPage::thread_ts, "1700000001.000001")));
}

TEST(Done, NamesThatWereLookedUpAreRemembered) {
  Declared stage;
  EXPECT_EQ(stage.ledger.kept.names["U1"], "Kari");
  stage.say("hi <@U55>", "CINC1", "U66");
  EXPECT_EQ(stage.ledger.kept.names["U55"], "Kari");
  EXPECT_EQ(stage.ledger.kept.names["U66"], "Kari");
  const auto asked = stage.effects<effect::LookUpUser>().size();
  stage.say("hi again <@U55>", "CINC1", "U66");
  EXPECT_EQ(stage.effects<effect::LookUpUser>().size(), asked);
}

TEST(Done, WhatFailedLeavesTheIncidentAlive) {
  Stage stage;
  stage.refusals = {{"Post:headline", "channel_not_found"}, {"Post:announcement", "channel_not_found"}};
  stage.command("declare sev1 x");
  EXPECT_EQ(stage.channel(), "CINC1");
  EXPECT_LE(stage.effects<effect::Post>().size(), 3U) << "no endless tries";
  stage.command("update still here", "CINC1");
  EXPECT_EQ(stage.posts_in("CINC1", "update"), 1U);
}

TEST(Done, NothingStaysInTheOutbox) {
  Declared stage;
  stage.command("resolve", "CINC1");
  EXPECT_THAT(stage.ledger.kept.outbox, testing::IsEmpty());
}

TEST(Done, AResultForAnIncidentThatIsUnknownIsDropped) {
  Stage stage;
  stage.give(ok(effect::CreateChannel{.name = "x"}, {{"channel", "C9"}}));
  stage.give(ok(effect::Post{.channel = "C9", .purpose = "headline"}));
  EXPECT_TRUE(stage.ledger.kept.quarantined.empty());
}

}  // namespace
}  // namespace vakt::test
