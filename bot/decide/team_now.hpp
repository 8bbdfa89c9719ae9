// Everything that is known of one team's action items at a moment, for its digest and its reminders: composed from the
// same facts by whoever sends them and by `vakt digest`, which only shows them. Pure.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/actions/digest.hpp"
#include "bot/decide/digest_memory.hpp"
#include "bot/incident/incident.hpp"

namespace vakt {

struct TeamNow {
  // kept: cursors by name, others among them. items, incidents: all that there are.
  TeamNow(const action::Settings&, const action::Team&, const std::vector<action::Item>& all_items,
          const std::vector<Incident>& incidents, const std::map<std::string, std::string>& kept, Instant at);

  std::set<action::Date> claimed() const;  // weeks whose digest was composed
  std::optional<Instant> last_digest() const;
  bool has_cards() const;
  // How fresh the cards are at `now`. Nothing: the team has none, or Trello is not configured.
  std::optional<action::Verified> verified(Instant now) const;
  action::Situation situation() const;  // borrows from this

  const action::Team& team;
  action::Calendar calendar;
  Instant at;
  DigestMemory memory;
  std::vector<action::Item> items, elsewhere;  // of this team, of the others
  std::map<IncidentNumber, UserId> leads;
  std::vector<const Incident*> postmortems;  // of this team, not published; borrowed

 private:
  bool trello_;
  std::optional<Instant> cards_read_;
};

}  // namespace vakt
