#include "bot/rollouts/rollout_life.hpp"

#include <algorithm>

#include "bot/rollouts/check_in.hpp"
#include "bot/rollouts/verdict.hpp"

namespace vakt::rollout {

namespace {

using namespace std::chrono_literals;

constexpr int reminders_most = 3;
constexpr auto reminded_every = 24h;

int last_stage(const Rollout& rollout) { return static_cast<int>(rollout.stages.size()) - 1; }
Run& run_of(Rollout& rollout, int stage) { return rollout.runs[static_cast<std::size_t>(stage)]; }

// What stands against going on from the stage that it is at.
std::vector<Unless> obstacles(const Rollout& rollout, Instant now) {
  std::vector<Unless> out;
  if (rollout.state == State::held) out.push_back(Unless::was_held);
  if (rollout.state == State::rolled_back) out.push_back(Unless::was_rolled_back);
  if (const auto ends = stage_ends(rollout); ends && now < *ends) out.push_back(Unless::ahead_of_time);
  if (const auto* run = rollout.current())
    if (verdict(*rollout.current_stage(), last_record(run->records)).kind == Verdict::Kind::errors)
      out.push_back(Unless::errors_recorded);
  return out;
}

using What = Happening::What;

// Some are known of late: each stands where it belongs.
void note(Rollout& rollout, What what, int stage, const std::string& by, const std::string& detail, Instant at) {
  auto& all = rollout.history;
  all.insert(std::ranges::upper_bound(all, at, {}, &Happening::at), {what, stage, by, detail, at});
}

// The stage that had begun last by then; -1: none had.
int stage_then(const Rollout& rollout, Instant at) {
  int found = -1;
  std::optional<Instant> latest;
  for (std::size_t i = 0; i < rollout.runs.size(); ++i) {
    const auto& began = rollout.runs[i].began;
    if (!began || *began >= at || (latest && *began < *latest)) continue;
    latest = began;
    found = static_cast<int>(i);
  }
  return found;
}

}  // namespace

Outcome start(Rollout wanted, const Act& act) {
  if (wanted.stages.empty()) return std::unexpected(Refusal::no_stage);
  wanted.state = State::planned;
  wanted.stage = -1;
  wanted.runs.assign(wanted.stages.size(), {});
  wanted.history.clear();
  wanted.started_by = act.by;
  wanted.started_at = act.at;
  for (auto& one : wanted.go_no_go) one.at = act.at;
  return wanted;
}

std::expected<Step, Refusal> advance_step(const Rollout& rollout, Instant now) {
  if (rollout.pending) return std::unexpected(Refusal::under_way);
  if (rollout.state == State::rolled_back) return std::unexpected(Refusal::rolled_back);
  if (rollout.stage >= last_stage(rollout)) return std::unexpected(Refusal::complete);
  return Step{rollout.stage + 1, obstacles(rollout, now)};
}

std::expected<Step, Refusal> resume_step(const Rollout& rollout, Instant now) {
  if (rollout.pending) return std::unexpected(Refusal::under_way);
  if (rollout.state != State::held && rollout.state != State::rolled_back) return std::unexpected(Refusal::not_held);
  auto needed = obstacles(rollout, now);
  std::erase(needed, Unless::ahead_of_time);  // it is the same stage
  return Step{std::max(rollout.stage, 0), std::move(needed)};
}

std::expected<Step, Refusal> step_to(const Rollout& rollout, int stage, Instant now) {
  if (const auto next = advance_step(rollout, now); next && next->stage == stage) return next;
  const auto again = resume_step(rollout, now);
  if (again && again->stage == stage) return again;
  if (!again && again.error() == Refusal::under_way) return again;
  return std::unexpected(Refusal::moved_on);
}

Outcome ordered(Rollout rollout, int stage, const std::string& key, const std::string& reason, const Act& act) {
  const auto step = step_to(rollout, stage, act.at);
  if (!step) return std::unexpected(step.error());
  if (!step->needs_reason.empty() && reason.empty()) return std::unexpected(Refusal::needs_reason);
  rollout.pending = Pending{key, stage, act.by, reason, act.at};
  return rollout;
}

Rollout proven(Rollout rollout, int stage, const std::string& reason, std::int64_t change, const Act& act,
               const std::string& zone) {
  rollout.pending.reset();
  if (stage < 0 || stage > last_stage(rollout)) return rollout;
  if (const auto* now = rollout.current(); now && now->began && act.at < *now->began) return rollout;  // told of late
  const bool same = stage == rollout.stage;
  if (!same && rollout.stage >= 0) run_of(rollout, rollout.stage).ended = act.at;
  rollout.stage = stage;
  rollout.change = change;
  rollout.stop.reset();
  auto& run = run_of(rollout, stage);
  run.ended.reset();
  if (!same) {
    if (!run.began) run.began = act.at;
    run.by = act.by;
    run.reason = reason;
  }
  note(rollout, same ? What::resumed : What::advanced, stage, act.by, reason, act.at);
  rollout.state = State::running;
  if (stage == last_stage(rollout)) {
    rollout.state = State::complete;
    if (!rollout.week) rollout.week = CheckIn{.due = week_after(act.at, zone)};
    if (!rollout.month) rollout.month = CheckIn{.due = month_after(act.at, zone)};
  }
  return rollout;
}

Rollout not_proven(Rollout rollout, const std::string& key) {
  if (rollout.pending && rollout.pending->key == key) rollout.pending.reset();
  return rollout;
}

Outcome hold(Rollout rollout, const std::string& reason, const Act& act) {
  if (rollout.state != State::running && rollout.state != State::planned) return std::unexpected(Refusal::not_running);
  rollout.state = State::held;
  rollout.stop = Stop{Stop::Why::asked, act.by, reason, act.at};
  note(rollout, What::held, rollout.stage, act.by, reason, act.at);
  return rollout;
}

std::optional<Rollout> changed_by_hand(Rollout rollout, const std::string& by, const std::string& what, Instant at) {
  const int stage = stage_then(rollout, at);
  if (stage < 0) return {};
  note(rollout, What::changed_by_hand, stage, by, what, at);
  if (rollout.state == State::running && stage == rollout.stage) {
    rollout.state = State::held;
    rollout.stop = Stop{Stop::Why::changed_by_hand, by, what, at};
  }
  return rollout;
}

Rollout rollback_asked(Rollout rollout, const std::string& reason, const Act& act) {
  rollout.pending.reset();
  rollout.state = State::held;
  rollout.stop = Stop{Stop::Why::rollback, act.by, reason, act.at};
  note(rollout, What::rollback_asked, rollout.stage, act.by, reason, act.at);
  return rollout;
}

Rollout rolled_back(Rollout rollout, const Act& act, const std::string& given) {
  const bool asked = rollout.stop && rollout.stop->why == Stop::Why::rollback;
  auto reason = asked ? rollout.stop->detail : std::string{};
  if (reason.empty()) reason = given;
  // It came about: told once, as done.
  if (asked)
    std::erase_if(rollout.history,
                  [&](const Happening& one) { return one.what == What::rollback_asked && one.at == rollout.stop->at; });
  rollout.pending.reset();
  rollout.state = State::rolled_back;
  rollout.stop = Stop{Stop::Why::rollback, act.by, reason, act.at};
  note(rollout, What::rolled_back, rollout.stage, act.by, reason, act.at);
  if (rollout.stage >= 0) run_of(rollout, rollout.stage).ended = act.at;
  return rollout;
}

const Rollout* live_one(const std::vector<Rollout>& all, const Rollout& wanted) {
  const auto found = std::ranges::find_if(all, [&](const Rollout& one) {
    return one.is_live() && one.flag == wanted.flag && one.environment == wanted.environment &&
           one.provider == wanted.provider;
  });
  return found == all.end() ? nullptr : &*found;
}

Slot slot_of(const Rollout& rollout, Instant now) {
  if (rollout.state != State::complete) return Slot::stage;
  if (rollout.month && now >= rollout.month->due) return Slot::month;
  return rollout.week && now >= rollout.week->due ? Slot::week : Slot::stage;
}

const std::vector<Record>* records_of(const Rollout& rollout, Slot slot) {
  if (slot == Slot::week) return rollout.week ? &rollout.week->records : nullptr;
  if (slot == Slot::month) return rollout.month ? &rollout.month->records : nullptr;
  return rollout.current() ? &rollout.current()->records : nullptr;
}

Outcome record(Rollout rollout, Record seen, Instant now) {
  if (rollout.stage < 0) return std::unexpected(Refusal::not_begun);
  const auto slot = slot_of(rollout, now);
  auto& records = slot == Slot::month  ? rollout.month->records
                  : slot == Slot::week ? rollout.week->records
                                       : run_of(rollout, rollout.stage).records;
  records.push_back(std::move(seen));
  return rollout;
}

std::optional<Instant> stage_ends(const Rollout& rollout) {
  const auto* run = rollout.current();
  if (!run || !run->began || rollout.current_stage()->minutes == 0) return {};
  return *run->began + std::chrono::minutes{rollout.current_stage()->minutes};
}

std::optional<Instant> next_reminder(const Rollout& rollout) {
  const auto ends = stage_ends(rollout);
  if (!ends || (rollout.state != State::running && rollout.state != State::complete)) return {};
  const auto reminded = rollout.current()->reminded;
  const auto most = rollout.state == State::complete ? 1 : reminders_most;
  if (reminded >= most) return {};
  return *ends + reminded_every * reminded;
}

std::optional<Instant> next_check_in(const Rollout& rollout) {
  if (rollout.state != State::complete) return {};
  for (const auto* one : {&rollout.week, &rollout.month})
    if (*one && !(*one)->told) return (*one)->due;
  return {};
}

}  // namespace vakt::rollout
