// Changes of flags and sightings as rows, for the ledger and the reader alike. Internal to storage/sqlite; the thread
// of the connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/brain/flag_ledger.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/damage.hpp"

namespace vakt::sqlite {

inline constexpr int flag_rows_at_once = 500;

void write_change(Connection&, const flag::Change&);
std::optional<flag::Change> read_change(Connection&, std::int64_t number);
std::optional<flag::Change> read_change_of(Connection&, const std::string& key);
// Newest first:
std::vector<flag::Change> read_changes_since(Connection&, Instant, LeftOut&);
std::vector<flag::Change> read_changes_of_flag(Connection&, const std::string& name, LeftOut&);
// Oldest first:
std::vector<flag::Change> read_all_changes(Connection&, const std::string& name, LeftOut&);  // "": of all flags
std::vector<flag::Change> read_changes_of_incident(Connection&, IncidentNumber, LeftOut&);

bool write_sighting(Connection&, const std::string& provider, const flag::Observation&);   // true: it is new
std::vector<flag::Sighting> read_sightings_since(Connection&, Instant);                    // newest first
std::vector<flag::Sighting> read_sightings_of_flag(Connection&, const std::string& name);  // newest first

std::vector<InboxRow> read_inbox(Connection&);

}  // namespace vakt::sqlite
