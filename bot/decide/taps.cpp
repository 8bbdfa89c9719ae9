// Buttons, selects, forms and shortcuts: everything that changes state, without typing a command.

#include "bot/command/command.hpp"
#include "bot/decide/action_turn.hpp"
#include "bot/decide/flag_turn.hpp"
#include "bot/decide/postmortem_turn.hpp"
#include "bot/decide/rollout_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt {

namespace {

namespace button = view::action;

std::string after_colon(const std::string& value) {
  const auto colon = value.find(':');
  return colon == std::string::npos ? std::string{} : value.substr(colon + 1);
}

void join(Turn& turn, const Request& request) {
  const auto& incident = *turn.incident();
  if (incident.channel.id.empty())
    return refuse(turn, request, fill(turn.text.not_bound_yet, {std::to_string(incident.number)}));
  turn.effect(effect::Invite{incident.channel.id, {request.reply.user}, {}});
  answer(turn, request, view::sentence(fill(turn.text.joined, {"<#" + incident.channel.id + ">"})));
}

void add_alert(Turn& turn, const Request& request, const inbound::Message& message) {
  add_to_timeline(turn, message);
  answer(turn, request, view::sentence(fill(turn.text.added_to_timeline, {std::to_string(turn.incident()->number)})));
}

// The offered incident is the same one: what was going to be declared belongs to it.
void use_recent(Turn& turn, const Request& request, const std::string& key) {
  if (turn.facts.draft) {
    const auto& draft = *turn.facts.draft;
    if (draft.message) add_to_timeline(turn, *draft.message);
    turn.record(EntryKind::note, {}, request.reply.user,
                draft.title + (draft.description.empty() ? "" : "\n" + draft.description));
    turn.out.drafts_finished.push_back(key);
  }
  join(turn, request);
}

void declare_anyway(Turn& turn, const Request& request, const std::string& key) {
  if (!turn.facts.draft) return refuse(turn, request, fill(turn.text.offer_gone, {turn.settings.incident_command}));
  turn.out.drafts_finished.push_back(key);
  declare(turn, request, *turn.facts.draft);
}

void submit_declaration(Turn& turn, const Request& request, const inbound::Submission& form) {
  const auto title = value_of(form, "title");
  if (title.empty()) return form_error(turn, "title", turn.text.title_missing);
  auto draft = turn.facts.draft.value_or(Draft{.begun = turn.at});
  draft.title = escaped(title);
  draft.severity = severity_from(value_of(form, "severity")).value_or(Severity::unset);
  const auto kind = value_of(form, "kind");
  draft.here = kind == "here";
  draft.test = kind == "test";
  draft.description = escaped(value_of(form, "description"));
  Request from = request;
  from.draft = form.context;
  from.reply.channel = draft.channel;
  if (turn.at - draft.begun < response_url_lasts) from.reply.response_url = draft.response_url;
  declare(turn, from, draft);
  if (!turn.out.drafts.contains(form.context)) turn.out.drafts_finished.push_back(form.context);
}

void submit_marker_time(Turn& turn, const Request& request, const inbound::Submission& form) {
  const auto marker = marker_from(after_colon(form.context));
  if (!marker) return;
  const auto time = parse_time(value_of(form, "time"));
  if (!time) return form_error(turn, "time", turn.text.time_wrong);
  set_marker(turn, request, *marker, {moment(*time, turn.at, turn.settings.timezone), time->approximate});
}

void submit_role(Turn& turn, const Request& request, const inbound::Submission& form) {
  const auto role = value_of(form, "role"), user = value_of(form, "user");
  if (role.empty() || user.empty()) return form_error(turn, "user", turn.text.person_missing);
  assign_role(turn, request, role, user);
}

void submit_note(Turn& turn, const Request& request, const inbound::Submission& form) {
  std::optional<std::pair<Instant, bool>> when;
  if (const auto typed = value_of(form, "time"); !typed.empty()) {
    const auto time = parse_time(typed);
    if (!time) return form_error(turn, "time", turn.text.time_wrong);
    when.emplace(moment(*time, turn.at, turn.settings.timezone), time->approximate);
  }
  take_note(turn, request, when, escaped(value_of(form, "text")));
}

}  // namespace

void decide_press(Turn& turn, const inbound::Press& press) {
  const Request request{press.reply, Request::Way::press};
  const auto& what = press.action;
  turn.out.audit = Audit{.actor = press.reply.user,
                         .channel = press.reply.channel,
                         .command = "[" + shortened(what, 60) + "] " + shortened(press.value, 100),
                         .outcome = "done"};
  turn.want_names(press.reply.user, {});
  if (decide_flag_press(turn, press) || decide_action_press(turn, press) || decide_rollout_press(turn, press)) return;
  if (what == button::declare) return open_declare_form(turn, request, {}, {});
  if (what == button::declare_anyway) return declare_anyway(turn, request, press.value);
  if (!turn.incident()) return;
  const auto& incident = *turn.incident();
  const auto chosen = after_colon(press.value);
  if (what == button::update || what == button::note || what == button::field || what == button::cancel ||
      what == button::resolve || what == button::role)
    return open_modal(turn, request, view::text_form(turn.settings, incident, what));
  if (what == button::marker_time && marker_from(chosen))
    return open_modal(turn, request, view::text_form(turn.settings, incident, what, chosen));
  if (what == button::tray) return answer(turn, request, view::tray(turn.settings, incident));
  if (what == button::timeline) return answer(turn, request, view::timeline(turn.settings, turn.facts.timeline));
  if (what == button::postmortem) return write_postmortem(turn, request, {});
  if (what == button::timeline_edit) return open_timeline_edit(turn, request);
  if (what == button::join) return join(turn, request);
  if (what == button::use_recent) return use_recent(turn, request, after_colon(press.value));
  if (what == button::reopen) return reopen(turn, request, {});
  if (what == button::take_lead) return assign_role(turn, request, "lead", {});
  if (what == button::severity) {
    if (const auto severity = severity_from(chosen)) set_severity(turn, request, *severity);
  } else if (what == button::phase) {
    if (const auto phase = phase_from(chosen)) set_phase(turn, request, *phase);
  } else if (what == button::mark) {
    if (const auto marker = marker_from(chosen)) set_marker(turn, request, *marker, {turn.at, false});
  } else if (what == button::snooze) {
    turn.emit(event::RemindersAnswered{}, press.reply.user);
    answer(turn, request, view::sentence(std::string{turn.text.snoozed}));
  } else if (what == button::stop) {
    turn.emit(event::RemindersStopped{}, press.reply.user);
    answer(turn, request, view::sentence(std::string{turn.text.stopped}));
  }
}

void decide_shortcut(Turn& turn, const inbound::Shortcut& shortcut) {
  const Request request{shortcut.reply, Request::Way::press};
  turn.out.audit = Audit{.actor = shortcut.reply.user,
                         .channel = shortcut.reply.channel,
                         .command = "[" + shortened(shortcut.callback, 60) + "]",
                         .outcome = "done"};
  turn.want_names(shortcut.reply.user, {});
  if (decide_action_shortcut(turn, shortcut)) return;
  const auto& message = shortcut.message;
  if (shortcut.callback == button::declare_shortcut) {
    auto title = readable(message.text.empty() ? message.fallback : message.text, {});
    title = title.substr(0, title.find('\n'));
    const auto alert = from_ts(message.ts) ? std::optional{message} : std::nullopt;  // none: used on no message
    return open_declare_form(turn, request, shortened(title, 100), alert);
  }
  if (shortcut.callback != button::add_to_timeline) return;
  if (turn.entry()) return add_alert(turn, request, message);
  if (turn.facts.open.empty()) return refuse(turn, request, fill(turn.text.no_open, {turn.settings.incident_command}));
  const auto key =
      turn.keep({.message = message, .channel = message.channel, .response_url = request.reply.response_url});
  open_modal(turn, request, view::timeline_form(turn.settings, turn.facts.open, key));
}

void decide_submission(Turn& turn, const inbound::Submission& form) {
  const Request request{form.reply, Request::Way::form};
  const auto& what = form.callback;
  turn.out.audit = Audit{.actor = form.reply.user,
                         .channel = form.reply.channel,
                         .command = "[form " + shortened(what, 60) + "]",
                         .outcome = "done"};
  turn.want_names(form.reply.user, {});
  if (what == button::declare) return submit_declaration(turn, request, form);
  if (what == button::add_to_timeline) {
    if (!turn.incident()) return form_error(turn, "incident", turn.text.number_needed);
    if (!turn.facts.draft || !turn.facts.draft->message) return form_error(turn, "incident", turn.text.message_gone);
    Request from = request;
    from.reply.channel = turn.facts.draft->channel;
    if (turn.at - turn.facts.draft->begun < response_url_lasts)
      from.reply.response_url = turn.facts.draft->response_url;
    turn.out.drafts_finished.push_back(form.context);
    return add_alert(turn, from, *turn.facts.draft->message);
  }
  if (what == button::flag_confirm) return decide_flag_form(turn, form);
  if (decide_action_form(turn, form) || decide_rollout_form(turn, form)) return;
  if (!turn.incident()) return;
  const auto text = escaped(value_of(form, "text"));
  if (what == button::update) return give_update(turn, request, text);
  if (what == button::note) return submit_note(turn, request, form);
  if (what == button::field) {
    const auto field = value_of(form, "field");
    return field == "team" ? set_team(turn, request, text) : set_field(turn, request, field, text);
  }
  if (what == button::role) return submit_role(turn, request, form);
  if (what == button::marker_time) return submit_marker_time(turn, request, form);
  if (what == button::postmortem) return submit_postmortem(turn, form);
  if (what == button::timeline_edit) return submit_timeline_edit(turn, request, form);
  if (what == button::cancel) return cancel(turn, request, text);
  if (what == button::resolve) return resolve(turn, request, text);
}

}  // namespace vakt
