// Broken storage: what the ledger says and keeps when the disk is full, locked, read-only or damaged, or the power
// goes.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>

#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/ledger.hpp"
#include "storage/sqlite/reader.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;
using sqlite::Connection;
using test::entry;
using test::incident;
using testing::HasSubstr;

// Runs `body` in a forked child; its text, and nothing else of it, comes back.
template <class Body>
std::string in_child(Body&& body) {
  int ends[2];
  if (::pipe(ends) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    std::string said;
    try {
      said = body();
    } catch (const std::exception& error) {
      said = std::string("uncaught: ") + error.what();
    }
    [[maybe_unused]] const auto written = ::write(ends[1], said.data(), said.size());
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string said;
  char buffer[512];
  for (ssize_t size; (size = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    said.append(buffer, static_cast<std::size_t>(size));
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return said;
}

void fill(const std::string& path, int entries) {
  const auto ledger = open_ledger(path);
  ledger->begin();
  ledger->save(incident(1, "C1"), {});
  for (int i = 0; i < entries; ++i) ledger->add(entry(1, "C1", std::to_string(i), std::string(200, 'x')));
  ledger->commit();
}

TEST(Faults, AFullDiskFailsTheBatchAndVaktGoesOnOnceThereIsRoom) {
  test::Folder folder;
  fill(folder.file(), 1);
  const std::string said = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const auto ledger = open_ledger(folder.file());
    const rlimit limit{512 * 1024, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ledger->begin();
    const std::string error = test::thrown<StorageError>([&] {
      for (int i = 1; i < 200; ++i) ledger->add(entry(1, "C1", std::to_string(i), std::string(50'000, 'x')));
      ledger->commit();
    });
    // A caller that overlooks the error cannot write outside the batch, even where SQLite has ended it by itself.
    (void)test::thrown<StorageError>([&] { ledger->set_cursor("ghost", "written"); });
    ledger->rollback();
    const rlimit lifted{RLIM_INFINITY, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &lifted);
    ledger->begin();
    const auto seq = ledger->add(entry(1, "C1", "after"));
    ledger->commit();
    return error + " seq=" + std::to_string(seq) + ledger->cursor("ghost");
  });
  EXPECT_THAT(said, HasSubstr("No room is left"));
  EXPECT_THAT(said, testing::EndsWith("seq=2"));
  const auto kept = open_ledger(folder.file())->entries_of("C1", "after");
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].seq, 2);
}

TEST(Faults, AFullDatabaseIsSaidInASentence) {
  test::Folder folder;
  fill(folder.file(), 1);
  Connection db(folder.file(), Connection::Mode::read_write);
  db.script("PRAGMA max_page_count = 1");  // SQLite takes the present size
  const std::string error = test::thrown<StorageError>([&] {
    for (int i = 0; i < 1000; ++i)
      db.run("INSERT INTO quarantine (at, what, error) VALUES (1, ?1, '')", std::string(9000, 'x'));
  });
  EXPECT_THAT(error, HasSubstr("No room is left to write " + folder.file()));
}

TEST(Faults, ALockedDatabaseFailsWithinTheTimeout) {
  test::Folder folder;
  fill(folder.file(), 1);
  const auto ledger = open_ledger(folder.file(), {.busy_timeout = 100ms});
  Connection other(folder.file(), Connection::Mode::read_write);
  other.script("BEGIN IMMEDIATE");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(test::thrown<StorageError>([&] { ledger->begin(); }), HasSubstr("locked by another program"));
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_GE(took, 90ms);
  EXPECT_LT(took, 2s);
  ledger->rollback();
  other.script("ROLLBACK");
  ledger->begin();
  EXPECT_EQ(ledger->add(entry(1, "C1", "a")), 2);
  ledger->commit();
}

// Without it another program that closes the file takes itself for the last one and deletes the log that we write to.
TEST(Faults, OpeningTheFileAgainKeepsTheLockThatOthersMustSee) {
  test::Folder folder;
  fill(folder.file(), 1);
  const auto ledger = open_ledger(folder.file());
  const auto seen_from_outside = [&] {
    return in_child([&]() -> std::string {
      const int file = ::open(folder.file().c_str(), O_RDWR);
      struct flock wanted{};
      wanted.l_type = F_WRLCK;
      wanted.l_whence = SEEK_SET;
      ::fcntl(file, F_GETLK, &wanted);
      return wanted.l_type == F_UNLCK ? "free" : "held";
    });
  };
  EXPECT_EQ(seen_from_outside(), "held");
  {
    const auto reader = open_reader(folder.file());
  }
  EXPECT_EQ(seen_from_outside(), "held");
  const auto reader = open_reader(folder.file());
  ASSERT_TRUE(backup(folder.file(), folder.file("copy.db")));
  EXPECT_EQ(seen_from_outside(), "held");
}

TEST(Faults, AFileThatIsNoDatabaseIsRefusedAndLeftAlone) {
  test::Folder folder;
  for (const std::string content : {"hello", "this is a text of more than sixteen bytes", "SQLite format 2"}) {
    std::ofstream(folder.file()) << content;
    EXPECT_THAT(test::thrown<StorageError>([&] { open_ledger(folder.file()); }), HasSubstr("is not a vakt database"));
    EXPECT_EQ(test::bytes(folder.file()), content);
  }
}

TEST(Faults, ADamagedFileIsSaidToBeDamaged) {
  test::Folder folder;
  fill(folder.file(), 500);
  std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(0, std::ios::end);
  const auto size = static_cast<std::streamoff>(file.tellp());
  file.seekp(4096);
  file << std::string(static_cast<std::size_t>(size - 4096), '\xA5');
  file.close();
  EXPECT_THAT(test::thrown<StorageError>([&] { open_ledger(folder.file()); }), HasSubstr("is damaged"));
}

// Root's too: what a file allows then counts for this process.
bool give_up_privileges() {
  __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3]{};
  return ::syscall(SYS_capset, &head, none) == 0;
}

TEST(Faults, AReadOnlyFileIsRefusedAtTheStart) {
  test::Folder folder;
  fill(folder.file(), 1);
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));
  std::filesystem::permissions(folder.file(), std::filesystem::perms(0444));
  const std::string said = in_child([&]() -> std::string {
    if (!give_up_privileges()) return "cannot give up its privileges";
    return test::thrown<StorageError>([&] { open_ledger(folder.file()); });
  });
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  EXPECT_THAT(said, HasSubstr("read-only"));
}

TEST(Faults, AMissingFolderIsSaid) {
  test::Folder folder;
  EXPECT_THAT(test::thrown<StorageError>([&] { open_ledger(folder.file("none/vakt.db")); }),
              HasSubstr("cannot be opened"));
}

// Commits batches and writes each last committed seq to the pipe, until it is killed.
[[noreturn]] void commit_for_ever(const std::string& path, int pipe) {
  const auto ledger = open_ledger(path);
  for (;;) {
    std::int64_t last = 0;
    ledger->begin();
    for (int i = 0; i < 5; ++i) {
      ledger->savepoint();
      last = ledger->add(entry(1, "C1",
                               std::to_string(::getpid()) + "." + std::to_string(last) + "." +
                                   std::to_string(ledger->next_number()) + "." +
                                   std::to_string(std::chrono::steady_clock::now().time_since_epoch().count())));
      ledger->release();
    }
    ledger->commit();
    if (::write(pipe, &last, sizeof last) != sizeof last) ::_exit(1);
  }
}

TEST(Faults, WhatWasCommittedSurvivesKill9) {
  test::Folder folder;
  fill(folder.file(), 0);
  std::int64_t reported = 0;
  for (int round = 0; round < 40; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      commit_for_ever(folder.file(), ends[1]);
    }
    ::close(ends[1]);
    std::int64_t last = 0;
    ASSERT_EQ(::read(ends[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
    ::usleep(static_cast<useconds_t>(round * 731 % 9000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    do reported = std::max(reported, last);
    while (::read(ends[0], &last, sizeof last) == static_cast<ssize_t>(sizeof last));
    ::close(ends[0]);
    const auto record = open_reader(folder.file())->record(1);
    ASSERT_TRUE(record);
    const auto count = static_cast<std::int64_t>(record->entries.size());
    ASSERT_GE(count, reported);
    ASSERT_EQ(count % 5, 0) << "a batch is whole or not there";
    for (std::int64_t i = 0; i < count; ++i) ASSERT_EQ(record->entries[static_cast<std::size_t>(i)].seq, i + 1);
  }
}

}  // namespace
}  // namespace vakt
