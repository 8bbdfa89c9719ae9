#include "bot/actions/card_state.hpp"

#include "bot/actions/card_reading.hpp"

namespace vakt::action {

namespace {

bool is_archived(const CardSeen& card) { return card.closed || card.list_closed || card.board_closed; }
bool in_done_list(const CardSeen& card) { return card.board_known && card.role == ListRole::done; }
bool is_archived(const Synced& card) { return card.closed || card.list_closed || card.board_closed; }

void reopen(Item& item, const CardSeen& card, std::vector<Happened>& happened) {
  const auto before = item.state;
  open_again(item, undone_state(card));
  const auto what = item.state == State::archived_undone ? What::archived_undone : What::reopened;
  happened.push_back({what, {}, std::string{name(before)}, std::string{name(item.state)}});
}

// Of an item that is not closed.
State next_state(const Item& item, const CardSeen& card) {
  const auto seen = undone_state(card);
  // Unarchived here and not yet in Trello: still open.
  const bool unchanged = is_archived(card) == is_archived(item.synced);
  if (seen == State::archived_undone && unchanged && (item.state == State::open || item.state == State::in_progress))
    return item.state;
  return seen;
}

What told_as(State before, State now) {
  if (now == State::archived_undone) return What::archived_undone;
  if (needs_decision(before)) return What::restored;
  return now == State::in_progress ? What::begun : What::put_back;
}

}  // namespace

bool is_done(const CardSeen& card) { return card.complete || in_done_list(card); }

State undone_state(const CardSeen& card) {
  if (is_archived(card)) return State::archived_undone;
  return card.board_known && card.role == ListRole::doing ? State::in_progress : State::open;
}

void close(Item& item, State state, const UserId& by, Instant at) {
  item.state = state;
  item.closed_at = at;
  item.closed_by = by;
  item.snoozed.reset();
  item.suspect_since.reset();
}

void open_again(Item& item, State state) {
  item.state = state;
  item.closed_at.reset();
  item.closed_by.clear();
  item.reason.clear();
  item.snoozed.reset();
}

void know_state(Synced& synced, const CardSeen& card) {
  synced.complete = card.complete;
  synced.in_done_list = in_done_list(card);
  synced.closed = card.closed;
  synced.list_closed = card.list_closed;
  synced.board_closed = card.board_closed;
}

void read_state(Item& item, const CardSeen& card, Instant began_at, std::vector<Happened>& happened) {
  const auto before = item.state;
  const bool done = is_done(card), was_done = item.synced.complete || item.synced.in_done_list;
  // Each mark by itself: one that is still ours to take back hides no other.
  const bool newly_done = (card.complete && !item.synced.complete) || (in_done_list(card) && !item.synced.in_done_list);
  if (newly_done && before != State::done) {
    close(item, State::done, {}, began_at);
    happened.push_back({What::done, {}, std::string{name(before)}, std::string{name(item.state)}});
  } else if (!done && was_done && before == State::done) {
    reopen(item, card, happened);
  } else if (before == State::wont_do) {
    if (item.synced.closed && !card.closed) reopen(item, card, happened);
  } else if (before != State::done) {
    item.state = next_state(item, card);
    if (item.state != before)
      happened.push_back({told_as(before, item.state), {}, std::string{name(before)}, std::string{name(item.state)}});
  }
  know_state(item.synced, card);
}

}  // namespace vakt::action
