// A typed /incident command, and what it asks for.
#include "bot/command/command.hpp"
#include "bot/decide/postmortem_turn.hpp"
#include "bot/decide/turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

struct Run {
  Turn& turn;
  const Request& request;
  IncidentNumber number;

  // The incident that the command is about, or a refusal that says how to name one.
  bool has_incident(const char* example) const {
    if (turn.incident()) return true;
    refuse(turn, request,
           number ? fill(turn.text.no_such_incident, {std::to_string(number), turn.settings.incident_command})
                  : fill(turn.text.no_incident_here, {turn.settings.incident_command, example}));
    return false;
  }

  void operator()(const command::Menu&) const {
    if (turn.incident()) return answer(turn, request, view::tray(turn.settings, *turn.incident()));
    open_declare_form(turn, request, {}, {});
  }
  void operator()(const command::Declare& c) const {
    if (tidy(c.title).empty()) return open_declare_form(turn, request, {}, {});
    declare(turn, request, {.title = c.title, .severity = c.severity, .here = c.here, .test = c.test});
  }
  void operator()(const command::Update& c) const {
    if (!has_incident("update TEXT")) return;
    if (c.text.empty())
      open_modal(turn, request, view::text_form(turn.settings, *turn.incident(), view::action::update));
    else
      give_update(turn, request, c.text);
  }
  void operator()(const command::SetSeverity& c) const {
    if (has_incident("severity sev2")) set_severity(turn, request, c.severity);
  }
  void operator()(const command::AssignRole& c) const {
    if (has_incident("lead @user")) assign_role(turn, request, c.role, c.user);
  }
  void operator()(const command::SetPhase& c) const {
    if (has_incident("status identified")) set_phase(turn, request, c.phase);
  }
  void operator()(const command::SetTeam& c) const {
    if (has_incident("team NAME")) set_team(turn, request, c.team);
  }
  void operator()(const command::SetField& c) const {
    if (has_incident("summary TEXT")) set_field(turn, request, c.field, c.text);
  }
  void operator()(const command::Note& c) const {
    if (!has_incident("note TEXT")) return;
    std::optional<std::pair<Instant, bool>> when;
    if (c.when) when.emplace(moment(*c.when, turn.at, turn.settings.timezone), c.when->approximate);
    take_note(turn, request, when, c.text);
  }
  void operator()(const command::Mark& c) const {
    if (!has_incident("mark down")) return;
    const auto at = c.when ? moment(*c.when, turn.at, turn.settings.timezone) : turn.at;
    set_marker(turn, request, c.marker, {at, c.when && c.when->approximate});
  }
  void operator()(const command::Resolve& c) const {
    if (has_incident("resolve")) resolve(turn, request, c.text);
  }
  void operator()(const command::Reopen& c) const {
    if (has_incident("reopen")) reopen(turn, request, c.text);
  }
  void operator()(const command::Cancel& c) const {
    if (has_incident("cancel REASON")) cancel(turn, request, c.reason);
  }
  void operator()(const command::Postmortem& c) const {
    if (has_incident("postmortem")) write_postmortem(turn, request, c.document);
  }
  void operator()(const command::PublishPostmortem& c) const {
    if (has_incident("postmortem publish URL")) publish_postmortem(turn, request, c.url);
  }
  void operator()(const command::OwnPostmortem& c) const {
    if (has_incident("postmortem owner @user")) own_postmortem(turn, request, c.user);
  }
  void operator()(const command::PostmortemDue& c) const {
    if (has_incident("postmortem due DATE")) set_postmortem_due(turn, request, c.date);
  }
  void operator()(const command::List&) const {
    answer(turn, request, view::open_incidents(turn.settings, turn.facts.open));
  }
  void operator()(const command::Who&) const {
    if (has_incident("who")) answer(turn, request, view::who(turn.settings, *turn.incident()));
  }
  void operator()(const command::Timeline&) const {
    if (has_incident("timeline")) answer(turn, request, view::timeline(turn.settings, turn.facts.timeline));
  }
  void operator()(const command::Help&) const {
    answer(turn, request, view::sentence(fill(turn.text.help, {turn.settings.incident_command})));
  }
};

}  // namespace

void decide_command(Turn& turn, const inbound::Command& typed) {
  const auto request = begin_command(turn, typed);
  const auto parsed = parse_incident_command(typed.text);
  if (!parsed) return refuse(turn, request, explained(turn, parsed.error(), turn.settings.incident_command));
  std::visit(Run{turn, request, parsed->number}, parsed->command);
}

}  // namespace vakt
