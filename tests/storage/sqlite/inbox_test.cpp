#include "storage/sqlite/inbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/ledger.hpp"
#include "storage/sqlite/reader.hpp"
#include "storage/sqlite/schema.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;
using test::told_progress;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Inbox, WhatTheTerminalLeavesIsTakenInOrderAndOnce) {
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  ASSERT_TRUE(leave_in_inbox(folder.file(), told_progress("a")));
  ASSERT_TRUE(leave_in_inbox(folder.file(), told_progress("b")));
  const auto rows = ledger->inbox();
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(std::get<inbound::FlagProgress>(rows[0].left).wanted, told_progress("a").wanted);
  EXPECT_EQ(std::get<inbound::FlagProgress>(rows[1].left).wanted.key, "b");
  EXPECT_EQ(std::get<inbound::FlagProgress>(rows[0].left).progress, told_progress().progress);
  ledger->begin();
  ledger->take_from_inbox(rows[0].id);
  ledger->commit();
  EXPECT_THAT(ledger->inbox(), SizeIs(1));
}

TEST(Inbox, WithoutADatabaseNothingIsMadeAndItIsSaid) {
  test::Folder folder;
  const auto left = leave_in_inbox(folder.file(), told_progress());
  ASSERT_FALSE(left);
  EXPECT_THAT(left.error().text, HasSubstr("no database at " + folder.file()));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Inbox, BesideALedgerThatIsBusyForAWhileItWaits) {
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  ledger->begin();
  ledger->save_change(test::flag_change());
  std::thread terminal([&] { EXPECT_TRUE(leave_in_inbox(folder.file(), told_progress())); });
  std::this_thread::sleep_for(300ms);
  ledger->commit();
  terminal.join();
  EXPECT_THAT(ledger->inbox(), SizeIs(1));
  EXPECT_EQ(ledger->change(3), test::flag_change());
}

TEST(Inbox, BesideALedgerThatHangsItGivesUpInFiveSeconds) {
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  ledger->begin();
  ledger->save_change(test::flag_change());
  const auto began = std::chrono::steady_clock::now();
  const auto left = leave_in_inbox(folder.file(), told_progress());
  const auto took = std::chrono::steady_clock::now() - began;
  ledger->rollback();
  EXPECT_FALSE(left);
  EXPECT_GT(took, 3s);
  EXPECT_LT(took, 10s);
}

TEST(Inbox, AnOlderFormOrAnotherProgramsFileIsLeftAlone) {
  test::Folder folder;
  {
    sqlite::Connection db(folder.file(), sqlite::Connection::Mode::read_write);
    sqlite::migrate(db, false, sqlite::migrations().first(1));
    sqlite::Connection(folder.file("other.db"), sqlite::Connection::Mode::read_write).script("CREATE TABLE t (a)");
  }
  const auto older = leave_in_inbox(folder.file(), told_progress());
  ASSERT_FALSE(older);
  EXPECT_THAT(older.error().text, HasSubstr("older form"));
  const auto other = leave_in_inbox(folder.file("other.db"), told_progress());
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().text, HasSubstr("another program"));
}

TEST(Inbox, ARowThatCannotBeReadSaysSoAndHoldsUpNoOther) {
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  sqlite::Connection(folder.file(), sqlite::Connection::Mode::read_write)
      .script("INSERT INTO inbox (at, body) VALUES (1, '{\"v\":99}')");
  ASSERT_TRUE(leave_in_inbox(folder.file(), told_progress()));
  const auto rows = ledger->inbox();
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_THAT(rows[0].damage, HasSubstr("newer vakt"));
  EXPECT_EQ(rows[0].bytes, R"({"v":99})");
  EXPECT_THAT(rows[1].damage, IsEmpty());
  EXPECT_THAT(open_reader(folder.file())->flag_changes("checkout"), SizeIs(1));
}

TEST(Inbox, TheHistoryShowsWhatWaitsToBeTaken) {
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  ASSERT_TRUE(leave_in_inbox(folder.file(), told_progress()));
  const auto reader = open_reader(folder.file());
  const auto changes = reader->flag_changes("checkout");
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].number, 0);
  EXPECT_EQ(changes[0].by, "terminal:kari");
  EXPECT_EQ(changes[0].state_before, test::flag_state(true));
  EXPECT_EQ(changes[0].state_after, test::flag_state(false));
  EXPECT_THAT(reader->flag_changes("search"), IsEmpty());
}

}  // namespace
}  // namespace vakt
