// What people see of flags: who sees one, what a kill did, the list of recent changes, the confirmation. Pure. Names of
// flags and environments are shown as code and made harmless here.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/flags/flag_change.hpp"
#include "bot/flags/flag_lint.hpp"
#include "bot/inbound.hpp"
#include "bot/incident/incident.hpp"
#include "bot/settings.hpp"
#include "bot/view/blocks.hpp"

namespace vakt::view {

namespace action {
inline constexpr const char* flag_off = "flag_off";            // value: write_target()
inline constexpr const char* flag_off_sure = "flag_off_sure";  // the same, of a protected flag
inline constexpr const char* flag_status = "flag_status";      // value: write_target()
inline constexpr const char* flag_undo = "flag_undo";          // value: a change's number
inline constexpr const char* flag_stop = "flag_stop";          // value: a change's number
inline constexpr const char* flag_add = "flag_add";            // value: "CHANGE:INCIDENT"
inline constexpr const char* flag_declare = "flag_declare";    // value: a change's number
inline constexpr const char* flag_confirm = "flag_confirm";    // the form; context: whatever decide put there
inline constexpr const char* flag_approve =
    "flag_approve";  // value: the number of the change that waits; the second person
}  // namespace action

// A flag that a button is about.
struct FlagTarget {
  std::string provider, name, environment;
};
std::string write_target(const FlagTarget&);
FlagTarget read_target(const std::string&);

// True where off leaves applications the default in their code (flagd), and is so no promise that nobody sees it.
bool off_is_default(const Settings&, const std::string& provider);

// "everyone", "10 %", "up to 25 %", "nobody", "cannot tell (between 10 and 100 %)".
std::string audience_words(const Settings&, const flag::Exposure&);
std::string audience_words(const Settings&, const flag::Seen&);
// The same with why: "everyone: strategy `default` is joined by OR to `byCluster`".
std::string exposure_words(const Settings&, const flag::Exposure&);

// One change as it stands: the post in the incident's channel and the one in the announce channel, edited in place.
// Buttons by what can be done now: stop, undo, turn off elsewhere, run by hand.
Message flag_change(const Settings&, const flag::Change&);
// One line of it, for the record and for the terminal.
std::string flag_change_line(const Settings&, const flag::Change&);
// The answer to whoever asked outside an incident: flag_change, with "Add to inc-12" or "Declare with this kill".
Message flag_answer(const Settings&, const flag::Change&, const std::vector<Incident>& open);

// The changes of the last hours, newest first, a Turn off button each; ours and everybody's.
Message flag_recent(const Settings&, const std::vector<flag::Sighting>&, Instant now, int hours);
// Who sees it now in every environment, and why; lint findings; buttons.
Message flag_status(const Settings&, const inbound::FlagsRead&);
Message flag_list(const Settings&, const inbound::FlagsRead&);
Message flag_lint(const Settings&, const inbound::FlagsRead&);
Message flag_history(const Settings&, const std::string& name, const std::vector<flag::Change>&,
                     const std::vector<flag::Sighting>&);
// "Turn off in production".
Block off_button(const Settings&, const FlagTarget&);
// Who may change flags: "@oncall, <@U1>".
std::string operators_words(const Settings&);
// Asked of everybody who may: somebody who may not wants this flag off.
Message flag_asked(const Settings&, const FlagTarget&, const UserId& asker);
// "Off does harm here": asks once.
Message flag_protected(const Settings&, const FlagTarget&);

// Before it is turned on or wider: who sees it now, who would; the flag's name is to be typed.
struct FlagConfirmation {
  FlagTarget target;
  flag::Action action = flag::Action::on;
  int percent = 0;
  std::string duration;  // "30m", as typed
  std::vector<flag::AudienceExposure> before, after;
  bool needs_typing = false;  // production is touched, or everybody would see it, or it cannot be told
  bool needs_reason = false;  // an open SEV1 or SEV2 elsewhere
  bool needs_second = false;  // a second person has to agree
  std::string reason;         // given already, plain
  std::vector<std::string> notes;
};
Modal flag_confirm(const Settings&, const FlagConfirmation&, const std::string& context);
// To the second person: what is asked for, who sees it now, who would.
Message flag_approval(const Settings&, const flag::Change&);

}  // namespace vakt::view
