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
                list_or_null(entry.versions), entry.deleted_at, list_or_null(entry.held_by),
                entry.curated ? Text{storage::encode(*entry.curated)} : Text{});
}

// The row that `rows` stands on, of SELECT number, state.
Incident incident_of(const Rows& rows) {
  return decoded_row([&] { return "Incident " + std::to_string(rows.integer(0)); },
                     [&] { return storage::decode_incident(rows.text(1)); });
}

}  // namespace

std::optional<Incident> read_incident(Connection& db, IncidentNumber number) {
  Rows rows = db.query("SELECT number, state FROM incidents WHERE number = ?1", number);
  if (!rows.next()) return std::nullopt;
  return incident_of(rows);
}

std::vector<Incident> read_incidents(Rows rows, LeftOut& left_out) {
  return readable_rows(std::move(rows), left_out, incident_of);
}

std::vector<Incident> read_incidents(Connection& db, bool open_only, LeftOut& left_out) {
  return read_incidents(open_only ? db.query("SELECT number, state FROM incidents WHERE status = ?1 ORDER BY number",
                                             stored_name(Status::open))
                                  : db.query("SELECT number, state FROM incidents ORDER BY number"),
                        left_out);
}

namespace {

Entry decoded_entry(const Rows& rows) {
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
  if (!rows.null(20)) entry.curated = storage::decode_curation(rows.text(20));
  return entry;
}

}  // namespace

Entry read_entry(const Rows& rows) {
  return decoded_row(
      [&] { return "Entry " + std::to_string(rows.integer(1)) + " of incident " + std::to_string(rows.integer(0)); },
      [&] { return decoded_entry(rows); });
}

std::vector<Entry> read_entries(Rows rows) {
  std::vector<Entry> entries;
  while (rows.next()) entries.push_back(read_entry(rows));
  return entries;
}

void insert_entry(Connection& db, const Entry& entry, std::int64_t seq) {
  write_entry(db,
              "INSERT INTO entries (" VAKT_ENTRY_COLUMNS
              ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
              " ?21)",
              entry, seq);
}

bool update_entry(Connection& db, const Entry& entry) {
  return write_entry(
             db,
             "UPDATE entries SET at = ?3, approximate = ?4, kind = ?5, detail = ?6, actor = ?7, actor_name = ?8,"
             " text = ?9, on_timeline = ?10, backfilled = ?11, channel = ?12, ts = ?13, thread_ts = ?14,"
             " slack_text = ?15, edited_ts = ?16, files = ?17, versions = ?18, deleted_at = ?19,"
             " held_by = ?20, curated = ?21"
             " WHERE incident = ?1 AND seq = ?2",
             entry, entry.seq) == 1;
}

std::map<std::string, std::string> read_cursors(Connection& db, const std::string& prefix) {
  std::map<std::string, std::string> found;
  // U+10FFFF: no name goes on with anything greater.
  Rows rows = db.query("SELECT name, value FROM cursors WHERE name >= ?1 AND name < ?1 || char(1114111)", prefix);
  while (rows.next()) found.emplace(rows.text(0), rows.text(1));
  return found;
}

}  // namespace vakt::sqlite
