#include "bot/actions/card_reading.hpp"

#include <gmock/gmock.h>

#include "tests/bot/actions/cards.hpp"

namespace vakt::action {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Settings settings = with_trello();

CardUnread fault(CardFault why) { return {.fault = why, .text = "x"}; }

// An item and the readings of its card, a minute apart.
struct Reader {
  Item item = linked_item();
  Instant now = start;
  Changed last{};

  std::vector<What> read(const CardAnswer& answer, Micros later = 1min) {
    now += later;
    last = card_read(item, answer, now, settings);
    item = last.item;
    auto again = card_read(item, answer, now, settings);
    EXPECT_EQ(again.item, item) << "the same reading twice";
    EXPECT_THAT(again.happened, IsEmpty());
    EXPECT_FALSE(again.order);
    return whats(last);
  }
};

CardSeen complete() {
  auto card = card_on_board();
  card.complete = true;
  return card;
}
CardSeen archived() {
  auto card = card_on_board();
  card.closed = true;
  return card;
}
CardSeen in_list(ListRole role) {
  auto card = card_on_board();
  card.role = role;
  return card;
}

TEST(CardReading, NothingNewIsNothing) {
  Reader reader;
  const auto before = reader.item;
  EXPECT_THAT(reader.read(card_on_board()), IsEmpty());
  EXPECT_EQ(reader.item.verified_at, start + 1min);
  reader.item.verified_at = before.verified_at;
  EXPECT_EQ(reader.item, before);
}

TEST(CardReading, DoneIsTheMarkOrADoneListEvenIfArchived) {
  for (auto card : {complete(), in_list(ListRole::done)})
    for (const bool closed : {false, true}) {
      card.closed = closed;
      Reader reader;
      EXPECT_THAT(reader.read(card), ElementsAre(What::done));
      EXPECT_EQ(reader.item.state, State::done);
      EXPECT_EQ(reader.item.closed_at, start + 1min);
      EXPECT_EQ(reader.item.closed_by, "");
      EXPECT_FALSE(reader.last.order);
    }
}

TEST(CardReading, DoneAndArchivedByAutomationLaterIsStillDone) {
  Reader reader;
  reader.read(complete());
  auto card = complete();
  card.closed = true;
  EXPECT_THAT(reader.read(card), IsEmpty());
  EXPECT_EQ(reader.item.state, State::done);
}

TEST(CardReading, ReopenedIsToldAndEndsTheSnooze) {
  Reader reader;
  reader.read(complete());
  reader.item.snoozed = Snooze{};
  EXPECT_THAT(reader.read(card_on_board()), ElementsAre(What::reopened));
  EXPECT_EQ(reader.item.state, State::open);
  EXPECT_FALSE(reader.item.closed_at);
  EXPECT_FALSE(reader.item.snoozed);
  EXPECT_THAT(reader.read(complete()), ElementsAre(What::done)) << "and done again";
}

TEST(CardReading, NoLongerDoneButArchivedAsksAPerson) {
  Reader reader;
  auto card = complete();
  card.closed = true;
  reader.read(card);
  EXPECT_THAT(reader.read(archived()), ElementsAre(What::archived_undone));
  EXPECT_EQ(reader.item.state, State::archived_undone);
}

TEST(CardReading, ArchivedUndoneByItsCardItsListOrItsBoard) {
  for (const auto part : {&CardSeen::closed, &CardSeen::list_closed, &CardSeen::board_closed}) {
    auto card = card_on_board();
    card.*part = true;
    Reader reader;
    EXPECT_THAT(reader.read(card), ElementsAre(What::archived_undone));
    EXPECT_TRUE(needs_decision(reader.item.state));
    EXPECT_THAT(reader.read(card), IsEmpty()) << "told once";
    EXPECT_THAT(reader.read(card_on_board()), ElementsAre(What::restored));
    EXPECT_EQ(reader.item.state, State::open);
  }
}

TEST(CardReading, WorkInProgressIsQuiet) {
  Reader reader;
  EXPECT_THAT(reader.read(in_list(ListRole::doing)), ElementsAre(What::begun));
  EXPECT_EQ(reader.item.state, State::in_progress);
  EXPECT_THAT(reader.read(card_on_board()), ElementsAre(What::put_back));
  EXPECT_FALSE(is_told(What::begun) || is_told(What::put_back));
}

TEST(CardReading, NotFoundOnceProvesNothing) {
  Reader reader;
  EXPECT_THAT(reader.read(fault(CardFault::not_found)), IsEmpty());
  EXPECT_EQ(reader.item.state, State::open);
  EXPECT_THAT(reader.read(fault(CardFault::not_found), 9min), IsEmpty());
  EXPECT_THAT(reader.read(card_on_board()), IsEmpty());
  EXPECT_THAT(reader.read(fault(CardFault::not_found)), IsEmpty()) << "it was there meanwhile";
  EXPECT_THAT(reader.read(fault(CardFault::not_found), 10min), ElementsAre(What::deleted));
  EXPECT_EQ(reader.item.state, State::deleted);
  EXPECT_THAT(reader.read(fault(CardFault::not_found), 10min), IsEmpty());
  EXPECT_THAT(reader.read(fault(CardFault::no_access)), IsEmpty());
  EXPECT_THAT(reader.read(card_on_board()), ElementsAre(What::restored));
}

TEST(CardReading, ADeletionThatTrelloTellsOfIsBelievedAtOnce) {
  Reader reader;
  EXPECT_THAT(reader.read(fault(CardFault::deleted)), ElementsAre(What::deleted));
}

TEST(CardReading, AccessIsLostOnlyOnceItWasThere) {
  Reader reader;
  reader.item.verified_at.reset();
  EXPECT_THAT(reader.read(fault(CardFault::no_access)), IsEmpty());
  reader.read(card_on_board());
  EXPECT_THAT(reader.read(fault(CardFault::no_access)), ElementsAre(What::lost_access));
  EXPECT_THAT(reader.read(fault(CardFault::no_access)), IsEmpty());
  EXPECT_THAT(reader.read(card_on_board()), ElementsAre(What::restored));
  EXPECT_EQ(reader.item.state, State::open);
}

TEST(CardReading, WhatIsFoundDoneAgainIsDone) {
  Reader reader;
  reader.read(fault(CardFault::no_access));
  EXPECT_THAT(reader.read(complete()), ElementsAre(What::done));
}

TEST(CardReading, ABrokenLink) {
  Reader reader;
  EXPECT_THAT(reader.read(fault(CardFault::invalid_id)), ElementsAre(What::broken_link));
  EXPECT_THAT(reader.read(fault(CardFault::invalid_id)), IsEmpty());
}

TEST(CardReading, WhatIsNotReadChangesNothingAtAll) {
  Reader reader;
  const auto before = reader.item;
  EXPECT_THAT(reader.read(fault(CardFault::not_read)), IsEmpty());
  EXPECT_EQ(reader.item, before);
}

TEST(CardReading, AClosedItemNeedsItsCardNoLonger) {
  for (const auto why : {CardFault::not_found, CardFault::deleted, CardFault::no_access, CardFault::invalid_id}) {
    Reader reader;
    reader.read(complete());
    const auto before = reader.item;
    EXPECT_THAT(reader.read(fault(why), 20min), IsEmpty());
    EXPECT_THAT(reader.read(fault(why), 20min), IsEmpty());
    EXPECT_EQ(reader.item, before);
  }
}

TEST(CardReading, MovedIsToldWhereNoTeamNamesTheBoard) {
  Reader reader;
  auto card = card_on_board();
  card.card.board = "b2";
  card.number = 12;
  EXPECT_THAT(reader.read(card), ElementsAre(What::moved));
  EXPECT_FALSE(is_told(What::moved));
  EXPECT_EQ(reader.item.label, "KM676") << "free text from the first on";
  card.card.board = "b3";
  card.board_known = false;
  card.role = ListRole::done;
  EXPECT_THAT(reader.read(card), ElementsAre(What::moved_away)) << "its lists mean nothing there";
  EXPECT_TRUE(is_told(What::moved_away));
  EXPECT_FALSE(reader.item.board_known);
  EXPECT_THAT(reader.read(card), IsEmpty());
  card.complete = true;
  EXPECT_THAT(reader.read(card), ElementsAre(What::done));
}

TEST(CardReading, EditsInTrelloAreTakenQuietly) {
  Reader reader;
  auto card = card_on_board("Rotate all logs");
  card.due = from_iso_utc("2026-12-24T09:00:00Z");
  card.members = {"stranger", "kari"};
  reader.read(card);
  EXPECT_THAT(reader.last.happened,
              ElementsAre(Happened{What::title, "", "Rotate the logs", "Rotate all logs"},
                          Happened{What::due, "", "", "2026-12-24"}, Happened{What::owner, "", "", "UKARI"}));
  EXPECT_EQ(reader.item.title, "Rotate all logs");
  EXPECT_EQ(reader.item.due, christmas_eve);
  EXPECT_EQ(reader.item.owner, "UKARI");
  EXPECT_FALSE(reader.item.unowned_since);
  EXPECT_FALSE(reader.last.order) << "no echo";
}

TEST(CardReading, AnotherTimeOfTheSameDayIsNoChange) {
  Reader reader;
  auto card = card_on_board();
  card.due = from_iso_utc("2026-12-24T09:00:00Z");
  reader.read(card);
  card.due = from_iso_utc("2026-12-24T22:59:00Z");
  EXPECT_THAT(reader.read(card), IsEmpty());
  EXPECT_FALSE(reader.last.order);
  card.due = from_iso_utc("2026-12-24T23:00:00Z");
  EXPECT_THAT(reader.read(card), ElementsAre(What::due)) << "the next day in Oslo";
}

TEST(CardReading, ADueDayWhoseHourDstSkipsOrRepeatsComesBackAsItself) {
  for (const auto day :
       {std::chrono::March / 29 / 2026, std::chrono::October / 25 / 2026, std::chrono::February / 29 / 2028})
    for (const auto* zone : {"Europe/Oslo", "America/Santiago", "Pacific/Apia", "UTC"})
      EXPECT_EQ(due_date(card_due(day, zone), zone), day) << zone;
}

TEST(CardReading, WhoTakesTheCardOverIsTheOwner) {
  Reader reader;
  auto card = card_on_board();
  card.members = {"kari"};
  reader.read(card);
  card.members = {"kari", "per"};
  EXPECT_THAT(reader.read(card), IsEmpty()) << "one more who helps";
  card.members = {"per"};
  EXPECT_THAT(reader.read(card), ElementsAre(What::owner));
  EXPECT_EQ(reader.item.owner, "UPER");
  card.members = {"stranger"};
  EXPECT_THAT(reader.read(card), ElementsAre(What::owner));
  EXPECT_EQ(reader.item.owner, "");
  EXPECT_EQ(reader.item.unowned_since, reader.now);
}

TEST(CardReading, AnOwnerWhomTrelloDoesNotKnowStays) {
  Reader reader;
  reader.item = set_owner(reader.item, "UNMAPPED", by_kari(), settings)->item;
  EXPECT_THAT(reader.read(card_on_board()), IsEmpty());
  EXPECT_EQ(reader.item.owner, "UNMAPPED");
  EXPECT_FALSE(reader.last.order);
  auto card = card_on_board();
  card.members = {"per"};
  EXPECT_THAT(reader.read(card), ElementsAre(What::owner));
  EXPECT_EQ(reader.item.owner, "UPER");
}

TEST(CardReading, WhatIsUnderWayIsNotTakenBack) {
  Reader reader;
  reader.item = set_title(reader.item, "Ours", by_kari(), settings)->item;
  EXPECT_THAT(reader.read(card_on_board()), IsEmpty());
  EXPECT_EQ(reader.item.title, "Ours");
  auto card = card_on_board("Theirs");
  card.complete = true;
  EXPECT_THAT(reader.read(card), ElementsAre(What::done)) << "the other fields are read";
  EXPECT_EQ(reader.item.title, "Ours");
}

TEST(CardReading, AReadingThatIsOlderThanWhatIsKnownSaysNothing) {
  Reader reader;
  reader.item.synced.written_at = start + 5min;
  EXPECT_THAT(reader.read(complete(), 4min), IsEmpty());
  EXPECT_EQ(reader.item.verified_at, start);
  EXPECT_THAT(reader.read(complete(), 2min), ElementsAre(What::done));
}

TEST(CardReading, AfterTheClockWasSetBackItIsReadAllTheSame) {
  Reader reader;
  reader.item.synced.written_at = start + 24h;
  reader.item.verified_at = start + 24h;
  EXPECT_THAT(reader.read(complete()), ElementsAre(What::done));
  EXPECT_THAT(reader.read(card_on_board()), ElementsAre(What::reopened));
}

TEST(CardReading, ReopenedHereStaysOpenWhileItsCardStandsWhereItStood) {
  Reader reader;
  reader.read(in_list(ListRole::done));
  reader.item = reopen(reader.item, by_kari(), settings)->item;
  reader.item.under_way = {};  // say the team has no list for what is to be done: nothing could be ordered
  reader.item.refused = true;
  EXPECT_THAT(reader.read(in_list(ListRole::done)), IsEmpty());
  EXPECT_EQ(reader.item.state, State::open);
  EXPECT_THAT(reader.read(card_on_board()), IsEmpty());
  EXPECT_THAT(reader.read(in_list(ListRole::done)), ElementsAre(What::done));
}

TEST(CardReading, OurOwnMarkHidesNoOther) {
  Reader reader;
  reader.read(complete());
  reader.item = reopen(reader.item, by_kari(), settings)->item;
  reader.item.under_way = {};
  reader.item.refused = true;  // the mark stands there still
  auto card = complete();
  card.role = ListRole::done;
  EXPECT_THAT(reader.read(card), ElementsAre(What::done)) << "somebody moved it among the done ones";
}

TEST(CardReading, UnarchivedHereStaysOpenUntilTrelloKnows) {
  Reader reader;
  reader.read(archived());
  reader.item = reopen(reader.item, by_kari(), settings)->item;
  reader.item.under_way = {};
  reader.item.refused = true;
  EXPECT_THAT(reader.read(archived()), IsEmpty());
  EXPECT_EQ(reader.item.state, State::open);
  EXPECT_THAT(reader.read(card_on_board()), IsEmpty());
  EXPECT_THAT(reader.read(archived()), ElementsAre(What::archived_undone));
}

TEST(CardReading, WontDoEndsWhenSomebodyUnarchivesItsCardOrDoesIt) {
  Reader reader;
  reader.item = wont_do(reader.item, "moot", by_kari(), settings)->item;
  EXPECT_THAT(reader.read(card_on_board()), IsEmpty()) << "not archived yet";
  reader.item.under_way = {};
  EXPECT_THAT(reader.read(archived()), IsEmpty());
  EXPECT_EQ(reader.item.state, State::wont_do);
  auto other = reader;
  EXPECT_THAT(reader.read(card_on_board()), ElementsAre(What::reopened));
  EXPECT_EQ(reader.item.reason, "");
  EXPECT_THAT(other.read(complete()), ElementsAre(What::done));
}

TEST(CardReading, ARefusedEditGivesWayToALaterOneInTrello) {
  Reader reader;
  reader.item = set_title(reader.item, "Ours", by_kari(), settings)->item;
  reader.item.under_way = {};
  reader.item.refused = true;
  EXPECT_THAT(reader.read(card_on_board()), IsEmpty());
  EXPECT_FALSE(reader.last.order) << "refused once is enough";
  EXPECT_EQ(reader.item.title, "Ours");
  EXPECT_THAT(reader.read(card_on_board("Theirs")), ElementsAre(What::title));
}

TEST(CardReading, WhatWasEditedWhileTheCardWasLostIsWrittenOnceItIsBack) {
  Reader reader;
  reader.read(fault(CardFault::no_access));
  const auto edited = set_title(reader.item, "Ours", by_kari(), settings).value();
  EXPECT_FALSE(edited.order);
  reader.item = edited.item;
  EXPECT_THAT(reader.read(card_on_board()), ElementsAre(What::restored));
  ASSERT_TRUE(change_of(reader.last));
  EXPECT_EQ(change_of(reader.last)->title, "Ours");
}

TEST(CardReading, ACardWithoutATitleDoesNotTakeTheItems) {
  Reader reader;
  EXPECT_THAT(reader.read(card_on_board("")), IsEmpty());
  EXPECT_EQ(reader.item.title, "Rotate the logs");
}

TEST(CardReading, AnItemWithoutACardIsNotRead) {
  Reader reader;
  reader.item.stage = CardStage::none;
  EXPECT_THAT(reader.read(complete()), IsEmpty());
}

}  // namespace
}  // namespace vakt::action
