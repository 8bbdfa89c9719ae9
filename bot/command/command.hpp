// The text of a slash command as a typed command, or an error that names the nearest right form. Pure, fuzzed.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "bot/incident/incident.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

// A time as typed: a clock time (the latest such moment not in the future), a date with one, or minutes ago.
struct TypedTime {
  WallTime wall;
  std::optional<int> minutes_ago;
  bool approximate = false;
};
std::optional<TypedTime> parse_time(std::string_view word);  // 09:20, 0920, 09.20, 09:20:15, ~12:30, -10m
Instant moment(const TypedTime&, Instant now, const std::string& zone);

namespace command {
struct Menu {};  // nothing typed: the declare modal outside an incident, the tray inside
struct Declare {
  bool here = false, test = false;
  Severity severity = Severity::unset;
  std::string title;  // as Slack sent it; empty: the modal
};
struct Update {
  std::string text;  // empty: the modal
};
struct SetSeverity {
  Severity severity;
};
struct AssignRole {
  std::string role;  // "lead", …
  UserId user;       // empty: whoever typed it
};
struct SetPhase {
  Phase phase;
};
struct SetTeam {
  std::string team;
};
struct SetField {
  std::string field;  // "summary", "impact", … "affected", "link"
  std::string text;
};
struct Note {
  std::optional<TypedTime> when;
  std::string text;
};
struct Mark {
  Marker marker;
  std::optional<TypedTime> when;
};
struct Resolve {
  std::string text;
};
struct Reopen {
  std::string text;
};
struct Cancel {
  std::string reason;
};
struct Postmortem {
  std::string document;  // "oslo", "nav"; empty: the configuration's
};
struct PublishPostmortem {
  std::string url;
};
struct OwnPostmortem {
  UserId user;  // empty: whoever typed it
};
struct PostmortemDue {
  std::string date;  // as typed: a date by action::parse_due
};
struct List {};
struct Who {};
struct Timeline {};
struct Help {};
}  // namespace command

using IncidentCommand =
    std::variant<command::Menu, command::Declare, command::Update, command::SetSeverity, command::AssignRole,
                 command::SetPhase, command::SetTeam, command::SetField, command::Note, command::Mark, command::Resolve,
                 command::Reopen, command::Cancel, command::Postmortem, command::PublishPostmortem,
                 command::OwnPostmortem, command::PostmortemDue, command::List, command::Who, command::Timeline,
                 command::Help>;

struct ParsedCommand {
  IncidentNumber number = 0;  // "/incident 12 update …"; 0: the incident of the channel
  IncidentCommand command;
};

enum class CommandFault {
  unknown,     // no such subcommand; `form` holds the nearest one
  needs_text,  // `form` shows what is missing
  bad_value,   // the value is none of those that `form` names
  bad_date,    // of an action item: `form` holds the nearest one
};
struct CommandError {
  CommandFault fault;
  std::string word;  // what was typed, cut, never trusted as mrkdwn
  std::string form;  // the right form without the slash command's name: "severity sev1|sev2|sev3|sev4"
};

std::expected<ParsedCommand, CommandError> parse_incident_command(std::string_view text);

}  // namespace vakt
