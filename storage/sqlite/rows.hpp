// Rows to values, for the ledger and the reader alike. Internal to storage/sqlite; the thread of the connection.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/brain/ledger.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/damage.hpp"

namespace vakt::sqlite {

std::optional<Incident> read_incident(Connection& db, IncidentNumber number);
std::vector<Incident> read_incidents(Connection& db, bool open_only, LeftOut& left_out);  // by number
std::vector<Incident> read_incidents(Rows rows, LeftOut& left_out);                       // of SELECT number, state

// The columns of an entry in the order that read_entry expects and insert_entry binds.
#define VAKT_ENTRY_COLUMNS                                                                                        \
  "incident, seq, at, approximate, kind, detail, actor, actor_name, text, on_timeline, backfilled, channel, ts, " \
  "thread_ts, slack_text, edited_ts, files, versions, deleted_at, held_by, curated"

// The row that `rows` stands on, of SELECT VAKT_ENTRY_COLUMNS.
Entry read_entry(const Rows& rows);
std::vector<Entry> read_entries(Rows rows);

void insert_entry(Connection& db, const Entry& entry, std::int64_t seq);

// By incident and seq; false if there is no such row.
bool update_entry(Connection& db, const Entry& entry);

std::map<std::string, std::string> read_cursors(Connection& db, const std::string& prefix);  // whose names begin so

}  // namespace vakt::sqlite
