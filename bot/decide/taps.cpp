// Buttons, selects, forms and shortcuts: everything that changes state, without typing a command.
#include <charconv>

#include "bot/command/command.hpp"
#include "bot/decide/flag_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

namespace action = view::action;

std::string after_colon(const std::string& value) {
  const auto colon = value.find(':');
  return colon == std::string::npos ? std::string{} : value.substr(colon + 1);
}

void form_error(Turn& turn, const char* block, std::string_view sentence) {
  turn.out.answer = Answer{.form_errors = {{block, std::string{sentence}}}};
}

std::string value_of(const inbound::Submission& form, const char* block) {
  const auto found = form.values.find(block);
  return found == form.values.end() ? std::string{} : tidy(found->second);
}

void join(Turn& turn, const Request& request) {
  const auto& incident = *turn.incident();
  if (incident.channel.id.empty())
    return refuse(turn, request, fill(turn.text.not_bound_yet, {std::to_string(incident.number)}));
  turn.effect(effect::Invite{incident.channel.id, {request.reply.user}, {}});
  answer(turn, request, view::sentence(fill(turn.text.joined, {"<#" + incident.channel.id + ">"})));
}

void add_alert(Turn& turn, const Request& request, const inbound::Message& message) {
  if (turn.facts.entry) {
    auto entry = *turn.facts.entry;
    if (!entry.on_timeline) {
      entry.on_timeline = true;
      turn.out.replaced.push_back(std::move(entry));
    }
  } else {
    auto entry = entry_of(turn, message);
    entry.on_timeline = true;
    turn.add(std::move(entry));
  }
  answer(turn, request, view::sentence(fill(turn.text.added_to_timeline, {std::to_string(turn.incident()->number)})));
}

void submit_declaration(Turn& turn, const Request& request, const inbound::Submission& form) {
  const auto title = value_of(form, "title");
  if (title.empty()) return form_error(turn, "title", turn.text.title_missing);
  const auto kind = value_of(form, "kind");
  Declaration d{.title = escaped(title),
                .severity = severity_from(value_of(form, "severity")).value_or(Severity::unset),
                .here = kind == "here",
                .test = kind == "test",
                .alert = read_alert(form.context),
                .description = escaped(value_of(form, "description"))};
  const auto to = answered_to(form.context);
  Request from = request;
  from.reply.channel = to.channel;
  from.reply.response_url = to.response_url;
  d.sure = to.channel.empty();  // the form has offered the recent one
  declare(turn, from, d);
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
  if (decide_flag_press(turn, press)) return;
  if (what == action::declare) return open_declare_form(turn, request);
  if (what == action::declare_anyway) {
    auto d = read_declaration(press.value);
    d.sure = true;
    return declare(turn, request, d);
  }
  if (!turn.incident()) return;
  const auto& incident = *turn.incident();
  const auto chosen = after_colon(press.value);
  if (what == action::update || what == action::note || what == action::field || what == action::cancel ||
      what == action::resolve || what == action::role)
    return open_modal(turn, request, view::text_form(turn.settings, incident, what));
  if (what == action::marker_time && marker_from(chosen))
    return open_modal(turn, request, view::text_form(turn.settings, incident, what, chosen));
  if (what == action::tray) return answer(turn, request, view::tray(turn.settings, incident));
  if (what == action::timeline) return answer(turn, request, view::timeline(turn.settings, turn.facts.timeline));
  if (what == action::join) return join(turn, request);
  if (what == action::reopen) return reopen(turn, request, {});
  if (what == action::take_lead) return assign_role(turn, request, "lead", {});
  if (what == action::severity) {
    if (const auto severity = severity_from(chosen)) set_severity(turn, request, *severity);
  } else if (what == action::phase) {
    if (const auto phase = phase_from(chosen)) set_phase(turn, request, *phase);
  } else if (what == action::mark) {
    if (const auto marker = marker_from(chosen)) set_marker(turn, request, *marker, {turn.at, false});
  } else if (what == action::snooze) {
    turn.emit(event::RemindersAnswered{}, press.reply.user);
    answer(turn, request, view::sentence(std::string{turn.text.snoozed}));
  } else if (what == action::stop) {
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
  const auto& message = shortcut.message;
  if (shortcut.callback == action::declare_shortcut) {
    auto title = readable(message.text.empty() ? message.fallback : message.text, {});
    title = title.substr(0, title.find('\n'));
    return open_modal(turn, request,
                      view::declare_form(turn.settings, shortened(title, 100),
                                         write_alert(message, shortcut.reply.response_url), true));
  }
  if (shortcut.callback != action::add_to_timeline) return;
  if (turn.incident() && turn.facts.entry) return add_alert(turn, request, message);
  if (turn.facts.open.empty()) return refuse(turn, request, fill(turn.text.no_open, {turn.settings.incident_command}));
  open_modal(turn, request,
             view::timeline_form(turn.settings, turn.facts.open, write_alert(message, shortcut.reply.response_url)));
}

void decide_submission(Turn& turn, const inbound::Submission& form) {
  const Request request{form.reply, Request::Way::form};
  const auto& what = form.callback;
  turn.out.audit = Audit{.actor = form.reply.user,
                         .channel = form.reply.channel,
                         .command = "[form " + shortened(what, 60) + "]",
                         .outcome = "done"};
  turn.want_names(form.reply.user, {});
  if (what == action::declare) return submit_declaration(turn, request, form);
  if (what == action::add_to_timeline) {
    const auto message = read_alert(form.context);
    if (!turn.incident() || !message) return form_error(turn, "incident", turn.text.number_needed);
    auto from = request;
    from.reply.response_url = answered_to(form.context).response_url;
    return add_alert(turn, from, *message);
  }
  if (what == action::flag_confirm) return decide_flag_form(turn, form);
  if (!turn.incident()) return;
  const auto text = escaped(value_of(form, "text"));
  if (what == action::update) return give_update(turn, request, text);
  if (what == action::note) return submit_note(turn, request, form);
  if (what == action::field) {
    const auto field = value_of(form, "field");
    return field == "team" ? set_team(turn, request, text) : set_field(turn, request, field, text);
  }
  if (what == action::role) return submit_role(turn, request, form);
  if (what == action::marker_time) return submit_marker_time(turn, request, form);
  if (what == action::cancel) return cancel(turn, request, text);
  if (what == action::resolve) return resolve(turn, request, text);
}

}  // namespace vakt
