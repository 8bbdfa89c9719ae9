#include "storage/sqlite/ledger.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "storage/codec.hpp"
#include "storage/names.hpp"
#include "storage/sqlite/action_rows.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/error.hpp"
#include "storage/sqlite/flag_rows.hpp"
#include "storage/sqlite/incident_cache.hpp"
#include "storage/sqlite/rollout_rows.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/schema.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;
using sqlite::Connection;
using sqlite::Rows;

constexpr Micros keys_kept = 7 * 24h;
constexpr Micros drafts_kept = 24h;
constexpr int claims_between_prunings = 32;
constexpr int pruned_at_once = 64;  // more than are claimed in between, so the table shrinks
constexpr std::uintmax_t checked_in_full = 16u << 20;

class SqliteLedger final : public Ledger {
 public:
  SqliteLedger(const std::string& path, const LedgerOptions& options)
      : db_(path, Connection::Mode::read_write, options.busy_timeout) {
    check();
    sqlite::migrate(db_, options.backup_before_migration);
    scrub();
  }

  void begin() override {
    if (begun_) throw std::logic_error("A batch is open already");
    db_.run("BEGIN IMMEDIATE");
    begun_ = true;
    // Another program wrote since: nothing that we remember is sure.
    if (const auto version = db_.number("PRAGMA data_version"); version != std::exchange(data_version_, version))
      cache_.clear();
  }

  void commit() override {
    require_open();
    db_.run("COMMIT");
    begun_ = in_savepoint_ = false;
    if (erased_) scrub();
  }

  void rollback() override {
    begun_ = in_savepoint_ = false;
    cache_.clear();
    try {
      if (db_.in_transaction()) db_.run("ROLLBACK");
    } catch (const std::exception&) {
      // SQLite has rolled back by itself, or will when the file is next opened.
    }
  }

  void savepoint() override {
    require_open();
    if (in_savepoint_) throw std::logic_error("A savepoint is open already");
    db_.run("SAVEPOINT inbound");
    in_savepoint_ = true;
  }

  void release() override {
    require_open();
    if (!in_savepoint_) return;
    db_.run("RELEASE inbound");
    in_savepoint_ = false;
  }

  // Ends the savepoint too; a release() after it does nothing.
  void rollback_to_savepoint() override {
    require_open();
    cache_.clear();
    if (!in_savepoint_) throw std::logic_error("No savepoint is open");
    db_.run("ROLLBACK TO inbound");
    release();
  }

  bool claim(const std::string& dedupe_key, Instant now) override {
    guard();
    if (++claims_ % claims_between_prunings == 0)
      db_.run("DELETE FROM seen WHERE at <= ?1 AND id IN (SELECT id FROM seen ORDER BY id LIMIT ?2)", now - keys_kept,
              pruned_at_once);
    return db_.run(
               "INSERT INTO seen (key, at) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET at = ?2 WHERE seen.at <= ?3",
               dedupe_key, now, now - keys_kept) == 1;
  }

  void quarantine(Instant now, const std::string& what, const std::string& error) override {
    guard();
    db_.run("INSERT INTO quarantine (at, what, error) VALUES (?1, ?2, ?3)", now, what, error);
  }

  std::optional<Incident> incident(IncidentNumber number) override {
    if (const Incident* known = cache_.state(number)) return *known;
    auto state = sqlite::read_incident(db_, number);
    if (state) cache_.put_state(*state);
    return state;
  }

  std::optional<Incident> incident_of_channel(const ChannelId& channel) override {
    auto number = cache_.number_of(channel);
    if (!number) {
      number = db_.number(
          "SELECT number FROM incidents WHERE channel_id = ?1 ORDER BY status = 'open' DESC, number DESC LIMIT 1",
          channel);
      cache_.put_channel(channel, *number);
    }
    return *number == 0 ? std::nullopt : incident(*number);
  }

  std::vector<std::string> left_out() override { return left_out_.take(); }

  std::vector<Incident> incidents(bool open_only) override { return sqlite::read_incidents(db_, open_only, left_out_); }

  std::vector<Incident> recorded_channels() override {
    return sqlite::read_incidents(
        db_.query(
            "SELECT number, state FROM incidents AS one WHERE channel_id IS NOT NULL AND archived = 0 AND number ="
            " (SELECT number FROM incidents WHERE channel_id = one.channel_id ORDER BY status = 'open' DESC, number "
            "DESC"
            " LIMIT 1) ORDER BY number"),
        left_out_);
  }

  std::vector<Incident> incidents_of_channel(const ChannelId& channel) override {
    return sqlite::read_incidents(
        db_.query("SELECT number, state FROM incidents WHERE channel_id = ?1 ORDER BY number", channel), left_out_);
  }

  IncidentNumber next_number() override { return db_.number("SELECT coalesce(max(number), 0) + 1 FROM incidents"); }

  void save(const Incident& state, const std::vector<Event>& events) override {
    guard();
    const auto channel = state.channel.id.empty() ? std::nullopt : std::optional(state.channel.id);
    db_.run(
        "INSERT INTO incidents (number, channel_id, status, archived, state) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (number) DO UPDATE SET channel_id = ?2, status = ?3, archived = ?4, state = ?5",
        state.number, channel, storage::stored_name(state.status), state.archived, storage::encode(state));
    for (const Event& event : events)
      db_.run("INSERT INTO events (incident, at, type, v, body) VALUES (?1, ?2, ?3, ?4, ?5)", event.incident, event.at,
              storage::event_type(event), storage::event_version(event), storage::encode(event));
    cache_.saved(state);
  }

  std::vector<Event> events(IncidentNumber number) override {
    std::vector<Event> found;
    Rows rows = db_.query("SELECT body FROM events WHERE incident = ?1 ORDER BY id", number);
    while (rows.next())
      found.push_back(sqlite::decoded_row([&] { return "An event of incident " + std::to_string(number); },
                                          [&] { return storage::decode_event(rows.text(0)); }));
    return found;
  }

  std::vector<Entry> entries_of(const ChannelId& channel, const Ts& ts) override {
    if (newest(channel) < ts) return {};  // as nearly always: messages come in their order
    return sqlite::read_entries(db_.query(
        "SELECT " VAKT_ENTRY_COLUMNS " FROM entries WHERE channel = ?1 AND ts = ?2 ORDER BY incident", channel, ts));
  }

  std::optional<Entry> own_end(IncidentNumber incident) override {
    Rows rows = db_.query("SELECT " VAKT_ENTRY_COLUMNS
                          " FROM entries WHERE incident = ?1 AND kind = ?2 AND detail = ?3 AND actor = ''"
                          " ORDER BY seq DESC LIMIT 1",
                          incident, storage::stored_name(EntryKind::marker), storage::stored_name(Marker::event_end));
    if (!rows.next()) return std::nullopt;
    return sqlite::read_entry(rows);
  }

  std::vector<Entry> fields(IncidentNumber incident) override {
    // The kind is spelled out, for the index of fields alone to serve.
    return sqlite::read_entries(db_.query(
        "SELECT " VAKT_ENTRY_COLUMNS " FROM entries WHERE incident = ?1 AND kind = 'field' ORDER BY seq", incident));
  }

  std::optional<Entry> entry(IncidentNumber incident, std::int64_t seq) override {
    Rows rows = db_.query("SELECT " VAKT_ENTRY_COLUMNS " FROM entries WHERE incident = ?1 AND seq = ?2", incident, seq);
    if (!rows.next()) return std::nullopt;
    return sqlite::read_entry(rows);
  }

  std::int64_t add(const Entry& entry) override {
    guard();
    auto seq = cache_.next_seq(entry.incident);
    if (seq == 0) seq = db_.number("SELECT coalesce(max(seq), 0) + 1 FROM entries WHERE incident = ?1", entry.incident);
    sqlite::insert_entry(db_, entry, seq);
    cache_.put_next_seq(entry.incident, seq + 1);
    if (entry.slack) cache_.added(*entry.slack);
    return seq;
  }

  void replace(const Entry& entry) override {
    guard();
    if (!sqlite::update_entry(db_, entry)) throw std::logic_error("There is no such entry to replace");
    if (entry.slack) cache_.added(*entry.slack);
    erased_ = erased_ || (entry.deleted_at && entry.text.empty());
  }

  std::int64_t enqueue(const Effect& effect, Instant now) override {
    guard();
    db_.run("INSERT INTO outbox (lane, effect, created_at) VALUES (?1, ?2, ?3)", storage::stored_name(lane(effect)),
            storage::encode(effect), now);
    return db_.last_id();
  }

  Pending pending() override {
    Pending found;
    std::vector<OutboxRow> unreadable;
    {
      Rows rows = db_.query("SELECT id, effect, created_at FROM outbox ORDER BY id");
      while (rows.next()) {
        OutboxRow row{.id = rows.integer(0), .effect = {}, .created_at = rows.instant(2)};
        try {
          row.effect = storage::decode_effect(rows.text(1));
          found.rows.push_back(std::move(row));
        } catch (const StorageError& error) {
          found.lost.push_back(error.what());
          unreadable.push_back(std::move(row));
        }
      }
    }
    if (unreadable.empty()) return found;
    begin();
    for (std::size_t i = 0; i < unreadable.size(); ++i) {
      quarantine(unreadable[i].created_at, "outbox " + std::to_string(unreadable[i].id), found.lost[i]);
      finish(unreadable[i].id);
    }
    commit();
    return found;
  }

  void finish(std::int64_t outbox_id) override {
    guard();
    db_.run("DELETE FROM outbox WHERE id = ?1", outbox_id);
  }

  void set_wake_up(const WakeUp& wake_up) override {
    guard();
    db_.run("INSERT INTO wake_ups (key, at) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET at = ?2", wake_up.key,
            wake_up.at);
  }

  void cancel_wake_up(const std::string& key) override {
    guard();
    db_.run("DELETE FROM wake_ups WHERE key = ?1", key);
  }

  std::vector<WakeUp> due(Instant now) override {
    std::vector<WakeUp> found;
    Rows rows = db_.query("SELECT key, at FROM wake_ups WHERE at <= ?1 ORDER BY at, key", now);
    while (rows.next()) found.push_back({rows.text(0), rows.instant(1)});
    return found;
  }

  std::optional<Instant> next_wake_up() override {
    Rows rows = db_.query("SELECT at FROM wake_ups ORDER BY at LIMIT 1");
    if (!rows.next()) return std::nullopt;
    return rows.instant(0);
  }

  void keep(const std::string& key, const Draft& draft, Instant now) override {
    guard();
    db_.run("DELETE FROM drafts WHERE at <= ?1", now - drafts_kept);
    db_.run("INSERT INTO drafts (key, at, body) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET at = ?2, body = ?3",
            key, now, storage::encode(draft));
  }

  std::optional<Draft> draft(const std::string& key) override {
    Rows rows = db_.query("SELECT body FROM drafts WHERE key = ?1", key);
    if (!rows.next()) return std::nullopt;
    return sqlite::decoded_row([] { return std::string{"What was begun in a form"}; },
                               [&] { return storage::decode_draft(rows.text(0)); });
  }

  void forget_draft(const std::string& key) override {
    guard();
    db_.run("DELETE FROM drafts WHERE key = ?1", key);
  }

  std::string cursor(const std::string& name) override {
    return text("SELECT value FROM cursors WHERE name = ?1", name);
  }

  std::map<std::string, std::string> cursors_with(const std::string& prefix) override {
    return sqlite::read_cursors(db_, prefix);
  }

  void set_cursor(const std::string& name, const std::string& value) override {
    guard();
    if (value.empty()) {
      db_.run("DELETE FROM cursors WHERE name = ?1", name);
      return;
    }
    db_.run("INSERT INTO cursors (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2", name,
            value);
  }

  std::int64_t next_change() override { return db_.number("SELECT coalesce(max(number), 0) + 1 FROM flag_changes"); }

  void save_change(const flag::Change& change) override {
    guard();
    sqlite::write_change(db_, change);
  }

  std::optional<flag::Change> change(std::int64_t number) override { return sqlite::read_change(db_, number); }
  std::optional<flag::Change> change_of(const std::string& key) override { return sqlite::read_change_of(db_, key); }
  std::vector<flag::Change> changes_since(Instant since) override {
    return sqlite::read_changes_since(db_, since, left_out_);
  }
  std::vector<flag::Change> changes_of_flag(const std::string& name) override {
    return sqlite::read_changes_of_flag(db_, name, left_out_);
  }

  bool observe(const std::string& provider, const flag::Observation& seen) override {
    guard();
    return sqlite::write_sighting(db_, provider, seen);
  }
  std::vector<flag::Sighting> observed_since(Instant since) override {
    return sqlite::read_sightings_since(db_, since);
  }
  std::vector<flag::Sighting> observed_of_flag(const std::string& name) override {
    return sqlite::read_sightings_of_flag(db_, name);
  }

  action::ItemId next_item() override { return db_.number("SELECT coalesce(max(id), 0) + 1 FROM action_items"); }

  void save_item(const action::Item& item) override {
    guard();
    sqlite::write_item(db_, item);
  }

  std::optional<action::Item> item(action::ItemId id) override { return sqlite::read_item(db_, id); }
  std::vector<action::Item> items_of_card(const std::string& short_link) override {
    return sqlite::read_items_of_card(db_, short_link, left_out_);
  }
  std::vector<action::Item> items_with_label(const std::string& label) override {
    return sqlite::read_items_with_label(db_, label, left_out_);
  }
  std::vector<action::Item> items_of_incident(IncidentNumber number) override {
    return sqlite::read_items_of_incident(db_, number, left_out_);
  }
  std::vector<action::Item> items_open_or_closed_since(Instant since) override {
    return sqlite::read_items_open_or_closed_since(db_, since, left_out_);
  }

  rollout::Id next_rollout() override { return db_.number("SELECT coalesce(max(id), 0) + 1 FROM rollouts"); }
  void save_rollout(const rollout::Rollout& rollout) override {
    guard();
    sqlite::write_rollout(db_, rollout);
  }
  std::optional<rollout::Rollout> rollout(rollout::Id id) override { return sqlite::read_rollout(db_, id); }
  std::vector<rollout::Rollout> rollouts() override { return sqlite::read_rollouts(db_, left_out_); }
  std::vector<rollout::Rollout> rollouts_followed() override { return sqlite::read_rollouts_followed(db_, left_out_); }

  std::vector<InboxRow> inbox() override { return sqlite::read_inbox(db_); }
  void take_from_inbox(std::int64_t id) override {
    guard();
    db_.run("DELETE FROM inbox WHERE id = ?1", id);
  }

  void remember_name(const std::string& id, const std::string& known) override {
    guard();
    db_.run("INSERT INTO names (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = ?2 WHERE name <> ?2",
            id, known);
  }

  std::string known_name(const std::string& id) override { return text("SELECT name FROM names WHERE id = ?1", id); }

  void audit(const AuditRow& row) override {
    guard();
    db_.run("INSERT INTO audit (at, actor, channel, command, outcome, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", row.at,
            row.actor, row.channel, row.command, row.outcome, row.detail);
  }

 private:
  void check() {
    std::error_code unknown;
    if (const auto size = std::filesystem::file_size(db_.path(), unknown); unknown || size > checked_in_full) return;
    Rows rows = db_.query("PRAGMA quick_check(1)");
    if (rows.next() && rows.text(0) != "ok")
      throw StorageError(sqlite::sentence(SQLITE_CORRUPT, 0, db_.path(), rows.text(0)));
  }

  // The log beside the database still holds what was erased: it goes too, as soon as no reader needs it.
  void scrub() {
    try {
      erased_ = !db_.empty_log();
    } catch (const std::exception&) {
      erased_ = true;  // what was committed stands; tried again after the next commit
    }
  }

  // SQLite ends a transaction by itself after some errors (a full disk): nothing may be written as if it were still
  // open.
  void guard() const {
    if (begun_ && !db_.in_transaction())
      throw StorageError("The batch was given up by SQLite after an error. Nothing of it was recorded.");
  }

  void require_open() const {
    if (!begun_) throw std::logic_error("No batch is open");
    guard();
  }

  const Ts& newest(const ChannelId& channel) {
    if (!cache_.newest(channel))
      cache_.put_newest(channel, text("SELECT max(ts) FROM entries WHERE channel = ?1", channel));
    return *cache_.newest(channel);
  }

  std::string text(const char* sql, const std::string& key) {
    Rows rows = db_.query(sql, key);
    return rows.next() ? rows.text(0) : std::string{};
  }

  Connection db_;
  sqlite::IncidentCache cache_;
  sqlite::LeftOut left_out_;
  std::int64_t data_version_ = 0;
  bool begun_ = false;
  bool in_savepoint_ = false;
  bool erased_ = false;  // since the log was last emptied
  unsigned claims_ = 0;
};

}  // namespace

std::unique_ptr<Ledger> open_ledger(const std::string& path, const LedgerOptions& options) {
  return std::make_unique<SqliteLedger>(path, options);
}

}  // namespace vakt
