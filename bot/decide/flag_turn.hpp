// The steps of a flag's change, by what arrived. Each file beside this one is one of them.
#pragma once

#include "bot/decide/turn.hpp"
#include "bot/flags/flag_change.hpp"
#include "bot/texts/flag_texts.hpp"
#include "bot/view/flag_view.hpp"

namespace vakt {

void decide_flag_command(Turn&, const inbound::Command&);
bool decide_flag_press(Turn&, const inbound::Press&);  // false: no button of a flag's
void decide_flag_form(Turn&, const inbound::Submission&);
void decide_flag_progress(Turn&, const inbound::FlagProgress&);
void decide_flags_read(Turn&, const inbound::FlagsRead&);
void decide_flags_observed(Turn&, const inbound::FlagsObserved&);
void decide_flag_due(Turn&, const inbound::Due&);
void decide_flag_posted(Turn&, const effect::Post&, const inbound::EffectDone&);
void decide_operators(Turn&, const effect::LookUpGroup&, const inbound::EffectDone&);

// An order as it is typed: "percent 10".
std::string order_words(const flag::Wanted&);
// What the services tell of that is no echo of an order of vakt's.
std::vector<flag::Sighting> changes_by_others(const Turn&);
// Those, and vakt's own orders with who gave them; newest first.
std::vector<flag::Sighting> recent_changes(const Turn&);
// The posts of a fresh incident's channel: what changed in the last two hours. Nothing did: no post.
void tell_recent_changes(Turn&);

// Who may. The stored list decides; where it is not known which members the group has, anyone may turn off.
bool may_turn_off(const Turn&, const UserId&);
bool may_turn_on(const Turn&, const UserId&);
void look_up_operators(Turn&, const Request* waiting = nullptr, const std::string& target = {});
void refuse_off(Turn&, const Request&, const view::FlagTarget&);  // the operators get a button instead
// In the incident's channel, else the announce channel, else where it was typed; in the next of these where the post
// fails; and if all do, the asker is told so.
void ask_others(Turn&, const inbound::ReplyTo& asker, view::Message, const char* purpose);
void decide_asked(Turn&, const effect::Post&, const inbound::EffectDone&);

// Asked for by a command or a tap; refused, asked back, or started.
void ask_off(Turn&, const Request&, const view::FlagTarget&, bool sure);
void ask_on(Turn&, const Request&, const view::FlagTarget&, flag::Action, int percent, std::chrono::minutes duration,
            const std::string& for_rollout = {});  // write_stage_asked(): on behalf of a rollout
void undo(Turn&, const Request&, const flag::Change&);
bool is_being_undone(const Turn&, const flag::Change&);  // by an order of ours that is not over yet

// The turn is about the incident that the change belongs to, where that is open and none was named.
void take_incident_of(Turn&, const flag::Change&);
// The one way in for every change: kept, announced, sent to the service.
void start_change(Turn&, flag::Change);
flag::Change new_change(const Turn&, const Request&, const view::FlagTarget&, flag::Action);
// What puts the flag back as it was before that change; only where nobody has changed it since.
flag::Change undo_of(const Turn&, const Request&, const flag::Change&);
// Saved, and its posts follow.
void keep_change(Turn&, const flag::Change& before, flag::Change after);
// Into an incident's record, at the second it took effect.
void record_change(Turn&, const flag::Change&);

}  // namespace vakt
