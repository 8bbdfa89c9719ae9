// What the ledger keeps of action items. Same thread and errors as the ledger that it is part of.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/actions/action_item.hpp"

namespace vakt {

class ActionLedger {
 public:
  virtual ~ActionLedger() = default;

  virtual action::ItemId next_item() = 0;
  virtual void save_item(const action::Item&) = 0;  // by id
  virtual std::optional<action::Item> item(action::ItemId) = 0;
  // All below by id. An item whose card or label several share is found with the others.
  virtual std::vector<action::Item> items_of_card(const std::string& short_link) = 0;
  virtual std::vector<action::Item> items_with_label(const std::string& label) = 0;  // case does not matter
  virtual std::vector<action::Item> items_of_incident(IncidentNumber) = 0;
  // Those that are not closed, and those closed since then.
  virtual std::vector<action::Item> items_open_or_closed_since(Instant) = 0;
};

}  // namespace vakt
