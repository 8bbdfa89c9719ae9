// The words for how a rollout stands.
#include <charconv>

#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/rollout_view.hpp"

namespace vakt::view {

std::string write_rollout(const RolloutTarget& target) {
  return std::to_string(target.id) + ":" + std::to_string(target.stage) + ":" + write_target(target.flag);
}

RolloutTarget read_rollout(const std::string& value) {
  RolloutTarget out;
  const auto* end = value.data() + value.size();
  const auto [first, error] = std::from_chars(value.data(), end, out.id);
  if (error != std::errc{} || first == end || *first != ':') return {};
  const auto [second, fault] = std::from_chars(first + 1, end, out.stage);
  if (fault != std::errc{} || second == end || *second != ':') return {};
  out.flag = read_target(std::string{second + 1, end});
  return out;
}

std::string rollout_person(const Settings& settings, const std::string& by) {
  if (by.empty()) return std::string{rollout_texts(settings.language).somebody};
  return person(by);
}

std::string rollout_said(std::string_view pattern, const rollout::Rollout& rollout, const std::string& who) {
  const auto* stage = rollout.current_stage();
  return fill(pattern, {std::to_string(rollout.id), code(rollout.flag), escaped(rollout.environment), who,
                        stage ? std::to_string(stage->percent) : "0"});
}

std::string rollout_refused(const Settings& settings, const rollout::Rollout& rollout, rollout::Refusal refusal) {
  const auto& t = rollout_texts(settings.language);
  const auto command = escaped(settings.rollout_command);
  if (refusal == rollout::Refusal::under_way && rollout.pending) {
    const auto& stage = rollout.stages[static_cast<std::size_t>(rollout.pending->stage)];
    return fill(t.refused_under_way,
                {command, rollout_person(settings, rollout.pending->by), std::to_string(stage.percent)});
  }
  return fill(refusal_text(t, refusal), {command, std::to_string(rollout.id)});
}

std::string rollout_under_way(const Settings& settings, const rollout::Rollout& rollout) {
  return fill(rollout_texts(settings.language).already_one,
              {escaped(settings.rollout_command), std::to_string(rollout.id), code(rollout.flag),
               escaped(rollout.environment)});
}

std::string rollout_why(const Settings& settings, const std::vector<rollout::Unless>& needed) {
  const auto& t = rollout_texts(settings.language);
  std::string out;
  for (const auto one : needed) {
    const auto text = one == rollout::Unless::ahead_of_time     ? t.why_ahead
                      : one == rollout::Unless::errors_recorded ? t.why_errors
                      : one == rollout::Unless::was_held        ? t.why_held
                                                                : t.why_rolled_back;
    out += (out.empty() ? "" : " ") + std::string{text};
  }
  return out;
}

std::string verdict_shown(const Settings& settings, const rollout::Verdict& verdict) {
  using Kind = rollout::Verdict::Kind;
  const auto& t = rollout_texts(settings.language);
  const auto pattern = verdict.kind == Kind::not_recorded ? t.not_recorded
                       : verdict.kind == Kind::errors     ? t.errors
                       : verdict.kind == Kind::too_few    ? t.too_few
                                                          : t.no_error_seen;
  return fill(pattern, {std::to_string(verdict.users), std::to_string(verdict.least_users),
                        rollout::share_text(verdict.may_still_be)});
}

std::string stages_wrong(const Settings& settings, const rollout::StageError& error) {
  return fill(fault_text(rollout_texts(settings.language), error.fault), {error.part});
}

}  // namespace vakt::view
