#include "storage/sqlite/action_rows.hpp"

#include <gmock/gmock.h>

#include "storage/sqlite/ledger.hpp"
#include "storage/sqlite/reader.hpp"
#include "storage/sqlite/schema.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using test::action_item;
using test::at;
using test::noon;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<action::ItemId> ids(const std::vector<action::Item>& items) {
  std::vector<action::ItemId> found;
  for (const auto& item : items) found.push_back(item.id);
  return found;
}

struct ActionRows : testing::Test {
  test::Folder folder;
  std::unique_ptr<Ledger> ledger = open_ledger(folder.file());

  void save(const std::vector<action::Item>& items) {
    ledger->begin();
    for (const auto& item : items) ledger->save_item(item);
    ledger->commit();
  }
  action::Item plain(action::ItemId id) { return {.id = id, .title = "t", .created_at = at(noon)}; }
};

TEST_F(ActionRows, AnItemIsKeptAcrossRestartsAndSavedAgainById) {
  EXPECT_EQ(ledger->next_item(), 1);
  save({action_item(1)});
  auto changed = action_item(1, {9});
  changed.title = "Another";
  changed.card.reset();
  changed.label.clear();
  save({changed, plain(2)});
  ledger = open_ledger(folder.file());
  EXPECT_EQ(ledger->item(1), changed);
  EXPECT_FALSE(ledger->item(3));
  EXPECT_EQ(ledger->next_item(), 3);
  EXPECT_THAT(ids(ledger->items_of_incident(9)), ElementsAre(1));
  EXPECT_THAT(ledger->items_of_incident(7), IsEmpty());
  EXPECT_THAT(ledger->items_of_card("QIgNLSh1"), IsEmpty());
}

TEST_F(ActionRows, IsFoundByCardLabelAndIncidentWithTheOthersThatShareIt) {
  auto second = action_item(2, {3, 3}), third = action_item(3, {8});
  second.label = "ÆRE ø";
  third.card->short_link = "qignlsh1";  // case matters in a short link
  save({third, second, action_item(1, {7, 3})});
  EXPECT_THAT(ids(ledger->items_of_card("QIgNLSh1")), ElementsAre(1, 2));
  EXPECT_THAT(ids(ledger->items_with_label("km676")), ElementsAre(1, 3));
  EXPECT_THAT(ids(ledger->items_with_label("ære Ø")), ElementsAre(2));
  EXPECT_THAT(ledger->items_with_label(""), IsEmpty());
  EXPECT_THAT(ledger->items_of_card(""), IsEmpty());
  EXPECT_THAT(ids(ledger->items_of_incident(3)), ElementsAre(1, 2));
}

TEST_F(ActionRows, OpenIsWhatNobodyClosedWhateverItSaysOfATime) {
  auto reopened = plain(1), done = plain(2), wont_do = plain(3), gone = plain(4), timeless = plain(5);
  reopened.closed_at = at(noon);
  done.state = timeless.state = action::State::done;
  done.closed_at = at(noon + 10);
  wont_do.state = action::State::wont_do;
  wont_do.closed_at = at(noon + 20);
  gone.state = action::State::deleted;
  save({reopened, done, wont_do, gone, timeless});
  EXPECT_THAT(ids(ledger->items_open_or_closed_since(Instant::max())), ElementsAre(1, 4));
  EXPECT_THAT(ids(ledger->items_open_or_closed_since(at(noon + 20))), ElementsAre(1, 3, 4));
  EXPECT_THAT(ids(ledger->items_open_or_closed_since(at(noon + 10))), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(ids(ledger->items_open_or_closed_since(at(0))), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(ActionRows, WhatIsRolledBackIsNotThere) {
  ledger->begin();
  ledger->savepoint();
  ledger->save_item(action_item(1));
  ledger->rollback_to_savepoint();
  ledger->commit();
  EXPECT_FALSE(ledger->item(1));
  EXPECT_THAT(ledger->items_of_incident(7), IsEmpty());
}

TEST_F(ActionRows, TheReaderSeesThemBesideTheLedger) {
  ledger->begin();
  ledger->save(test::incident(7, "C1"), {});
  ledger->commit();
  save({action_item(2, {7}), action_item(1, {8})});
  const auto reader = open_reader(folder.file());
  EXPECT_THAT(ids(reader->items()), ElementsAre(1, 2));
  EXPECT_THAT(ids(reader->items_of_incident(8)), ElementsAre(1));
  EXPECT_THAT(reader->record(7)->items, ElementsAre(action_item(2, {7})));
}

TEST_F(ActionRows, ADamagedOneIsLeftOutOfListsSaidOnceAndAnErrorOnlyWhereItIsMeant) {
  save({action_item(1), action_item(2)});
  sqlite::Connection(folder.file(), sqlite::Connection::Mode::read_write)
      .script("UPDATE action_items SET body = '{' WHERE id = 1");
  EXPECT_THAT(ids(ledger->items_open_or_closed_since(at(0))), ElementsAre(2));
  EXPECT_THAT(ids(ledger->items_of_incident(7)), ElementsAre(2));
  EXPECT_THAT(ids(ledger->items_of_card("QIgNLSh1")), ElementsAre(2));
  EXPECT_THAT(ledger->left_out(), ElementsAre(HasSubstr("Action item 1 cannot be read")));
  EXPECT_THAT(ids(ledger->items_with_label("KM676")), ElementsAre(2));
  EXPECT_THAT(ledger->left_out(), IsEmpty());
  EXPECT_THROW(ledger->item(1), DamagedRow);
  EXPECT_EQ(ledger->next_item(), 3);
  save({action_item(1)});
  EXPECT_TRUE(ledger->item(1)) << "written anew it is whole again";
}

TEST_F(ActionRows, AFileOfTheThirdVersionIsBroughtUpToDateWithAllThatItHolds) {
  test::Folder older;
  {
    sqlite::Connection db(older.file(), sqlite::Connection::Mode::read_write);
    sqlite::migrate(db, false, sqlite::migrations().first(3));
    db.run("INSERT INTO incidents (number, channel_id, status, archived, state) VALUES (7, 'C1', 'open', 0, ?1)",
           storage::encode(test::incident(7, "C1")));
  }
  const auto upgraded = open_ledger(older.file());
  EXPECT_TRUE(std::filesystem::exists(older.file() + ".backup-v3"));
  EXPECT_EQ(upgraded->incident(7), test::incident(7, "C1"));
  upgraded->begin();
  upgraded->save_item(action_item(1));
  upgraded->commit();
  EXPECT_EQ(upgraded->items_of_incident(7).size(), 1U);
}

TEST_F(ActionRows, CursorsAreFoundByWhatTheirNamesBeginWithAndForgottenByAnEmptyValue) {
  ledger->begin();
  for (const auto* name : {"told:1", "told:2ø🚨", "told", "tole:", "tol%", "a"}) ledger->set_cursor(name, "x");
  ledger->set_cursor("told:3", "y");
  ledger->set_cursor("told:1", "");
  ledger->commit();
  EXPECT_THAT(ledger->cursors_with("told:"),
              ElementsAre(testing::Pair("told:2ø🚨", "x"), testing::Pair("told:3", "y")));
  EXPECT_EQ(ledger->cursors_with("").size(), 6U);
  EXPECT_EQ(ledger->cursor("told:1"), "");
  EXPECT_EQ(open_reader(folder.file())->cursors_with("told:"), ledger->cursors_with("told:"));
}

}  // namespace
}  // namespace vakt
