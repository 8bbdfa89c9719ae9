// How action items look in Slack: answers, the list with its buttons, forms, what is told of a card. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/actions/card_order.hpp"
#include "bot/actions/due_date.hpp"
#include "bot/actions/item_life.hpp"
#include "bot/command/action_command.hpp"
#include "bot/settings.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/view/blocks.hpp"

namespace vakt::view {

// Buttons and forms; the value, or a form's context, is the item's id. Those of digest_view.hpp besides.
namespace action {
inline constexpr const char* item_add = "action_add";        // button (value: an incident's number, or "") and form
inline constexpr const char* item_owner = "action_owner";    // button and form
inline constexpr const char* item_due = "action_due";        // button and form
inline constexpr const char* item_reopen = "action_reopen";  // button: at once
inline constexpr const char* item_card = "action_card";      // button: a card for an item that has none
inline constexpr const char* item_list = "action_list";      // button; value: an incident's number, or "mine"
inline constexpr const char* items_none = "action_none";  // button: there really is none; value: the incident's number
inline constexpr const char* item_shortcut = "make_action_item";  // message shortcut
}  // namespace action

// What an answer is written for. Texts of people are escaped here.
struct ActionReader {
  const Settings& settings;
  const std::string& zone;  // the team's
  vakt::action::Date today{};
};

// The item in one line: `[KM676]` as a link (or its number), title, owner as a mention, due, state where it is not
// open.
std::string item_line(const ActionReader&, const vakt::action::Item&);

// --- answers to whoever typed or pressed
Message item_added(const ActionReader&, const vakt::action::Item&);
// The line that a message gets, once, about an owner whom Trello does not know.
void add_owner_unmapped(const ActionReader&, const UserId&, Message&);
Message item_changed(const ActionReader&, const vakt::action::Item&, const std::vector<vakt::action::Happened>&);
Message item_refused(const ActionReader&, const vakt::action::Item* about, vakt::action::Refusal);
std::string item_refused_in_form(const ActionReader&, const vakt::action::Item* about, vakt::action::Refusal);  // plain
Message item_unknown(const ActionReader&, const action_command::ItemRef&);
Message item_ambiguous(const ActionReader&, const std::vector<vakt::action::Item>& several);
// form: the command as it is right, without the slash command's name; may be empty.
Message due_wrong(const ActionReader&, const std::string& typed, const vakt::action::DateError&,
                  const std::string& form = {});
std::string due_wrong_in_form(const ActionReader&, const vakt::action::DateError&);  // plain, under an input
Message person_unknown(const ActionReader&, const std::string& name);  // "@kari" typed as plain text: ask for a mention
Message team_unknown(const ActionReader&, const std::string& name);
// An incident may belong to it all the same: by which team its items go.
Block team_not_configured(const ActionReader&, const std::string& name);
Message card_reading(const ActionReader&);  // an answer follows
// Why a card could not be linked: not found, no access, Trello away, not configured …
Message card_not_linked(const ActionReader&, const std::string& link, vakt::action::CardFault, vakt::action::Trouble);
Message no_incident_for_item(const ActionReader&);  // typed outside an incident, and none is open to choose
Message action_help(const ActionReader&);

// --- lists: each item with Done, Snooze, Owner, Due; at most 12, then a line that says how to see the rest
Message item_list(const ActionReader&, const std::vector<vakt::action::Item>&, action_command::Which);
Message items_of(const ActionReader&, const std::vector<vakt::action::Item>&, IncidentNumber);
std::vector<Block> home_items(const ActionReader&, const std::vector<vakt::action::Item>& mine);

// --- forms: blocks "title", "owner", "due", "kind", "priority", "until", "reason"
Modal item_form(const ActionReader&, const std::string& title, const std::string& context);
Modal owner_form(const ActionReader&, const vakt::action::Item&);
Modal due_form(const ActionReader&, const vakt::action::Item&);
Modal snooze_form(const ActionReader&, const vakt::action::Item&);
Modal wontdo_form(const ActionReader&, const vakt::action::Item&);

// --- posts
// What happened to an item, for its incident's channel (or its team's): with the buttons that fit.
Message item_told(const ActionReader&, const vakt::action::Item&, const std::vector<vakt::action::Happened>&);
// One entry of the record, mrkdwn.
std::string item_entry(const ActionReader&, const vakt::action::Item&, const vakt::action::Happened&);
Message trello_trouble(const ActionReader&, vakt::action::Trouble, bool over);  // the one global alert, and its end
Message items_missing(const ActionReader&, IncidentNumber);  // resolved without any: is there really none?
Message no_items_noted(const ActionReader&);                 // answer to "there is none"
std::string no_items_entry(const ActionReader&);             // the same for the record

// --- texts of cards, for people who read them in Trello: plain Markdown
// owner_name: of an owner whom [trello.members] does not map; empty: not known, their page in Slack stands there.
std::string card_description(const ActionReader&, const vakt::action::Item&, const std::string& incident_title,
                             const std::string& link, bool owner_unmapped, const std::string& owner_name = {});

}  // namespace vakt::view
