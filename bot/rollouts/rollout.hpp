// A rollout by stages: a flag's share grows stage by stage, and what was seen at each is recorded. Plain values; no
// thread rule. The words are those of VA.gov's release plan (department-of-veterans-affairs, "Release plan template").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/types.hpp"

namespace vakt::rollout {

using Id = std::int64_t;  // dense from 1 within one database

enum class State : std::uint8_t {
  planned,      // nothing was changed yet
  running,      // at `stage`
  held,         // stays at `stage` until a person goes on
  complete,     // the last stage was reached
  rolled_back,  // the flag is off
};

struct Stage {
  int percent = 0;               // 1..100, more than the stage before
  int minutes = 0;               // how long it is to run; 0: no time of its own (the last alone)
  std::int64_t least_users = 0;  // fewer tell nothing; 0: any number will do
  bool operator==(const Stage&) const = default;
};

struct GoNoGo {
  std::string discipline, by;  // as typed
  Instant at{};
  bool operator==(const GoNoGo&) const = default;
};

struct Metric {
  std::string criterion, value;
  bool operator==(const Metric&) const = default;
};

// What was seen at a stage, or at a check-in. A later record replaces an earlier one; both are kept.
struct Record {
  std::int64_t users = 0;  // unique ones
  bool about = false;      // that number is an estimate
  std::vector<Metric> metrics;
  std::string downstream, errors, changes;  // a downstream effect; errors logged; changes needed
  UserId by;
  Instant at{};
  bool operator==(const Record&) const = default;
};

// One stage as it was run.
struct Run {
  std::optional<Instant> began, ended;  // began: proven, not asked for
  UserId by;                            // who advanced to it
  std::string reason;                   // theirs
  std::vector<Record> records;
  int reminded = 0;  // how often it was said that its time has run out
  bool operator==(const Run&) const = default;
};

struct CheckIn {
  Instant due{};
  bool told = false;
  std::vector<Record> records;
  bool operator==(const CheckIn&) const = default;
};

// An order for the flag that is under way: nobody else gives one meanwhile.
struct Pending {
  std::string key;  // of the flag's change
  int stage = 0;
  UserId by;
  std::string reason;
  Instant at{};
  bool operator==(const Pending&) const = default;
};

// Why it is held or rolled back.
struct Stop {
  enum class Why : std::uint8_t { asked, changed_by_hand, rollback } why = Why::asked;
  std::string by;      // a user; of a change by hand whoever the flag service names, or empty
  std::string detail;  // the reason that was given, or the service's own word for the change
  Instant at{};
  bool operator==(const Stop&) const = default;
};

// What happened to it; what was asked for and not proven yet stands in Pending and Stop.
struct Happening {
  enum class What : std::uint8_t {
    advanced,         // the stage began
    held,             // a person asked for it
    changed_by_hand,  // by somebody at the flag service, or by an order of vakt's that was not the rollout's
    resumed,          // the same stage again
    rollback_asked,   // and not proven
    rolled_back,
  } what = What::advanced;
  int stage = -1;      // index of the stage that it was at then
  std::string by;      // as Stop::by
  std::string detail;  // as Stop::detail
  Instant at{};
  bool operator==(const Happening&) const = default;
};

struct Rollout {
  Id id = 0;
  std::string flag, environment, provider;
  std::vector<Stage> stages;  // at least one
  std::vector<std::string> criteria, dashboards, watchers;
  std::vector<GoNoGo> go_no_go;
  State state = State::planned;
  int stage = -1;         // index of the stage that it is at; -1: none yet
  std::vector<Run> runs;  // one for each stage
  std::optional<CheckIn> week, month;
  std::optional<Pending> pending;
  std::optional<Stop> stop;        // of the state held or rolled_back
  std::vector<Happening> history;  // by when it happened; empty in rollouts of before it was kept
  std::int64_t change = 0;         // number of the flag's change that made it what it is
  UserId started_by;
  Instant started_at{};
  ChannelId channel;  // where it was started, and where it is told of
  bool operator==(const Rollout&) const = default;

  bool is_live() const { return state == State::planned || state == State::running || state == State::held; }
  const Run* current() const { return stage < 0 ? nullptr : &runs[static_cast<std::size_t>(stage)]; }
  const Stage* current_stage() const { return stage < 0 ? nullptr : &stages[static_cast<std::size_t>(stage)]; }
};

// What is typed for "none": then a text says that there was nothing ("None", "no", "ingen", "-").
bool says_nothing(const std::string& text);

// The key of the flag's change that brings a rollout to a stage; a nonce makes it unique.
struct ChangeKey {
  Id id = 0;
  int stage = 0;
};
std::string change_key(const ChangeKey&, const std::string& nonce);
std::optional<ChangeKey> read_change_key(const std::string& key);  // nothing: the change is no rollout's

}  // namespace vakt::rollout
