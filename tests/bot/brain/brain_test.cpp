#include "bot/brain/brain.hpp"

#include <gmock/gmock.h>

#include "bot/texts/texts.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> acked(const Stage& stage) {
  std::vector<std::string> out;
  for (const auto& ack : stage.outlet.acks) out.push_back(ack.envelope_id);
  return out;
}

TEST(Brain, ACommandDeliveredTwiceIsDoneOnceAndAckedTwice) {
  Stage stage;
  const auto body = Stage::typed("declare Backend down", "C1", "U1");
  stage.give(body, "env-1");
  stage.give(body, "env-1");
  EXPECT_THAT(stage.ledger.kept.incidents, SizeIs(1));
  EXPECT_THAT(acked(stage), ElementsAre("env-1", "env-1"));
}

TEST(Brain, ABatchIsOneCommitAndNothingLeavesBeforeIt) {
  Declared stage;
  stage.outlet.acks.clear();
  const auto commits = stage.ledger.commits;
  std::vector<Inbound> batch;
  for (int i = 1; i <= 50; ++i)
    batch.push_back(stage.inbound_of(Stage::message("m", "CINC1", to_ts(stage.now + std::chrono::seconds{i}))));
  stage.brain.run_batch(std::move(batch));
  EXPECT_EQ(stage.ledger.commits, commits + 1);
  EXPECT_THAT(stage.outlet.acks, SizeIs(50));
  EXPECT_THAT(stage.entries_of(EntryKind::message), SizeIs(50));
  EXPECT_FALSE(stage.outlet.early);
}

TEST(Brain, OneThatThrowsIsSetAsideAckedAndReported) {
  Declared stage;
  stage.outlet.acks.clear();
  stage.ledger.poison = "bad";
  std::vector<Inbound> batch;
  int i = 0;
  for (const auto* text : {"before", "bad", "after"})
    batch.push_back(stage.inbound_of(Stage::message(text, "CINC1", to_ts(stage.now + std::chrono::seconds{++i}))));
  stage.brain.run_batch(std::move(batch));
  EXPECT_THAT(stage.entries_of(EntryKind::message),
              ElementsAre(Field(&Entry::text, "before"), Field(&Entry::text, "after")));
  EXPECT_THAT(stage.outlet.acks, SizeIs(3));
  EXPECT_THAT(stage.ledger.kept.quarantined, SizeIs(1));
  EXPECT_THAT(stage.outlet.reports, SizeIs(1));
  EXPECT_EQ(stage.brain.counts().quarantined, 1U);
}

TEST(Brain, AWakeUpThatThrowsDoesNotComeForEver) {
  Declared stage{"declare sev3 x"};
  stage.command("mark up", "CINC1");
  stage.ledger.poison = std::string{texts(Language::en).event_end};
  stage.wait(1h);
  stage.fire();
  EXPECT_THAT(stage.ledger.kept.quarantined, SizeIs(1));
  EXPECT_THAT(stage.ledger.due(stage.now), IsEmpty());
}

TEST(Brain, WhileStorageIsBrokenCommandsAreToldAndEventsAreKeptUnacknowledged) {
  Declared stage;
  stage.outlet.acks.clear();
  stage.ledger.broken = true;
  stage.brain.run_batch({stage.inbound_of(Stage::message("kept", "CINC1", to_ts(stage.now + 1s)), "event"),
                         stage.inbound_of(Stage::typed("update x", "CINC1", "U1"), "command")});
  ASSERT_THAT(acked(stage), ElementsAre("command"));
  EXPECT_EQ(stage.outlet.acks[0].answer->message.text, texts(Language::en).not_recorded);
  EXPECT_THAT(stage.entries_of(EntryKind::message), IsEmpty());
  EXPECT_THAT(stage.entries_of(EntryKind::update), IsEmpty());
  EXPECT_THAT(stage.outlet.reports, SizeIs(1));

  stage.ledger.broken = false;
  stage.brain.start();
  stage.brain.stop();
  EXPECT_THAT(acked(stage), ElementsAre("command", "event"));
  EXPECT_THAT(stage.entries_of(EntryKind::message), SizeIs(1));
  EXPECT_THAT(stage.entries_of(EntryKind::update), IsEmpty()) << "its caller was told to say it again";
}

TEST(Brain, WhileStorageIsBrokenAFormStaysOpenAndAButtonIsAnsweredBesideTheOutbox) {
  Declared stage;
  stage.outlet.acks.clear();
  stage.ledger.broken = true;
  inbound::Submission form{
      "note", "1", {{"text", "x"}}, {.response_url = {}, .trigger_id = "t", .user = "U1", .channel = {}}};
  inbound::Press press{
      .action = "tray",
      .value = "1",
      .message_ts = {},
      .view_id = {},
      .reply = {.response_url = "https://hooks/p", .trigger_id = "t", .user = "U1", .channel = "CINC1"}};
  stage.brain.run_batch({stage.inbound_of(form, "form"), stage.inbound_of(press, "press")});
  ASSERT_THAT(acked(stage), ElementsAre("form", "press"));
  EXPECT_EQ(stage.outlet.acks[0].answer->form_errors.at("text"), texts(Language::en).not_recorded);
  EXPECT_FALSE(stage.outlet.acks[1].answer);
  ASSERT_THAT(stage.outlet.rows, SizeIs(1));
  const auto& told = std::get<effect::Respond>(stage.outlet.rows[0].effect.body);
  EXPECT_EQ(told.response_url, "https://hooks/p");
  EXPECT_EQ(told.message.text, texts(Language::en).not_recorded);
}

TEST(Brain, WhileStorageIsBrokenNobodyWaitsBehindAHeapOfEvents) {
  Declared stage;
  stage.outlet.acks.clear();
  stage.ledger.broken = true;
  for (int i = 1; i <= 1000; ++i)
    ASSERT_TRUE(stage.brain.push(stage.inbound_of(
        Stage::message("kept", "CINC1", to_ts(stage.now + std::chrono::seconds{i})), "m" + std::to_string(i))));
  ASSERT_TRUE(stage.brain.push(stage.inbound_of(Stage::typed("update x", "CINC1", "U1"), "command")));
  EXPECT_TRUE(stage.brain.storage_works());
  stage.brain.start();
  stage.brain.stop();
  EXPECT_THAT(acked(stage), ElementsAre("command")) << "and stopping does not wait for storage either";
  EXPECT_FALSE(stage.brain.storage_works());
  EXPECT_THAT(stage.outlet.reports, SizeIs(1));
}

TEST(Brain, WhatCannotBeReadBackFromTheOutboxIsReportedAndTheRestGoesOn) {
  Stage stage;
  stage.ledger.enqueue({.body = effect::JoinChannel{"C1"}}, stage.now);
  stage.ledger.unreadable = {"The database holds a value that vakt cannot read."};
  stage.brain.start();
  stage.brain.stop();
  EXPECT_THAT(stage.outlet.rows, SizeIs(1));
  EXPECT_THAT(stage.outlet.reports, ElementsAre(testing::HasSubstr("will not be sent")));
}

TEST(Brain, ANameThatWasAskedForInALostBatchIsAskedForAgain) {
  Declared stage;
  stage.done.clear();
  stage.ledger.broken = true;
  stage.brain.run_batch({stage.inbound_of(Stage::message("hi", "CINC1", to_ts(stage.now + 1s), "U77"))});
  stage.ledger.broken = false;
  stage.give(Stage::message("hi", "CINC1", to_ts(stage.now + 1s), "U77"));
  EXPECT_THAT(stage.effects<effect::LookUpUser>(), ElementsAre(Field(&effect::LookUpUser::user, "U77")));
}

TEST(Brain, WhatAnEarlierRunLeftInTheOutboxIsHandedOverAsTried) {
  Stage stage;
  stage.ledger.enqueue({.body = effect::JoinChannel{"C1"}}, stage.now);
  stage.brain.start();
  stage.brain.stop();
  ASSERT_THAT(stage.outlet.rows, SizeIs(1));
  EXPECT_TRUE(stage.outlet.rows[0].tried);
}

TEST(Brain, WhatArrivedTogetherIsTakenInItsOrderAndWhatIsNotTakenStaysWithItsSender) {
  Declared stage;
  stage.outlet.acks.clear();
  std::vector<Inbound> batch;
  for (int i = 1; i <= 3; ++i)
    batch.push_back(stage.inbound_of(Stage::message("m", "CINC1", to_ts(stage.now + std::chrono::seconds{i})),
                                     "event" + std::to_string(i)));
  stage.brain.push_all(batch);
  EXPECT_THAT(batch, IsEmpty());
  stage.brain.start();
  stage.brain.stop();
  EXPECT_THAT(acked(stage), ElementsAre("event1", "event2", "event3"));

  batch.push_back(stage.inbound_of(Stage::message("late", "CINC1", "1700009999.000001"), "late"));
  batch.push_back({.at = stage.now, .body = inbound::Due{"reminder:1"}});
  stage.brain.push_all(batch);
  ASSERT_THAT(batch, SizeIs(1)) << "stopped: only what nobody would send again is taken";
  EXPECT_EQ(batch[0].envelope_id, "late");
}

TEST(Brain, CommandsDoNotWaitForPages) {
  Declared stage;
  stage.outlet.acks.clear();
  for (int i = 1; i <= 3; ++i) {
    inbound::EffectDone page{.effect = {.incident = 1, .body = effect::FetchPage{.channel = "CINC1"}}, .ok = true};
    page.messages = {Stage::message("old", "", to_ts(stage.now + std::chrono::seconds{i}))};
    auto in = stage.inbound_of(page, "page" + std::to_string(i));
    ASSERT_TRUE(stage.brain.push(std::move(in)));
  }
  ASSERT_TRUE(stage.brain.push(stage.inbound_of(Stage::typed("who", "CINC1", "U1"), "command")));
  stage.brain.start();
  stage.brain.stop();
  EXPECT_THAT(acked(stage), ElementsAre("command", "page1", "page2", "page3"));
  EXPECT_FALSE(stage.brain.push(stage.inbound_of(Stage::message("late", "CINC1", "1700009999.000001")))) << "stopped";
}

TEST(Brain, CountsWhatItDid) {
  Declared stage;
  stage.say("a", "CINC1");
  EXPECT_EQ(stage.brain.counts().commands, 1U);
  EXPECT_EQ(stage.brain.counts().messages, 1U);
  EXPECT_EQ(stage.brain.counts().acks, 2U);
  EXPECT_EQ(stage.ledger.kept.audit.at(0).outcome, "done");
}

}  // namespace
}  // namespace vakt::test
