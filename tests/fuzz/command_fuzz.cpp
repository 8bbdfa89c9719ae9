// Any bytes as the text of a slash command: never a crash, never an exception, and every refusal names a form.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bot/actions/card_link.hpp"
#include "bot/actions/due_date.hpp"
#include "bot/command/action_command.hpp"
#include "bot/command/command.hpp"
#include "bot/command/flag_command.hpp"
#include "bot/command/rollout_command.hpp"
#include "bot/rollouts/stage_text.hpp"
#include "bot/texts/mrkdwn.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = vakt::parse_incident_command(text);
  if (!parsed && parsed.error().form.empty()) std::abort();
  if (parsed && parsed->number < 0) std::abort();
  const auto flag = vakt::parse_flag_command(text);
  if (!flag && flag.error().form.empty()) std::abort();
  if (flag)
    if (const auto* change = std::get_if<vakt::flag_command::Change>(&*flag);
        change && (change->percent < 0 || change->percent > 100))
      std::abort();
  if (const auto duration = vakt::parse_duration(text); duration && duration->count() <= 0) std::abort();
  const auto action = vakt::parse_action_command(text);
  if (!action && action.error().form.empty()) std::abort();
  if (action)
    if (const auto* add = std::get_if<vakt::action_command::Add>(&*action);
        add && !add->details.due.empty() && vakt::action::due_error(add->details.due))
      std::abort();
  const auto rollout = vakt::parse_rollout_command(text);
  if (!rollout && rollout.error().form.empty()) std::abort();
  if (const auto stages = vakt::rollout::parse_stages(text)) {
    if (stages->empty() || stages->size() > vakt::rollout::most_stages || stages->back().percent > 100) std::abort();
    const auto again = vakt::rollout::parse_stages(vakt::rollout::stages_text(*stages));
    if (!again || *again != *stages) std::abort();
  } else if (stages.error().part.size() > 40) {
    std::abort();
  }
  if (const auto users = vakt::rollout::parse_users(text); users && users->count < 0) std::abort();
  (void)vakt::first_word(text);
  const auto due = vakt::action::parse_due(text, vakt::Instant{}, "Europe/Oslo");
  if (due ? !due->date.ok() : due.error().form.empty()) std::abort();
  if (const auto link = vakt::action::short_link_in(text); link && link->size() != 8) std::abort();
  if (vakt::harmless(text).find("<!") != std::string::npos) std::abort();
  (void)vakt::readable(text, {});
  (void)vakt::parse_time(text);
  return 0;
}
