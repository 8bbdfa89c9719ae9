#include "bot/actions/item_life.hpp"

#include <gmock/gmock.h>

#include "tests/bot/actions/cards.hpp"

namespace vakt::action {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Settings settings = with_trello();
const NewItem wanted{.id = 3,
                     .title = "Configure log retention",
                     .owner = "UKARI",
                     .due = christmas_eve,
                     .kind = Kind::prevent,
                     .priority = Severity::sev2,
                     .incident = 7,
                     .marker = "01JD"};

Refusal refusal(const Outcome& outcome) {
  if (outcome) ADD_FAILURE() << "not refused";
  return outcome ? Refusal{} : outcome.error();
}

TEST(ItemLife, AnItemIsAddedAndItsCardOrdered) {
  const auto added = add(wanted, by_kari(), settings).value();
  EXPECT_EQ(added.item.state, State::open);
  EXPECT_EQ(added.item.team, "drift");
  EXPECT_EQ(added.item.stage, CardStage::creating);
  EXPECT_THAT(added.item.incidents, ElementsAre(7));
  EXPECT_THAT(whats(added), ElementsAre(What::added));
  const auto& order = std::get<CreateCard>(*added.order);
  EXPECT_EQ(order.item, 3);
  EXPECT_EQ(order.marker, "01JD");
  EXPECT_EQ(order.title, "Configure log retention");
  EXPECT_EQ(order.due, from_iso_utc("2026-12-24T16:00:00Z")) << "17:00 in Oslo";
  EXPECT_THAT(order.members, ElementsAre("kari"));
  EXPECT_THAT(order.labels, ElementsAre("prevent", "sev2"));
  EXPECT_EQ(order.board.name, "Drift");
  EXPECT_EQ(order.intended_at, start);
}

TEST(ItemLife, WithoutTrelloAnItemIsKeptAllTheSameAndItsCardMadeLaterOnce) {
  auto none = settings;
  none.trello = false;
  const auto added = add(wanted, by_kari(), none).value();
  EXPECT_EQ(added.item.stage, CardStage::none);
  EXPECT_FALSE(added.order);
  EXPECT_EQ(refusal(order_card(added.item, "01JE", by_kari(), none)), Refusal::no_board);
  const auto pushed = order_card(added.item, "01JE", by_kari(), settings).value();
  EXPECT_EQ(std::get<CreateCard>(*pushed.order).marker, "01JE");
  EXPECT_EQ(refusal(order_card(pushed.item, "01JF", by_kari(), settings)), Refusal::has_card);
}

TEST(ItemLife, WithoutADateTheDeadlineOfItsPriorityCounts) {
  auto without = wanted;
  without.due.reset();
  EXPECT_EQ(add(without, by_kari(), settings)->item.due, std::chrono::December / 21 / 2026);
  without.priority = Severity::sev3;
  const auto undated = add(without, by_kari(), settings)->item;
  EXPECT_FALSE(undated.due);
  auto raised = set_priority(undated, Severity::sev1, by_kari(start + 48h), settings).value();
  EXPECT_EQ(raised.item.due, std::chrono::December / 6 / 2026) << "counted from when it was added";
  EXPECT_THAT(whats(raised), ElementsAre(What::priority, What::due));
  EXPECT_EQ(set_priority(raised.item, Severity::sev2, by_kari(), settings)->item.due, raised.item.due);
  const auto linked = set_priority(linked_item(), Severity::sev1, by_kari(), settings).value();
  ASSERT_TRUE(change_of(linked));
  EXPECT_EQ(linked.item.due, std::chrono::December / 6 / 2026);
  EXPECT_EQ(change_of(linked)->due.value(), card_due(*linked.item.due, oslo));
}

TEST(ItemLife, ATitleIsNeededAndHasALimit) {
  auto titled = wanted;
  for (const auto* blank : {"", "  ", "\n"}) {
    titled.title = blank;
    EXPECT_EQ(refusal(add(titled, by_kari(), settings)), Refusal::needs_title);
  }
  titled.title.clear();
  for (int i = 0; i < 16'384; ++i) titled.title += "ø";
  EXPECT_TRUE(add(titled, by_kari(), settings)) << "characters, not bytes";
  titled.title += "x";
  EXPECT_EQ(refusal(add(titled, by_kari(), settings)), Refusal::title_too_long);
  EXPECT_EQ(refusal(set_title(linked_item(), titled.title, by_kari(), settings)), Refusal::title_too_long);
  titled.title = "x";
  titled.due = std::chrono::February / 29 / 2027;
  EXPECT_EQ(refusal(add(titled, by_kari(), settings)), Refusal::no_such_day);
}

TEST(ItemLife, AnAdoptedCardGivesItsTitleDateOwnerAndState) {
  auto card = card_on_board();
  card.due = from_iso_utc("2026-12-01T23:30:00Z");
  card.members = {"stranger", "per"};
  card.role = ListRole::doing;
  const auto adopted = adopt({.id = 4, .incident = 7}, card, start, by_kari(), settings).value();
  EXPECT_EQ(adopted.item.title, "Rotate the logs");
  EXPECT_EQ(adopted.item.due, std::chrono::December / 2 / 2026) << "in Oslo";
  EXPECT_EQ(adopted.item.owner, "UPER");
  EXPECT_EQ(adopted.item.state, State::in_progress);
  EXPECT_EQ(adopted.item.label, "KM676");
  EXPECT_FALSE(adopted.order) << "nothing to write";
  EXPECT_THAT(adopted.happened, ElementsAre(Happened{What::adopted, "UKARI", "", "KM676"}));
}

TEST(ItemLife, WhatIsSaidWithTheLinkIsWrittenToTheCard) {
  auto card = card_on_board();
  card.members = {"per"};
  const auto adopted =
      adopt({.id = 4, .owner = "UKARI", .due = christmas_eve}, card, start, by_kari(), settings).value();
  ASSERT_TRUE(change_of(adopted));
  EXPECT_EQ(change_of(adopted)->due.value(), card_due(christmas_eve, oslo));
  EXPECT_THAT(change_of(adopted)->members.value(), ElementsAre("kari"));
  EXPECT_THAT(change_of(adopted)->members_off, IsEmpty()) << "others on the card stay";
  EXPECT_FALSE(change_of(adopted)->title);
}

TEST(ItemLife, ADoneCardIsAdoptedAsDone) {
  auto card = card_on_board();
  card.role = ListRole::done;
  card.closed = true;
  const auto adopted = adopt({.id = 4, .priority = Severity::sev1}, card, start, by_kari(), settings).value();
  EXPECT_EQ(adopted.item.state, State::done);
  EXPECT_EQ(adopted.item.closed_at, start);
  EXPECT_FALSE(adopted.item.due);
  EXPECT_FALSE(adopted.order);
}

TEST(ItemLife, DoneIsWrittenAndSaidOnce) {
  const auto done = mark_done(linked_item(), by_kari(start + 1h), settings).value();
  EXPECT_EQ(done.item.state, State::done);
  EXPECT_EQ(done.item.closed_at, start + 1h);
  EXPECT_EQ(done.item.closed_by, "UKARI");
  EXPECT_EQ(change_of(done)->complete, true);
  EXPECT_TRUE(is_told(done.happened.at(0).what));
  const auto again = mark_done(done.item, by_kari(), settings).value();
  EXPECT_THAT(again.happened, IsEmpty());
  EXPECT_FALSE(again.order);
  EXPECT_EQ(refusal(wont_do(done.item, "moot", by_kari(), settings)), Refusal::closed_already);
}

TEST(ItemLife, WontDoNeedsAReasonAndArchivesTheCard) {
  EXPECT_EQ(refusal(wont_do(linked_item(), " ", by_kari(), settings)), Refusal::needs_reason);
  const auto closed = wont_do(linked_item(), "The service is gone", by_kari(), settings).value();
  EXPECT_EQ(closed.item.state, State::wont_do);
  EXPECT_EQ(closed.item.reason, "The service is gone");
  EXPECT_EQ(change_of(closed)->closed, true);
  EXPECT_FALSE(change_of(closed)->complete) << "not done";
  EXPECT_EQ(refusal(mark_done(closed.item, by_kari(), settings)), Refusal::closed_already);
}

TEST(ItemLife, ReopeningTakesBackWhatClosedTheCard) {
  auto card = card_on_board();
  card.complete = true;
  card.closed = true;
  card.role = ListRole::done;
  auto item = linked_item(card);
  item.snoozed = Snooze{};
  const auto open = reopen(item, by_kari(), settings).value();
  EXPECT_EQ(open.item.state, State::open);
  EXPECT_FALSE(open.item.closed_at);
  EXPECT_FALSE(open.item.snoozed);
  EXPECT_EQ(change_of(open)->complete, false);
  EXPECT_EQ(change_of(open)->closed, false);
  EXPECT_EQ(change_of(open)->list, "To do");
  EXPECT_EQ(refusal(reopen(open.item, by_kari(), settings)), Refusal::open_already);
}

TEST(ItemLife, ReopeningOneThatIsArchivedUndoneUnarchivesIt) {
  auto card = card_on_board();
  card.closed = true;
  const auto item = linked_item(card);
  ASSERT_EQ(item.state, State::archived_undone);
  const auto open = reopen(item, by_kari(), settings).value();
  EXPECT_EQ(change_of(open)->closed, false);
  EXPECT_FALSE(change_of(open)->complete);
  EXPECT_EQ(change_of(open)->list, "");
}

TEST(ItemLife, AnOwnerIsWrittenAsAMemberAndTheFormerOneTakenOff) {
  auto card = card_on_board();
  card.members = {"per", "stranger"};
  const auto mine = set_owner(linked_item(card), "UKARI", by_kari(), settings).value();
  EXPECT_THAT(change_of(mine)->members.value(), ElementsAre("kari"));
  EXPECT_THAT(change_of(mine)->members_off, ElementsAre("per"));
  const auto nobodys = set_owner(linked_item(card), "", by_kari(start + 2h), settings).value();
  EXPECT_FALSE(change_of(nobodys)->members);
  EXPECT_THAT(change_of(nobodys)->members_off, ElementsAre("per"));
  EXPECT_EQ(nobodys.item.unowned_since, start + 2h);
  EXPECT_FALSE(mine.item.unowned_since);
}

TEST(ItemLife, OnlyTheOwnerSnoozesADayAheadAtMostFourWeeksWithAReason) {
  auto item = linked_item();
  const auto until = std::chrono::December / 1 / 2026;
  EXPECT_EQ(refusal(snooze(item, until, "waiting", by_kari(), settings)), Refusal::not_the_owner);
  item.owner = "UPER";
  EXPECT_EQ(refusal(snooze(item, until, "waiting", by_kari(), settings)), Refusal::not_the_owner);
  item.owner = "UKARI";
  EXPECT_EQ(refusal(snooze(item, until, "", by_kari(), settings)), Refusal::needs_reason);
  EXPECT_EQ(refusal(snooze(item, std::chrono::November / 21 / 2026, "x", by_kari(), settings)),
            Refusal::snooze_not_ahead);
  EXPECT_EQ(refusal(snooze(item, std::chrono::December / 20 / 2026, "x", by_kari(), settings)),
            Refusal::snooze_too_long);
  EXPECT_EQ(refusal(snooze(item, std::chrono::November / 31 / 2026, "x", by_kari(), settings)), Refusal::no_such_day);
  EXPECT_TRUE(snooze(item, std::chrono::December / 19 / 2026, "x", by_kari(), settings));
  const auto snoozed = snooze(item, until, "waiting", by_kari(), settings).value();
  EXPECT_EQ(snoozed.item.snoozed->until, until);
  EXPECT_THAT(whats(snoozed), ElementsAre(What::snoozed));
  EXPECT_FALSE(snoozed.order) << "Trello knows no snooze";
  EXPECT_FALSE(mark_done(snoozed.item, by_kari(), settings)->item.snoozed);
}

TEST(ItemLife, TheSameValueAgainIsNothing) {
  const auto item = linked_item();
  for (const auto& same : {set_title(item, item.title, by_kari(), settings), set_owner(item, "", by_kari(), settings),
                           set_due(item, {}, by_kari(), settings), set_kind(item, Kind::unset, by_kari(), settings),
                           set_team(item, "DRIFT", by_kari(), settings), join_incident(item, 7, by_kari(), settings),
                           set_priority(item, Severity::unset, by_kari(), settings)}) {
    EXPECT_EQ(same->item, item);
    EXPECT_THAT(same->happened, IsEmpty());
    EXPECT_FALSE(same->order);
  }
}

TEST(ItemLife, OneItemMayServeSeveralIncidents) {
  const auto joined = join_incident(linked_item(), 9, by_kari(), settings).value();
  EXPECT_THAT(joined.item.incidents, ElementsAre(7, 9));
  EXPECT_THAT(joined.happened, ElementsAre(Happened{What::joined, "UKARI", "", "9"}));
}

TEST(ItemLife, OneOrderAtATimeAndTheLaterEditFollows) {
  const auto first = set_title(linked_item(), "One", by_kari(), settings).value();
  ASSERT_TRUE(first.order);
  const auto second = set_title(first.item, "Two", by_kari(), settings).value();
  EXPECT_FALSE(second.order);
  EXPECT_THAT(second.happened, SizeIs(1));
}

TEST(ItemLife, AnItemWhoseCardIsGoneGetsANewOne) {
  auto item = linked_item();
  item.state = State::deleted;
  const auto again = order_card(item, "01JX", by_kari(), settings).value();
  EXPECT_EQ(again.item.state, State::open);
  EXPECT_EQ(again.item.stage, CardStage::creating);
  EXPECT_FALSE(again.item.card);
  EXPECT_EQ(std::get<CreateCard>(*again.order).marker, "01JX");
  EXPECT_THAT(whats(again), ElementsAre(What::restored));
  item.state = State::done;
  item.stage = CardStage::none;
  EXPECT_EQ(refusal(order_card(item, "01JX", by_kari(), settings)), Refusal::closed_already);
}

}  // namespace
}  // namespace vakt::action
