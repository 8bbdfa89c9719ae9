#include "bot/flags/flag_run.hpp"

#include <algorithm>
#include <utility>

namespace vakt::flag {

namespace {

using namespace std::chrono_literals;

constexpr auto call_timeout = 3000ms;
constexpr auto longest_pause = 15s;
constexpr int stale_reads_allowed = 3;

}  // namespace

bool is_over(Standing standing) {
  return standing != Standing::asked && standing != Standing::under_way && standing != Standing::unknown;
}

bool Progress::operator==(const Progress& other) const {
  return standing == other.standing && provider == other.provider && project == other.project &&
         stored_at == other.stored_at && verified_at == other.verified_at && served_at == other.served_at &&
         was_so_already == other.was_so_already && sent_again == other.sent_again &&
         before.has_value() == other.before.has_value() && after == other.after && problem == other.problem &&
         link == other.link && not_found == other.not_found && candidates == other.candidates &&
         also_at == other.also_at && by_hand == other.by_hand;
}

FlagRun::FlagRun(Wanted wanted, std::string provider, bool tells_what_is_served, Instant now)
    : wanted_(std::move(wanted)),
      tells_what_is_served_(tells_what_is_served),
      started_(now),
      sent_since_(wanted_.asked_at.value_or(now)),
      not_before_(now),
      may_have_landed_(wanted_.resumed),
      looked_at_(sent_since_) {
  progress_.provider = std::move(provider);
  progress_.stored_at = wanted_.stored_at;
}

void FlagRun::order_ahead() {
  if (phase_ != Phase::reading || wanted_.action != Action::off || may_have_landed_) return;
  ahead_ = true;
  phase_ = Phase::calling;
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
    case Phase::checking_before:
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

// A person who decides about the flag reads that vakt keeps trying: as long as it does.
void FlagRun::look(Instant now) {
  if (may_have_landed_ && now - looked_at_ > sight_lasts) lost_sight_ = true;
  looked_at_ = now;
}

// The same again after a while that grows with each failure in a row.
void FlagRun::again(Phase phase, Instant now) {
  phase_ = phase;
  const auto pause = std::min<std::chrono::milliseconds>(250ms * (1U << std::min(failures_, 6U)), longest_pause);
  ++failures_;
  not_before_ = now + pause;
}

// One that shows it off says nothing: the order may have been there first.
void FlagRun::read_ahead(const Answer<Reading>& answer) {
  if (phase_ == Phase::over || !ahead_ || progress_.before || !answer) return;
  const auto state = answer->flag.states.find(wanted_.environment);
  if (state == answer->flag.states.end() || is_as_wanted(wanted_, state->second)) return;
  progress_.before = *answer;
  progress_.project = answer->flag.project;
}

void FlagRun::read(Answer<Reading> answer, Instant now) {
  if (phase_ == Phase::over) return;
  look(now);
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
  if (!progress_.before && !ahead_) progress_.before = reading;
  // An archived flag is served to nobody: it is as off as can be, and must not be touched. Unleash tells no states of
  // it.
  if (reading.flag.archived) {
    if (ends_enabled(wanted_))
      return end(sent ? Standing::overruled : Standing::failed,
                 "The flag is archived: nobody sees it, and it is not changed.");
    return found_as_wanted(reading, state == reading.flag.states.end() ? State{} : state->second, now);
  }
  if (state == reading.flag.states.end()) {
    std::string known;
    for (const auto& [environment, ignored] : reading.flag.states) known += (known.empty() ? "" : ", ") + environment;
    progress_.not_found = !sent;
    return end(sent ? Standing::overruled : Standing::failed,
               "The flag has no environment \"" + wanted_.environment + "\" (it has: " + known + ").");
  }
  if (is_as_wanted(wanted_, state->second)) return found_as_wanted(reading, state->second, now);
  if (!progress_.before) progress_.before = reading;
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

void FlagRun::found_as_wanted(const Reading& reading, const State& state, Instant now) {
  if (!may_have_landed_ && !progress_.stored_at) progress_.was_so_already = true;
  if (!progress_.verified_at) {
    progress_.verified_at = now;
    failures_ = 0;
  }
  progress_.after = state;
  progress_.problem.clear();
  progress_.link.clear();
  const bool archived = reading.flag.archived;
  if (!progress_.before && !archived) {
    read_back_ = reading;
    phase_ = Phase::checking_before;
    return;
  }
  if (!progress_.before) progress_.before = reading;
  if (!tells_what_is_served_ || wanted_.action == Action::percent || archived) return end(Standing::proven);
  phase_ = Phase::serving;
}

// Whether it was off before the order, which went out unread: Unleash tells of an off only where it changed something.
// Where nothing can be told it was on, as people expect of what they turn off. Its snapshot is not of before: none.
void FlagRun::found_before(const Answer<Observations>& answer, Instant now) {
  const bool was_off = answer && std::ranges::none_of(answer->changes, [&](const Observation& change) {
                         return turns_it_since(change) && !*change.enabled;
                       });
  auto before = std::exchange(read_back_, {});
  if (was_off) {
    progress_.was_so_already = true;
  } else {
    before.flag.states[wanted_.environment].enabled = true;
    before.snapshot.clear();
  }
  progress_.before = before;
  found_as_wanted(before, *progress_.after, now);
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

// Our flag was turned on or off there, by us or by anybody, since the first order can have been sent.
bool FlagRun::turns_it_since(const Observation& change) const {
  return change.name == wanted_.name && change.at >= sent_since_ - 1s && change.enabled &&
         (change.environment.empty() || change.environment == wanted_.environment);
}

void FlagRun::changes(Answer<Observations> answer, Instant now) {
  if (phase_ == Phase::over) return;
  if (phase_ == Phase::checking_before) return found_before(answer, now);
  if (!answer && (answer.error().fault == Fault::unreachable || answer.error().fault == Fault::uncertain)) {
    progress_.problem = answer.error().text;
    return again(Phase::reading, now);
  }
  if (answer)
    for (const auto& change : answer->changes) {
      if (!turns_it_since(change)) continue;
      if (*change.enabled == ends_enabled(wanted_))
        progress_.stored_at = change.at;
      else if (progress_.stored_at)
        return end(Standing::overruled, "The change arrived, and " + (change.by.empty() ? "somebody" : change.by) +
                                            " has changed the flag since.");
    }
  // It arrived after it was read last: what the flag is now is read again before anything is repeated.
  if (progress_.stored_at) return again(Phase::reading, now);
  if (!answer && lost_sight_)
    return end(Standing::overruled,
               "Whether vakt's order ever arrived cannot be known: the service tells no changes, and vakt was away "
               "for a while. The flag is as it was before, or somebody has made it so again. Nothing was sent again: "
               "decide anew.");
  if (!answer) progress_.sent_again = true;
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
      if (std::exchange(ahead_, false)) {  // from the start again, and by the book: it may be off already
        phase_ = Phase::reading;
        return;
      }
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

}  // namespace vakt::flag
