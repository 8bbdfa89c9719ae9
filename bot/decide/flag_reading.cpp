// Flags were read for a person: the answer, or the form that shows who will see it before anything changes.
#include "bot/decide/flag_reading.hpp"

#include <algorithm>
#include <sstream>

#include "bot/decide/rollout_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

// What was asked for when the reading was: "on|percent PERCENT MINUTES INCIDENT", and for which rollout.
struct Asked {
  flag::Action action = flag::Action::on;
  int percent = 0;
  std::chrono::minutes duration{0};
  IncidentNumber incident = 0;
  StageAsked rollout;  // id 0: no rollout's
};

Asked read_asked(const std::string& context) {
  std::istringstream in{context};
  std::string action;
  int minutes = 0;
  Asked out;
  in >> action >> out.percent >> minutes >> out.incident;
  out.action = action == "percent" ? flag::Action::percent : flag::Action::on;
  out.duration = std::chrono::minutes{minutes};
  in.ignore();
  std::string rollout;
  std::getline(in, rollout);
  out.rollout = read_stage_asked(rollout);
  return out;
}

bool widens(const std::vector<flag::AudienceExposure>& exposures, const std::string& environment,
            const Settings& settings) {
  const auto widest = flag::worst(exposures).sees;
  return environment == settings.flags.environment || widest == flag::Sees::everybody ||
         widest == flag::Sees::cannot_tell ||
         std::ranges::any_of(exposures, [](const flag::AudienceExposure& e) { return e.production; });
}

void confirm(Turn& turn, const inbound::FlagsRead& read) {
  const auto request = request_of(read.asked);
  const auto* found = with_reading(read);
  if (!found) return answer(turn, request, view::flag_status(turn.settings, read));
  const auto& reading = *found->reading;
  const auto& environment = read.asked.environment;
  const auto state = reading.flag.states.find(environment);
  if (state == reading.flag.states.end()) return refuse_no_environment(turn, read, reading.flag);
  const auto asked = read_asked(read.asked.context);
  auto change = new_change(turn, request, {found->provider, read.asked.name, environment}, asked.action);
  change.wanted.key = "change:" + std::to_string(change.number);  // many may be shown, one is agreed to
  change.wanted.percent = asked.percent;
  change.wanted.shown = state->second;
  change.progress.standing = flag::Standing::asked;
  change.incident = asked.incident;
  if (asked.duration > 0min) change.restore_at = turn.at + asked.duration;  // moved to when it is agreed to

  auto changed = reading.flag;
  if (const auto after = flag::state_after(change.wanted, state->second)) changed.states[environment] = *after;
  view::FlagConfirmation shown{
      .target = {found->provider, read.asked.name, environment},
      .action = asked.action,
      .percent = asked.percent,
      .duration = asked.duration > 0min ? view::duration_shown(asked.duration) : "",
      .before = flag::exposures(reading.flag, environment, reading.catalog, turn.settings.flags.rules),
      .after = flag::exposures(changed, environment, reading.catalog, turn.settings.flags.rules)};
  shown.needs_typing = widens(shown.after, environment, turn.settings);
  const auto serious = [](const Incident& open) {
    return !open.test && (open.severity == Severity::sev1 || open.severity == Severity::sev2);
  };
  const auto from_its_channel = [&](const Incident& open) { return serious(open) && open.number == asked.incident; };
  const auto other = std::ranges::find_if(turn.facts.open, serious);
  shown.needs_reason = other != turn.facts.open.end() && std::ranges::none_of(turn.facts.open, from_its_channel);
  if (shown.needs_reason)
    shown.notes.push_back(fill(flag_texts(turn.settings.language).confirm_while_open,
                               {std::to_string(other->number), shortened(harmless(other->title), 100)}));
  if (asked.rollout.id && !confirm_stage(turn, request, asked.rollout, state->second, change, shown)) return;
  shown.needs_second = turn.settings.flags.second_person == flag::SecondPerson::production && shown.needs_typing;
  const auto before = flag::worst(shown.before), after = flag::worst(shown.after);
  change.before = flag::Seen{before.sees, before.lo, before.hi};
  change.after = flag::Seen{after.sees, after.lo, after.hi};
  const std::string needs =
      std::string{shown.needs_typing ? "t" : ""} + (shown.needs_reason ? "r" : "") + (shown.needs_second ? "s" : "");
  open_modal(turn, request, view::flag_confirm(turn.settings, shown, std::to_string(change.number) + ":" + needs));
  turn.out.changes.push_back(std::move(change));
}

}  // namespace

Request request_of(const effect::ReadFlags& asked) {
  return {{.response_url = asked.response_url,
           .trigger_id = asked.trigger_id,
           .user = asked.user,
           .channel = asked.channel},
          Request::Way::press};
}

const inbound::FlagsOfProvider* with_reading(const inbound::FlagsRead& read) {
  const auto found =
      std::ranges::find_if(read.answers, [](const inbound::FlagsOfProvider& p) { return p.reading.has_value(); });
  return found == read.answers.end() ? nullptr : &*found;
}

void refuse_no_environment(Turn& turn, const inbound::FlagsRead& read, const flag::Flag& flag) {
  std::string known;
  for (const auto& [name, ignored] : flag.states) known += (known.empty() ? "" : ", ") + name;
  refuse(turn, request_of(read.asked),
         fill(flag_texts(turn.settings.language).no_environment,
              {code(read.asked.name), escaped(read.asked.environment), escaped(known)}));
}

StageAsked asked_for_rollout(const std::string& context) { return read_asked(context).rollout; }

void decide_flags_read(Turn& turn, const inbound::FlagsRead& read) {
  const auto& purpose = read.asked.purpose;
  if (purpose == "rollout") return decide_rollout_flag_read(turn, read);
  if (purpose == "confirm") return confirm(turn, read);
  const auto request = request_of(read.asked);
  if (purpose == "list") return answer(turn, request, view::flag_list(turn.settings, read));
  if (purpose == "lint") return answer(turn, request, view::flag_lint(turn.settings, read));
  answer(turn, request, view::flag_status(turn.settings, read));
}

}  // namespace vakt
