// An action item: something that is to be done after an incident, tracked until it is closed. Plain values; what
// happens to one is bot/actions/item_life, what its card says is bot/actions/card_reading.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/actions/card.hpp"
#include "bot/types.hpp"

namespace vakt::action {

using Date = std::chrono::year_month_day;  // in the zone of the item's team

enum class State : std::uint8_t {
  open,
  in_progress,
  done,             // closed
  wont_do,          // closed: a person said so, with a reason
  archived_undone,  // its card, list or board is archived and it was not done: a person has to decide
  deleted,          // its card is gone
  lost_access,      // its card cannot be seen any more
  broken_link,      // its card's link leads nowhere
};
bool is_closed(State);        // done and won't do alone; all others stay in the digest
bool needs_decision(State);   // only a person can say how it goes on
bool is_out_of_reach(State);  // its card cannot be written

enum class Kind : std::uint8_t { unset, prevent, mitigate, detect, process };

// Names as the record and the command line spell them: "in_progress", "prevent".
std::string_view name(State);
std::string_view name(Kind);
std::string_view priority_name(Severity);  // "sev1"; "" for unset
std::optional<State> state_from(std::string_view);
std::optional<Kind> kind_from(std::string_view);

struct Snooze {
  Date until{};
  std::string reason;
  UserId by;
  bool operator==(const Snooze&) const = default;
};

// Its card's fields as Trello last had them, as far as vakt knows: what differs from these was changed in Trello, what
// differs from the item alone was changed here and is still to be written.
struct Synced {
  std::string title;
  std::optional<Instant> due;
  bool complete = false;
  bool in_done_list = false;  // of a board that a team names
  bool closed = false, list_closed = false, board_closed = false;
  std::vector<std::string> members;
  std::string owner;     // the one of `members` that stands for the item's owner; empty: none does
  std::string left_out;  // the owner's username, which the board does not have: stands in the description
  Instant written_at{};  // when vakt last wrote: what was read from before says nothing about these
  bool operator==(const Synced&) const = default;
};

// What an order for its card writes that is not answered yet (there is one at a time): until then nothing that is read
// says whether it landed, so it says nothing about these.
struct UnderWay {
  bool title = false, due = false, owner = false, state = false;
  bool any() const { return title || due || owner || state; }
  bool operator==(const UnderWay&) const = default;
};

enum class CardStage : std::uint8_t {
  none,      // no Trello, or not wanted: the item is kept and reminded of all the same
  creating,  // a card was ordered and is not known yet
  linked,
};

struct Item {
  ItemId id = 0;
  std::string title;  // plain text of people, not escaped; 1..16,384 characters
  UserId owner;       // empty: nobody
  std::optional<Date> due;
  Kind kind = Kind::unset;
  Severity priority = Severity::unset;    // of its incident, unless somebody says otherwise
  std::string team;                       // name; empty: the only one
  std::vector<IncidentNumber> incidents;  // in whose records it stands; its first one first
  State state = State::open;
  std::string reason;  // of won't do; a person's words
  Instant created_at{};
  UserId created_by;
  std::optional<Instant> closed_at;
  UserId closed_by;  // empty: Trello told
  std::optional<Snooze> snoozed;
  std::optional<Instant> unowned_since;
  ChannelId channel;  // of the message it was made from, or where it was typed
  Ts ts;              // of that message; empty: typed

  CardStage stage = CardStage::none;
  std::string marker;  // of the card that vakt orders: a ULID, set once
  std::optional<CardRef> card;
  std::string label;  // "KM676": the team's letters and the card's number when it was linked; free text from then on
  bool board_known = true;  // a team names the board it is on; elsewhere Trello's completion mark alone counts
  Synced synced;
  UnderWay under_way;
  bool refused = false;                  // Trello refused the last order: it is tried again with the next change here
  std::optional<Instant> suspect_since;  // its card was not found, once
  std::optional<Instant> verified_at;    // when its card was last read
  bool operator==(const Item&) const = default;
};

bool is_overdue(const Item&, Date today);  // open, and its day has passed

}  // namespace vakt::action
