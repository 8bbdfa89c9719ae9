// One damaged row in a database that works: it is the trouble of whoever names it, and of nobody else.
#include <gmock/gmock.h>

#include "bot/brain/brain.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/ledger.hpp"
#include "storage/sqlite/reader.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Heard : Outlet {
  void acknowledge(Acknowledgement ack) override { acks.push_back(std::move(ack)); }
  void submit(OutboxRow row) override { rows.push_back(std::move(row)); }
  void report(bool is_error, const std::string& sentence) override {
    if (is_error) errors.push_back(sentence);
  }
  void operators(std::optional<std::set<UserId>>) override {}

  std::vector<Acknowledgement> acks;
  std::vector<OutboxRow> rows;
  std::vector<std::string> errors;
};

struct DamagedRows : testing::Test {
  test::Folder folder;
  std::unique_ptr<Ledger> ledger = with_two_incidents();
  std::unique_ptr<Reader> reader = open_reader(folder.file());
  Heard outlet;
  Instant now = test::at(test::noon) + 1h;
  Brain brain{*ledger, *reader, outlet, settings(), [this] { return now; }};

  static Settings settings() {
    Settings settings;
    settings.flags.providers = {{.name = "unleash"}};
    return settings;
  }
  std::unique_ptr<Ledger> with_two_incidents() {
    auto made = open_ledger(folder.file());
    made->begin();
    for (const auto& [number, channel] : {std::pair{1, "C1"}, std::pair{2, "C2"}})
      made->save(test::incident(number, channel), {});
    made->commit();
    sqlite::Connection(folder.file(), sqlite::Connection::Mode::read_write)
        .script("UPDATE incidents SET state = '{\"v\":1,\"severity\":\"sev9\"}' WHERE number = 1");
    return made;
  }
  Inbound inbound(InboundBody body) {
    const auto id = "e" + std::to_string(++count);
    return {.at = now, .dedupe_key = id, .connection = 1, .envelope_id = id, .body = std::move(body)};
  }
  Inbound said(const ChannelId& channel) {
    inbound::Message message;
    message.channel = channel;
    message.ts = to_ts(now + Micros{++count});
    message.user = "U1";
    message.text = "hello";
    return inbound(message);
  }
  Inbound typed(const std::string& command, const std::string& text, const ChannelId& channel) {
    return inbound(inbound::Command{command, text, "x", {"https://hooks.example/1", "t", "U1", channel}});
  }
  int count = 0;
};

TEST_F(DamagedRows, OneIncidentsDamageDoesNotHoldUpTheOthers) {
  brain.run_batch({said("C2"), said("C1"), said("C2")});
  EXPECT_THAT(outlet.acks, SizeIs(3));
  EXPECT_TRUE(brain.storage_works());
  EXPECT_EQ(brain.counts().messages, 2U);
  EXPECT_EQ(brain.counts().quarantined, 1U);
  EXPECT_THAT(outlet.errors, ElementsAre(AllOf(HasSubstr("set aside"), HasSubstr("Incident 1 cannot be read"))));
  EXPECT_THAT(reader->record(2)->entries, SizeIs(2));
}

TEST_F(DamagedRows, WhoeverTypesThereIsToldThatNothingWasDone) {
  brain.run_batch({typed("/incident", "update On it", "C1")});
  ASSERT_THAT(outlet.acks, SizeIs(1));
  ASSERT_TRUE(outlet.acks[0].answer);
  EXPECT_EQ(outlet.acks[0].answer->message.text, texts(Language::en).set_aside);
  brain.run_batch({inbound(inbound::Press{.action = "tray",
                                          .value = "1",
                                          .message_ts = {},
                                          .view_id = {},
                                          .reply = {"https://hooks.example/2", "t", "U1", "C1"}})});
  ASSERT_THAT(outlet.rows, SizeIs(1));
  EXPECT_EQ(std::get<effect::Respond>(outlet.rows[0].effect.body).message.text, texts(Language::en).set_aside);
}

TEST_F(DamagedRows, AListLeavesItOutAndItIsReportedOnce) {
  brain.run_batch({typed("/incident", "list", "C9")});
  brain.run_batch({typed("/incident", "list", "C9")});
  ASSERT_THAT(outlet.acks, SizeIs(2));
  EXPECT_THAT(outlet.errors, ElementsAre(AllOf(HasSubstr("Incident 1 cannot be read"), HasSubstr("left out"))));
  EXPECT_EQ(brain.counts().quarantined, 0U);
  EXPECT_THAT(ledger->incidents(true), ElementsAre(test::incident(2, "C2")));
  EXPECT_THAT(ledger->recorded_channels(), ElementsAre(test::incident(2, "C2")));
  EXPECT_THAT(ledger->incidents_of_channel("C1"), IsEmpty());
  EXPECT_EQ(ledger->next_number(), 3);
}

TEST_F(DamagedRows, AKillTypedInItsChannelGoesOutAllTheSame) {
  ledger->begin();
  ledger->save_change(test::flag_change(1, "old"));
  ledger->commit();
  sqlite::Connection(folder.file(), sqlite::Connection::Mode::read_write)
      .script("UPDATE flag_changes SET body = '[]', requested_at = 9000000000000000");
  brain.run_batch({typed("/flag", "off checkout production", "C1")});
  std::vector<OutboxRow> kills;
  for (const auto& row : outlet.rows)
    if (std::holds_alternative<effect::ChangeFlag>(row.effect.body)) kills.push_back(row);
  ASSERT_THAT(kills, SizeIs(1));
  EXPECT_EQ(ledger->next_change(), 3);
  EXPECT_THAT(outlet.errors, testing::Contains(HasSubstr("Incident 1 cannot be read")));
  EXPECT_THAT(outlet.errors, testing::Contains(HasSubstr("Change 1 of a flag cannot be read")));
}

TEST_F(DamagedRows, AKillOfThatIncidentIsRecordedAndToldToItsEnd) {
  auto change = test::flag_change(1, "k");
  change.incident = 1;
  change.progress = {.standing = flag::Standing::under_way, .provider = "unleash"};
  ledger->begin();
  ledger->save_change(change);
  ledger->commit();
  auto progress = test::told_progress("k");
  progress.change = 1;
  brain.run_batch({{.at = now, .body = progress}});
  EXPECT_EQ(brain.counts().quarantined, 0U);
  EXPECT_EQ(ledger->change(1)->progress.standing, flag::Standing::proven);
  EXPECT_THAT(outlet.errors, testing::Contains(HasSubstr("Incident 1 cannot be read")));
}

TEST_F(DamagedRows, AKillThatAnEarlierRunLeftGoesOnThoughItsChangeCannotBeRead) {
  ledger->begin();
  ledger->save_change(test::flag_change(1, "old"));
  ledger->enqueue({.body = effect::ChangeFlag{1, test::wanted()}}, now);
  ledger->commit();
  sqlite::Connection(folder.file(), sqlite::Connection::Mode::read_write).script("UPDATE flag_changes SET body = '[]'");
  brain.start();
  brain.stop();
  ASSERT_THAT(outlet.rows, SizeIs(1));
  EXPECT_TRUE(std::get<effect::ChangeFlag>(outlet.rows[0].effect.body).wanted.resumed);
  EXPECT_THAT(outlet.errors, ElementsAre(HasSubstr("Change 1 of a flag cannot be read")));
}

TEST_F(DamagedRows, WhatFollowsFromAnotherIsSetAsideAlone) {
  inbound::EffectDone page{.effect = {.incident = 2, .body = effect::FetchPage{.channel = "C1"}}, .ok = true};
  for (int i = 1; i <= 2; ++i) page.messages.push_back(std::get<inbound::Message>(said("").body));
  page.next_cursor = "more";
  brain.run_batch({{.at = now, .body = page}});
  EXPECT_EQ(brain.counts().quarantined, 2U);
  ASSERT_THAT(outlet.rows, SizeIs(1)) << "the next page is fetched all the same";
  EXPECT_EQ(std::get<effect::FetchPage>(outlet.rows[0].effect.body).cursor, "more");
}

TEST_F(DamagedRows, WhatANewerVaktWroteStopsAllUntilThatOneIsStarted) {
  sqlite::Connection(folder.file(), sqlite::Connection::Mode::read_write)
      .script("UPDATE incidents SET state = '{\"v\":2}' WHERE number = 1");
  brain.run_batch({typed("/incident", "list", "C9")});
  EXPECT_FALSE(brain.storage_works());
  EXPECT_THAT(outlet.errors, ElementsAre(HasSubstr("newer vakt")));
}

TEST_F(DamagedRows, ARecordThatCannotBeReadIsAnErrorThatNamesIt) {
  EXPECT_THAT(test::thrown<DamagedRow>([&] { reader->record(1); }), HasSubstr("Incident 1"));
  EXPECT_THAT(reader->incidents(false), SizeIs(1));
  EXPECT_THAT(reader->left_out(), ElementsAre(HasSubstr("Incident 1")));
  ledger->begin();
  ledger->add(test::entry(2, "C2", "1.1"));
  ledger->commit();
  sqlite::Connection(folder.file(), sqlite::Connection::Mode::read_write).script("UPDATE entries SET kind = 'spell'");
  EXPECT_THAT(test::thrown<DamagedRow>([&] { reader->record(2); }), HasSubstr("Entry 1 of incident 2"));
  EXPECT_THROW(ledger->entries_of("C2", "1.1"), DamagedRow);
}

}  // namespace
}  // namespace vakt
