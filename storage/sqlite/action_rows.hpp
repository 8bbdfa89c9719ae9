// Action items as rows, for the ledger and the reader alike. Internal to storage/sqlite; the thread of the connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/actions/action_item.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/damage.hpp"

namespace vakt::sqlite {

void write_item(Connection&, const action::Item&);  // by id, with the incidents that it stands in
std::optional<action::Item> read_item(Connection&, action::ItemId);

// All by id.
std::vector<action::Item> read_items(Connection&, LeftOut&);
std::vector<action::Item> read_items_of_card(Connection&, const std::string& short_link, LeftOut&);
std::vector<action::Item> read_items_with_label(Connection&, const std::string& label, LeftOut&);
std::vector<action::Item> read_items_of_incident(Connection&, IncidentNumber, LeftOut&);
std::vector<action::Item> read_items_open_or_closed_since(Connection&, Instant, LeftOut&);

}  // namespace vakt::sqlite
