// What people see of rollouts: how one stands, what is told of it, the forms. Pure. People's words are made harmless
// here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/rollouts/rollout_life.hpp"
#include "bot/rollouts/stage_text.hpp"
#include "bot/settings.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/rollout_texts.hpp"
#include "bot/view/blocks.hpp"
#include "bot/view/flag_view.hpp"

namespace vakt::view {

namespace action {
// Buttons. Value: write_rollout().
inline constexpr const char* rollout_advance = "rollout_advance";
inline constexpr const char* rollout_resume = "rollout_resume";
inline constexpr const char* rollout_record = "rollout_record";  // the form too; context: write_rollout(), channel
inline constexpr const char* rollout_hold = "rollout_hold";
inline constexpr const char* rollout_rollback = "rollout_rollback";
inline constexpr const char* rollout_start = "rollout_start";  // the form; context: target, channel
}  // namespace action

// A rollout that a button is about, at the stage that it leads to; with its flag, for off is never blocked by what
// cannot be looked up.
struct RolloutTarget {
  rollout::Id id = 0;
  int stage = 0;
  FlagTarget flag;
};
std::string write_rollout(const RolloutTarget&);
RolloutTarget read_rollout(const std::string&);

Message rollout_list(const Settings&, const std::vector<rollout::Rollout>&, Instant now);
// How it stands and what to do now, with the buttons for that; `said` stands first, or nothing does.
Message rollout_status(const Settings&, const rollout::Rollout&, Instant now, const std::string& said = {});

// A sentence about it: {0}: number, {1}: flag, {2}: environment, {3}: `who`, {4}: the percentage that it is at.
std::string rollout_said(std::string_view pattern, const rollout::Rollout&, const std::string& who = {});
// "<@U1>", a name, or "somebody".
std::string rollout_person(const Settings&, const std::string& by);
std::string rollout_refused(const Settings&, const rollout::Rollout&, rollout::Refusal);
// That one is under way already, of whoever wants to plan another for its flag.
std::string rollout_under_way(const Settings&, const rollout::Rollout&);
std::string rollout_why(const Settings&, const std::vector<rollout::Unless>&);  // why a reason is needed
std::string verdict_shown(const Settings&, const rollout::Verdict&);
// How it stands and what to do now, for a terminal: `vakt rollout` in place of the command in Slack, and no emoji.
std::string rollout_line(const Settings&, const rollout::Rollout&, Instant now, const Names&);

Modal rollout_start_form(const Settings&, const FlagTarget&, const std::string& context);
Modal rollout_record_form(const Settings&, const rollout::Rollout&, Instant now, const std::string& context);
std::string stages_wrong(const Settings&, const rollout::StageError&);  // plain, for a form or a terminal

}  // namespace vakt::view
