// Reminders of single items between the weekly digests, counted in working days: two before an item is due its owner
// hears of it, seven after the team's channel, fourteen after the team's lead; an item that nobody owns for three goes
// to its incident's lead. Each step of an item is told at most once ever, and one that passed several at once (while
// vakt was down, or while it was snoozed) gets only the last. Pure.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/actions/calendar.hpp"

namespace vakt::action {

enum class Step : std::uint8_t { due_soon, overdue, overdue_long, unowned };  // in the order of who is told
std::string_view name(Step);                                                  // as `key` spells it: "due_soon"

// What the ledger keeps of a reminder: never told again. A new due date (or a new time without an owner) is a new
// chain.
struct Told {
  ItemId item = 0;
  Step step = Step::due_soon;
  Date date{};  // when the item was due then; of `unowned`: the day since when nobody owned it
  auto operator<=>(const Told&) const = default;
};
std::string key(const Told&);                         // "7:due_soon:2026-12-04"; unequal for unequal values
std::optional<Told> told_from(std::string_view key);  // nothing for what no key is

// What a message says of an item. Texts are people's: not escaped.
struct Line {
  ItemId id = 0;
  std::string title;  // at most 512 bytes of it, cut between characters
  UserId owner;
  std::optional<Date> due;
  Severity priority = Severity::unset;
  State state = State::open;
  Date created{};
  std::string label, url;     // of its card; empty: none
  UserId closed_by;           // else the owner; empty: not known
  std::vector<UserId> pings;  // whom the line is to notify besides
  bool operator==(const Line&) const = default;
};
Line line_of(const Item&, const Calendar&);

// What is known of one team at a moment. Borrowed for a call.
struct Situation {
  const Team& team;
  const Calendar& calendar;
  std::span<const Item> items;                    // of this team alone
  const std::map<IncidentNumber, UserId>& leads;  // of the items' incidents, where they have one
  const std::set<Told>& told;                     // of all items
  std::span<const Item> elsewhere = {};           // of the other teams: what their owners are sent is one for all
  std::set<UserId> written_to = {};               // owners who have had theirs since Monday, from whichever team
  std::optional<Instant> last_digest = {};        // when the last one was composed
  Instant now{};
};

bool is_snoozed(const Item&, Date today);  // until the day that was named; on it, it is heard of again

// Steps that the item has reached and that nobody was told of yet: at most one of its due date, and `unowned`.
struct DueStep {
  Told told;
  UserId to;  // empty: the team's channel
  bool operator==(const DueStep&) const = default;
};
std::vector<DueStep> steps_due(const Item&, const Situation&);

// One message to one person, or to the team's channel.
struct Reminder {
  struct Entry {
    Line line;
    Step step = Step::due_soon;
  };
  UserId to;                   // empty: the team's channel
  std::vector<Entry> entries;  // the most urgent first; at most 40, the others wait for the next working day
  std::vector<Told> told;      // to be kept with the order to send it
};
// All of this moment, at most one to each, an owner's items of other teams among theirs; asked for after the digests of
// the same moment, whose steps count as told. None on a closed day, before the team's wall time, or on a day whose
// digest has gone out: that one holds them.
std::vector<Reminder> reminders(const Situation&);

// A person left the workspace: their open items, with nobody as owner from now on, and a message for the team's lead
// (without one: the channel). No message where they had none.
struct OwnerLeft {
  std::vector<Item> items;
  UserId to;  // empty: the team's channel
  std::vector<Line> lines;
};
OwnerLeft owner_left(const Situation&, const UserId&);

}  // namespace vakt::action
