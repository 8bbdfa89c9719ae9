// A ledger in memory for transcripts: transactions are copies, faults are switches. Single-threaded but for the brain's
// own thread.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bot/actions/folded.hpp"
#include "bot/brain/ledger.hpp"
#include "bot/brain/reader.hpp"

namespace vakt::test {

class MemoryLedger : public Ledger {
 public:
  struct Kept {
    std::set<std::string> claimed;
    std::vector<std::string> quarantined;
    std::map<IncidentNumber, Incident> incidents;
    std::map<IncidentNumber, std::vector<Event>> events;
    std::map<IncidentNumber, std::vector<Entry>> entries;
    std::map<std::int64_t, OutboxRow> outbox;
    std::map<std::string, Instant> wake_ups;
    std::map<std::string, std::string> cursors, names;
    std::vector<AuditRow> audit;
    std::map<std::string, Draft> drafts;
    std::int64_t next_outbox = 1;
    std::map<std::int64_t, flag::Change> changes;
    std::vector<flag::Sighting> sightings;
    std::map<std::int64_t, inbound::FlagProgress> inbox;
    std::set<std::int64_t> damaged_inbox;  // of those, the ones that cannot be read
    std::map<action::ItemId, action::Item> items;
    std::map<rollout::Id, rollout::Rollout> rollouts;
    std::map<std::int64_t, inbound::RolloutAsked> rollout_inbox;
  };

  Kept kept;
  bool broken = false;                  // every transaction fails at its commit
  std::string poison;                   // adding an entry with this text throws something that is no StorageError
  std::vector<std::string> unreadable;  // what pending() has lost
  int commits = 0;
  bool in_transaction = false;
  // Without it nothing is copied and nothing can be rolled back: for one who breaks off at a rollback.
  bool undoes = true;

  void begin() override {
    if (undoes) before_batch_ = kept;
    in_transaction = true;
  }
  void commit() override {
    if (broken) throw StorageError{"disk full"};
    in_transaction = false;
    ++commits;
  }
  void rollback() override {
    if (std::exchange(in_transaction, false)) undo(before_batch_);
  }
  void savepoint() override {
    if (undoes) before_one_ = kept;
  }
  void release() override {}
  void rollback_to_savepoint() override { undo(before_one_); }

  bool claim(const std::string& key, Instant) override { return kept.claimed.insert(key).second; }
  void quarantine(Instant, const std::string& what, const std::string& error) override {
    kept.quarantined.push_back(what + ": " + error);
  }

  std::vector<std::string> left_out() override { return {}; }

  std::optional<Incident> incident(IncidentNumber number) override {
    const auto found = kept.incidents.find(number);
    return found == kept.incidents.end() ? std::nullopt : std::optional{found->second};
  }
  std::optional<Incident> incident_of_channel(const ChannelId& channel) override {
    std::optional<Incident> best;
    for (const auto& [number, incident] : kept.incidents)
      if (incident.channel.id == channel && (!best || best->status != Status::open || incident.status == Status::open))
        best = incident;
    return best;
  }
  std::vector<Incident> incidents_of_channel(const ChannelId& channel) override {
    std::vector<Incident> out;
    for (const auto& [number, incident] : kept.incidents)
      if (incident.channel.id == channel) out.push_back(incident);
    return out;
  }
  std::vector<Incident> incidents(bool open_only) override {
    std::vector<Incident> out;
    for (const auto& [number, incident] : kept.incidents)
      if (!open_only || incident.status == Status::open) out.push_back(incident);
    return out;
  }
  std::vector<Incident> recorded_channels() override {
    std::vector<Incident> out;
    for (const auto& [number, incident] : kept.incidents)
      if (!incident.channel.id.empty() && !incident.archived &&
          incident_of_channel(incident.channel.id)->number == number)
        out.push_back(incident);
    return out;
  }
  IncidentNumber next_number() override { return static_cast<IncidentNumber>(kept.incidents.size()) + 1; }
  void save(const Incident& state, const std::vector<Event>& events) override {
    kept.incidents[state.number] = state;
    auto& all = kept.events[state.number];
    all.insert(all.end(), events.begin(), events.end());
  }
  std::vector<Event> events(IncidentNumber number) override { return kept.events[number]; }

  std::vector<Entry> entries_of(const ChannelId& channel, const Ts& ts) override {
    std::vector<Entry> out;
    for (const auto& [number, entries] : kept.entries)
      for (const auto& entry : entries)
        if (entry.slack && entry.slack->channel == channel && entry.slack->ts == ts) out.push_back(entry);
    return out;
  }
  std::optional<Entry> own_end(IncidentNumber number) override {
    std::optional<Entry> out;
    for (const auto& entry : kept.entries[number])
      if (entry.kind == EntryKind::marker && entry.detail == "event_end" && entry.actor.empty()) out = entry;
    return out;
  }

  std::vector<Entry> fields(IncidentNumber number) override {
    auto out = kept.entries[number];
    std::erase_if(out, [](const Entry& entry) { return entry.kind != EntryKind::field; });
    return out;
  }

  std::optional<Entry> entry(IncidentNumber number, std::int64_t seq) override {
    for (const auto& one : kept.entries[number])
      if (one.seq == seq) return one;
    return std::nullopt;
  }

  void keep(const std::string& key, const Draft& draft, Instant) override { kept.drafts[key] = draft; }
  std::optional<Draft> draft(const std::string& key) override {
    const auto found = kept.drafts.find(key);
    return found == kept.drafts.end() ? std::nullopt : std::optional{found->second};
  }
  void forget_draft(const std::string& key) override { kept.drafts.erase(key); }
  std::int64_t add(const Entry& given) override {
    if (!poison.empty() && given.text == poison) throw std::runtime_error{"poisoned"};
    auto& all = kept.entries[given.incident];
    all.push_back(given);
    all.back().seq = static_cast<std::int64_t>(all.size());
    return all.back().seq;
  }
  void replace(const Entry& given) override {
    for (auto& entry : kept.entries[given.incident])
      if (entry.seq == given.seq) entry = given;
  }

  std::int64_t enqueue(const Effect& effect, Instant now) override {
    const auto id = kept.next_outbox++;
    kept.outbox[id] = {.id = id, .effect = effect, .created_at = now};
    return id;
  }
  Pending pending() override {
    Pending out{.rows = {}, .lost = unreadable};
    for (const auto& [id, row] : kept.outbox) out.rows.push_back(row);
    return out;
  }
  void finish(std::int64_t id) override { kept.outbox.erase(id); }

  void set_wake_up(const WakeUp& wake) override { kept.wake_ups[wake.key] = wake.at; }
  void cancel_wake_up(const std::string& key) override { kept.wake_ups.erase(key); }
  std::vector<WakeUp> due(Instant now) override {
    std::vector<WakeUp> out;
    for (const auto& [key, at] : kept.wake_ups)
      if (at <= now) out.push_back({key, at});
    std::ranges::sort(out, {}, &WakeUp::at);
    return out;
  }
  std::optional<Instant> next_wake_up() override {
    std::optional<Instant> next;
    for (const auto& [key, at] : kept.wake_ups)
      if (!next || at < *next) next = at;
    return next;
  }

  std::string cursor(const std::string& name) override { return kept.cursors[name]; }
  std::map<std::string, std::string> cursors_with(const std::string& prefix) override {
    std::map<std::string, std::string> out;
    for (const auto& [name, value] : kept.cursors)
      if (name.starts_with(prefix) && !value.empty()) out.emplace(name, value);
    return out;
  }
  void set_cursor(const std::string& name, const std::string& value) override { kept.cursors[name] = value; }
  void remember_name(const std::string& id, const std::string& name) override { kept.names[id] = name; }
  std::string known_name(const std::string& id) override { return kept.names[id]; }
  void audit(const AuditRow& row) override { kept.audit.push_back(row); }

  std::int64_t next_change() override { return kept.changes.empty() ? 1 : kept.changes.rbegin()->first + 1; }
  void save_change(const flag::Change& change) override { kept.changes[change.number] = change; }
  std::optional<flag::Change> change(std::int64_t number) override {
    const auto found = kept.changes.find(number);
    return found == kept.changes.end() ? std::nullopt : std::optional{found->second};
  }
  std::optional<flag::Change> change_of(const std::string& key) override {
    for (const auto& [number, change] : kept.changes)
      if (change.wanted.key == key) return change;
    return std::nullopt;
  }
  std::vector<flag::Change> changes_since(Instant since) override {
    return changes_where([&](const flag::Change& change) { return change.requested_at >= since; });
  }
  std::vector<flag::Change> changes_of_flag(const std::string& name) override {
    return changes_where([&](const flag::Change& change) { return change.wanted.name == name; });
  }
  bool observe(const std::string& provider, const flag::Observation& seen) override {
    for (const auto& [where, old] : kept.sightings)
      if (where == provider && old.at == seen.at && old.name == seen.name && old.environment == seen.environment &&
          old.what == seen.what)
        return false;
    kept.sightings.push_back({provider, seen});
    return true;
  }
  std::vector<flag::Sighting> observed_since(Instant since) override {
    return sightings_where([&](const flag::Observation& seen) { return seen.at >= since; });
  }
  std::vector<flag::Sighting> observed_of_flag(const std::string& name) override {
    return sightings_where([&](const flag::Observation& seen) { return seen.name == name; });
  }
  action::ItemId next_item() override { return kept.items.empty() ? 1 : kept.items.rbegin()->first + 1; }
  void save_item(const action::Item& item) override { kept.items[item.id] = item; }
  std::optional<action::Item> item(action::ItemId id) override {
    const auto found = kept.items.find(id);
    return found == kept.items.end() ? std::nullopt : std::optional{found->second};
  }
  std::vector<action::Item> items_of_card(const std::string& short_link) override {
    return items_where([&](const action::Item& item) { return item.card && item.card->short_link == short_link; });
  }
  std::vector<action::Item> items_with_label(const std::string& label) override {
    return items_where([&](const action::Item& item) {
      return !item.label.empty() && action::folded(item.label) == action::folded(label);
    });
  }
  std::vector<action::Item> items_of_incident(IncidentNumber number) override {
    return items_where([&](const action::Item& item) { return std::ranges::count(item.incidents, number) > 0; });
  }
  std::vector<action::Item> items_open_or_closed_since(Instant since) override {
    return items_where([&](const action::Item& item) {
      return !action::is_closed(item.state) || item.closed_at.value_or(item.created_at) >= since;
    });
  }

  std::vector<InboxRow> inbox() override {
    std::vector<InboxRow> out;
    for (const auto& [id, progress] : kept.inbox)
      out.push_back({.id = id, .left = progress, .damage = kept.damaged_inbox.contains(id) ? "damaged" : ""});
    for (const auto& [id, asked] : kept.rollout_inbox) out.push_back({.id = id, .left = asked});
    return out;
  }
  void take_from_inbox(std::int64_t id) override {
    kept.inbox.erase(id);
    kept.rollout_inbox.erase(id);
  }

  rollout::Id next_rollout() override { return kept.rollouts.empty() ? 1 : kept.rollouts.rbegin()->first + 1; }
  void save_rollout(const rollout::Rollout& rollout) override { kept.rollouts[rollout.id] = rollout; }
  std::optional<rollout::Rollout> rollout(rollout::Id id) override {
    const auto found = kept.rollouts.find(id);
    return found == kept.rollouts.end() ? std::nullopt : std::optional{found->second};
  }
  std::vector<rollout::Rollout> rollouts() override {
    std::vector<rollout::Rollout> out;
    for (auto one = kept.rollouts.rbegin(); one != kept.rollouts.rend(); ++one) out.push_back(one->second);
    return out;
  }
  std::vector<rollout::Rollout> rollouts_followed() override {
    std::vector<rollout::Rollout> out;
    for (const auto& [id, rollout] : kept.rollouts)
      if (rollout.state != rollout::State::rolled_back) out.push_back(rollout);
    return out;
  }

 private:
  std::vector<action::Item> items_where(const std::function<bool(const action::Item&)>& wanted) const {
    std::vector<action::Item> out;
    for (const auto& [id, item] : kept.items)
      if (wanted(item)) out.push_back(item);
    return out;
  }
  std::vector<flag::Change> changes_where(const std::function<bool(const flag::Change&)>& wanted) const {
    std::vector<flag::Change> out;
    for (auto one = kept.changes.rbegin(); one != kept.changes.rend(); ++one)
      if (wanted(one->second)) out.push_back(one->second);
    return out;
  }
  std::vector<flag::Sighting> sightings_where(const std::function<bool(const flag::Observation&)>& wanted) const {
    std::vector<flag::Sighting> out;
    for (const auto& one : kept.sightings)
      if (wanted(one.observation)) out.push_back(one);
    std::ranges::stable_sort(out, std::ranges::greater{}, [](const flag::Sighting& s) { return s.observation.at; });
    return out;
  }

  void undo(const Kept& before) {
    if (!undoes) throw std::logic_error{"a rollback, and nothing was copied"};
    kept = before;
  }

  Kept before_batch_, before_one_;
};

class MemoryReader : public Reader {
 public:
  explicit MemoryReader(MemoryLedger& ledger) : ledger_(ledger) {}
  std::vector<Incident> incidents(bool open_only) override { return ledger_.incidents(open_only); }
  std::optional<Record> record(IncidentNumber number) override {
    const auto incident = ledger_.incident(number);
    if (!incident) return std::nullopt;
    return Record{*incident, sorted(number, false), ledger_.kept.names, ledger_.items_of_incident(number)};
  }
  std::vector<Entry> timeline(IncidentNumber number) override { return sorted(number, true); }
  std::vector<AuditRow> audit(Instant) override { return ledger_.kept.audit; }
  std::vector<flag::Change> flag_changes(const std::string& name) override {
    auto changes = ledger_.changes_of_flag(name);
    std::ranges::reverse(changes);
    return changes;
  }
  std::vector<flag::Change> flag_changes(IncidentNumber number) override {
    std::vector<flag::Change> out;
    for (const auto& [ignored, change] : ledger_.kept.changes)
      if (change.incident == number) out.push_back(change);
    return out;
  }
  std::map<std::string, std::string> names() override { return ledger_.kept.names; }
  std::vector<action::Item> items() override { return ledger_.items_open_or_closed_since(Instant::min()); }
  std::vector<action::Item> items_of_incident(IncidentNumber number) override {
    return ledger_.items_of_incident(number);
  }
  std::vector<rollout::Rollout> rollouts() override { return ledger_.rollouts(); }
  std::vector<InboxRow> inbox() override { return ledger_.inbox(); }
  std::string cursor(const std::string& name) override { return ledger_.cursor(name); }
  std::map<std::string, std::string> cursors_with(const std::string& prefix) override {
    return ledger_.cursors_with(prefix);
  }
  std::vector<std::string> left_out() override { return {}; }

 private:
  std::vector<Entry> sorted(IncidentNumber number, bool timeline_only) {
    auto out = ledger_.kept.entries[number];
    if (timeline_only) std::erase_if(out, [](const Entry& entry) { return !entry.on_timeline; });
    std::ranges::sort(out, {}, [](const Entry& entry) { return std::pair{entry.at, entry.seq}; });
    return out;
  }

  MemoryLedger& ledger_;
};

}  // namespace vakt::test
