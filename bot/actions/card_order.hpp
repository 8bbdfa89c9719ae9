// What an item wants of its card: the order that follows from what differs between the item and its card as Trello last
// had it. One order at a time: what changes meanwhile is written once that one is answered. Pure.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "bot/actions/action_settings.hpp"
#include "bot/actions/happened.hpp"

namespace vakt::action {

// The description and source_url of a CreateCard, and the comment of a ChangeCard, are texts for people: whoever sends
// the order fills them in.
using CardOrder = std::variant<CreateCard, ChangeCard>;

// An item as it is now, what happened to it, and what Trello is to be told.
struct Changed {
  Item item;
  std::vector<Happened> happened;
  std::optional<CardOrder> order;
};

// A day as its card holds it: 17:00 of that day in the team's zone. Of a card the day alone counts.
Instant card_due(const Date&, const std::string& zone);
std::optional<Date> due_date(const std::optional<Instant>& card_due, const std::string& zone);

// The username that is to stand on the card for the item's owner; empty: nobody, not mapped, or not on the board.
std::string wanted_member(const Item&, const Settings&);

const std::string& zone_of(const Item&, const Settings&);

// The order that the item waits for, marked as under way. Nothing while another one is, or once it was refused.
std::optional<CardOrder> follow_up(Item&, const Settings&);

// The order for a card of its own; the item is marked as creating. Nothing where its team has no board.
std::optional<CardOrder> create_card(Item&, const Settings&, const std::string& marker, Instant at);

}  // namespace vakt::action
