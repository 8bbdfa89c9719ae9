#include "bot/view/action_words.hpp"

#include <algorithm>

#include "bot/texts/digest_texts.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/item_words.hpp"

namespace vakt::view {

namespace {

using vakt::action::Happened;
using vakt::action::Item;
using vakt::action::State;
using vakt::action::What;

constexpr std::size_t title_shown = 120, words_shown = 300, section_most = 2'500;

std::string number_of(const Item& item) { return "#" + std::to_string(item.id); }

std::string state_words(const ActionReader& reader, State state) {
  const auto& d = digest_texts(reader.settings.language);
  if (state == State::done) return std::string{words(reader).done};
  if (state == State::wont_do) return std::string{d.wont_do};
  if (state == State::in_progress) return std::string{d.in_progress};
  return std::string{reason_of(d, state)};
}

// One side of a change, as people read it.
std::string value_shown(const ActionReader& reader, What what, const std::string& value) {
  const auto& t = words(reader);
  if (what == What::owner) return value.empty() ? std::string{t.nobody} : mention(value);
  if (what == What::due || what == What::snoozed) {
    if (value.empty()) return std::string{t.no_date};
    const auto day = from_iso_date(value);
    return day ? day_shown(reader, *day) : one_line(value, title_shown);
  }
  if (what == What::kind || what == What::priority || what == What::team) {
    if (value.empty()) return std::string{t.not_set};
    if (what == What::kind)
      return std::string{kind_shown(t, vakt::action::kind_from(value).value_or(vakt::action::Kind::unset))};
    for (const auto severity : {Severity::sev1, Severity::sev2, Severity::sev3, Severity::sev4})
      if (what == What::priority && value == vakt::action::priority_name(severity))
        return std::string{shown(texts(reader.settings.language), severity)};
  }
  if (what == What::label_left_out) return "`" + one_line(value, title_shown) + "`";
  return one_line(value, what == What::title ? title_shown : words_shown);
}

}  // namespace

const ActionTexts& words(const ActionReader& reader) { return action_texts(reader.settings.language); }

std::string mention(const UserId& user) { return is_user_id(user) ? person(user) : one_line(user, title_shown); }

std::string day_shown(const ActionReader& reader, const vakt::action::Date& day) {
  return date_shown(digest_texts(reader.settings.language), day, reader.today);
}

std::string card_shown(const Item& item) {
  if (!item.card) return {};
  // "#676" of a team without letters would read as an item's number.
  return card_link(item.card->url, item.label.starts_with('#') ? "Trello " + item.label.substr(1) : item.label);
}

std::string item_named(const Item& item) {
  const auto card = card_shown(item);
  const bool by_label = !card.empty() && !item.label.empty() && !item.label.starts_with('#');
  return (by_label ? card : number_of(item) + (card.empty() ? "" : " " + card)) + " " +
         one_line(item.title, title_shown);
}

std::string item_numbered(const Item& item) { return number_of(item) + " " + one_line(item.title, title_shown); }

std::string item_line(const ActionReader& reader, const Item& item, bool with_owner) {
  const auto& d = digest_texts(reader.settings.language);
  auto text = item_named(item);
  const auto add = [&](std::string_view part) {
    if (!part.empty()) text += " · " + std::string{part};
  };
  if (item.owner.empty())
    add(d.no_owner);
  else if (with_owner)
    add(mention(item.owner));
  const bool closed = vakt::action::is_closed(item.state);
  if (item.due && !closed) add(fill(*item.due < reader.today ? d.was_due : d.due, {day_shown(reader, *item.due)}));
  add(state_words(reader, item.state));
  if (item.snoozed && item.snoozed->until > reader.today)
    add(fill(words(reader).snoozed_until, {day_shown(reader, item.snoozed->until)}));
  if (item.priority != Severity::unset) add(shown(texts(reader.settings.language), item.priority));
  return text;
}

std::string item_line(const ActionReader& reader, const Item& item) { return item_line(reader, item, true); }

namespace {

// What Trello's refusal means; its own words come after it, as its own. What an older vakt recorded is one sentence.
std::string refused_shown(const ActionReader& reader, const Happened& happened) {
  const auto& t = words(reader);
  const auto why = vakt::action::refused_for_from(happened.before);
  const auto named = value_shown(reader, happened.what, happened.after);
  if (!why) return named.empty() ? std::string{t.card_not_taken} : fill(t.card_refused, {{}, named});
  const auto text = fill(refused_text(t, *why), {named});
  return *why == vakt::action::RefusedFor::other && !named.empty() ? fill(t.trello_said, {text, named}) : text;
}

}  // namespace

std::string happened_shown(const ActionReader& reader, const Item& item, const Happened& happened) {
  const auto& t = words(reader);
  const auto& [what, by, before, after] = happened;
  if (what == What::card_refused) return refused_shown(reader, happened);
  if (what == What::restored && !by.empty()) return std::string{t.new_card};
  const auto card = card_shown(item);
  const bool names_card = (what == What::linked || what == What::adopted) && !card.empty();
  auto text = fill(happened_text(t, what),
                   {value_shown(reader, what, before), names_card ? card : value_shown(reader, what, after)});
  if (what == What::snoozed && item.snoozed)
    text += ". " + fill(t.reason_was, {one_line(item.snoozed->reason, words_shown)});
  return text;
}

std::string as_sentence(std::string text) {
  if (!text.empty() && !text.ends_with('.') && !text.ends_with('!') && !text.ends_with('?')) text += '.';
  return text;
}

void add_line(Message& message, const std::string& line) {
  auto* last = message.blocks.empty() ? nullptr : std::get_if<Section>(&message.blocks.back());
  if (last && last->text.size() + line.size() < section_most)
    last->text += "\n" + line;
  else
    message.blocks.emplace_back(Section{line});
}

std::string of_item(const ActionReader& reader, std::string_view pattern, const Item& item) {
  return fill(pattern, {escaped(reader.settings.action_command), std::to_string(item.id)});
}

Button item_button(const ActionReader& reader, const char* action, const Item& item) {
  const auto& t = words(reader);
  const auto& d = digest_texts(reader.settings.language);
  const std::string_view name = action;
  const auto label = name == action::item_done              ? d.button_done
                     : name == action::item_wontdo          ? d.button_wontdo
                     : name == action::item_snooze          ? d.button_snooze
                     : name == action::item_take            ? d.button_take
                     : name == action::item_owner           ? t.button_owner
                     : name == action::item_due             ? t.button_due
                     : name == action::item_card            ? t.button_card
                     : item.state == State::archived_undone ? t.button_unarchive
                                                            : t.button_reopen;
  return {.label = std::string{label}, .action = action, .value = std::to_string(item.id)};
}

Actions item_buttons(const ActionReader& reader, const Item& item, bool decide) {
  Actions row;
  const auto add = [&](const char* action) { row.elements.emplace_back(item_button(reader, action, item)); };
  if (vakt::action::is_closed(item.state)) {
    add(action::item_reopen);
    return row;
  }
  decide = decide || vakt::action::needs_decision(item.state);
  add(action::item_done);
  if (decide) add(action::item_wontdo);
  if (item.state == State::archived_undone) add(action::item_reopen);
  if (item.state == State::deleted || item.state == State::broken_link) add(action::item_card);
  add(action::item_snooze);
  if (decide && item.owner.empty()) add(action::item_take);
  if (!decide) {
    add(action::item_owner);
    add(action::item_due);
  }
  return row;
}

Button add_button(const ActionReader& reader, std::string value) {
  return {.label = std::string{words(reader).button_add}, .action = action::item_add, .value = std::move(value)};
}

Button list_button(const ActionReader& reader, const Item& item) {
  return {.label = std::string{words(reader).button_list},
          .action = action::item_list,
          .value = item.incidents.empty() ? "mine" : std::to_string(item.incidents.front())};
}

}  // namespace vakt::view
