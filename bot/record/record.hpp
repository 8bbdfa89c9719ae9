// One incident's record as it is read: state, entries, names. Plain values.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bot/actions/action_item.hpp"
#include "bot/incident/entry.hpp"
#include "bot/incident/incident.hpp"

namespace vakt {

struct Record {
  Incident incident;
  std::vector<Entry> entries;                // sorted by at, then seq
  std::map<std::string, std::string> names;  // id -> name, of users, groups and channels
  std::vector<action::Item> items;           // by id
};

// What /incident keeps under a name, as it is typed.
inline constexpr std::array<std::string_view, 11> field_names{"summary",    "impact",   "cause", "solution",
                                                              "detection",  "well",     "wrong", "learned",
                                                              "mitigation", "affected", "link"};

// An entry as documents have it: the curated wording and time where a person gave them.
const std::string& shown_text(const Entry&);  // mrkdwn
Instant shown_at(const Entry&);
bool shown_approximate(const Entry&);

// As looked up, or the id.
const std::string& name_of(const Record&, const std::string& id);
// The name of whoever did it: as Slack gave it, as looked up, or the id.
std::string actor_name(const Record&, const Entry&);
// An entry's text with entities decoded and names resolved; empty for one that was deleted.
std::string readable_text(const Record&, const Entry&);

}  // namespace vakt
