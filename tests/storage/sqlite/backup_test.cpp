#include "storage/sqlite/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/sqlite/ledger.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using testing::HasSubstr;

TEST(Backup, IsWholeAndPrivateWhileTheWriterIsInTheMiddleOfABatch) {
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  ledger->begin();
  ledger->save(test::incident(1, "C1"), {});
  ledger->commit();
  ledger->begin();
  ledger->save(test::incident(2, "C2"), {});
  const auto made = backup(folder.file(), folder.file("copy.db"));
  ASSERT_TRUE(made) << made.error().text;
  ledger->commit();
  EXPECT_EQ(test::mode(folder.file("copy.db")), 0600u);
  EXPECT_EQ(open_ledger(folder.file("copy.db"))->incidents(false).size(), 1u);
}

TEST(Backup, NeverOverwrites) {
  test::Folder folder;
  open_ledger(folder.file());
  std::ofstream(folder.file("copy.db")) << "mine";
  const auto made = backup(folder.file(), folder.file("copy.db"));
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().text, HasSubstr("exists already"));
  EXPECT_EQ(test::bytes(folder.file("copy.db")), "mine");
}

TEST(Backup, LeavesNothingBehindWhenItFails) {
  test::Folder folder;
  EXPECT_FALSE(backup(folder.file("missing.db"), folder.file("copy.db")));
  std::ofstream(folder.file("text.db")) << "not a database at all";
  EXPECT_FALSE(backup(folder.file("text.db"), folder.file("copy.db")));
  EXPECT_FALSE(backup(folder.file(), folder.file("none/copy.db")));
  EXPECT_FALSE(std::filesystem::exists(folder.file("copy.db")));
  EXPECT_FALSE(std::filesystem::exists(folder.file("missing.db")));
}

}  // namespace
}  // namespace vakt
