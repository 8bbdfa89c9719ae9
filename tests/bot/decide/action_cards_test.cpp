#include <gmock/gmock.h>

#include "bot/decide/digest_memory.hpp"
#include "tests/bot/brain/action_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using action::CardFault;
using action::State;
using action::Trouble;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

// One item with its card, and nothing else on the stage.
struct Linked : ActionIncident {
  explicit Linked(Settings given = with_trello()) : ActionIncident(std::move(given)) {
    action("add Rotate the logs <@U1>", "CINC1");
    serve();
    poll();
    done.clear();
    readings.clear();
    now += 1min;
  }
};

TEST(ActionCards, APollWithoutNewsSavesNothingButWhenItWas) {
  Linked stage;
  const auto before = stage.ledger.kept;
  stage.poll();
  ASSERT_THAT(stage.readings, SizeIs(1));
  EXPECT_EQ(stage.readings.front().what.purpose, "poll");
  EXPECT_EQ(stage.ledger.kept.items, before.items);
  EXPECT_EQ(stage.ledger.kept.entries.at(1).size(), before.entries.at(1).size());
  auto cursors = stage.ledger.kept.cursors;
  EXPECT_EQ(cursors.at(cards_verified_cursor), iso_utc(stage.now));
  cursors[cards_verified_cursor] = before.cursors.at(cards_verified_cursor);
  EXPECT_EQ(cursors, before.cursors);
  EXPECT_THAT(stage.done, IsEmpty());
  EXPECT_EQ(stage.ledger.kept.wake_ups.at("actions_poll"), stage.now + 60s);
}

TEST(ActionCards, WithoutCardsNothingIsAskedAndThePollGoesOn) {
  ActionStage stage;
  stage.poll();
  EXPECT_THAT(stage.readings, IsEmpty());
  EXPECT_EQ(stage.ledger.kept.wake_ups.at("actions_poll"), stage.now + 60s);
}

TEST(ActionCards, EveryTransitionIsToldOnce) {
  const auto expect_told = [](Linked& stage, const char* recorded, const char* said) {
    for (int i = 0; i < 3; ++i) {
      stage.poll();
      stage.wait(1min);
    }
    EXPECT_EQ(stage.recorded().back(), recorded);
    EXPECT_EQ(std::ranges::count(stage.recorded(), recorded), 1) << recorded;
    EXPECT_THAT(stage.posts("item"), ElementsAre(Pair("CINC1", HasSubstr(said)))) << recorded;
    stage.done.clear();
  };
  Linked stage;
  stage.card().complete = true;
  expect_told(stage, "done", "Done");
  EXPECT_EQ(stage.item().closed_by, "");
  stage.card().complete = false;
  expect_told(stage, "reopened", "Open again");
  stage.card().closed = true;
  expect_told(stage, "archived_undone", "archived and not done");
  stage.card().closed = false;
  expect_told(stage, "restored", "back in place");
  stage.faults["Card0001"] = CardFault::no_access;
  expect_told(stage, "lost_access", "cannot see");
  stage.faults.clear();
  stage.poll();
  EXPECT_EQ(stage.item().state, State::open);
  stage.done.clear();
  stage.card().card.board = "somebody else's";
  stage.card().board_known = false;
  expect_told(stage, "moved_away", "no team names");
  stage.faults["Card0001"] = CardFault::deleted;
  expect_told(stage, "deleted", "deleted");
}

TEST(ActionCards, OneAbsenceProvesNothingTwoTenMinutesApartDo) {
  Linked stage;
  stage.faults["Card0001"] = CardFault::not_found;
  stage.poll();
  stage.wait(9min);
  stage.poll();
  EXPECT_EQ(stage.item().state, State::open);
  stage.wait(2min);
  stage.poll();
  EXPECT_EQ(stage.item().state, State::deleted);
  EXPECT_THAT(stage.posts("item"), SizeIs(1));
  // A new card takes its place, once, with a marker of its own.
  const auto first = stage.item().marker;
  stage.press(view::action::item_card, "1", "CINC1");
  stage.press(view::action::item_card, "1", "CINC1");
  stage.serve();
  EXPECT_NE(stage.item().marker, first);
  EXPECT_EQ(stage.item().state, State::open);
  EXPECT_EQ(stage.item().card->short_link, "Card0002");
  EXPECT_THAT(stage.cards, SizeIs(2));
}

TEST(ActionCards, WhatIsQuietStandsInTheRecordAlone) {
  Linked stage;
  stage.card().title = "Rotate all the logs";
  stage.card().due = action::card_due(*from_iso_date("2023-12-24"), "Europe/Oslo");
  stage.card().role = action::ListRole::doing;
  stage.poll();
  EXPECT_EQ(stage.item().title, "Rotate all the logs");
  EXPECT_EQ(stage.item().due, from_iso_date("2023-12-24"));
  EXPECT_EQ(stage.item().state, State::in_progress);
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "linked", "title", "due", "begun"));
  EXPECT_THAT(stage.done, IsEmpty());
  EXPECT_THAT(stage.for_trello, IsEmpty()) << "no echo";
}

TEST(ActionCards, NothingChangesWhileTrelloIsAwayAndTheReadingIsNotCalledVerified) {
  for (const auto trouble : {Trouble::unreachable, Trouble::rate_limited, Trouble::token_refused}) {
    Linked stage;
    const auto items = stage.ledger.kept.items;
    const auto verified = stage.ledger.kept.cursors.at(cards_verified_cursor);
    stage.trouble = trouble;
    stage.wait(1h);
    stage.poll();
    EXPECT_EQ(stage.ledger.kept.items, items);
    EXPECT_EQ(stage.ledger.kept.cursors.at(cards_verified_cursor), verified);
    EXPECT_EQ(stage.ledger.kept.wake_ups.at("actions_poll"), stage.now + 60s);
  }
}

TEST(ActionCards, ADeadTokenIsOneAlertAndItsEndAnother) {
  Linked stage;
  stage.trouble = Trouble::token_refused;
  for (int i = 0; i < 3; ++i) stage.poll();
  stage.action("due 1 2024-01-01", "CINC1");
  stage.serve();
  EXPECT_THAT(stage.posts("trello"), ElementsAre(Pair("incidents", HasSubstr("key or token"))));
  stage.trouble = Trouble::unreachable;  // says nothing about the token
  stage.poll();
  EXPECT_THAT(stage.posts("trello"), SizeIs(1));
  stage.trouble = Trouble::none;
  stage.serve();
  stage.poll();
  ASSERT_THAT(stage.posts("trello"), SizeIs(2));
  EXPECT_THAT(stage.posts("trello").back().second, HasSubstr("answers again"));
  EXPECT_EQ(stage.card().due, action::card_due(*from_iso_date("2024-01-01"), "Europe/Oslo"))
      << "what waited is written";
  stage.trouble = Trouble::token_refused;
  stage.poll();
  EXPECT_THAT(stage.posts("trello"), SizeIs(3));
}

TEST(ActionCards, BusyOrAwayIsNoAlert) {
  Linked stage;
  for (const auto trouble : {Trouble::unreachable, Trouble::rate_limited}) {
    stage.trouble = trouble;
    stage.poll();
  }
  stage.trouble = Trouble::none;
  stage.poll();
  EXPECT_THAT(stage.done, IsEmpty());
}

TEST(ActionCards, IdsOfBoardsAreKeptAndAskedWith) {
  Linked stage;
  stage.poll();
  const auto& board = stage.readings.back().what.boards.at(0);
  EXPECT_EQ(board.id, "id of Drift");
  for (const auto& list : board.lists) EXPECT_EQ(list.id, "id of " + list.name);
  stage.action("add Another", "CINC1");
  stage.serve();
  EXPECT_EQ(std::get<action::CreateCard>(stage.orders.back()).board.id, "id of Drift");
  EXPECT_EQ(std::get<action::CreateCard>(stage.orders.back()).board.lists.at(2).id, "id of Done");
}

TEST(ActionCards, TeamsThatShareABoardEachHaveTheirListsThere) {
  auto settings = ActionStage::with_trello();
  auto other = settings.actions.teams.front();
  other.name = "Search";
  other.board.lists = {{"To do", action::ListRole::todo, {}}, {"Shipped", action::ListRole::done, {}}};
  settings.actions.teams.push_back(other);
  Linked stage{settings};
  stage.poll();
  ASSERT_THAT(stage.readings.back().what.boards, SizeIs(1));
  const auto& lists = stage.readings.back().what.boards.front().lists;
  ASSERT_THAT(lists, SizeIs(4));
  EXPECT_EQ(lists.back(), (action::ListRef{"Shipped", action::ListRole::done, "id of Shipped"}));
  const auto cursors = stage.ledger.kept.cursors;
  stage.poll();
  EXPECT_EQ(stage.ledger.kept.cursors, cursors) << "the same ids are written once";
}

TEST(ActionCards, AnAnswerThatComesTwiceIsOne) {
  ActionIncident stage;
  stage.action("add Rotate the logs", "CINC1");
  ASSERT_THAT(stage.for_trello, SizeIs(1));
  const auto row = stage.for_trello.front();
  stage.serve();
  stage.for_trello.push_back(row);
  stage.serve();
  EXPECT_EQ(stage.item().card->short_link, "Card0001");
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "linked"));
  EXPECT_THAT(stage.answers(), SizeIs(1));
}

TEST(ActionCards, WhatTheBoardDoesNotHaveIsSaidOnce) {
  ActionIncident stage;
  stage.left_out = {"sev1"};
  stage.action("add Rotate the logs", "CINC1");
  stage.serve();
  stage.poll();
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "linked", "label_left_out"));
}

TEST(ActionCards, ARefusedChangeIsToldAndTriedAgainWithTheNextOne) {
  Linked stage;
  stage.refuses = "invalid value for due";
  stage.action("due 1 2024-01-01", "CINC1");
  stage.serve();
  EXPECT_THAT(stage.posts("item"), ElementsAre(Pair("CINC1", HasSubstr("invalid value for due"))));
  EXPECT_EQ(stage.item().due, from_iso_date("2024-01-01"));
  EXPECT_THAT(stage.for_trello, IsEmpty());
  stage.refuses.clear();
  stage.action("title 1 Rotate all the logs", "CINC1");
  stage.serve();
  EXPECT_EQ(stage.card().title, "Rotate all the logs");
  EXPECT_EQ(stage.card().due, action::card_due(*from_iso_date("2024-01-01"), "Europe/Oslo"));
}

TEST(ActionCards, DoneAndWontDoReachTheCardAndComeBackAsNoNews) {
  Linked stage;
  stage.action("done 1", "CINC1");
  stage.serve();
  EXPECT_TRUE(stage.card().complete);
  stage.poll();
  stage.action("reopen 1", "CINC1");
  stage.serve();
  EXPECT_FALSE(stage.card().complete);
  stage.action("wontdo 1 replaced", "CINC1");
  stage.serve();
  EXPECT_TRUE(stage.card().closed);
  EXPECT_EQ(std::get<action::ChangeCard>(stage.orders.back()).comment, "replaced");
  stage.poll();
  EXPECT_EQ(stage.item().state, State::wont_do);
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "linked", "done", "reopened", "wont_do"));
}

TEST(ActionCards, AfterARestartOrdersGoOutAsTried) {
  ActionIncident stage;
  stage.action("add Rotate the logs", "CINC1");
  const auto row = stage.for_trello.front();
  EXPECT_FALSE(row.tried);
  stage.for_trello.clear();  // the run ends here
  RecordingOutlet outlet{stage.ledger};
  {
    Brain again{stage.ledger, stage.reader, outlet, stage.settings, [&] { return stage.now; }};
    again.start();
    again.stop();
  }
  ASSERT_THAT(outlet.rows, SizeIs(1));
  EXPECT_TRUE(outlet.rows.front().tried);
  EXPECT_EQ(outlet.rows.front().id, row.id);
  const auto& order = std::get<effect::WriteCard>(outlet.rows.front().effect.body).order;
  EXPECT_EQ(order, std::get<effect::WriteCard>(row.effect.body).order) << "with the same marker";
  stage.outlet.rows = outlet.rows;
  stage.carry_out();
  stage.serve();
  EXPECT_EQ(stage.item().card->short_link, "Card0001");
  EXPECT_THAT(stage.ledger.kept.outbox, IsEmpty());
}

TEST(ActionCards, OnlineSetsTheWakeUpsOfWhatIsConfigured) {
  auto settings = ActionStage::without_trello();
  settings.actions.teams = {{.name = "Payments"}, {.name = "Search"}};
  ActionStage plain{settings};
  plain.brain.run_batch({plain.inbound_of(inbound::Online{plain.now})});
  EXPECT_EQ(plain.ledger.kept.wake_ups.count("actions_poll"), 0U);
  EXPECT_EQ(plain.ledger.kept.wake_ups.at("actions_team:Payments"), plain.now);
  EXPECT_EQ(plain.ledger.kept.wake_ups.at("actions_team:Search"), plain.now);
  ActionStage stage;
  stage.brain.run_batch({stage.inbound_of(inbound::Online{stage.now})});
  EXPECT_EQ(stage.ledger.kept.wake_ups.at("actions_poll"), stage.now);
}

}  // namespace
}  // namespace vakt::test
