#include "storage/sqlite/schema.hpp"

#include "storage/sqlite/backup.hpp"

namespace vakt::sqlite {

namespace {

// entries: (channel, ts) grows within a channel, so that index is appended to, not written at random places.
// seen: id is the order of arrival, by which old rows are pruned. outbox: AUTOINCREMENT, for an id is never used again.
constexpr Migration first = R"sql(
CREATE TABLE incidents (
  number INTEGER PRIMARY KEY,
  channel_id TEXT,
  status TEXT NOT NULL,
  archived INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX incidents_by_channel ON incidents (channel_id) WHERE channel_id IS NOT NULL;

CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  incident INTEGER NOT NULL REFERENCES incidents (number),
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  v INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_incident ON events (incident, id);

CREATE TABLE entries (
  incident INTEGER NOT NULL REFERENCES incidents (number),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  approximate INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  text TEXT NOT NULL,
  on_timeline INTEGER NOT NULL,
  backfilled INTEGER NOT NULL,
  channel TEXT,
  ts TEXT,
  thread_ts TEXT,
  slack_text TEXT,
  edited_ts TEXT,
  files TEXT,
  versions TEXT,
  deleted_at INTEGER,
  PRIMARY KEY (incident, seq)
) STRICT;
CREATE UNIQUE INDEX entries_by_message ON entries (channel, ts, incident) WHERE channel IS NOT NULL;

CREATE TABLE seen (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lane TEXT NOT NULL,
  effect TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE wake_ups (key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX wake_ups_by_time ON wake_ups (at);
CREATE TABLE cursors (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE names (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  channel TEXT NOT NULL,
  command TEXT NOT NULL,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at);

CREATE TABLE quarantine (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, error TEXT NOT NULL) STRICT;
CREATE TABLE inbox (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
)sql";

// A channel may serve several incidents, one after another; several may hold a message on the timeline; what people
// have begun in forms and offers waits as a draft.
constexpr Migration second = R"sql(
DROP INDEX incidents_by_channel;
CREATE INDEX incidents_by_channel ON incidents (channel_id, status, number) WHERE channel_id IS NOT NULL;
ALTER TABLE entries ADD COLUMN held_by TEXT;
CREATE TABLE drafts (key TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
)sql";

// Flags: changes asked of vakt, and changes seen at the services.
constexpr Migration flags = R"sql(
CREATE TABLE flag_changes (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  incident INTEGER NOT NULL,
  requested_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX flag_changes_by_name ON flag_changes (name, number);
CREATE INDEX flag_changes_by_incident ON flag_changes (incident, number);

CREATE TABLE flag_sightings (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  project TEXT NOT NULL,
  environment TEXT NOT NULL,
  what TEXT NOT NULL,
  actor TEXT NOT NULL,
  enabled INTEGER,
  UNIQUE (provider, name, environment, at, what)
) STRICT;
CREATE INDEX flag_sightings_by_time ON flag_sightings (at);
CREATE INDEX flag_sightings_by_name ON flag_sightings (name, at);
)sql";

// Action items. closed_at: of closed ones alone; label: in lower case. One may stand in several incidents' records.
constexpr Migration actions = R"sql(
CREATE TABLE action_items (
  id INTEGER PRIMARY KEY,
  closed_at INTEGER,
  short_link TEXT,
  label TEXT,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX action_items_by_closing ON action_items (closed_at);
CREATE INDEX action_items_by_card ON action_items (short_link) WHERE short_link IS NOT NULL;
CREATE INDEX action_items_by_label ON action_items (label) WHERE label IS NOT NULL;

CREATE TABLE action_incidents (
  incident INTEGER NOT NULL,
  item INTEGER NOT NULL REFERENCES action_items (id),
  PRIMARY KEY (incident, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX action_incidents_by_item ON action_incidents (item);
)sql";

// What people made of entries for documents.
constexpr Migration curation = "ALTER TABLE entries ADD COLUMN curated TEXT";

// The few entries that are asked for while somebody waits, among perhaps 100,000 messages.
constexpr Migration asked_for = R"sql(
CREATE INDEX entries_of_fields ON entries (incident, seq) WHERE kind = 'field';
CREATE INDEX entries_on_timeline ON entries (incident, at, seq) WHERE on_timeline = 1;
)sql";

// Rollouts. followed: a change of its flag concerns it.
constexpr Migration rollouts = R"sql(
CREATE TABLE rollouts (
  id INTEGER PRIMARY KEY,
  followed INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX rollouts_followed ON rollouts (id) WHERE followed = 1;
)sql";

// All that a flag was since a change that was seen, where its service shows that; empty: not known.
constexpr Migration states_seen = "ALTER TABLE flag_sightings ADD COLUMN state TEXT NOT NULL DEFAULT ''";

constexpr Migration all[] = {first, second, flags, actions, curation, asked_for, rollouts, states_seen};

int version_of(Connection& db) { return static_cast<int>(db.number("PRAGMA user_version")); }

void refuse_newer(const std::string& path, int version, int newest) {
  if (version > newest)
    throw StorageError(path + " was written by a newer vakt (schema " + std::to_string(version) + ", this one knows " +
                       std::to_string(newest) +
                       "). Start that newer vakt, or restore the backup made before its upgrade.");
}

void refuse_foreign(Connection& db) {
  const auto id = db.number("PRAGMA application_id");
  const bool empty = db.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (id != application_id && !(id == 0 && empty))
    throw StorageError(db.path() + " is the database of another program. Give vakt a path of its own.");
}

}  // namespace

std::span<const Migration> migrations() { return all; }

void migrate(Connection& db, bool backup_first, std::span<const Migration> steps) {
  const int newest = static_cast<int>(steps.size());
  refuse_foreign(db);
  const int before = version_of(db);
  refuse_newer(db.path(), before, newest);
  if (before == newest) return;
  if (before > 0 && backup_first) {
    const auto made = backup(db.path(), db.path() + ".backup-v" + std::to_string(before));
    if (!made) throw StorageError("Before the upgrade of " + db.path() + ": " + made.error().text);
  }
  db.script("BEGIN IMMEDIATE");
  try {
    for (int version = version_of(db); version < newest; ++version) db.script(steps[static_cast<std::size_t>(version)]);
    db.script("PRAGMA application_id = " + std::to_string(application_id));
    db.script("PRAGMA user_version = " + std::to_string(newest));
    db.script("COMMIT");
  } catch (...) {
    if (db.in_transaction()) db.script("ROLLBACK");
    throw;
  }
}

void require_current(Connection& db) {
  refuse_foreign(db);
  const int version = version_of(db);
  const int newest = static_cast<int>(migrations().size());
  refuse_newer(db.path(), version, newest);
  if (version < newest)
    throw StorageError(db.path() + " is still in an older form. Start vakt run once: it brings the file up to date.");
}

}  // namespace vakt::sqlite
