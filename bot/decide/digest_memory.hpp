// What is kept of digests and reminders that went out: the names of the ledger's cursors, and what they say. Pure.
#pragma once

#include <map>
#include <set>
#include <string>

#include "bot/actions/reminders.hpp"

namespace vakt {

// Names of cursors. The value is the moment, as iso_utc().
std::string digest_cursor(const std::string& team, action::Date week);               // when it was composed
std::string owner_digest_cursor(const UserId&, action::Date monday);                 // has had that week's message
std::string told_cursor(const action::Told&);                                        // never told again
inline constexpr const char* digest_cursors[]{"digest:", "owner_digest:", "told:"};  // what they begin with

inline constexpr const char* cards_verified_cursor = "trello_verified";  // when cards were last read without trouble

struct DigestMemory {
  std::map<action::Date, Instant> composed;  // this team's digests, by their week's key
  std::set<UserId> written_to;               // by whichever team, since Monday
  std::set<action::Told> told;
};
// kept: cursors by name, others among them.
DigestMemory digest_memory(const std::map<std::string, std::string>& kept, const std::string& team,
                           action::Date monday);

}  // namespace vakt
