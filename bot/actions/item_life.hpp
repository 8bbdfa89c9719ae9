// What people do to an action item: each gives the item as it is then, what happened, and the order for its card; or
// why not. Pure. Doing what is done already changes nothing and tells nothing.
#pragma once

#include <expected>

#include "bot/actions/card_order.hpp"

namespace vakt::action {

// Why something cannot be done to an item; what to do instead is said elsewhere.
enum class Refusal : std::uint8_t {
  needs_title,
  title_too_long,    // for Trello too: at most 16,384 characters
  needs_reason,      // won't do and snooze are said with a reason
  closed_already,    // reopen it first
  open_already,      // nothing to reopen
  not_the_owner,     // the owner alone snoozes: take it first
  snooze_not_ahead,  // until a day after today
  snooze_too_long,   // until a day at most 4 weeks ahead
  no_such_day,       // a date that no calendar has
  has_card,          // it has one, or one is on its way
  no_board,          // its team has none, or Trello is not configured
};

using Outcome = std::expected<Changed, Refusal>;

struct Act {
  UserId by;
  Instant at{};
};

struct NewItem {
  ItemId id = 0;
  std::string title;  // plain; of an adopted card: empty, its own is taken
  UserId owner;
  std::optional<Date> due;  // none: by the deadline of its priority, where the configuration has one
  Kind kind = Kind::unset;
  Severity priority = Severity::unset;
  std::string team;  // name
  IncidentNumber incident = 0;
  ChannelId channel;
  Ts ts;
  std::string marker;  // a ULID, for the card that is made
};

inline constexpr std::size_t longest_title = 16'384;  // characters
inline constexpr std::chrono::days longest_snooze{28};

Outcome add(const NewItem&, const Act&, const Settings&);
// The item of a card that is there, read at began_at. Where owner or due are given the card gets them.
Outcome adopt(const NewItem&, const CardSeen&, Instant began_at, const Act&, const Settings&);
// A card for an item that has none, or whose card is gone: once each. What Trello refused to write is tried once more.
Outcome order_card(Item, const std::string& marker, const Act&, const Settings&);

Outcome mark_done(Item, const Act&, const Settings&);
Outcome wont_do(Item, const std::string& reason, const Act&, const Settings&);
Outcome reopen(Item, const Act&, const Settings&);  // of one that is archived undone: unarchive it
Outcome set_owner(Item, const UserId& owner, const Act&, const Settings&);  // empty: nobody
Outcome set_due(Item, const std::optional<Date>&, const Act&, const Settings&);
Outcome snooze(Item, const Date& until, const std::string& reason, const Act&, const Settings&);
Outcome set_title(Item, const std::string& title, const Act&, const Settings&);
Outcome set_priority(Item, Severity, const Act&, const Settings&);
Outcome set_kind(Item, Kind, const Act&, const Settings&);
Outcome set_team(Item, const std::string& team, const Act&, const Settings&);
Outcome join_incident(Item, IncidentNumber, const Act&, const Settings&);

}  // namespace vakt::action
