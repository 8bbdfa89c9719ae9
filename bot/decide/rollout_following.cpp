// How changes of flags concern rollouts.
#include "bot/decide/rollout_following.hpp"

#include <algorithm>

#include "bot/decide/rollout_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using What = Followed::What;
using rollout::Rollout;

bool concerns(const Rollout& rollout, const std::string& provider, const std::string& name,
              const std::string& environment) {
  return rollout.flag == name && rollout.provider == provider &&
         (environment.empty() || environment == rollout.environment);
}

Instant proven_at(const flag::Change& change, Instant now) { return change.progress.verified_at.value_or(now); }

// Told once; what else is changed while it is held stands in its history alone.
bool is_held_by(const Rollout& before, const Rollout& after) {
  return before.state == rollout::State::running && after.state == rollout::State::held;
}

// An order that the rollout itself gave, or the command line for it.
Followed follow_own(const Rollout& before, int stage, const flag::Change& over, Instant now, const std::string& zone) {
  // Off was asked for since: that order decides.
  if (before.stop && before.stop->why == rollout::Stop::Why::rollback && over.requested_at <= before.stop->at)
    return {What::nothing, before};
  if (over.progress.standing != flag::Standing::proven) {
    const bool waits = before.pending && before.pending->key == over.wanted.key;
    return {waits ? What::not_advanced : What::nothing, not_proven(before, over.wanted.key)};
  }
  const rollout::Act act{over.by, proven_at(over, now)};
  auto after = proven(before, stage, readable(over.reason, {}), over.number, act, zone);
  return {stage == before.stage ? What::resumed : What::began, std::move(after)};
}

}  // namespace

Followed follow(const Rollout& before, const flag::Change& over, Instant now, const std::string& zone) {
  const auto key = rollout::read_change_key(over.wanted.key);
  if (key && key->id == before.id) return follow_own(before, key->stage, over, now, zone);
  const auto& progress = over.progress;
  if (progress.standing != flag::Standing::proven ||
      !concerns(before, progress.provider, over.wanted.name, over.wanted.environment))
    return {What::nothing, before};
  const auto at = proven_at(over, now);
  const bool began = before.stage >= 0 || before.pending || before.stop;
  if (over.wanted.action == flag::Action::off && began) {
    if (before.state == rollout::State::rolled_back) return {What::nothing, before};
    return {What::rolled_back, rolled_back(before, {over.by, at}, readable(over.reason, {}))};
  }
  if (progress.was_so_already) return {What::nothing, before};
  auto after = changed_by_hand(before, over.by, order_words(over.wanted), at);
  if (!after) return {What::nothing, before};
  return {is_held_by(before, *after) ? What::changed_by_hand : What::nothing, *std::move(after)};
}

std::vector<Rollout> with_left(std::vector<Rollout> rollouts, const std::vector<inbound::FlagProgress>& left,
                               const std::string& zone) {
  for (const auto& told : left) {
    const flag::Change change{.wanted = told.wanted,
                              .progress = told.progress,
                              .by = told.by,
                              .reason = escaped(told.reason),
                              .requested_at = told.requested_at};
    if (change.is_over())
      for (auto& one : rollouts) one = follow(one, change, told.requested_at, zone).rollout;
  }
  return rollouts;
}

void follow_change(Turn& turn, const flag::Change& before, const flag::Change& after) {
  if (before.is_over() || !after.is_over()) return;
  const auto& text = rollout_texts(turn.settings.language);
  for (const auto& known : turn.facts.rollouts) {
    const auto* now = known_rollout(turn, known.id);
    auto [what, rollout] = follow(*now, after, turn.at, turn.settings.timezone);
    if (what == What::nothing && rollout == *now) continue;
    const auto who = view::rollout_person(turn.settings, after.by);
    const bool complete = rollout.state == rollout::State::complete;
    keep_rollout(turn, rollout);
    if (what == What::began) tell_of_rollout(turn, rollout, complete ? text.told_complete : text.told_began, who);
    if (what == What::resumed) tell_of_rollout(turn, rollout, text.told_resumed, who);
    if (what == What::rolled_back) tell_of_rollout(turn, rollout, text.told_rolled_back, who);
    if (what == What::changed_by_hand) tell_of_rollout(turn, rollout, text.told_by_hand, who);
    if (what == What::not_advanced)
      tell_of_rollout(turn, rollout, text.told_not_advanced, escaped(shortened(after.progress.problem, 500)));
  }
}

void follow_observed(Turn& turn, const std::string& provider, const flag::Observation& seen) {
  for (const auto& known : turn.facts.rollouts) {
    const auto* now = known_rollout(turn, known.id);
    if (!concerns(*now, provider, seen.name, seen.environment)) continue;
    const auto after = changed_by_hand(*now, seen.by, seen.what, seen.at);
    if (!after) continue;
    const bool held = is_held_by(*now, *after);
    keep_rollout(turn, *after);
    if (!held) continue;
    const auto who = view::rollout_person(turn.settings, seen.by) + ", " + escaped(seen.what);
    tell_of_rollout(turn, *after, rollout_texts(turn.settings.language).told_by_hand, who);
  }
}

}  // namespace vakt
