#include "storage/sqlite/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/ledger.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using test::at;
using test::entry;
using test::incident;

TEST(Reader, GivesTheRecordInTheOrderOfWhatHappened) {
  test::Folder folder;
  auto ledger = open_ledger(folder.file());
  ledger->save(incident(1, "C1"), {});
  Entry late = entry(1, "C1", "2"), early = entry(1, "C1", "1"), same = entry(1, "C1", "3");
  late.at = same.at = at(20);
  early.at = at(10);
  early.on_timeline = true;
  for (const auto& one : {late, early, same}) ledger->add(one);
  ledger->remember_name("U1", "Ada");
  ledger->set_cursor("online", "now");
  ledger->audit({at(5), "U1", "C1", "/incident", "done", ""});
  ledger->audit({at(6), "U2", "C1", "/flag off x", "refused", "not allowed"});
  const auto check = [&](Reader& reader) {
    const auto record = reader.record(1);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->incident, incident(1, "C1"));
    std::string order;
    for (const auto& one : record->entries) order += one.slack->ts;
    EXPECT_EQ(order, "123");
    EXPECT_EQ(record->entries[0].seq, 2);
    EXPECT_EQ(record->names.at("U1"), "Ada");
    EXPECT_EQ(reader.timeline(1).size(), 1u);
    EXPECT_EQ(reader.names().size(), 1u);
    EXPECT_EQ(reader.incidents(true).size(), 1u);
    EXPECT_EQ(reader.audit(at(0)).size(), 2u);
    ASSERT_EQ(reader.audit(at(6)).size(), 1u);
    EXPECT_EQ(reader.audit(at(6))[0].detail, "not allowed");
    EXPECT_FALSE(reader.record(2));
    EXPECT_EQ(reader.cursor("online"), "now");
    EXPECT_EQ(reader.cursor("none"), "");
  };
  check(*open_reader(folder.file()));
  ledger.reset();
  EXPECT_FALSE(std::filesystem::exists(folder.file() + "-wal"));
  check(*open_reader(folder.file()));  // without a writer: -wal and -shm are to be made
}

TEST(Reader, SeesOneMomentWhileTheWriterGoesOn) {
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  ledger->save(incident(1, "C1"), {});
  std::atomic<bool> stop = false;
  std::atomic<int> reads = 0;
  std::thread reading([&] {
    const auto reader = open_reader(folder.file());
    while (!stop) {
      const auto record = reader->record(1);
      // A batch adds ten entries and writes their number into the state.
      EXPECT_EQ(record->entries.size() % 10, 0u);
      const std::string count = record->entries.empty() ? "Checkout is slow" : std::to_string(record->entries.size());
      EXPECT_EQ(record->incident.title, count);
      ++reads;
    }
  });
  int count = 0;
  while (reads < 20 && count < 20'000) {
    ledger->begin();
    Incident state = incident(1, "C1");
    state.title = std::to_string(count + 10);
    for (int i = 0; i < 10; ++i) ledger->add(entry(1, "C1", std::to_string(count++)));
    ledger->save(state, {});
    ledger->commit();
  }
  stop = true;
  reading.join();
  EXPECT_GE(reads, 20);
}

TEST(Reader, RefusesAMissingFileAndMakesNone) {
  test::Folder folder;
  EXPECT_THROW(open_reader(folder.file()), StorageError);
  EXPECT_FALSE(std::filesystem::exists(folder.file()));
}

TEST(Reader, RefusesAnEmptyFile) {
  test::Folder folder;
  std::ofstream(folder.file()) << "";
  EXPECT_THAT(test::thrown<StorageError>([&] { open_reader(folder.file()); }), testing::HasSubstr("vakt run"));
}

TEST(Reader, CannotWrite) {
  test::Folder folder;
  open_ledger(folder.file());
  sqlite::Connection db(folder.file(), sqlite::Connection::Mode::read_only);
  EXPECT_THAT(test::thrown<StorageError>([&] { db.run("DELETE FROM names"); }), testing::HasSubstr("read-only"));
}

}  // namespace
}  // namespace vakt
