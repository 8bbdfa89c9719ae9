// How a change of a flag goes on: the posts follow, whoever asked is told, the record gets the second it took effect.
#include <algorithm>

#include "bot/decide/rollout_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

flag::Seen seen_in(const flag::Reading& reading, const flag::Flag& flag, const std::string& environment,
                   const flag::ExposureRules& rules) {
  const auto widest = flag::worst(flag::exposures(flag, environment, reading.catalog, rules));
  return {widest.sees, widest.lo, widest.hi};
}

// What the first reading tells: who saw it, who sees it after, where else it is exposed, and what an undo puts back.
void take_reading(flag::Change& change, const flag::Reading& reading, const flag::ExposureRules& rules) {
  const auto& environment = change.wanted.environment;
  change.snapshot = reading.snapshot;
  if (const auto state = reading.flag.states.find(environment); state != reading.flag.states.end()) {
    change.state_before = state->second;
    change.before = seen_in(reading, reading.flag, environment, rules);
    if (const auto after = flag::state_after(change.wanted, state->second)) {
      auto changed = reading.flag;
      changed.states[environment] = *after;
      change.after = seen_in(reading, changed, environment, rules);
    }
  }
  change.elsewhere.clear();
  for (const auto& [other, state] : reading.flag.states) {
    if (other == environment) continue;
    if (const auto seen = seen_in(reading, reading.flag, other, rules); seen.sees != flag::Sees::nobody)
      change.elsewhere.push_back({other, seen});
  }
}

// Since when what it was stands so: its last change before it was asked for, if that is known to have opened it.
std::optional<Instant> open_since(const Turn& turn, const flag::Change& change) {
  if (change.before && change.before->sees == flag::Sees::nobody) return {};  // it was not open
  for (const auto& [provider, seen] : turn.facts.observed) {
    if (seen.name != change.wanted.name || seen.environment != change.wanted.environment) continue;
    if (provider != change.progress.provider || seen.at > change.requested_at) continue;
    if (!seen.enabled.value_or(!seen.state || seen.state->enabled)) return {};  // something we did not see opened it
    return seen.at;
  }
  return {};
}

void tell_asker(Turn& turn, const flag::Change& change) {
  const bool reads_it_in_the_channel =
      turn.incident() && change.incident == turn.incident()->number && turn.incident()->channel.id == change.asked_in;
  // Outside an incident the answer has more to offer than the announcement; not where there was nothing to change.
  const bool reads_it_announced = change.progress.not_found && change.announced_in == change.asked_in;
  if (reads_it_in_the_channel || reads_it_announced || change.response_url.empty()) return;
  turn.effect(effect::Respond{.response_url = change.response_url,
                              .channel = change.asked_in,
                              .user = change.by,
                              .message = view::flag_answer(turn.settings, change, turn.facts.open),
                              .until = change.requested_at + response_url_lasts});
}

// One that the command line made, or that went out before it could be written down.
flag::Change told_of(const Turn& turn, const inbound::FlagProgress& told) {
  flag::Change change{.number = turn.facts.next_change};
  change.wanted = told.wanted;
  change.by = told.by;
  change.requested_at = told.requested_at;
  change.restore_at = told.restore_at;
  change.reason = escaped(told.reason);
  change.progress.standing = flag::Standing::under_way;
  // The terminal names no incident: the only open one is meant, and else none.
  if (turn.facts.open.size() == 1) change.incident = turn.facts.open.front().number;
  return change;
}

}  // namespace

void decide_flag_progress(Turn& turn, const inbound::FlagProgress& told) {
  const bool known = turn.facts.change.has_value();
  if (!known && told.change != 0) return;
  const auto before = known ? *turn.facts.change : told_of(turn, told);
  if (before.is_over()) return;
  auto change = before;
  change.progress = told.progress;
  change.progress.before.reset();
  change.progress.after.reset();
  // After a restart it is tried anew, and is no less unknown for that.
  if (before.progress.standing == flag::Standing::unknown && told.progress.standing == flag::Standing::under_way)
    change.progress.standing = flag::Standing::unknown;
  if (told.progress.before) {
    if (!before.before) {
      take_reading(change, *told.progress.before, turn.settings.flags.rules);
      change.exposed_since = open_since(turn, change);
    }
  }
  if (told.progress.after) change.state_after = told.progress.after;

  take_incident_of(turn, change);

  const bool over = change.is_over();
  const bool turned_unknown =
      change.progress.standing == flag::Standing::unknown && before.progress.standing != flag::Standing::unknown;
  if (turn.incident() && (over || turned_unknown)) record_change(turn, change);
  if (over || turned_unknown) tell_asker(turn, change);
  if (over && change.restore_at && change.progress.standing == flag::Standing::proven)
    turn.out.wakes.push_back({"flag_restore:" + std::to_string(change.number), change.restore_at});
  // An undo that does not come about leaves what it undoes as it is, to be undone again.
  if (change.undoes && change.progress.standing == flag::Standing::proven)
    for (const auto& undone : turn.facts.changes)
      if (undone.number == change.undoes) {
        auto marked = undone;
        marked.undone_by = change.number;
        keep_change(turn, undone, std::move(marked));
      }
  if (!known) {
    const auto message = view::flag_change(turn.settings, change);
    const auto number = std::to_string(change.number);
    if (turn.incident()) turn.post(message, "flag:" + number);
    if (!turn.settings.announce_channel.empty())
      turn.effect(effect::Post{
          .channel = turn.settings.announce_channel, .message = message, .purpose = "flag_announced:" + number});
  }
  follow_change(turn, before, change);
  keep_change(turn, before, std::move(change));
}

void decide_flag_due(Turn& turn, const inbound::Due& due) {
  if (due.key == "operators") return look_up_operators(turn);
  if (!turn.facts.change || turn.facts.change->undone_by || is_being_undone(turn, *turn.facts.change)) return;
  const auto& done = *turn.facts.change;
  const Request request{{.user = done.by, .channel = done.asked_in}, Request::Way::press};
  start_change(turn, undo_of(turn, request, done));
}

}  // namespace vakt
