// Buttons and forms of rollouts.
#include <algorithm>

#include "bot/command/rollout_command.hpp"
#include "bot/decide/flag_reading.hpp"
#include "bot/decide/rollout_turn.hpp"
#include "bot/flags/percentages.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

namespace button = view::action;
using rollout::Rollout;

constexpr std::size_t lines_most = 20, line_most = 300;

std::vector<std::string> lines_of(const inbound::Submission& form, const char* block) {
  std::vector<std::string> out;
  const auto text = value_of(form, block);
  for (std::size_t from = 0; from < text.size() && out.size() < lines_most;) {
    const auto end = std::min(text.find('\n', from), text.size());
    if (auto line = tidy(text.substr(from, end - from)); !line.empty()) out.push_back(shortened(line, line_most));
    from = end + 1;
  }
  return out;
}

std::vector<rollout::GoNoGo> go_no_go(const inbound::Submission& form) {
  std::vector<rollout::GoNoGo> out;
  for (const auto& line : lines_of(form, "go")) out.push_back(parse_go(line));
  return out;
}

// Of the form that plans one: where it was opened and for which flag.
std::pair<ChannelId, view::FlagTarget> read_context(const std::string& context) {
  const auto end = context.find('\n');
  if (end == std::string::npos) return {};
  return {context.substr(0, end), view::read_target(context.substr(end + 1))};
}

void submit_plan(Turn& turn, const inbound::Submission& form) {
  auto stages = rollout::parse_stages(value_of(form, "stages"));
  if (!stages) return form_error(turn, "stages", view::stages_wrong(turn.settings, stages.error()));
  if (const auto typed = value_of(form, "least"); !typed.empty()) {
    const auto least = rollout::parse_users(typed);
    if (!least) return form_error(turn, "least", rollout_texts(turn.settings.language).users_wrong);
    for (auto& stage : *stages) stage.least_users = least->count;
  }
  const auto [channel, target] = read_context(form.context);
  Rollout plan{.flag = target.name,
               .environment = target.environment,
               .provider = target.provider,
               .stages = *std::move(stages),
               .criteria = lines_of(form, "criteria"),
               .dashboards = lines_of(form, "dashboards"),
               .watchers = lines_of(form, "watchers"),
               .go_no_go = go_no_go(form),
               .channel = channel};
  const Request request{form.reply, Request::Way::form};
  take_asked(turn, &request, rollout::asked::Start{std::move(plan)}, form.reply.user);
}

void submit_record(Turn& turn, const inbound::Submission& form) {
  const Request request{form.reply, Request::Way::form};
  const auto users = rollout::parse_users(value_of(form, "users"));
  if (!users) return form_error(turn, "users", rollout_texts(turn.settings.language).users_wrong);
  rollout::Record record{.users = users->count,
                         .about = users->about,
                         .downstream = value_of(form, "downstream"),
                         .errors = value_of(form, "errors"),
                         .changes = value_of(form, "changes")};
  const auto id = view::read_rollout(form.context + ":0:").id;
  if (const auto* found = known_rollout(turn, id))
    for (std::size_t i = 0; i < found->criteria.size(); ++i)
      if (auto value = value_of(form, ("metric" + std::to_string(i)).c_str()); !value.empty())
        record.metrics.push_back({found->criteria[i], std::move(value)});
  take_asked(turn, &request, rollout::asked::Report{id, std::move(record)}, form.reply.user);
}

}  // namespace

bool decide_rollout_press(Turn& turn, const inbound::Press& press) {
  if (!press.action.starts_with("rollout_")) return false;
  const Request request{press.reply, Request::Way::press};
  const auto& what = press.action;
  const auto target = view::read_rollout(press.value);
  const auto* found = known_rollout(turn, target.id);
  if (!found && what == button::rollout_rollback) {  // off is never blocked
    ask_off(turn, request, target.flag, false);
    return true;
  }
  if (!found) {
    refuse(turn, request,
           fill(rollout_texts(turn.settings.language).unknown,
                {escaped(turn.settings.rollout_command), std::to_string(target.id)}));
    return true;
  }
  if (what == button::rollout_rollback) ask_rollback(turn, request, *found, {});
  if (what == button::rollout_hold) take_asked(turn, &request, rollout::asked::Hold{target.id, {}}, press.reply.user);
  // A button of an old post leads to a stage that may have been left long ago.
  if (what == button::rollout_advance || what == button::rollout_resume)
    ask_stage(turn, request, *found, rollout::step_to(*found, target.stage, turn.at), {});
  if (what == button::rollout_record) {
    if (found->stage < 0)
      refuse_rollout(turn, request, *found, rollout::Refusal::not_begun);
    else
      open_modal(turn, request, view::rollout_record_form(turn.settings, *found, turn.at, std::to_string(found->id)));
  }
  return true;
}

bool decide_rollout_form(Turn& turn, const inbound::Submission& form) {
  if (form.callback == button::rollout_start) return submit_plan(turn, form), true;
  if (form.callback == button::rollout_record) return submit_record(turn, form), true;
  return false;
}

void decide_rollout_flag_read(Turn& turn, const inbound::FlagsRead& read) {
  const auto request = request_of(read.asked);
  const auto* found = with_reading(read);
  if (!found) return answer(turn, request, view::flag_status(turn.settings, read));
  const view::FlagTarget target{found->provider, read.asked.name, read.asked.environment};
  const auto& flag = found->reading->flag;
  if (!flag.states.contains(target.environment)) return refuse_no_environment(turn, read, flag);
  if (!flag::sets_percentages(turn.settings.flags, target.provider))
    return refuse(
        turn, request,
        fill(rollout_texts(turn.settings.language).no_percentages, {{}, code(target.name), escaped(target.provider)}));
  open_modal(
      turn, request,
      view::rollout_start_form(turn.settings, target, request.reply.channel + "\n" + view::write_target(target)));
}

}  // namespace vakt
