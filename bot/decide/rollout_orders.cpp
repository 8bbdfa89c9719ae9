// Advance, resume and roll back: orders for the flag on behalf of a rollout.
#include <sstream>

#include "bot/decide/rollout_turn.hpp"
#include "bot/rollouts/what_now.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

using rollout::Rollout;

namespace {

// What the flag was proven to be, and is not any more: on a service that tells no changes nothing else shows it.
bool is_changed_by_hand(const Turn& turn, const Rollout& rollout, const flag::State& now) {
  const auto& made = turn.facts.rollout_change;
  return rollout.state == rollout::State::running && made && made->number == rollout.change && made->state_after &&
         *made->state_after != now;
}

}  // namespace

void ask_stage(Turn& turn, const Request& request, const Rollout& rollout,
               const std::expected<rollout::Step, rollout::Refusal>& step, const std::string& reason) {
  if (!step) return refuse_rollout(turn, request, rollout, step.error());
  const auto& stage = rollout.stages[static_cast<std::size_t>(step->stage)];
  ask_on(turn, request, {rollout.provider, rollout.flag, rollout.environment}, flag::Action::percent, stage.percent, {},
         write_stage_asked({rollout.id, step->stage, reason}));
}

void ask_rollback(Turn& turn, const Request& request, const Rollout& rollout, const std::string& reason) {
  if (rollout.pending) turn.effect(effect::StopFlag{rollout.pending->key});
  ask_off(turn, request, {rollout.provider, rollout.flag, rollout.environment}, false);
  if (!turn.out.changes.empty())
    keep_rollout(turn, rollout::rollback_asked(rollout, reason, {request.reply.user, turn.at}));
}

std::string write_stage_asked(const StageAsked& asked) {
  auto reason = shortened(asked.reason, 500);
  for (char& c : reason)
    if (c == '\n') c = ' ';
  return std::to_string(asked.id) + " " + std::to_string(asked.stage) + " " + reason;
}

StageAsked read_stage_asked(const std::string& text) {
  std::istringstream in{text};
  StageAsked out;
  if (!(in >> out.id >> out.stage)) return {};
  in.ignore();
  std::getline(in, out.reason);
  return out;
}

bool confirm_stage(Turn& turn, const Request& request, const StageAsked& asked, const flag::State& now,
                   flag::Change& change, view::FlagConfirmation& shown) {
  const auto* rollout = known_rollout(turn, asked.id);
  if (!rollout) return false;
  const auto step = rollout::step_to(*rollout, asked.stage, turn.at);
  if (!step) return refuse_rollout(turn, request, *rollout, step.error()), false;
  if (is_changed_by_hand(turn, *rollout, now)) {
    const auto& text = rollout_texts(turn.settings.language);
    if (auto held = rollout::changed_by_hand(*rollout, {}, {}, turn.at)) {
      keep_rollout(turn, *held);
      tell_of_rollout(turn, *held, text.told_by_hand, std::string{text.somebody});
    }
    refuse(turn, request,
           fill(text.changed_meanwhile, {escaped(turn.settings.rollout_command), std::to_string(asked.id)}));
    return false;
  }
  change.wanted.key = rollout::change_key({asked.id, asked.stage}, "change:" + std::to_string(change.number));
  shown.reason = asked.reason;
  shown.needs_reason = shown.needs_reason || !step->needs_reason.empty();
  if (!step->needs_reason.empty()) shown.notes.push_back(view::rollout_why(turn.settings, step->needs_reason));
  if (rollout->current()) shown.notes.push_back(view::verdict_shown(turn.settings, rollout::verdict_now(*rollout)));
  return true;
}

std::string order_stage(Turn& turn, const flag::Change& change) {
  const auto key = rollout::read_change_key(change.wanted.key);
  if (!key) return {};
  const auto* rollout = known_rollout(turn, key->id);
  if (!rollout)
    return fill(rollout_texts(turn.settings.language).unknown,
                {escaped(turn.settings.rollout_command), std::to_string(key->id)});
  auto ordered =
      rollout::ordered(*rollout, key->stage, change.wanted.key, readable(change.reason, {}), {change.by, turn.at});
  if (!ordered) return view::rollout_refused(turn.settings, *rollout, ordered.error());
  keep_rollout(turn, *std::move(ordered));
  return {};
}

}  // namespace vakt
