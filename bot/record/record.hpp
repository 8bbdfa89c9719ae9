// One incident's record as it is read: state, entries, names. Plain values.
#pragma once

#include <map>
#include <string>
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

// The name of whoever did it: as Slack gave it, as looked up, or the id.
std::string actor_name(const Record&, const Entry&);
// An entry's text with entities decoded and names resolved; empty for one that was deleted.
std::string readable_text(const Record&, const Entry&);

}  // namespace vakt
