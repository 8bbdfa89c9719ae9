// A typed /flag command, and what it asks for.
#include <algorithm>

#include "bot/command/flag_command.hpp"
#include "bot/decide/flag_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

struct Run {
  Turn& turn;
  const Request& request;
  const FlagTexts& text;

  void read(const char* purpose, const view::FlagTarget& target, std::string context = {}) const {
    const bool needs_trigger = std::string_view{purpose} == "confirm";
    turn.effect(effect::ReadFlags{.purpose = purpose,
                                  .provider = target.provider,
                                  .name = target.name,
                                  .environment = target.environment,
                                  .context = std::move(context),
                                  .response_url = request.reply.response_url,
                                  .trigger_id = request.reply.trigger_id,
                                  .user = request.reply.user,
                                  .channel = request.reply.channel,
                                  .until = turn.at + (needs_trigger ? Micros{2900ms} : Micros{60s})});
  }
  std::string environment(const std::string& typed) const {
    return typed.empty() ? turn.settings.flags.environment : typed;
  }

  void operator()(const flag_command::Recent&) const {
    answer(turn, request, view::flag_recent(turn.settings, recent_changes(turn), turn.at, 24));
  }
  void operator()(const flag_command::List& c) const { read("list", {{}, {}, environment({})}, c.text); }
  void operator()(const flag_command::Status& c) const { read("status", {c.provider, c.name, environment({})}); }
  void operator()(const flag_command::Lint&) const { read("lint", {{}, {}, environment({})}); }
  void operator()(const flag_command::History& c) const {
    answer(turn, request, view::flag_history(turn.settings, c.name, turn.facts.changes, changes_by_others(turn)));
  }
  void operator()(const flag_command::Help&) const {
    answer(turn, request, view::sentence(fill(text.help, {turn.settings.flag_command})));
  }
  void operator()(const flag_command::Change& c) const {
    const view::FlagTarget target{c.provider, c.name, environment(c.environment)};
    if (c.action == flag::Action::off) return ask_off(turn, request, target, false);
    ask_on(turn, request, target, c.action, c.percent, c.duration.value_or(0min));
  }
  void operator()(const flag_command::Undo& c) const {
    const auto* done = flag::latest_to_undo(turn.facts.changes, c.provider, {});
    if (!done) return refuse(turn, request, fill(text.nothing_to_undo, {code(c.name), turn.settings.flag_command}));
    undo(turn, request, *done);
  }
};

}  // namespace

void ask_off(Turn& turn, const Request& request, const view::FlagTarget& target, bool sure) {
  const auto& text = flag_texts(turn.settings.language);
  // Somebody new on call may not be in the stored list yet: one look, of a second at most, before a refusal.
  if (!may_turn_off(turn, request.reply.user)) {
    answer(turn, request, view::sentence(std::string{text.reading}));
    return look_up_operators(turn, &request, view::write_target(target));
  }
  const auto& guarded = turn.settings.flags.protected_names;
  if (!sure && std::ranges::find(guarded, target.name) != guarded.end())
    return answer(turn, request, view::flag_protected(turn.settings, target));
  auto change = new_change(turn, request, target, flag::Action::off);
  answer(turn, request, view::sentence(fill(text.turning_off, {code(target.name), escaped(target.environment)})));
  start_change(turn, std::move(change));
}

void ask_on(Turn& turn, const Request& request, const view::FlagTarget& target, flag::Action action, int percent,
            std::chrono::minutes duration, const std::string& for_rollout) {
  const auto& text = flag_texts(turn.settings.language);
  if (!may_turn_on(turn, request.reply.user)) {
    look_up_operators(turn);
    return refuse(
        turn, request,
        fill(turn.facts.operators ? text.refused_on : text.refused_no_group, {view::operators_words(turn.settings)}));
  }
  Run{turn, request, text}.read("confirm", target,
                                std::string{action == flag::Action::percent ? "percent" : "on"} + " " +
                                    std::to_string(percent) + " " + std::to_string(duration.count()) + " " +
                                    std::to_string(turn.incident() ? turn.incident()->number : 0) + " " + for_rollout);
}

bool is_being_undone(const Turn& turn, const flag::Change& done) {
  return std::ranges::any_of(
      turn.facts.changes, [&](const flag::Change& other) { return other.undoes == done.number && !other.is_over(); });
}

void undo(Turn& turn, const Request& request, const flag::Change& done) {
  const auto& text = flag_texts(turn.settings.language);
  if (done.progress.standing != flag::Standing::proven)
    return refuse(turn, request, fill(text.nothing_to_undo, {code(done.wanted.name), turn.settings.flag_command}));
  if (done.undone_by || is_being_undone(turn, done))
    return refuse(turn, request, fill(text.already_undone, {code(done.wanted.name), escaped(done.wanted.environment)}));
  if (done.snapshot.empty())
    return refuse(turn, request,
                  fill(text.undo_not_known,
                       {code(done.wanted.name), turn.settings.flag_command + " on " + escaped(done.wanted.name) + " " +
                                                    escaped(done.wanted.environment)}));
  const bool widens = done.state_before.enabled;
  if (widens ? !may_turn_on(turn, request.reply.user) && done.by != request.reply.user
             : !may_turn_off(turn, request.reply.user))
    return refuse(
        turn, request,
        fill(turn.facts.operators ? text.refused_on : text.refused_no_group, {view::operators_words(turn.settings)}));
  auto change = undo_of(turn, request, done);
  answer(turn, request,
         view::sentence(fill(text.restoring, {code(done.wanted.name), escaped(done.wanted.environment)})));
  start_change(turn, std::move(change));
}

void decide_flag_command(Turn& turn, const inbound::Command& typed) {
  const auto request = begin_command(turn, typed);
  const auto parsed = parse_flag_command(typed.text);
  if (!parsed) return refuse(turn, request, explained(turn, parsed.error(), turn.settings.flag_command));
  std::visit(Run{turn, request, flag_texts(turn.settings.language)}, *parsed);
}

}  // namespace vakt
