// What is posted of action items, and what the record says of them.
#include <algorithm>

#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/action_words.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

using vakt::action::Happened;
using vakt::action::Item;
using vakt::action::What;

bool is_act(What what) {
  return what == What::done || what == What::wont_do || what == What::reopened || what == What::title;
}

bool asks_for_decision(What what) {
  return what == What::archived_undone || what == What::deleted || what == What::lost_access ||
         what == What::broken_link || what == What::moved_away;
}

std::string_view sign(What what) {
  if (what == What::done) return ":white_check_mark: ";
  if (what == What::wont_do) return ":no_entry_sign: ";
  if (what == What::reopened || what == What::restored) return ":leftwards_arrow_with_hook: ";
  return vakt::action::is_told(what) ? ":warning: " : "";
}

// What happened, and who did it. The owner is not notified of what they did themselves.
std::string with_actor(const ActionReader& reader, const Item& item, const Happened& happened) {
  const auto& t = words(reader);
  const auto text = happened_shown(reader, item, happened);
  if (happened.by.empty()) return as_sentence(is_act(happened.what) ? fill(t.in_trello, {text}) : text);
  const auto who = happened.by == item.owner ? std::string{t.by_owner} : fill(t.by_person, {mention(happened.by)});
  return as_sentence(text) + " " + who;
}

// What is told; what is quiet stands here only where it is all there is, or where it left something out of a card.
std::vector<Happened> worth_telling(const std::vector<Happened>& happened) {
  const bool any = std::ranges::any_of(happened, vakt::action::is_told, &Happened::what);
  std::vector<Happened> out;
  for (const auto& one : happened)
    if (!any || vakt::action::is_told(one.what) || one.what == What::label_left_out) out.push_back(one);
  return out;
}

}  // namespace

Message item_told(const ActionReader& reader, const Item& item, const std::vector<Happened>& happened) {
  const auto& t = words(reader);
  Message message;
  std::string summary;
  bool decide = false, buttons = false;
  add_line(message, item_named(item));
  for (const auto& one : worth_telling(happened)) {
    const bool has_card = item.stage != vakt::action::CardStage::none;
    const auto said = happened_shown(reader, item, one);
    summary += (summary.empty() ? "" : "; ") + said;
    auto line = std::string{sign(one.what)} + with_actor(reader, item, one);
    if (const auto meaning = meaning_of(t, one.what, has_card); !meaning.empty())
      line += " " + of_item(reader, meaning, item);
    add_line(message, line);
    // What was decided by now is not asked again.
    decide = decide || (asks_for_decision(one.what) && !vakt::action::is_closed(item.state));
    buttons = buttons || decide || vakt::action::is_closed(item.state);
    if (one.what == What::card_refused && !has_card && !decide)
      message.blocks.emplace_back(Actions{{item_button(reader, action::item_card, item)}});
  }
  if (decide)
    add_line(message, item.owner.empty() ? std::string{t.nobody_owns} : fill(t.decide, {mention(item.owner)}));
  if (buttons) message.blocks.emplace_back(item_buttons(reader, item, decide));
  message.text = fill(t.notification, {item_named(item), summary});
  return message;
}

std::string item_entry(const ActionReader& reader, const Item& item, const Happened& happened) {
  const auto& t = words(reader);
  auto text = happened_shown(reader, item, happened);
  if (happened.by.empty() && is_act(happened.what)) text = fill(t.in_trello, {text});
  const bool names_card = happened.what == What::linked || happened.what == What::adopted;
  return fill(t.entry, {happened.what == What::added ? item_line(reader, item)
                        : names_card                 ? item_numbered(item)
                                                     : item_named(item),
                        text});
}

Message trello_trouble(const ActionReader& reader, vakt::action::Trouble trouble, bool over) {
  return sentence(std::string{trouble_text(words(reader), trouble, over)});
}

Message items_missing(const ActionReader& reader, IncidentNumber incident) {
  const auto& t = words(reader);
  const auto value = std::to_string(incident);
  auto message = sentence(fill(t.items_missing, {escaped(reader.settings.action_command)}));
  auto add = add_button(reader, value);
  add.style = Button::Style::primary;
  message.blocks.emplace_back(
      Actions{{add, Button{.label = std::string{t.button_none}, .action = action::items_none, .value = value}}});
  return message;
}

Message no_items_noted(const ActionReader& reader) { return sentence(std::string{words(reader).none_noted}); }
std::string no_items_entry(const ActionReader& reader) { return std::string{words(reader).none_entry}; }

}  // namespace vakt::view
