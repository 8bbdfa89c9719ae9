// The steps of a rollout, by what arrived. Each file beside this one is one of them.
#pragma once

#include "bot/decide/flag_turn.hpp"
#include "bot/decide/turn.hpp"
#include "bot/rollouts/rollout_life.hpp"
#include "bot/view/rollout_view.hpp"

namespace vakt {

void decide_rollout_command(Turn&, const inbound::Command&);
bool decide_rollout_press(Turn&, const inbound::Press&);      // false: no button of a rollout's
bool decide_rollout_form(Turn&, const inbound::Submission&);  // false: no form of a rollout's
bool decide_rollout_due(Turn&, const inbound::Due&);          // false: another's
void decide_rollout_asked(Turn&, const inbound::RolloutAsked&);
bool decide_rollout_not_posted(Turn&, const effect::Post&, const inbound::EffectDone&);  // false: another's
// The flag that a rollout is to be planned for was read: the form, or why not.
void decide_rollout_flag_read(Turn&, const inbound::FlagsRead&);

// What these turns need to know; rollout_needs.cpp.
Needs needs_of_rollout(const inbound::Command&);
std::optional<Needs> needs_of_rollout(const inbound::Press&);
std::optional<Needs> needs_of_rollout(const inbound::Submission&);
std::optional<Needs> needs_of_rollout(const inbound::Due&);

// As this turn has it by now; null: not known.
const rollout::Rollout* known_rollout(const Turn&, rollout::Id);
// Kept, and reminded of when it is time.
void keep_rollout(Turn&, rollout::Rollout);
// Said where it was started, with how it stands.
void tell_of_rollout(Turn&, const rollout::Rollout&, std::string_view pattern, const std::string& who);
void refuse_rollout(Turn&, const Request&, const rollout::Rollout&, rollout::Refusal);
void take_asked(Turn&, const Request*, rollout::Asked, const UserId& by);  // request: whoever is told; null: nobody

// Advance and resume: the flag is read, shown, agreed to, changed; see flag_reading.cpp and flag_taps.cpp.
void ask_stage(Turn&, const Request&, const rollout::Rollout&, const std::expected<rollout::Step, rollout::Refusal>&,
               const std::string& reason);
void ask_rollback(Turn&, const Request&, const rollout::Rollout&, const std::string& reason);

// What the confirmation of a flag's change asks for on behalf of a rollout: "ID STAGE REASON". Empty: no rollout's.
struct StageAsked {
  rollout::Id id = 0;
  int stage = 0;
  std::string reason;  // plain
};
std::string write_stage_asked(const StageAsked&);
StageAsked read_stage_asked(const std::string&);
StageAsked asked_for_rollout(const std::string& context_of_a_confirmation);

// Before the confirmation is shown: the rollout's part of it, or false where it must not go on (and that was said).
bool confirm_stage(Turn&, const Request&, const StageAsked&, const flag::State& now, flag::Change&,
                   view::FlagConfirmation&);
// A person agreed to that change: what stands against it, for them; else the rollout waits for its proof.
std::string order_stage(Turn&, const flag::Change&);

// How changes of flags concern rollouts: own ones advance, others hold or end them.
void follow_change(Turn&, const flag::Change& before, const flag::Change& after);
void follow_observed(Turn&, const std::string& provider, const flag::Observation&);

}  // namespace vakt
