// The brain's port to what is durable. Owned by the brain's thread; every call may throw StorageError, and one that
// reads a row DamagedRow.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "bot/brain/action_ledger.hpp"
#include "bot/brain/flag_ledger.hpp"
#include "bot/brain/rollout_ledger.hpp"
#include "bot/decide/draft.hpp"
#include "bot/effect.hpp"
#include "bot/incident/entry.hpp"
#include "bot/incident/incident.hpp"

namespace vakt {

// Storage is broken (disk full, locked, read-only, corrupt): nothing of the batch was kept.
class StorageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// One row cannot be read back, and storage works: trouble for whoever asked for that row, and for nobody else.
class DamagedRow : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct OutboxRow {
  std::int64_t id = 0;
  Effect effect;
  bool tried = false;  // left by an earlier run, which may have carried it out
  Instant created_at{};
};

struct Pending {
  std::vector<OutboxRow> rows;    // by id
  std::vector<std::string> lost;  // a sentence for each that could not be read; those are in the quarantine now
};

struct WakeUp {
  std::string key;
  Instant at{};
};

struct AuditRow {
  Instant at{};
  UserId actor;
  ChannelId channel;
  std::string command;  // as typed, cut to 200 bytes
  std::string outcome;  // "done", "refused", "failed"
  std::string detail;
};

class Ledger : public FlagLedger, public ActionLedger, public RolloutLedger {
 public:
  // One transaction a batch (BEGIN IMMEDIATE), a savepoint an Inbound.
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;  // never throws
  virtual void savepoint() = 0;
  virtual void release() = 0;
  virtual void rollback_to_savepoint() = 0;

  // True the first time a key is claimed. Keys are forgotten 7 days later.
  virtual bool claim(const std::string& dedupe_key, Instant now) = 0;
  virtual void quarantine(Instant now, const std::string& what, const std::string& error) = 0;
  // A list leaves out the rows that cannot be read. A sentence for each, once: those since this was last asked.
  virtual std::vector<std::string> left_out() = 0;

  virtual std::optional<Incident> incident(IncidentNumber) = 0;
  // A channel may serve several incidents, one after another: the open one records, or else the latest.
  virtual std::optional<Incident> incident_of_channel(const ChannelId&) = 0;
  virtual std::vector<Incident> incidents_of_channel(const ChannelId&) = 0;  // by number
  virtual std::vector<Incident> incidents(bool open_only) = 0;               // by number
  virtual std::vector<Incident> recorded_channels() = 0;  // that record their channel; not the archived ones
  virtual IncidentNumber next_number() = 0;
  virtual void save(const Incident& state, const std::vector<Event>& events) = 0;
  virtual std::vector<Event> events(IncidentNumber) = 0;

  // A message may stand in the records of several incidents (an alert added to both), once in each.
  virtual std::vector<Entry> entries_of(const ChannelId&, const Ts&) = 0;  // by incident
  virtual std::optional<Entry> own_end(IncidentNumber) = 0;                // EVENT END as vakt itself set it
  virtual std::vector<Entry> fields(IncidentNumber) = 0;                   // of that kind, by seq
  virtual std::optional<Entry> entry(IncidentNumber, std::int64_t seq) = 0;
  virtual std::int64_t add(const Entry&) = 0;  // gives the next seq and returns it
  virtual void replace(const Entry&) = 0;      // by incident and seq

  virtual std::int64_t enqueue(const Effect&, Instant now) = 0;
  virtual Pending pending() = 0;  // outside a batch
  virtual void finish(std::int64_t outbox_id) = 0;

  virtual void set_wake_up(const WakeUp&) = 0;  // a key has one time
  virtual void cancel_wake_up(const std::string& key) = 0;
  virtual std::vector<WakeUp> due(Instant now) = 0;
  virtual std::optional<Instant> next_wake_up() = 0;

  // Drafts are forgotten a day after they were last kept.
  virtual void keep(const std::string& key, const Draft&, Instant now) = 0;
  virtual std::optional<Draft> draft(const std::string& key) = 0;
  virtual void forget_draft(const std::string& key) = 0;

  virtual std::string cursor(const std::string& name) = 0;                                 // "" if unset
  virtual std::map<std::string, std::string> cursors_with(const std::string& prefix) = 0;  // whose names begin so
  virtual void set_cursor(const std::string& name, const std::string& value) = 0;          // "": forgotten

  virtual void remember_name(const std::string& id, const std::string& name) = 0;  // users, groups, channels
  virtual std::string known_name(const std::string& id) = 0;                       // "" if unknown
  virtual void audit(const AuditRow&) = 0;
};

}  // namespace vakt
