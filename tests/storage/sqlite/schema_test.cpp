#include "storage/sqlite/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/sqlite/ledger.hpp"
#include "storage/sqlite/reader.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt::sqlite {
namespace {

using testing::HasSubstr;

std::vector<Migration> with(Migration next) {
  std::vector<Migration> steps(migrations().begin(), migrations().end());
  steps.push_back(next);
  return steps;
}

TEST(Schema, MarksTheFileAsOurs) {
  test::Folder folder;
  open_ledger(folder.file());
  Connection db(folder.file(), Connection::Mode::read_only);
  EXPECT_EQ(db.number("PRAGMA application_id"), application_id);
  EXPECT_EQ(db.number("PRAGMA user_version"), static_cast<int>(migrations().size()));
}

TEST(Schema, ANewerOneIsRefusedByLedgerAndReader) {
  test::Folder folder;
  open_ledger(folder.file());
  Connection(folder.file(), Connection::Mode::read_write).script("PRAGMA user_version = 99");
  EXPECT_THAT(test::thrown<StorageError>([&] { open_ledger(folder.file()); }), HasSubstr("newer vakt (schema 99"));
  EXPECT_THAT(test::thrown<StorageError>([&] { open_reader(folder.file()); }), HasSubstr("newer vakt (schema 99"));
}

TEST(Schema, AnotherProgramsDatabaseIsRefused) {
  test::Folder folder;
  Connection(folder.file(), Connection::Mode::read_write).script("CREATE TABLE bookmarks (url TEXT)");
  EXPECT_THAT(test::thrown<StorageError>([&] { open_ledger(folder.file()); }), HasSubstr("another program"));
  Connection db(folder.file(), Connection::Mode::read_only);
  EXPECT_EQ(db.number("SELECT count(*) FROM sqlite_schema"), 1);
}

TEST(Schema, ABackupIsMadeBeforeAnUpgrade) {
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  EXPECT_FALSE(std::filesystem::exists(folder.file() + ".backup-v0")) << "an empty file needs none";
  ledger->save(test::incident(1, "C1"), {});
  Connection db(folder.file(), Connection::Mode::read_write);
  migrate(db, true, with("ALTER TABLE incidents ADD COLUMN colour TEXT"));
  EXPECT_EQ(db.number("PRAGMA user_version"), static_cast<int>(migrations().size()) + 1);
  const std::string copy = folder.file() + ".backup-v" + std::to_string(migrations().size());
  EXPECT_EQ(test::mode(copy), 0600u);
  EXPECT_EQ(open_ledger(copy)->incident(1), test::incident(1, "C1"));
}

TEST(Schema, WithoutABackupThereIsNoUpgrade) {
  test::Folder folder;
  open_ledger(folder.file());
  std::ofstream(folder.file() + ".backup-v" + std::to_string(migrations().size())) << "here already";
  Connection db(folder.file(), Connection::Mode::read_write);
  const auto steps = with("CREATE TABLE more (a TEXT) STRICT");
  EXPECT_THAT(test::thrown<StorageError>([&] { migrate(db, true, steps); }), HasSubstr("exists already"));
  EXPECT_EQ(db.number("PRAGMA user_version"), static_cast<int>(migrations().size()));
  migrate(db, false, steps);
  EXPECT_EQ(db.number("SELECT count(*) FROM more"), 0);
}

TEST(Schema, AFileOfTheFirstVersionIsBroughtUpToDateWithAllThatItHolds) {
  test::Folder folder;
  {
    Connection db(folder.file(), Connection::Mode::read_write);
    migrate(db, false, migrations().first(1));
    db.run("INSERT INTO incidents (number, channel_id, status, archived, state) VALUES (1, 'C1', 'open', 0, ?1)",
           storage::encode(test::incident(1, "C1")));
    db.script(
        "INSERT INTO entries (incident, seq, at, approximate, kind, detail, actor, actor_name, text, on_timeline,"
        " backfilled, channel, ts, thread_ts, slack_text, edited_ts) VALUES"
        " (1, 1, 5, 0, 'message', '', 'U1', '', 'hello', 1, 0, 'C1', '1.1', '', 'hello', '')");
  }
  const auto ledger = open_ledger(folder.file());
  EXPECT_TRUE(std::filesystem::exists(folder.file() + ".backup-v1"));
  EXPECT_EQ(ledger->incident_of_channel("C1"), test::incident(1, "C1"));
  ASSERT_EQ(ledger->entries_of("C1", "1.1").size(), 1u);
  EXPECT_TRUE(ledger->entries_of("C1", "1.1")[0].held_by.empty());
  EXPECT_FALSE(ledger->entries_of("C1", "1.1")[0].curated);
  ledger->begin();
  ledger->save(test::incident(2, "C1"), {});
  ledger->commit();
  EXPECT_EQ(ledger->incident_of_channel("C1")->number, 2);
}

// Among 100,000 messages of an incident.
TEST(Schema, WhatIsAskedForWhileSomebodyWaitsHasAnIndexOfItsOwn) {
  test::Folder folder;
  open_ledger(folder.file());
  Connection db(folder.file(), Connection::Mode::read_write);
  const auto plan = [&](const char* query) {
    auto rows = db.query(query);
    return rows.next() ? rows.text(3) : std::string{};
  };
  EXPECT_THAT(plan("EXPLAIN QUERY PLAN SELECT text FROM entries WHERE incident = 1 AND kind = 'field' ORDER BY seq"),
              testing::HasSubstr("entries_of_fields"));
  EXPECT_THAT(
      plan("EXPLAIN QUERY PLAN SELECT text FROM entries WHERE incident = 1 AND on_timeline = 1 ORDER BY at, seq"),
      testing::HasSubstr("entries_on_timeline"));
}

TEST(Schema, AFailedUpgradeChangesNothing) {
  test::Folder folder;
  open_ledger(folder.file());
  Connection db(folder.file(), Connection::Mode::read_write);
  EXPECT_THROW(migrate(db, false, with("CREATE TABLE more (a TEXT) STRICT; CREATE TABLE more (a TEXT) STRICT")),
               StorageError);
  EXPECT_FALSE(db.in_transaction());
  EXPECT_EQ(db.number("SELECT count(*) FROM sqlite_schema WHERE name = 'more'"), 0);
  EXPECT_NO_THROW(open_ledger(folder.file()));
}

}  // namespace
}  // namespace vakt::sqlite
