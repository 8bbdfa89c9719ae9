#include "bot/flags/flag_run.hpp"

#include <algorithm>
#include <utility>

namespace vakt::flag {

namespace {

using namespace std::chrono_literals;

constexpr auto call_timeout = 3000ms;
constexpr auto longest_pause = 15s;
constexpr int stale_reads_allowed = 3;

bool is_share_of(const Strategy& strategy) {
  return strategy.name == "flexibleRollout" || strategy.name.starts_with("gradualRollout");
}

// The enabled strategy whose share a percentage sets; none unless there is exactly one.
const Strategy* share_strategy(const State& state) {
  const Strategy* found = nullptr;
  for (const auto& strategy : state.strategies) {
    if (strategy.disabled || !is_share_of(strategy)) continue;
    if (found) return nullptr;
    found = &strategy;
  }
  return found;
}

std::string share_of(const Strategy& strategy) {
  for (const auto* name : {"rollout", "percentage"})
    if (const auto found = strategy.parameters.find(name); found != strategy.parameters.end()) return found->second;
  return {};
}

}  // namespace

bool is_over(Standing standing) {
  return standing != Standing::asked && standing != Standing::under_way && standing != Standing::unknown;
}

bool Progress::operator==(const Progress& other) const {
  return standing == other.standing && provider == other.provider && project == other.project &&
         stored_at == other.stored_at && verified_at == other.verified_at && served_at == other.served_at &&
         was_so_already == other.was_so_already && before.has_value() == other.before.has_value() &&
         after == other.after && problem == other.problem && link == other.link && not_found == other.not_found &&
         candidates == other.candidates && also_at == other.also_at && by_hand == other.by_hand;
}

FlagRun::FlagRun(Wanted wanted, std::string provider, bool tells_what_is_served, Instant now)
    : wanted_(std::move(wanted)),
      tells_what_is_served_(tells_what_is_served),
      started_(now),
      sent_since_(wanted_.asked_at.value_or(now)),
      not_before_(now),
      may_have_landed_(wanted_.resumed) {
  progress_.provider = std::move(provider);
  progress_.stored_at = wanted_.stored_at;
}

Step FlagRun::next(Instant now) {
  if (phase_ == Phase::over) return step::Over{};
  if (progress_.standing == Standing::under_way && now - started_ >= late_after) progress_.standing = Standing::unknown;
  if (now < not_before_) {
    // Wakes up in time to say that it is late.
    const bool says_late = progress_.standing == Standing::under_way && started_ + late_after < not_before_;
    return step::Wait{says_late ? started_ + late_after : not_before_};
  }
  switch (phase_) {
    case Phase::reading:
      return step::Read{};
    case Phase::suggesting:
      return step::Suggest{};
    case Phase::calling:
      return step::CarryOut{.order = {.action = wanted_.action,
                                      .name = wanted_.name,
                                      .project = progress_.project,
                                      .environment = wanted_.environment,
                                      .percent = wanted_.percent,
                                      .snapshot = wanted_.snapshot},
                            .timeout = call_timeout};
    case Phase::checking_others:
      return step::AskChanges{sent_since_};
    case Phase::serving:
      return step::AskServed{};
    case Phase::over:
      break;
  }
  return step::Over{};
}

void FlagRun::end(Standing standing, std::string problem) {
  phase_ = Phase::over;
  progress_.standing = standing;
  progress_.problem = std::move(problem);
}

// The same again after a while that grows with each failure in a row.
void FlagRun::again(Phase phase, Instant now) {
  phase_ = phase;
  const auto pause = std::min<std::chrono::milliseconds>(250ms * (1U << std::min(failures_, 6U)), longest_pause);
  ++failures_;
  not_before_ = now + pause;
}

bool FlagRun::is_as_wanted(const State& state) const {
  switch (wanted_.action) {
    case Action::off:
      return !state.enabled;
    case Action::on:
      // One that could not be read counts as on where off is wanted, and as nothing where on is.
      return state.enabled && std::ranges::all_of(state.strategies, &Strategy::readable);
    case Action::percent: {
      const auto* strategy = share_strategy(state);
      return state.enabled && strategy && share_of(*strategy) == std::to_string(wanted_.percent);
    }
    case Action::restore:
      return wanted_.restored && state == *wanted_.restored;
  }
  return false;
}

void FlagRun::read(Answer<Reading> answer, Instant now) {
  if (phase_ == Phase::over) return;
  if (!answer) {
    const auto& error = answer.error();
    progress_.problem = error.text;
    progress_.link = error.link;
    const bool nothing_sent = !may_have_landed_ && !progress_.stored_at;
    if (error.fault == Fault::unreachable || error.fault == Fault::uncertain) return again(Phase::reading, now);
    if (!nothing_sent) return again(Phase::reading, now);  // what became of the order is still to be found out
    if (error.fault == Fault::not_found) {
      progress_.not_found = true;
      phase_ = Phase::suggesting;
      return;
    }
    return end(Standing::failed, error.text);
  }
  const auto& reading = *answer;
  progress_.project = reading.flag.project;
  const bool sent = may_have_landed_ || progress_.stored_at;
  const auto state = reading.flag.states.find(wanted_.environment);
  if (!progress_.before) progress_.before = reading;
  if (state == reading.flag.states.end()) {
    std::string known;
    for (const auto& [environment, ignored] : reading.flag.states) known += (known.empty() ? "" : ", ") + environment;
    return end(sent ? Standing::overruled : Standing::failed,
               "The flag has no environment \"" + wanted_.environment + "\" (it has: " + known + ").");
  }
  // An archived flag is served to nobody: it is as off as can be, and must not be touched.
  const bool archived_off = reading.flag.archived && !ends_enabled(wanted_);
  if (reading.flag.archived && !archived_off)
    return end(sent ? Standing::overruled : Standing::failed,
               "The flag is archived: nobody sees it, and it is not changed.");
  if (archived_off || is_as_wanted(state->second)) {
    if (!sent) progress_.was_so_already = true;
    if (!progress_.verified_at) {
      progress_.verified_at = now;
      failures_ = 0;
    }
    progress_.after = state->second;
    progress_.problem.clear();
    progress_.link.clear();
    if (!tells_what_is_served_ || wanted_.action == Action::percent || archived_off) return end(Standing::proven);
    phase_ = Phase::serving;
    return;
  }
  if (std::exchange(progress_.verified_at, std::nullopt))
    return end(Standing::overruled, "The flag was as asked, and is otherwise now: somebody has changed it since.");
  if (wanted_.shown && *wanted_.shown != state->second && !progress_.stored_at)
    return sent ? end(Standing::overruled,
                      "The flag is neither as it was nor as asked: somebody has changed it, or the change was carried "
                      "out in part. Look at it before anything else is done.")
                : end(Standing::failed, "The flag was changed since this was shown: look again and decide anew.");
  if (!sent) {
    phase_ = Phase::calling;
    return;
  }
  found_otherwise(now);
}

// An order was sent and the flag reads otherwise: not landed yet, not seen yet, or changed by somebody since.
void FlagRun::found_otherwise(Instant now) {
  if (progress_.stored_at) {
    if (++stale_reads_ >= stale_reads_allowed)
      return end(Standing::overruled,
                 "The service stored the change, and the flag is otherwise now: somebody has changed it since.");
    return again(Phase::reading, now);
  }
  phase_ = Phase::checking_others;
}

void FlagRun::changes(Answer<Observations> answer, Instant now) {
  if (phase_ == Phase::over) return;
  if (!answer && (answer.error().fault == Fault::unreachable || answer.error().fault == Fault::uncertain)) {
    progress_.problem = answer.error().text;
    return again(Phase::reading, now);
  }
  if (answer)
    for (const auto& change : answer->changes) {
      if (change.name != wanted_.name || change.at < sent_since_ - 1s || !change.enabled) continue;
      if (!change.environment.empty() && change.environment != wanted_.environment) continue;
      if (*change.enabled == ends_enabled(wanted_))
        progress_.stored_at = change.at;
      else if (progress_.stored_at)
        return end(Standing::overruled, "The change arrived, and " + (change.by.empty() ? "somebody" : change.by) +
                                            " has changed the flag since.");
    }
  // It arrived after it was read last: what the flag is now is read again before anything is repeated.
  if (progress_.stored_at) return again(Phase::reading, now);
  phase_ = Phase::calling;  // after the pause that the failed call has earned
}

void FlagRun::suggested(Answer<Catalog> answer, Instant) {
  if (phase_ == Phase::over) return;
  if (answer) progress_.candidates = similar_names(wanted_.name, *answer);
  end(Standing::failed, std::move(progress_.problem));
}

void FlagRun::carried_out(Answer<void> answer, Instant now) {
  if (phase_ == Phase::over) return;
  if (answer) {
    progress_.stored_at = now;
    progress_.problem.clear();
    failures_ = 0;
    phase_ = Phase::reading;
    return;
  }
  progress_.problem = answer.error().text;
  progress_.link = answer.error().link;
  switch (answer.error().fault) {
    case Fault::uncertain:
      may_have_landed_ = true;
      return again(Phase::reading, now);
    case Fault::unreachable:
      return again(Phase::reading, now);
    default:
      if (may_have_landed_) return again(Phase::reading, now);
      return end(Standing::failed, answer.error().text);
  }
}

void FlagRun::served(ServedAnswer answer, Instant now) {
  if (phase_ == Phase::over) return;
  const auto wanted = ends_enabled(wanted_) ? Served::on : Served::off;
  if (answer.served == wanted) {
    progress_.served_at = now;
    return end(Standing::proven);
  }
  progress_.problem = answer.served == Served::unknown
                          ? std::move(answer.why)
                          : "The service stored the change, and serves the old state still.";
  if (now - *progress_.verified_at < late_after) {
    not_before_ = now + served_every;
    return;
  }
  // Somebody may have changed it meanwhile: what is stored is read again before what is served.
  again(Phase::reading, now);
}

void FlagRun::stop(Instant) {
  if (phase_ != Phase::over) end(Standing::stopped, std::move(progress_.problem));
}

bool ends_enabled(const Wanted& wanted) {
  if (wanted.action == Action::restore) return wanted.restored && wanted.restored->enabled;
  return wanted.action != Action::off;
}

std::optional<State> state_after(const Wanted& wanted, const State& before) {
  if (wanted.action == Action::restore) return wanted.restored;
  auto after = before;
  if (wanted.action == Action::off) {
    after.enabled = false;
    return after;
  }
  if (wanted.action == Action::percent) {
    for (auto& strategy : after.strategies) {
      if (strategy.disabled || !is_share_of(strategy)) continue;
      for (const auto* name : {"rollout", "percentage"})
        if (const auto found = strategy.parameters.find(name); found != strategy.parameters.end())
          found->second = std::to_string(wanted.percent);
    }
    return after;
  }
  after.enabled = true;
  return after;
}

}  // namespace vakt::flag
