// Answers where an item, its card or a date is not what was typed: what is meant instead, and what to type.
#include <algorithm>

#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/texts/typed_form.hpp"
#include "bot/view/action_words.hpp"
#include "bot/view/incident_view.hpp"
#include "bot/view/item_words.hpp"

namespace vakt::view {

namespace {

using vakt::action::DateError;
using vakt::action::DateFault;
using vakt::action::Item;

constexpr std::size_t typed_shown = 60, form_shown = 120, link_shown = 120, several_shown = 12;

std::string code(std::string_view typed, std::size_t most) { return "`" + one_line(typed, most) + "`"; }

// The right forms in the reader's language; plain.
std::string forms(const ActionReader& reader, const DateError& error) {
  constexpr std::string_view either = " or ";
  const auto& t = words(reader);
  const bool all_of_them = error.form.find(',') != std::string::npos;
  if (all_of_them || error.form.empty()) return std::string{t.date_forms};
  const auto at = error.form.find(either);
  if (at == std::string::npos) return error.form;
  return error.form.substr(0, at) + std::string{t.either} + error.form.substr(at + either.size());
}

}  // namespace

Message item_unknown(const ActionReader& reader, const action_command::ItemRef& ref) {
  const auto& t = words(reader);
  const auto command = escaped(reader.settings.action_command);
  if (!ref.short_link.empty())
    return sentence(fill(t.unknown_card, {command, one_line("https://trello.com/c/" + ref.short_link, typed_shown)}));
  if (!ref.label.empty()) return sentence(fill(t.unknown_label, {command, code(ref.label, typed_shown)}));
  return sentence(fill(t.unknown_number, {command, std::to_string(ref.id)}));
}

Message item_ambiguous(const ActionReader& reader, const std::vector<Item>& several) {
  const auto& t = words(reader);
  const auto command = escaped(reader.settings.action_command);
  const auto first = several.empty() ? std::string{t.some_item} : std::to_string(several.front().id);
  auto message = sentence(fill(t.ambiguous, {command, first}));
  for (std::size_t i = 0; i < several.size() && i < several_shown; ++i)
    message.blocks.emplace_back(Section{"`" + std::to_string(several[i].id) + "` " + item_line(reader, several[i])});
  if (several.size() > several_shown)
    message.blocks.emplace_back(Context{fill(t.more, {std::to_string(several.size() - several_shown), command})});
  return message;
}

Message due_wrong(const ActionReader& reader, const std::string& typed, const DateError& error,
                  const std::string& form) {
  const auto& t = words(reader);
  const auto pattern = error.fault == DateFault::ambiguous     ? t.ambiguous_date
                       : error.fault == DateFault::no_such_day ? t.no_day
                                                               : t.not_a_date;
  auto text = fill(pattern, {one_line(typed, typed_shown), code(forms(reader, error), typed_shown)});
  if (!form.empty()) {
    const auto typed_so = reader.settings.action_command + " " + typed_form(reader.settings.language, form);
    text += " " + fill(t.right_form, {code(typed_so, form_shown)});
  }
  return sentence(text);
}

std::string due_wrong_in_form(const ActionReader& reader, const DateError& error) {
  const auto& t = words(reader);
  const auto pattern = error.fault == DateFault::ambiguous     ? t.form_ambiguous_date
                       : error.fault == DateFault::no_such_day ? t.form_no_day
                                                               : t.form_not_a_date;
  return fill(pattern, {forms(reader, error)});
}

Message card_not_linked(const ActionReader& reader, const std::string& link, vakt::action::CardFault fault,
                        vakt::action::Trouble trouble) {
  return sentence(fill(not_linked_text(words(reader), fault, trouble),
                       {escaped(reader.settings.action_command), code(link, link_shown)}));
}

}  // namespace vakt::view
