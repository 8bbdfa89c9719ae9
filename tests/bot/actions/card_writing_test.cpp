#include "bot/actions/card_writing.hpp"

#include <gmock/gmock.h>

#include "bot/actions/card_reading.hpp"
#include "tests/bot/actions/cards.hpp"

namespace vakt::action {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Settings settings = with_trello();

struct Creating {
  Item item;
  CreateCard order;
};
Creating creating(UserId owner = "UKARI") {
  auto added = add({.id = 1, .title = "Rotate the logs", .owner = std::move(owner), .incident = 7, .marker = "01J"},
                   by_kari(), settings)
                   .value();
  return {added.item, std::get<CreateCard>(*added.order)};
}
CardSeen with_kari(std::string title = "Rotate the logs") {
  auto card = card_on_board(std::move(title));
  card.members = {"kari"};
  return card;
}

TEST(CardWriting, ACreatedCardIsLinkedUnderTheTeamsLettersAndItsNumber) {
  const auto [item, order] = creating();
  const auto linked = card_created(item, order, {.card = with_kari()}, start + 1s, settings);
  EXPECT_EQ(linked.item.stage, CardStage::linked);
  EXPECT_EQ(linked.item.label, "KM676");
  EXPECT_EQ(linked.item.card->short_link, "QIgNLSh1");
  EXPECT_EQ(linked.item.owner, "UKARI");
  EXPECT_EQ(linked.item.verified_at, start + 1s);
  EXPECT_THAT(linked.happened, ElementsAre(Happened{What::linked, "", "", "KM676"}));
  EXPECT_FALSE(linked.order);
  const auto again = card_created(linked.item, order, {.card = with_kari()}, start + 2s, settings);
  EXPECT_EQ(again.item, linked.item) << "told twice";
  EXPECT_THAT(again.happened, IsEmpty());
}

TEST(CardWriting, ARefusalIsSaidOnceAndTheItemIsKept) {
  const auto [item, order] = creating();
  const auto none = card_created(item, order, {.refused = "x", .named = "invalid value for idList"}, start, settings);
  EXPECT_EQ(none.item.stage, CardStage::none);
  EXPECT_THAT(none.happened, ElementsAre(Happened{What::card_refused, "", "other", "invalid value for idList"}));
  EXPECT_THAT(card_created(none.item, order, {.refused = "x"}, start, settings).happened, IsEmpty());
}

TEST(CardWriting, WhatIsStillBeingTriedChangesNothing) {
  const auto [item, order] = creating();
  EXPECT_EQ(card_created(item, order, {.trouble = Trouble::unreachable}, start, settings).item, item);
  const auto edited = set_title(linked_item(), "Ours", by_kari(), settings).value();
  EXPECT_EQ(card_changed(edited.item, *change_of(edited), {.trouble = Trouble::rate_limited}, start, settings).item,
            edited.item);
}

TEST(CardWriting, AMemberWhomTheBoardDoesNotHaveIsSaidOnceAndNotAskedForAgain) {
  const auto [item, order] = creating();
  const auto linked = card_created(item, order, {.card = card_on_board(), .left_out = {"kari"}}, start, settings);
  EXPECT_THAT(whats(linked), ElementsAre(What::linked, What::member_left_out));
  EXPECT_EQ(linked.item.owner, "UKARI");
  EXPECT_FALSE(linked.order);
  const auto read = card_read(linked.item, card_on_board(), start + 1min, settings);
  EXPECT_THAT(read.happened, IsEmpty());
  EXPECT_FALSE(read.order);
  const auto joined = card_read(read.item, with_kari(), start + 2min, settings);
  EXPECT_THAT(joined.happened, IsEmpty()) << "on the board now, and the owner all along";
  EXPECT_EQ(joined.item.synced.owner, "kari");
}

TEST(CardWriting, ALabelThatTheBoardDoesNotHaveIsQuiet) {
  auto [item, order] = creating("");
  order.labels = {"prevent"};
  const auto linked = card_created(item, order, {.card = card_on_board(), .left_out = {"prevent"}}, start, settings);
  EXPECT_THAT(whats(linked), ElementsAre(What::linked, What::label_left_out));
  EXPECT_FALSE(is_told(What::label_left_out));
}

TEST(CardWriting, WhatHappenedWhileTheCardWasMadeIsWrittenNext) {
  const auto [item, order] = creating();
  auto edited = set_title(item, "Later", by_kari(), settings)->item;
  edited = mark_done(edited, by_kari(), settings)->item;
  const auto linked = card_created(edited, order, {.card = with_kari()}, start, settings);
  ASSERT_TRUE(change_of(linked));
  EXPECT_EQ(change_of(linked)->title, "Later");
  EXPECT_EQ(change_of(linked)->complete, true);
  EXPECT_EQ(linked.item.state, State::done);
}

TEST(CardWriting, ACardThatWasDoneBeforeItWasFoundAgainIsDone) {
  const auto [item, order] = creating();
  auto card = with_kari();
  card.complete = true;
  const auto linked = card_created(item, order, {.card = card, .adopted = true}, start, settings);
  EXPECT_THAT(whats(linked), ElementsAre(What::linked, What::done));
  EXPECT_FALSE(linked.order);
}

TEST(CardWriting, AnAnswerToAnOrderIsKnownAndTheNextFollows) {
  const auto first = set_title(linked_item(), "One", by_kari(), settings).value();
  const auto second = set_title(first.item, "Two", by_kari(), settings).value();
  const auto one = card_changed(second.item, *change_of(first), {.card = card_on_board("One")}, start + 1s, settings);
  EXPECT_EQ(one.item.title, "Two");
  ASSERT_TRUE(change_of(one));
  EXPECT_EQ(change_of(one)->title, "Two");
  const auto two = card_changed(one.item, *change_of(one), {.card = card_on_board("Two")}, start + 2s, settings);
  EXPECT_FALSE(two.order);
  EXPECT_THAT(two.happened, IsEmpty());
  EXPECT_EQ(two.item.synced.written_at, start + 2s);
}

TEST(CardWriting, DoneAndTakenBackAtOnceEndsOpen) {
  const auto done = mark_done(linked_item(), by_kari(), settings).value();
  const auto open = reopen(done.item, by_kari(), settings).value();
  EXPECT_FALSE(open.order);
  auto card = card_on_board();
  card.complete = true;
  const auto written = card_changed(open.item, *change_of(done), {.card = card}, start + 1s, settings);
  EXPECT_EQ(written.item.state, State::open);
  ASSERT_TRUE(change_of(written));
  EXPECT_EQ(change_of(written)->complete, false);
}

TEST(CardWriting, DoneAndThenDecidedOtherwiseTakesTheMarkOff) {
  const auto done = mark_done(linked_item(), by_kari(), settings).value();
  const auto open = reopen(done.item, by_kari(), settings)->item;
  const auto moot = wont_do(open, "moot", by_kari(), settings).value();
  auto card = card_on_board();
  card.complete = true;
  const auto written = card_changed(moot.item, *change_of(done), {.card = card}, start + 1s, settings);
  ASSERT_TRUE(change_of(written));
  EXPECT_EQ(change_of(written)->complete, false);
  EXPECT_EQ(change_of(written)->closed, true);
}

TEST(CardWriting, ATitleThatTrelloStoresOtherwiseIsNotWrittenForEver) {
  const auto edited = set_title(linked_item(), " One ", by_kari(), settings).value();
  const auto stored = card_changed(edited.item, *change_of(edited), {.card = card_on_board("One")}, start, settings);
  EXPECT_EQ(stored.item.title, "One");
  EXPECT_FALSE(stored.order);
}

TEST(CardWriting, ARefusedChangeIsSaidOnceAndTriedAgainWithTheNextEdit) {
  const auto done = mark_done(linked_item(), by_kari(), settings).value();
  const auto refused =
      card_changed(done.item, *change_of(done), {.refused = "x", .why = RefusedFor::no_access}, start, settings);
  EXPECT_THAT(refused.happened, ElementsAre(Happened{What::card_refused, "", "no_access", ""}));
  EXPECT_EQ(refused.item.state, State::done) << "a person said so";
  EXPECT_THAT(card_changed(refused.item, *change_of(done), {.refused = "x"}, start, settings).happened, IsEmpty());
  const auto read = card_read(refused.item, card_on_board(), start + 1min, settings);
  EXPECT_FALSE(read.order);
  const auto again = set_title(read.item, "x", by_kari(), settings).value();
  ASSERT_TRUE(change_of(again));
  EXPECT_EQ(change_of(again)->complete, true);
}

TEST(CardWriting, AnItemThatIsReopenedWhileItsListIsGoneStaysOpenAndIsTriedAgainOnDemand) {
  auto closed = linked_item();
  closed.state = State::done;
  closed.synced.in_done_list = true;
  const auto opened = reopen(closed, by_kari(), settings).value();
  ASSERT_TRUE(change_of(opened));
  EXPECT_NE(change_of(opened)->list, "");
  const auto refused =
      card_changed(opened.item, *change_of(opened),
                   {.refused = "x", .why = RefusedFor::list_archived, .named = "To do"}, start, settings);
  EXPECT_THAT(refused.happened, ElementsAre(Happened{What::card_refused, "", "list_archived", "To do"}));
  EXPECT_EQ(refused.item.state, State::open);
  const auto again = order_card(refused.item, "01JX", by_kari(), settings).value();
  ASSERT_TRUE(change_of(again));
  EXPECT_EQ(change_of(again)->list, change_of(opened)->list);
  EXPECT_THAT(again.happened, IsEmpty());
  EXPECT_FALSE(order_card(again.item, "01JX", by_kari(), settings)) << "while that is under way";
}

TEST(CardWriting, ACardThatAnAutomationMovesStraightBackIsMovedOnce) {
  auto closed = linked_item();
  closed.state = State::done;
  closed.synced.in_done_list = true;
  const auto opened = reopen(closed, by_kari(), settings).value();
  auto asked = *change_of(opened);
  asked.list = "5f0000000000000000000001";  // as it was sent: by its id
  auto back = card_on_board();
  back.role = ListRole::done;
  const auto told = card_changed(opened.item, asked, {.card = back}, start, settings);
  EXPECT_FALSE(told.order);
  EXPECT_THAT(whats(told), ElementsAre(What::card_refused));
}

TEST(CardWriting, ReasonsOfARefusalKeepTheirNames) {
  for (int i = 0; i <= static_cast<int>(RefusedFor::no_access); ++i) {
    const auto why = static_cast<RefusedFor>(i);
    EXPECT_EQ(refused_for_from(name(why)), why) << i;
  }
  EXPECT_EQ(refused_for_from(""), std::nullopt);
  EXPECT_EQ(name(RefusedFor::list_archived), "list_archived");
}

TEST(CardWriting, ACardThatIsNotAsOrderedIsNotOrderedForEver) {
  const auto done = mark_done(linked_item(), by_kari(), settings).value();
  const auto odd = card_changed(done.item, *change_of(done), {.card = card_on_board()}, start, settings);
  EXPECT_FALSE(odd.order);
  EXPECT_THAT(whats(odd), ElementsAre(What::card_refused));
  const auto owned = set_owner(linked_item(), "UPER", by_kari(), settings).value();
  const auto without = card_changed(owned.item, *change_of(owned), {.card = card_on_board()}, start, settings);
  EXPECT_FALSE(without.order);
  EXPECT_THAT(whats(without), ElementsAre(What::member_left_out));
}

}  // namespace
}  // namespace vakt::action
