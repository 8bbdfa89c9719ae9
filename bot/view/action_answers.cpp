// Answers to whoever did something with an action item: what happened, and what can be done next.
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/action_words.hpp"
#include "bot/view/incident_view.hpp"
#include "bot/view/item_words.hpp"

namespace vakt::view {

namespace {

using vakt::action::CardStage;
using vakt::action::Happened;
using vakt::action::Item;
using vakt::action::What;

void add(std::string& text, const std::string& line) { text += "\n" + line; }

std::string why_refused(const ActionReader& reader, const Item* about, vakt::action::Refusal refusal) {
  const auto& t = words(reader);
  const vakt::action::Date furthest{std::chrono::sys_days{reader.today} + vakt::action::longest_snooze};
  const auto id = about ? std::to_string(about->id) : std::string{t.some_item};
  return fill(refusal_text(t, refusal), {escaped(reader.settings.action_command), id, day_shown(reader, furthest)});
}

}  // namespace

Message item_added(const ActionReader& reader, const Item& item) {
  const auto& t = words(reader);
  auto text = fill(item.marker.empty() && item.card ? t.answer_linked : t.answer_added, {item_line(reader, item)});
  if (item.stage == CardStage::creating) add(text, std::string{t.card_follows});
  if (item.stage == CardStage::none) add(text, std::string{t.no_card});
  if (vakt::action::is_overdue(item, reader.today)) add(text, of_item(reader, t.day_passed, item));
  if (item.incidents.empty()) add(text, of_item(reader, t.no_record, item));
  auto message = sentence(text);
  if (item.stage == CardStage::creating) return message;  // they come with the link
  Actions row;
  if (item.owner.empty() && !vakt::action::is_closed(item.state))
    row.elements.emplace_back(item_button(reader, action::item_take, item));
  for (const auto* action : {action::item_owner, action::item_due})
    row.elements.emplace_back(item_button(reader, action, item));
  row.elements.emplace_back(list_button(reader, item));
  message.blocks.emplace_back(std::move(row));
  return message;
}

void add_owner_unmapped(const ActionReader& reader, const UserId& owner, Message& message) {
  const Context line{fill(words(reader).owner_unmapped, {mention(owner), "`" + one_line(owner, 40) + " = \"…\"`"})};
  const bool has_buttons = !message.blocks.empty() && std::holds_alternative<Actions>(message.blocks.back());
  message.blocks.insert(message.blocks.end() - (has_buttons ? 1 : 0), line);
}

Message item_changed(const ActionReader& reader, const Item& item, const std::vector<Happened>& happened) {
  const auto& t = words(reader);
  Message message;
  bool snoozed = false;
  for (const auto& one : happened) {
    const bool has_card = item.stage != CardStage::none;
    auto line = as_sentence(happened_shown(reader, item, one));
    if (const auto meaning = meaning_of(t, one.what, has_card); !meaning.empty())
      line += " " + of_item(reader, meaning, item);
    add_line(message, line);
    if (message.text.empty()) message.text = line;
    snoozed = snoozed || one.what == What::snoozed;
  }
  if (item.stage == CardStage::creating)
    add_line(message, std::string{t.card_follows});
  else if (item.under_way.any())
    add_line(message, std::string{t.follows_in_trello});
  else if (happened.empty())
    add_line(message, std::string{t.was_so});
  if (snoozed) add_line(message, of_item(reader, t.snooze_means, item));
  const auto line = item_line(reader, item);
  add_line(message, line);
  message.text += (message.text.empty() ? "" : " ") + line;
  message.blocks.emplace_back(item_buttons(reader, item));
  return message;
}

std::string item_refused_in_form(const ActionReader& reader, const Item* about, vakt::action::Refusal refusal) {
  const auto text = readable(why_refused(reader, about, refusal), {});
  return as_sentence(text.substr(0, text.find(": `")));  // what to type is no help in a form
}

Message item_refused(const ActionReader& reader, const Item* about, vakt::action::Refusal refusal) {
  using enum vakt::action::Refusal;
  const auto text = why_refused(reader, about, refusal);
  if (!about) return sentence(text);
  auto message = sentence(item_line(reader, *about) + "\n" + text);
  const auto button = [&](const char* action) {
    message.blocks.emplace_back(Actions{{item_button(reader, action, *about)}});
  };
  if (refusal == closed_already) button(action::item_reopen);
  if (refusal == open_already) button(action::item_done);
  if (refusal == not_the_owner) button(action::item_take);
  if (refusal == snooze_not_ahead || refusal == snooze_too_long) button(action::item_snooze);
  return message;
}

Message person_unknown(const ActionReader& reader, const std::string& name) {
  return sentence(fill(words(reader).person_unknown, {escaped(reader.settings.action_command), one_line(name, 60)}));
}

Message team_unknown(const ActionReader& reader, const std::string& name) {
  return sentence(
      fill(words(reader).team_unknown, {escaped(reader.settings.action_command), "“" + one_line(name, 60) + "”"}));
}

Block team_not_configured(const ActionReader& reader, const std::string& name) {
  return Context{fill(words(reader).team_not_configured,
                      {"“" + one_line(name, 60) + "”", one_line(reader.settings.actions.teams.front().name, 60)})};
}

Message card_reading(const ActionReader& reader) { return sentence(std::string{words(reader).card_reading}); }

Message no_incident_for_item(const ActionReader& reader) {
  return sentence(fill(words(reader).no_incident,
                       {escaped(reader.settings.action_command), escaped(reader.settings.incident_command)}));
}

Message action_help(const ActionReader& reader) {
  return sentence(fill(words(reader).help, {escaped(reader.settings.action_command)}));
}

}  // namespace vakt::view
