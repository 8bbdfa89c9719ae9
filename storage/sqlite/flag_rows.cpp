#include "storage/sqlite/flag_rows.hpp"

#include "storage/codec.hpp"

namespace vakt::sqlite {

namespace {

using namespace std::chrono_literals;

constexpr Micros sightings_kept = 40 * 24h;
constexpr int forgotten_at_once = 8;  // more than are added at once, so the table shrinks

// The row that `rows` stands on, of SELECT number, body.
flag::Change change_of(const Rows& rows) {
  return decoded_row([&] { return "Change " + std::to_string(rows.integer(0)) + " of a flag"; },
                     [&] { return storage::decode_change(rows.text(1)); });
}

std::vector<flag::Change> changes(Rows rows, LeftOut& left_out) {
  return readable_rows(std::move(rows), left_out, change_of);
}

std::optional<flag::Change> one(Rows rows) {
  if (!rows.next()) return std::nullopt;
  return change_of(rows);
}

// One that cannot be read is not known.
std::optional<flag::State> state_in(const std::string& bytes) {
  if (bytes.empty()) return std::nullopt;
  try {
    return storage::decode_state(bytes);
  } catch (const StorageError&) {
    return std::nullopt;
  }
}

std::vector<flag::Sighting> sightings(Rows rows) {
  std::vector<flag::Sighting> found;
  while (rows.next())
    found.push_back({rows.text(0),
                     {.at = rows.instant(1),
                      .name = rows.text(2),
                      .project = rows.text(3),
                      .environment = rows.text(4),
                      .what = rows.text(5),
                      .by = rows.text(6),
                      .enabled = rows.null(7) ? std::nullopt : std::optional{rows.boolean(7)},
                      .state = state_in(rows.text(8))}});
  return found;
}

}  // namespace

void write_change(Connection& db, const flag::Change& change) {
  db.run(
      "INSERT INTO flag_changes (number, key, name, incident, requested_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT (number) DO UPDATE SET key = ?2, name = ?3, incident = ?4, requested_at = ?5, body = ?6",
      change.number, change.wanted.key, change.wanted.name, change.incident, change.requested_at,
      storage::encode(change));
}

std::optional<flag::Change> read_change(Connection& db, std::int64_t number) {
  return one(db.query("SELECT number, body FROM flag_changes WHERE number = ?1", number));
}

std::optional<flag::Change> read_change_of(Connection& db, const std::string& key) {
  return one(db.query("SELECT number, body FROM flag_changes WHERE key = ?1", key));
}

std::vector<flag::Change> read_changes_since(Connection& db, Instant since, LeftOut& left_out) {
  return changes(
      db.query("SELECT number, body FROM flag_changes WHERE requested_at >= ?1 ORDER BY number DESC LIMIT ?2", since,
               flag_rows_at_once),
      left_out);
}

std::vector<flag::Change> read_changes_of_flag(Connection& db, const std::string& name, LeftOut& left_out) {
  return changes(db.query("SELECT number, body FROM flag_changes WHERE name = ?1 ORDER BY number DESC LIMIT ?2", name,
                          flag_rows_at_once),
                 left_out);
}

std::vector<flag::Change> read_all_changes(Connection& db, const std::string& name, LeftOut& left_out) {
  return changes(db.query("SELECT number, body FROM flag_changes WHERE ?1 = '' OR name = ?1 ORDER BY number", name),
                 left_out);
}

std::vector<flag::Change> read_changes_of_incident(Connection& db, IncidentNumber incident, LeftOut& left_out) {
  return changes(db.query("SELECT number, body FROM flag_changes WHERE incident = ?1 ORDER BY number", incident),
                 left_out);
}

bool write_sighting(Connection& db, const std::string& provider, const flag::Observation& seen) {
  const bool is_new =
      db.run(
          "INSERT OR IGNORE INTO flag_sightings (provider, at, name, project, environment, what, actor, enabled,"
          " state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
          provider, seen.at, seen.name, seen.project, seen.environment, seen.what, seen.by, seen.enabled,
          seen.state ? storage::encode(*seen.state) : std::string{}) == 1;
  if (is_new)
    db.run("DELETE FROM flag_sightings WHERE id IN (SELECT id FROM flag_sightings WHERE at < ?1 ORDER BY at LIMIT ?2)",
           seen.at - sightings_kept, forgotten_at_once);
  return is_new;
}

#define VAKT_SIGHTING_COLUMNS "provider, at, name, project, environment, what, actor, enabled, state"

std::vector<flag::Sighting> read_sightings_since(Connection& db, Instant since) {
  return sightings(db.query("SELECT " VAKT_SIGHTING_COLUMNS
                            " FROM flag_sightings WHERE at >= ?1 ORDER BY at DESC, id DESC LIMIT ?2",
                            since, flag_rows_at_once));
}

std::vector<flag::Sighting> read_sightings_of_flag(Connection& db, const std::string& name) {
  return sightings(db.query("SELECT " VAKT_SIGHTING_COLUMNS
                            " FROM flag_sightings WHERE name = ?1 ORDER BY at DESC, id DESC LIMIT ?2",
                            name, flag_rows_at_once));
}

std::vector<InboxRow> read_inbox(Connection& db) {
  std::vector<InboxRow> found;
  Rows rows = db.query("SELECT id, body FROM inbox ORDER BY id LIMIT 100");
  while (rows.next()) {
    InboxRow row{.id = rows.integer(0)};
    const auto bytes = rows.text(1);
    try {
      row.left = storage::decode_left(bytes);
    } catch (const StorageError& error) {  // one that cannot be read holds up no other
      row.damage = error.what();
      row.bytes = bytes;
    }
    found.push_back(std::move(row));
  }
  return found;
}

}  // namespace vakt::sqlite
