// What a fetch of its card means for an item: its state, and the edits that were made in Trello. Pure.
#pragma once

#include "bot/actions/card_order.hpp"

namespace vakt::action {

// A card that is not found is deleted once it is not found again this much later.
inline constexpr std::chrono::minutes suspect_for{10};

// began_at: before the first request of the reading; one that began before vakt last wrote, or before another reading
// that is known already, changes nothing. The same reading twice changes nothing the second time.
Changed card_read(Item, const CardAnswer&, Instant began_at, const Settings&);

// The item of a card that was there before: it takes what the card says. happened: nothing yet.
void take_card(Item&, const CardSeen&, Instant began_at, const Settings&);

// Whether the card counts as done: Trello's mark, or a list of a board that a team names.
bool is_done(const CardSeen&);

}  // namespace vakt::action
