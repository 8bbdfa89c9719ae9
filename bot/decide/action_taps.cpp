// Buttons, forms and the shortcut of action items.
#include <algorithm>

#include "bot/decide/action_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

namespace button = view::action;

const action::Item* item_of(const Turn& turn) {
  return turn.facts.items.size() == 1 ? &turn.facts.items.front() : nullptr;
}

const action::Team& team_here(const Turn& turn) {
  return action::team_named(turn.settings.actions, turn.incident() ? turn.incident()->team : std::string{});
}

void open_item_form(Turn& turn, const Request& request, const std::string& title,
                    std::optional<inbound::Message> message) {
  Draft draft{.channel = request.reply.channel, .response_url = request.reply.response_url};
  draft.message = std::move(message);
  if (turn.incident()) draft.incident = turn.incident()->number;
  open_modal(turn, request, view::item_form(reader_for(turn, team_here(turn)), title, turn.keep(std::move(draft))));
}

// From the home tab nobody can be answered: it shows what became of it.
void show_at_home(Turn& turn, const Request& request) {
  if (!can_be_told(request.reply)) show_home(turn, request.reply.user);
}

void open_form_of(Turn& turn, const Request& request, const action::Item& item, view::Modal form) {
  form.context = form_context(item.id, request.reply.channel);
  open_modal(turn, request, std::move(form));
}

void submit_item(Turn& turn, const Request& request, const inbound::Submission& form) {
  const auto& draft = turn.facts.draft;
  const auto& team = team_here(turn);
  action::NewItem item{.title = value_of(form, "title"),
                       .owner = value_of(form, "owner"),
                       .kind = action::kind_from(value_of(form, "kind")).value_or(action::Kind::unset),
                       .priority = severity_from(value_of(form, "priority")).value_or(Severity::unset),
                       .team = team.name};
  if (const auto typed = value_of(form, "due"); !typed.empty()) {
    const auto due = action::parse_due(typed, turn.at, team.timezone);
    if (!due) return form_error(turn, "due", view::due_wrong_in_form(reader_for(turn, team), due.error()));
    item.due = due->date;
  }
  Request from = request;
  if (draft) {
    from.reply.channel = draft->channel;
    if (turn.at - draft->begun < response_url_lasts) from.reply.response_url = draft->response_url;
    item.channel = draft->channel;
    if (draft->message) item.ts = draft->message->ts;
  }
  add_item(turn, from, std::move(item));
  const bool still_open = turn.out.answer && !turn.out.answer->form_errors.empty();
  if (draft && !still_open) turn.out.drafts_finished.push_back(form.context);
}

// Said once in the record, however often it is pressed; and not where there are some by now.
void note_no_items(Turn& turn, const Request& request) {
  const auto reader = reader_for(turn, team_here(turn));
  const auto number = turn.incident()->number;
  if (!turn.facts.items.empty()) return answer(turn, request, view::items_of(reader, turn.facts.items, number));
  const auto asked = kept::asked_items + std::to_string(number);
  if (kept_value(turn, asked) != kept::no_items) {
    turn.out.cursors[asked] = kept::no_items;
    turn.record(EntryKind::action, "none", request.reply.user, view::no_items_entry(reader));
  }
  answer(turn, request, view::no_items_noted(reader));
}

}  // namespace

bool decide_action_press(Turn& turn, const inbound::Press& press) {
  if (!press.action.starts_with("action_")) return false;
  const Request request{press.reply, Request::Way::press};
  const auto& what = press.action;
  if (what == button::item_add) return open_item_form(turn, request, {}, {}), true;
  if (what == button::items_none) {
    if (turn.incident()) note_no_items(turn, request);
    return true;
  }
  if (what == button::item_list) {
    auto items = turn.facts.items;
    const auto reader = reader_for(turn, team_here(turn));
    if (turn.incident()) return answer(turn, request, view::items_of(reader, items, turn.incident()->number)), true;
    std::erase_if(items, [&](const action::Item& item) { return item.owner != press.reply.user; });
    return answer(turn, request, view::item_list(reader, items, action_command::Which::mine)), true;
  }
  const auto* item = item_of(turn);
  if (!item) return true;
  const auto reader = reader_for(turn, *item);
  const auto act = act_of(turn, press.reply.user);
  const auto& actions = turn.settings.actions;
  if (what == button::item_done)
    keep_and_answer(turn, request, *item, action::mark_done(*item, act, actions));
  else if (what == button::item_take)
    keep_and_answer(turn, request, *item, action::set_owner(*item, press.reply.user, act, actions));
  else if (what == button::item_reopen)
    keep_and_answer(turn, request, *item, action::reopen(*item, act, actions));
  else if (what == button::item_card)
    keep_and_answer(turn, request, *item, action::order_card(*item, marker_for(turn, item->id), act, actions));
  else if (what == button::item_wontdo)
    return open_form_of(turn, request, *item, view::wontdo_form(reader, *item)), true;
  else if (what == button::item_snooze && item->owner != press.reply.user && !action::is_closed(item->state))
    answer(turn, request, view::item_refused(reader, item, action::Refusal::not_the_owner));
  else if (what == button::item_snooze)
    return open_form_of(turn, request, *item, view::snooze_form(reader, *item)), true;
  else if (what == button::item_owner)
    return open_form_of(turn, request, *item, view::owner_form(reader, *item)), true;
  else if (what == button::item_due)
    return open_form_of(turn, request, *item, view::due_form(reader, *item)), true;
  show_at_home(turn, request);
  return true;
}

bool decide_action_form(Turn& turn, const inbound::Submission& form) {
  if (!form.callback.starts_with("action_")) return false;
  Request request{form.reply, Request::Way::form};
  request.reply.channel = channel_of_form(form);
  if (form.callback == button::item_add) return submit_item(turn, request, form), true;
  const auto* item = item_of(turn);
  if (!item) return true;
  const auto reader = reader_for(turn, *item);
  const auto act = act_of(turn, form.reply.user);
  const auto& actions = turn.settings.actions;
  // A day that was typed; where it is none the form says so.
  const auto day = [&](const char* block) -> std::optional<action::Date> {
    const auto due = action::parse_due(value_of(form, block), turn.at, reader.zone);
    if (due) return due->date;
    form_error(turn, block, view::due_wrong_in_form(reader, due.error()));
    return std::nullopt;
  };
  if (form.callback == button::item_wontdo) {
    keep_and_answer(turn, request, *item, action::wont_do(*item, value_of(form, "reason"), act, actions), "reason");
  } else if (form.callback == button::item_snooze) {
    if (const auto until = day("until"))
      keep_and_answer(turn, request, *item, action::snooze(*item, *until, value_of(form, "reason"), act, actions),
                      "until");
  } else if (form.callback == button::item_owner) {
    keep_and_answer(turn, request, *item, action::set_owner(*item, value_of(form, "owner"), act, actions), "owner");
  } else if (form.callback == button::item_due) {
    if (value_of(form, "due").empty())
      keep_and_answer(turn, request, *item, action::set_due(*item, std::nullopt, act, actions), "due");
    else if (const auto due = day("due"))
      keep_and_answer(turn, request, *item, action::set_due(*item, due, act, actions), "due");
  }
  show_at_home(turn, request);
  return true;
}

bool decide_action_shortcut(Turn& turn, const inbound::Shortcut& shortcut) {
  if (shortcut.callback != button::item_shortcut) return false;
  const auto& message = shortcut.message;
  auto title = readable(message.text.empty() ? message.fallback : message.text, {});
  title = shortened(title.substr(0, title.find('\n')), 200);
  open_item_form(turn, {shortcut.reply, Request::Way::press}, title,
                 message.ts.empty() ? std::nullopt : std::optional{message});
  return true;
}

}  // namespace vakt
