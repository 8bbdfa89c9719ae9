// What must be known before something about a rollout can be decided.
#include "bot/decide/rollout_turn.hpp"

namespace vakt {

namespace {

namespace button = view::action;

Needs of_one(const ChannelId& channel, rollout::Id id) {
  return {.channel = channel, .open = true, .flags = true, .rollout = id};
}

}  // namespace

Needs needs_of_rollout(const inbound::Command& c) {
  return {.channel = c.reply.channel, .open = true, .flags = true, .rollouts = Needs::Rollouts::all};
}

std::optional<Needs> needs_of_rollout(const inbound::Press& p) {
  if (!p.action.starts_with("rollout_")) return {};
  return of_one(p.reply.channel, leading_number(p.value));
}

std::optional<Needs> needs_of_rollout(const inbound::Submission& s) {
  if (s.callback == button::rollout_start) return Needs{.rollouts = Needs::Rollouts::followed};
  if (s.callback == button::rollout_record) return Needs{.rollout = leading_number(s.context)};
  return {};
}

std::optional<Needs> needs_of_rollout(const inbound::Due& d) {
  constexpr std::string_view key = "rollout:";
  if (!d.key.starts_with(key)) return {};
  return Needs{.rollout = leading_number(std::string_view{d.key}.substr(key.size()))};
}

}  // namespace vakt
