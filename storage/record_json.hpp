// The record and the lists of the command line as JSON, as people and scripts rely on it. Pure functions; any thread.
// Times are UTC, ISO 8601 with microseconds.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "bot/brain/reader.hpp"

namespace vakt {

// Written entry by entry, so that a long record needs no second copy in memory. team_url: what permalinks start with.
void write_record_json(std::ostream&, const Record&, const std::vector<flag::Change>&, const std::string& team_url);
std::string flag_changes_json(const std::vector<flag::Change>&);
std::string incidents_json(const std::vector<Incident>&);
std::string audit_json(const std::vector<AuditRow>&);

}  // namespace vakt
