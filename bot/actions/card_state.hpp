// The part of a reading that decides an item's state: done, archived undone, in progress or open, in this order.
// Internal to bot/actions.
#pragma once

#include "bot/actions/card_order.hpp"

namespace vakt::action {

// The state that a card stands for by itself, were it not marked as done.
State undone_state(const CardSeen&);

// What the card now says, against what it said last: only what changed in Trello changes the item.
void read_state(Item&, const CardSeen&, Instant began_at, std::vector<Happened>&);

// What follows from an item's closing and from its opening again, whoever did it.
void close(Item&, State, const UserId& by, Instant at);
void open_again(Item&, State);

// What the card says of its state is known from now on.
void know_state(Synced&, const CardSeen&);

}  // namespace vakt::action
