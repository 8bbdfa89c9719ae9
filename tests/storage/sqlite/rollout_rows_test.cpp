#include "storage/sqlite/rollout_rows.hpp"

#include <gmock/gmock.h>

#include "storage/sqlite/inbox.hpp"
#include "storage/sqlite/ledger.hpp"
#include "storage/sqlite/reader.hpp"
#include "storage/sqlite/schema.hpp"
#include "tests/storage/rollout_samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using test::rollout_sample;
using testing::ElementsAre;
using testing::SizeIs;

struct RolloutRows : testing::Test {
  test::Folder folder;
  std::unique_ptr<Ledger> ledger = open_ledger(folder.file());

  void save(const std::vector<rollout::Rollout>& rollouts) {
    ledger->begin();
    for (const auto& one : rollouts) ledger->save_rollout(one);
    ledger->commit();
  }
  static std::vector<rollout::Id> ids(const std::vector<rollout::Rollout>& rollouts) {
    std::vector<rollout::Id> out;
    for (const auto& one : rollouts) out.push_back(one.id);
    return out;
  }
};

TEST_F(RolloutRows, OneIsKeptAcrossRestartsAndSavedAgainById) {
  EXPECT_EQ(ledger->next_rollout(), 1);
  save({rollout_sample(1)});
  auto changed = rollout_sample(1);
  changed.state = rollout::State::complete;
  save({changed, rollout_sample(2)});
  ledger = open_ledger(folder.file());
  EXPECT_EQ(ledger->rollout(1), changed);
  EXPECT_FALSE(ledger->rollout(9));
  EXPECT_EQ(ledger->next_rollout(), 3);
}

TEST_F(RolloutRows, AllButTheRolledBackOnesAreFollowed) {
  auto off = rollout_sample(2);
  off.state = rollout::State::rolled_back;
  save({rollout_sample(1), off, rollout_sample(3)});
  EXPECT_THAT(ids(ledger->rollouts_followed()), ElementsAre(1, 3));
  EXPECT_THAT(ids(ledger->rollouts()), ElementsAre(3, 2, 1));
  off.state = rollout::State::running;
  save({off});
  EXPECT_THAT(ids(ledger->rollouts_followed()), ElementsAre(1, 2, 3));
}

TEST_F(RolloutRows, TheReaderSeesThemAndWhatWaits) {
  save({rollout_sample(1)});
  for (const auto& asked : test::rollout_asked()) ASSERT_TRUE(leave_in_inbox(folder.file(), asked));
  const auto reader = open_reader(folder.file());
  EXPECT_THAT(ids(reader->rollouts()), ElementsAre(1));
  EXPECT_THAT(reader->inbox(), SizeIs(3));
  EXPECT_TRUE(std::holds_alternative<inbound::RolloutAsked>(ledger->inbox().at(1).left));
}

TEST_F(RolloutRows, ADamagedOneIsLeftOutOfListsAndSaid) {
  save({rollout_sample(1), rollout_sample(2)});
  {
    sqlite::Connection db(folder.file(), sqlite::Connection::Mode::read_write);
    db.run("UPDATE rollouts SET body = '{' WHERE id = 1");
  }
  EXPECT_THAT(ids(ledger->rollouts_followed()), ElementsAre(2));
  EXPECT_THAT(ledger->left_out(), SizeIs(1));
  EXPECT_THROW(ledger->rollout(1), DamagedRow);
}

TEST(RolloutMigration, AnOlderDatabaseGetsTheTable) {
  test::Folder folder;
  {
    sqlite::Connection db(folder.file(), sqlite::Connection::Mode::read_write);
    sqlite::migrate(db, false, sqlite::migrations().first(4));
  }
  const auto ledger = open_ledger(folder.file());
  ledger->begin();
  ledger->save_rollout(rollout_sample());
  ledger->commit();
  EXPECT_EQ(ledger->rollout(3), rollout_sample());
}

}  // namespace
}  // namespace vakt
