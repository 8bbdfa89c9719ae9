// What people can do to an incident, by command or by tap. Each keeps an entry of it and answers whoever asked.
#include "bot/decide/action_turn.hpp"
#include "bot/decide/postmortem_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt {

namespace {

// False, with the refusal said, where the incident is over.
bool still_open(Turn& turn, const Request& request) {
  const auto& incident = *turn.incident();
  if (incident.status == Status::open) return true;
  refuse(turn, request,
         fill(turn.text.already_resolved,
              {std::to_string(incident.number), state_shown(turn.text, incident), turn.settings.incident_command}));
  return false;
}

}  // namespace

void set_severity(Turn& turn, const Request& request, Severity severity) {
  const auto shown_text = shown(turn.text, severity);
  if (turn.incident()->severity != severity) {
    turn.emit(event::SeverityChanged{severity}, request.reply.user);
    turn.record(EntryKind::severity, std::string{name(severity)}, request.reply.user,
                fill(turn.text.entry_severity, {shown_text}));
  }
  answer(turn, request, view::sentence(fill(turn.text.severity_set, {shown_text})));
}

void set_phase(Turn& turn, const Request& request, Phase phase) {
  if (!still_open(turn, request)) return;
  const auto shown_text = shown(turn.text, phase);
  if (turn.incident()->phase != phase) {
    turn.emit(event::PhaseChanged{phase}, request.reply.user);
    turn.record(EntryKind::status, std::string{name(phase)}, request.reply.user,
                fill(turn.text.entry_status, {shown_text}));
  }
  answer(turn, request, view::sentence(fill(turn.text.status_set, {shown_text})));
}

void assign_role(Turn& turn, const Request& request, const std::string& role, const UserId& wanted) {
  const auto user = wanted.empty() ? request.reply.user : wanted;
  const auto shown_role = role == "lead" ? std::string{turn.text.lead} : harmless(role);
  const auto held = turn.incident()->roles.find(role);
  if (held == turn.incident()->roles.end() || held->second != user) {
    turn.emit(event::RoleAssigned{role, user}, request.reply.user);
    turn.record(EntryKind::role, role, request.reply.user, fill(turn.text.entry_role, {shown_role, person(user)}));
    if (user != request.reply.user && !turn.incident()->channel.id.empty())
      turn.effect(effect::Invite{turn.incident()->channel.id, {user}, {}});
  }
  answer(turn, request, view::sentence(fill(turn.text.role_set, {shown_role, person(user)})));
}

void set_team(Turn& turn, const Request& request, const std::string& typed) {
  const auto team = tidy(readable(typed, {}));  // as [[team]] and other programs spell it
  turn.emit(event::TeamChanged{team}, request.reply.user);
  turn.record(EntryKind::system, "team", request.reply.user, fill(turn.text.entry_team, {escaped(team)}), false);
  auto said = view::sentence(fill(turn.text.team_set, {std::to_string(turn.incident()->number), escaped(team)}));
  const auto& first = turn.settings.actions.teams.front();
  if (!first.name.empty() && !is_team(turn, team))
    said.blocks.emplace_back(view::team_not_configured(reader_for(turn, first), team));
  answer(turn, request, std::move(said));
}

void set_field(Turn& turn, const Request& request, const std::string& field, const std::string& text) {
  turn.record(EntryKind::field, field, request.reply.user, text, false);
  auto said = fill(turn.text.field_set, {shown_field(turn.text, field)});
  if (const auto not_shown = not_shown_in_documents(turn, field); !not_shown.empty()) said += " " + not_shown;
  answer(turn, request, view::sentence(said));
}

void give_update(Turn& turn, const Request& request, const std::string& text) {
  if (!still_open(turn, request)) return;
  turn.emit(event::Updated{}, request.reply.user);
  turn.record(EntryKind::update, {}, request.reply.user, text);
  say(turn, request, view::sentence(fill(turn.text.update_posted, {person(request.reply.user), harmless(text)})),
      "update");
}

void take_note(Turn& turn, const Request& request, std::optional<std::pair<Instant, bool>> when,
               const std::string& text) {
  const auto [at, approximate] = when.value_or(std::pair{turn.at, false});
  turn.add({.at = at,
            .approximate = approximate,
            .kind = EntryKind::note,
            .actor = request.reply.user,
            .text = text,
            .on_timeline = true});
  answer(turn, request,
         view::sentence(
             fill(turn.text.noted,
                  {(approximate ? "~" : "") + clock_or_date(at, turn.at, turn.settings.timezone), harmless(text)})));
}

void set_own_end(Turn& turn) {
  const auto ended = turn.incident()->marker(Marker::downtime_end);
  if (!ended || turn.incident()->marker(Marker::event_end) || turn.incident()->status == Status::cancelled) return;
  const auto at = ended->at + std::chrono::minutes{turn.settings.normal_minutes};
  if (at > turn.at) return;
  turn.emit(event::MarkerSet{Marker::event_end, {at, ended->approximate}}, {});
  auto entry = turn.facts.own_end.value_or(
      Entry{.kind = EntryKind::marker, .detail = "event_end", .text = std::string{turn.text.event_end}});
  entry.at = at;
  entry.approximate = ended->approximate;
  entry.on_timeline = true;
  if (entry.seq)
    turn.out.replaced.push_back(std::move(entry));
  else
    turn.add(std::move(entry));
}

// The EVENT END that vakt had set by itself holds no more. Its entry waits off the timeline for the next one.
void clear_own_end(Turn& turn) {
  if (turn.incident()->marker(Marker::event_end)) turn.emit(event::MarkerCleared{Marker::event_end}, {});
  if (!turn.facts.own_end || !turn.facts.own_end->on_timeline) return;
  auto entry = *turn.facts.own_end;
  entry.on_timeline = false;
  turn.out.replaced.push_back(std::move(entry));
}

void set_marker(Turn& turn, const Request& request, Marker marker, MarkerTime time) {
  const auto& user = request.reply.user;
  // Down again after it was up: the incident has not ended after all.
  const auto up = turn.incident()->marker(Marker::downtime_end);
  const bool again = marker == Marker::downtime_start && up && time.at > up->at;
  std::vector<std::pair<Marker, MarkerTime>> taken_back;
  if (again) {
    turn.emit(event::MarkerCleared{Marker::downtime_end}, user);
    taken_back.emplace_back(Marker::downtime_end, *up);
  }
  if (turn.incident()->event_end_ours && (again || marker == Marker::downtime_end || marker == Marker::event_end)) {
    clear_own_end(turn);
  } else if (const auto ended = turn.incident()->marker(Marker::event_end); again && ended && ended->at < time.at) {
    turn.emit(event::MarkerCleared{Marker::event_end}, user);
    taken_back.emplace_back(Marker::event_end, *ended);
  }
  if (!again || !turn.incident()->marker(marker)) turn.emit(event::MarkerSet{marker, time}, user);
  // A time that is put right stands on the timeline once; that of an earlier downtime stays.
  for (auto earlier : turn.facts.timeline) {
    if (again || earlier.kind != EntryKind::marker || earlier.detail != name(marker)) continue;
    earlier.on_timeline = false;
    turn.out.replaced.push_back(std::move(earlier));
  }
  turn.add({.at = time.at,
            .approximate = time.approximate,
            .kind = EntryKind::marker,
            .detail = std::string{name(marker)},
            .actor = user,
            .text = std::string{shown(turn.text, marker)},
            .on_timeline = true});
  if (marker == Marker::downtime_end) set_own_end(turn);  // it may be due already
  answer(turn, request, view::marker_set(turn.settings, *turn.incident(), marker, time, turn.at, taken_back));
}

void resolve(Turn& turn, const Request& request, const std::string& text) {
  if (!still_open(turn, request)) return;
  turn.emit(event::Resolved{}, request.reply.user);
  turn.record(EntryKind::status, "resolved", request.reply.user,
              std::string{turn.text.entry_resolved} + (text.empty() ? "" : ": " + text));
  if (!text.empty()) turn.record(EntryKind::field, "solution", request.reply.user, text, false);
  const auto duty = want_postmortem_on_resolve(turn, request.reply.user);
  auto said = fill(turn.text.resolved,
                   {person(request.reply.user), view::duration_shown(turn.at - turn.incident()->declared_at),
                    harmless(text), turn.settings.incident_command});
  auto resolved = view::sentence(duty.empty() ? said : said + "\n" + duty);
  resolved.blocks.emplace_back(view::Actions{{view::postmortem_button(turn.settings, *turn.incident())}});
  say(turn, request, std::move(resolved), "resolved");
  ask_for_items(turn, request);
}

void reopen(Turn& turn, const Request& request, const std::string& text) {
  if (turn.incident()->status == Status::open)
    return refuse(turn, request, fill(turn.text.already_open, {std::to_string(turn.incident()->number)}));
  for (const auto& other : turn.facts.open)
    if (!other.channel.id.empty() && other.channel.id == turn.incident()->channel.id)
      return refuse(turn, request,
                    fill(turn.text.channel_busy, {std::to_string(other.number), std::to_string(turn.incident()->number),
                                                  turn.settings.incident_command}));
  turn.emit(event::Reopened{}, request.reply.user);
  turn.record(EntryKind::status, "open", request.reply.user,
              std::string{turn.text.entry_reopened} + (text.empty() ? "" : ": " + text));
  say(turn, request, view::sentence(fill(turn.text.reopened, {person(request.reply.user), harmless(text)})),
      "reopened");
}

void cancel(Turn& turn, const Request& request, const std::string& reason) {
  if (!still_open(turn, request)) return;
  turn.emit(event::Cancelled{}, request.reply.user);
  turn.record(EntryKind::status, "cancelled", request.reply.user, fill(turn.text.entry_cancelled, {reason}));
  say(turn, request, view::sentence(fill(turn.text.cancelled, {person(request.reply.user), harmless(reason)})),
      "cancelled");
}

}  // namespace vakt
