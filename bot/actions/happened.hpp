// What happened to an action item, as a value: one row of its incidents' records. Texts for people are made elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/actions/action_item.hpp"

namespace vakt::action {

enum class What : std::uint8_t {
  added,
  adopted,  // a card that was there became an item; after: its label
  joined,   // stands in one more incident's record; after: its number
  linked,   // its card is there; after: its label
  done,
  wont_do,  // after: the reason
  reopened,
  begun,     // its card is in a list of work in progress
  put_back,  // …and is no longer
  owner,     // before, after: user ids; empty: nobody
  due,       // before, after: as 2026-12-01; empty: none
  snoozed,   // before, after: until when; the reason stands in the item
  title,
  priority,
  kind,
  team,
  archived_undone,
  deleted,
  lost_access,
  broken_link,
  restored,         // its card is there again, or unarchived
  moved,            // to another board that a team names; before, after: board ids
  moved_away,       // to a board that no team names: a person has to say what that means
  card_refused,     // before: a RefusedFor by name, after: what it names; both empty: taken, and not as written
  member_left_out,  // the board does not have the owner as a member; after: the username
  label_left_out,   // the board has no such label; after: its name
};

struct Happened {
  What what = What::added;
  UserId by;  // empty: Trello, or vakt itself
  std::string before, after;
  bool operator==(const Happened&) const = default;
};

// Whether it is said in Slack; the rest goes quietly into the record.
bool is_told(What);
std::string_view name(What);  // "archived_undone"; for storage
std::optional<What> what_from(std::string_view);

}  // namespace vakt::action
