// What the views of action items share: an item's name and line, what happened to it in a few words, its buttons.
// Internal to bot/view.
#pragma once

#include <string>
#include <string_view>

#include "bot/texts/action_texts.hpp"
#include "bot/view/action_view.hpp"
#include "bot/view/digest_view.hpp"

namespace vakt::view {

const ActionTexts& words(const ActionReader&);

std::string mention(const UserId&);  // as text where it is no id
std::string day_shown(const ActionReader&, const vakt::action::Date&);

std::string card_shown(const vakt::action::Item&);     // "<url|KM676>"; empty: it has none
std::string item_named(const vakt::action::Item&);     // "<url|KM676> Title", "#12 Title"
std::string item_numbered(const vakt::action::Item&);  // "#12 Title", whether it has a card or not
std::string item_line(const ActionReader&, const vakt::action::Item&, bool with_owner);

// "Owner: <@U1> (before: nobody)": without a full stop, and without who did it.
std::string happened_shown(const ActionReader&, const vakt::action::Item&, const vakt::action::Happened&);
std::string as_sentence(std::string text);  // with its full stop
// One more line under what stands there, within what Slack takes as one section.
void add_line(Message&, const std::string& line);

// A pattern whose {0} is the command and {1} the item's number.
std::string of_item(const ActionReader&, std::string_view pattern, const vakt::action::Item&);

Button item_button(const ActionReader&, const char* action, const vakt::action::Item&);
// What can be done about it as it stands: opened again, decided on, or worked on. decide: somebody has to in any case.
Actions item_buttons(const ActionReader&, const vakt::action::Item&, bool decide = false);
Button add_button(const ActionReader&, std::string value);
Button list_button(const ActionReader&, const vakt::action::Item&);

}  // namespace vakt::view
