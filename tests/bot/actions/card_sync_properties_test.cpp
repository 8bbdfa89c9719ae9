// An item and its card, edited on both sides in any order, with orders that land late and readings that overlap them.
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "bot/actions/card_reading.hpp"
#include "bot/actions/card_writing.hpp"
#include "tests/bot/actions/cards.hpp"

namespace vakt::action {
namespace {

const Settings settings = with_trello();

enum class Step {
  ours_title,
  theirs_title,
  ours_state,
  theirs_state,
  ours_due,
  theirs_due,
  ours_owner,
  theirs_owner,
  lands,
  answered,
  begins,
  ends,
  lost,
  count
};

struct World {
  CardSeen trello = card_on_board();
  Item item = linked_item();
  Instant now = start;
  std::optional<ChangeCard> order;  // sent and not answered
  std::optional<CardSeen> answer;   // what Trello had once it landed
  std::optional<std::pair<Instant, CardSeen>> reading;
  std::vector<Happened> told;
  int edits = 0, orders = 0;
  std::string last_ours, last_theirs;  // titles
  Instant ours_made{}, ours_landed{}, theirs_landed{};

  void take(Changed changed) {
    RC_ASSERT(!changed.order || !order);  // one at a time
    item = std::move(changed.item);
    for (auto& one : changed.happened) told.push_back(std::move(one));
    if (!changed.order) return;
    order = std::get<ChangeCard>(*changed.order);
    ++orders;
  }
  void edit(const Outcome& outcome) {
    if (!outcome) return;
    ++edits;
    take(*outcome);
  }
  void land() {
    if (!order || answer) return;
    if (order->title) {
      trello.title = *order->title;
      if (trello.title == last_ours) ours_landed = now;
    }
    if (order->due) trello.due = *order->due;
    if (order->complete) trello.complete = *order->complete;
    if (order->closed) trello.closed = *order->closed;
    if (!order->list.empty()) trello.role = ListRole::todo;
    for (const auto& off : order->members_off) std::erase(trello.members, off);
    for (const auto& on : order->members.value_or(std::vector<std::string>{})) trello.members.push_back(on);
    answer = trello;
  }
  void be_answered() {
    if (!answer) return;
    const auto asked = *std::exchange(order, {});
    take(card_changed(item, asked, {.card = *std::exchange(answer, {})}, now, settings));
  }
  void end_reading() {
    if (!reading) return;
    const auto [began, card] = *std::exchange(reading, {});
    const auto closed_before = is_closed(item.state);
    take(card_read(item, card, began, settings));
    // Closed by done or won't do alone, and open again only where that is told.
    const auto told_last = told.empty() ? What::added : told.back().what;
    if (is_closed(item.state) && !closed_before) RC_ASSERT(told_last == What::done);
    if (!is_closed(item.state) && closed_before)
      RC_ASSERT((told_last == What::reopened || told_last == What::archived_undone));
    const auto again = card_read(item, card, began, settings);
    RC_ASSERT(again.happened.empty());
    RC_ASSERT(!again.order);
    RC_ASSERT(again.item == item);
  }
  void their_state() {
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        trello.complete = !trello.complete;
        break;
      case 1:
        trello.closed = !trello.closed;
        break;
      case 2:
        trello.role = ListRole::done;
        break;
      default:
        trello.role = ListRole::todo;
    }
  }
  void our_state() {
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        edit(mark_done(item, by_kari(now), settings));
        break;
      case 1:
        edit(wont_do(item, "moot", by_kari(now), settings));
        break;
      default:
        edit(reopen(item, by_kari(now), settings));
    }
  }
  void step(Step step) {
    now += 1s;
    const auto number = std::to_string(now.time_since_epoch().count());
    switch (step) {
      case Step::ours_title:
        last_ours = "ours " + number;
        ours_made = now;
        edit(set_title(item, last_ours, by_kari(now), settings));
        break;
      case Step::theirs_title:
        trello.title = last_theirs = "theirs " + number;
        theirs_landed = now;
        break;
      case Step::ours_state:
        our_state();
        break;
      case Step::theirs_state:
        their_state();
        break;
      case Step::ours_due:
        edit(set_due(item, *rc::gen::element<std::optional<Date>>({}, christmas_eve), by_kari(now), settings));
        break;
      case Step::theirs_due:
        trello.due = *rc::gen::element<std::optional<Instant>>({}, now, now + 24h);
        break;
      case Step::ours_owner:
        edit(set_owner(item, *rc::gen::element<UserId>("", "UKARI", "UPER", "UNMAPPED"), by_kari(now), settings));
        break;
      case Step::theirs_owner:
        trello.members =
            *rc::gen::elementOf(std::vector<std::vector<std::string>>{{}, {"kari"}, {"per"}, {"stranger", "kari"}});
        break;
      case Step::lands:
        land();
        break;
      case Step::answered:
        be_answered();
        break;
      case Step::begins:
        if (!reading) reading = {now, trello};
        break;
      case Step::ends:
        end_reading();
        break;
      default:
        take(card_read(item, CardUnread{*rc::gen::element(CardFault::not_read, CardFault::no_access)}, now, settings));
    }
  }
  // Nobody edits any more; what is under way lands, and Trello is read.
  void settle() {
    end_reading();
    for (int i = 0; i < 6; ++i)
      for (const auto one : {Step::lands, Step::answered, Step::begins, Step::ends}) step(one);
  }
};

World any_day() {
  World world;
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(Step::count)));
  for (const auto one : steps) world.step(static_cast<Step>(one));
  world.settle();
  return world;
}

TEST(CardSyncProperties, BothSidesEndTheSameAndTheEchoEnds) {
  EXPECT_TRUE(rc::check("converges", [] {
    auto world = any_day();
    RC_ASSERT(!world.order);
    RC_ASSERT(world.item.title == world.trello.title);
    RC_ASSERT(world.item.due == due_date(world.trello.due, oslo));
    const auto owner = member_of(settings, world.item.owner);
    if (!owner.empty()) RC_ASSERT(std::ranges::count(world.trello.members, owner) > 0);
    if (world.item.owner.empty()) RC_ASSERT(world.item.synced.owner.empty());
    const auto done = is_done(world.trello);
    // Decided here after the card was moved among the done ones: it is archived there.
    const bool decided_later = world.item.state == State::wont_do && !world.trello.complete;
    // Reopened here and archived there, neither knowing of the other: a person is asked.
    const bool is_asked = world.item.state == State::archived_undone && world.trello.closed;
    RC_ASSERT((decided_later || is_asked || done == (world.item.state == State::done)));
    if (world.item.state == State::wont_do) RC_ASSERT(world.trello.closed);
    if (!done && world.trello.closed)
      RC_ASSERT(world.item.state == State::archived_undone || world.item.state == State::wont_do);
    if (world.item.state == State::archived_undone) RC_ASSERT(world.trello.closed);
    const auto told = world.told.size();
    const auto orders = world.orders;
    world.settle();
    RC_ASSERT(world.told.size() == told);
    RC_ASSERT(world.orders == orders);
  }));
}

TEST(CardSyncProperties, OnlyEditsHereLeadToOrders) {
  EXPECT_TRUE(rc::check("no echo", [] {
    const auto world = any_day();
    // An edit leads to its order, and to one more where access was lost or the order before was under way.
    RC_ASSERT(world.orders <= world.edits);
  }));
}

TEST(CardSyncProperties, TheLaterTitleWins) {
  EXPECT_TRUE(rc::check("later", [] {
    const auto world = any_day();
    if (world.ours_made > world.theirs_landed)
      RC_ASSERT(world.trello.title == world.last_ours);
    else if (world.theirs_landed > world.ours_landed && world.ours_landed > world.ours_made)
      RC_ASSERT(world.trello.title == world.last_theirs);
  }));
}

TEST(CardSyncProperties, EveryTransitionIsToldOnce) {
  EXPECT_TRUE(rc::check("a chain", [] {
    const auto world = any_day();
    std::string state{name(State::open)};
    for (const auto& one : world.told) {
      const auto after = one.what == What::wont_do ? std::string{name(State::wont_do)} : one.after;
      if (!state_from(one.before) || one.before.empty()) continue;
      RC_ASSERT(one.before == state);
      RC_ASSERT(after != state);
      state = after;
    }
    RC_ASSERT(state == name(world.item.state));
  }));
}

}  // namespace
}  // namespace vakt::action
