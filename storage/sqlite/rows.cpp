#include "storage/sqlite/rows.hpp"

#include <utility>

#include "storage/codec.hpp"
#include "storage/names.hpp"

namespace vakt::sqlite {

namespace {

using storage::stored_name;
using Text = std::optional<std::string>;

template <class T>
Text list_or_null(const std::vector<T>& list) {
  return list.empty() ? Text{} : Text{storage::encode(list)};
}

std::optional<std::string_view> slack(const Entry& entry, std::string SlackRef::* field) {
  if (!entry.slack) return std::nullopt;
  return std::string_view{(*entry.slack).*field};
}

// `sql` takes the columns in the order of VAKT_ENTRY_COLUMNS.
std::int64_t write_entry(Connection& db, const char* sql, const Entry& entry, std::int64_t seq) {
  return db.run(sql, entry.incident, seq, entry.at, entry.approximate, stored_name(entry.kind), entry.detail,
                entry.actor, entry.actor_name, entry.text, entry.on_timeline, entry.backfilled,
                slack(entry, &SlackRef::channel), slack(entry, &SlackRef::ts), slack(entry, &SlackRef::thread_ts),
                slack(entry, &SlackRef::text), slack(entry, &SlackRef::edited_ts), list_or_null(entry.files),
                list_or_null(entry.versions), entry.deleted_at, list_or_null(entry.held_by));
}

std::vector<Incident> all_of(Rows rows) {
  std::vector<Incident> incidents;
  while (rows.next()) incidents.push_back(storage::decode_incident(rows.text(0)));
  return incidents;
}

}  // namespace

std::optional<Incident> read_incident(Connection& db, IncidentNumber number) {
  Rows rows = db.query("SELECT state FROM incidents WHERE number = ?1", number);
  if (!rows.next()) return std::nullopt;
  return storage::decode_incident(rows.text(0));
}

std::vector<Incident> read_incidents(Connection& db, bool open_only) {
  if (open_only)
    return all_of(db.query("SELECT state FROM incidents WHERE status = ?1 ORDER BY number", stored_name(Status::open)));
  return all_of(db.query("SELECT state FROM incidents ORDER BY number"));
}

Entry read_entry(const Rows& rows) {
  Entry entry;
  entry.incident = rows.integer(0);
  entry.seq = rows.integer(1);
  entry.at = rows.instant(2);
  entry.approximate = rows.boolean(3);
  const auto kind = storage::from_stored_name<EntryKind>(rows.text(4));
  if (!kind)
    throw StorageError("The database holds an entry of a kind that this vakt does not know (\"" + rows.text(4) +
                       "\"). Start the newest vakt that has used it.");
  entry.kind = *kind;
  entry.detail = rows.text(5);
  entry.actor = rows.text(6);
  entry.actor_name = rows.text(7);
  entry.text = rows.text(8);
  entry.on_timeline = rows.boolean(9);
  entry.backfilled = rows.boolean(10);
  if (!rows.null(11)) entry.slack = SlackRef{rows.text(11), rows.text(12), rows.text(13), rows.text(14), rows.text(15)};
  if (!rows.null(16)) entry.files = storage::decode_files(rows.text(16));
  if (!rows.null(17)) entry.versions = storage::decode_versions(rows.text(17));
  if (!rows.null(18)) entry.deleted_at = rows.instant(18);
  if (!rows.null(19)) entry.held_by = storage::decode_names(rows.text(19));
  return entry;
}

std::vector<Entry> read_entries(Rows rows) {
  std::vector<Entry> entries;
  while (rows.next()) entries.push_back(read_entry(rows));
  return entries;
}

void insert_entry(Connection& db, const Entry& entry, std::int64_t seq) {
  write_entry(db,
              "INSERT INTO entries (" VAKT_ENTRY_COLUMNS
              ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
              entry, seq);
}

bool update_entry(Connection& db, const Entry& entry) {
  return write_entry(
             db,
             "UPDATE entries SET at = ?3, approximate = ?4, kind = ?5, detail = ?6, actor = ?7, actor_name = ?8,"
             " text = ?9, on_timeline = ?10, backfilled = ?11, channel = ?12, ts = ?13, thread_ts = ?14,"
             " slack_text = ?15, edited_ts = ?16, files = ?17, versions = ?18, deleted_at = ?19,"
             " held_by = ?20"
             " WHERE incident = ?1 AND seq = ?2",
             entry, entry.seq) == 1;
}

}  // namespace vakt::sqlite
