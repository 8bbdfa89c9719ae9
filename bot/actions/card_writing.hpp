// What Trello's answer to an order means for its item. Pure. An answer that is neither a card nor a refusal is none
// yet: nothing changes.
#pragma once

#include "bot/actions/card_order.hpp"

namespace vakt::action {

Changed card_created(Item, const CreateCard& asked, const CardWritten&, Instant at, const Settings&);
Changed card_changed(Item, const ChangeCard& asked, const CardWritten&, Instant at, const Settings&);

}  // namespace vakt::action
