// A kill while nothing can be recorded: it goes out all the same, decided from what is in memory.
#include <algorithm>

#include "bot/command/flag_command.hpp"
#include "bot/decide/flag_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/view/rollout_view.hpp"

namespace vakt {

namespace {

struct Kill {
  view::FlagTarget target;
  inbound::ReplyTo reply;
  bool sure = false;
};

std::optional<Kill> kill_of(const Inbound& in, const Settings& settings) {
  if (const auto* typed = std::get_if<inbound::Command>(&in.body)) {
    if (typed->command != settings.flag_command) return {};
    const auto parsed = parse_flag_command(typed->text);
    if (!parsed) return {};
    const auto* change = std::get_if<flag_command::Change>(&*parsed);
    if (!change || change->action != flag::Action::off) return {};
    return Kill{{change->provider, change->name, change->environment}, typed->reply};
  }
  if (const auto* press = std::get_if<inbound::Press>(&in.body)) {
    const bool sure = press->action == view::action::flag_off_sure;
    if (sure || press->action == view::action::flag_off)
      return Kill{view::read_target(press->value), press->reply, sure};
    if (press->action == view::action::rollout_rollback)
      return Kill{view::read_rollout(press->value).flag, press->reply};
  }
  return {};
}

}  // namespace

std::optional<UnrecordedKill> unrecorded_kill(const Inbound& in, const Settings& settings,
                                              const std::optional<std::set<UserId>>& operators) {
  auto kill = kill_of(in, settings);
  if (!kill || in.envelope_id.empty()) return {};
  if (operators && !operators->contains(kill->reply.user)) return {};
  const auto& guarded = settings.flags.protected_names;
  if (!kill->sure && std::ranges::find(guarded, kill->target.name) != guarded.end()) return {};
  if (kill->target.environment.empty()) kill->target.environment = settings.flags.environment;
  return UnrecordedKill{.wanted = {.key = in.envelope_id,
                                   .provider = kill->target.provider,
                                   .name = kill->target.name,
                                   .environment = kill->target.environment},
                        .answer = view::sentence(fill(flag_texts(settings.language).not_recorded_yet,
                                                      {code(kill->target.name), escaped(kill->target.environment)}))};
}

}  // namespace vakt
