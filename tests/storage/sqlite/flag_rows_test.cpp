#include "storage/sqlite/flag_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "storage/sqlite/ledger.hpp"
#include "storage/sqlite/reader.hpp"
#include "storage/sqlite/schema.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::flag_change;
using test::noon;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

struct FlagRows : testing::Test {
  test::Folder folder;
  std::unique_ptr<Ledger> ledger = open_ledger(folder.file());

  void save(const flag::Change& change) {
    ledger->begin();
    ledger->save_change(change);
    ledger->commit();
  }
  static std::vector<std::int64_t> numbers(const std::vector<flag::Change>& changes) {
    std::vector<std::int64_t> found;
    for (const auto& change : changes) found.push_back(change.number);
    return found;
  }
  static flag::Observation seen(Instant when, const std::string& name = "checkout") {
    return {.at = when,
            .name = name,
            .project = "shop",
            .environment = "production",
            .what = "feature-environment-enabled",
            .by = "ola",
            .enabled = true};
  }
  bool observe(const flag::Observation& one) {
    ledger->begin();
    const bool is_new = ledger->observe("unleash", one);
    ledger->commit();
    return is_new;
  }
};

TEST_F(FlagRows, AChangeIsKeptRewrittenAndFound) {
  EXPECT_EQ(ledger->next_change(), 1);
  save(flag_change(1, "a"));
  auto moved = flag_change(1, "a");
  moved.undone_by = 0;
  moved.progress.problem = "another";
  save(moved);
  ledger.reset();
  ledger = open_ledger(folder.file());
  EXPECT_EQ(ledger->change(1), moved);
  EXPECT_EQ(ledger->change_of("a"), moved);
  EXPECT_EQ(ledger->change(2), std::nullopt);
  EXPECT_EQ(ledger->change_of("b"), std::nullopt);
  EXPECT_EQ(ledger->next_change(), 2);
}

TEST_F(FlagRows, NewestFirstSinceAndOfAFlag) {
  for (std::int64_t number = 1; number <= 4; ++number) {
    auto change = flag_change(number, "k" + std::to_string(number));
    change.requested_at = at(noon) + number * 1h;
    if (number == 3) change.wanted.name = "search";
    save(change);
  }
  EXPECT_THAT(numbers(ledger->changes_since(at(noon) + 2h)), ElementsAre(4, 3, 2));
  EXPECT_THAT(numbers(ledger->changes_of_flag("checkout")), ElementsAre(4, 2, 1));
  const auto reader = open_reader(folder.file());
  EXPECT_THAT(numbers(reader->flag_changes("checkout")), ElementsAre(1, 2, 4));
  EXPECT_THAT(numbers(reader->flag_changes(std::string{})), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(numbers(reader->flag_changes(IncidentNumber{7})), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(reader->flag_changes(IncidentNumber{8}), IsEmpty());
}

TEST_F(FlagRows, TheSameKeyTwiceIsRefused) {
  save(flag_change(1, "a"));
  ledger->begin();
  EXPECT_THROW(ledger->save_change(flag_change(2, "a")), std::logic_error);  // a fault of ours, not of the disk
  ledger->rollback();
}

TEST_F(FlagRows, WhatIsRolledBackIsNotThere) {
  ledger->begin();
  ledger->save_change(flag_change(1, "a"));
  ledger->observe("unleash", seen(at(noon)));
  ledger->rollback();
  EXPECT_EQ(ledger->change(1), std::nullopt);
  EXPECT_THAT(ledger->observed_since({}), IsEmpty());
}

TEST_F(FlagRows, ASightingIsKeptOnceNewestFirst) {
  EXPECT_TRUE(observe(seen(at(noon))));
  EXPECT_FALSE(observe(seen(at(noon))));
  auto unknown = seen(at(noon) + 1s, "search");
  unknown.enabled.reset();
  EXPECT_TRUE(observe(unknown));
  const auto all = ledger->observed_since(at(noon));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].observation.name, "search");
  EXPECT_EQ(all[0].observation.enabled, std::nullopt);
  EXPECT_EQ(all[1].provider, "unleash");
  EXPECT_EQ(all[1].observation.by, "ola");
  EXPECT_EQ(all[1].observation.enabled, true);
  EXPECT_THAT(ledger->observed_of_flag("checkout"), SizeIs(1));
  EXPECT_THAT(ledger->observed_since(at(noon) + 2s), IsEmpty());
}

TEST_F(FlagRows, SightingsAreForgottenAfterFortyDays) {
  for (int i = 0; i < 20; ++i) observe(seen(at(noon) + i * 1s));
  observe(seen(at(noon) + 39 * 24h));
  EXPECT_THAT(ledger->observed_since({}), SizeIs(21));
  for (int i = 0; i < 4; ++i) observe(seen(at(noon) + 41 * 24h + i * 1s));
  EXPECT_THAT(ledger->observed_since({}), SizeIs(5));
}

TEST(FlagMigration, ADatabaseOfVersionOneKeepsItsDataAndGetsTheTables) {
  test::Folder folder;
  {
    sqlite::Connection db(folder.file(), sqlite::Connection::Mode::read_write);
    sqlite::migrate(db, false, sqlite::migrations().first(1));
    EXPECT_EQ(db.number("PRAGMA user_version"), 1);
    db.run("INSERT INTO incidents (number, channel_id, status, archived, state) VALUES (7, 'C0INC', 'open', 0, ?1)",
           storage::encode(test::incident()));
    db.run("INSERT INTO cursors (name, value) VALUES ('online_until', 'then')");
  }
  auto ledger = open_ledger(folder.file());
  EXPECT_EQ(ledger->incident(7), test::incident());
  EXPECT_EQ(ledger->cursor("online_until"), "then");
  ledger->begin();
  ledger->save_change(flag_change());
  EXPECT_TRUE(ledger->observe("unleash", FlagRows::seen(at(noon))));
  ledger->commit();
  EXPECT_EQ(ledger->change(3), flag_change());
  EXPECT_TRUE(std::filesystem::exists(folder.file() + ".backup-v1"));
}

TEST_F(FlagRows, ASightingKeepsTheStateThatItShowed) {
  auto shown = seen(at(noon));
  shown.state = flag::State{.enabled = true, .strategies = {{.name = "default"}}};
  EXPECT_TRUE(observe(shown));
  EXPECT_TRUE(observe(seen(at(noon) + 1s)));
  const auto all = ledger->observed_of_flag("checkout");
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].observation.state, std::nullopt);
  EXPECT_EQ(all[1].observation.state, shown.state);
}

}  // namespace
}  // namespace vakt
