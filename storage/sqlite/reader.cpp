#include "storage/sqlite/reader.hpp"

#include "storage/sqlite/action_rows.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/flag_rows.hpp"
#include "storage/sqlite/rollout_rows.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/schema.hpp"

namespace vakt {

namespace {

using sqlite::Connection;
using sqlite::Rows;

// One moment of the database, for as long as it lives.
class Snapshot {
 public:
  explicit Snapshot(Connection& db) : db_(db) { db_.run("BEGIN"); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot() {
    try {
      if (db_.in_transaction()) db_.run("ROLLBACK");
    } catch (const std::exception&) {
      // A read has nothing to lose.
    }
  }

 private:
  Connection& db_;
};

class SqliteReader final : public Reader {
 public:
  explicit SqliteReader(const std::string& path) : db_(path, Connection::Mode::read_only) {
    sqlite::require_current(db_);
  }

  std::vector<Incident> incidents(bool open_only) override {
    const Snapshot snapshot(db_);
    return sqlite::read_incidents(db_, open_only, left_out_);
  }

  std::optional<Record> record(IncidentNumber number) override {
    const Snapshot snapshot(db_);
    auto incident = sqlite::read_incident(db_, number);
    if (!incident) return std::nullopt;
    return Record{std::move(*incident),
                  sqlite::read_entries(db_.query(
                      "SELECT " VAKT_ENTRY_COLUMNS " FROM entries WHERE incident = ?1 ORDER BY at, seq", number)),
                  all_names(), sqlite::read_items_of_incident(db_, number, left_out_)};
  }

  std::vector<Entry> timeline(IncidentNumber number) override {
    const Snapshot snapshot(db_);
    return sqlite::read_entries(db_.query(
        "SELECT " VAKT_ENTRY_COLUMNS " FROM entries WHERE incident = ?1 AND on_timeline = 1 ORDER BY at, seq", number));
  }

  std::vector<flag::Change> flag_changes(const std::string& name) override {
    const Snapshot snapshot(db_);
    auto changes = sqlite::read_all_changes(db_, name, left_out_);
    for (auto& row : sqlite::read_inbox(db_)) {
      auto* progress = std::get_if<inbound::FlagProgress>(&row.left);
      if (!row.damage.empty() || !progress || (!name.empty() && progress->wanted.name != name)) continue;
      auto& waiting = *progress;
      flag::Change change{.wanted = std::move(waiting.wanted),
                          .progress = std::move(waiting.progress),
                          .by = std::move(waiting.by),
                          .requested_at = waiting.requested_at};
      change.state_after = change.progress.after;
      if (const auto& before = change.progress.before) {
        change.snapshot = before->snapshot;
        if (const auto state = before->flag.states.find(change.wanted.environment); state != before->flag.states.end())
          change.state_before = state->second;
      }
      changes.push_back(std::move(change));
    }
    return changes;
  }

  std::vector<flag::Change> flag_changes(IncidentNumber incident) override {
    const Snapshot snapshot(db_);
    return sqlite::read_changes_of_incident(db_, incident, left_out_);
  }

  std::vector<action::Item> items() override {
    const Snapshot snapshot(db_);
    return sqlite::read_items(db_, left_out_);
  }

  std::vector<action::Item> items_of_incident(IncidentNumber incident) override {
    const Snapshot snapshot(db_);
    return sqlite::read_items_of_incident(db_, incident, left_out_);
  }

  std::vector<rollout::Rollout> rollouts() override {
    const Snapshot snapshot(db_);
    return sqlite::read_rollouts(db_, left_out_);
  }

  std::vector<InboxRow> inbox() override {
    const Snapshot snapshot(db_);
    return sqlite::read_inbox(db_);
  }

  std::vector<AuditRow> audit(Instant since) override {
    const Snapshot snapshot(db_);
    std::vector<AuditRow> found;
    Rows rows = db_.query(
        "SELECT at, actor, channel, command, outcome, detail FROM audit WHERE at >= ?1 ORDER BY at, id", since);
    while (rows.next())
      found.push_back({rows.instant(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)});
    return found;
  }

  std::map<std::string, std::string> names() override {
    const Snapshot snapshot(db_);
    return all_names();
  }

  std::string cursor(const std::string& name) override {
    const Snapshot snapshot(db_);
    Rows rows = db_.query("SELECT value FROM cursors WHERE name = ?1", name);
    return rows.next() ? rows.text(0) : std::string{};
  }

  std::map<std::string, std::string> cursors_with(const std::string& prefix) override {
    const Snapshot snapshot(db_);
    return sqlite::read_cursors(db_, prefix);
  }

  std::vector<std::string> left_out() override { return left_out_.take(); }

 private:
  std::map<std::string, std::string> all_names() {
    std::map<std::string, std::string> names;
    Rows rows = db_.query("SELECT id, name FROM names");
    while (rows.next()) names.emplace(rows.text(0), rows.text(1));
    return names;
  }

  Connection db_;
  sqlite::LeftOut left_out_;
};

}  // namespace

std::unique_ptr<Reader> open_reader(const std::string& path) { return std::make_unique<SqliteReader>(path); }

}  // namespace vakt
