#include "storage/sqlite/probe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/ledger.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using testing::HasSubstr;

TEST(Probe, WritesBesideARunningVaktAndChangesNothingOfIts) {
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  ASSERT_TRUE(prove_writable(folder.file()));
  ASSERT_TRUE(prove_writable(folder.file()));
  ledger->begin();
  ledger->set_cursor("a", "b");
  ledger->commit();
}

TEST(Probe, SaysWhatIsWrong) {
  test::Folder folder;
  open_ledger(folder.file());
  sqlite::Connection other(folder.file(), sqlite::Connection::Mode::read_write);
  other.script("BEGIN IMMEDIATE");
  EXPECT_THAT(prove_writable(folder.file()).error().text, HasSubstr("locked by another program"));
  other.script("ROLLBACK");
  other.script("PRAGMA user_version = 99");
  EXPECT_THAT(prove_writable(folder.file()).error().text, HasSubstr("newer vakt"));
}

}  // namespace
}  // namespace vakt
