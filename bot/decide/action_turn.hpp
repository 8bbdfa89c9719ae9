// The steps of an action item, by what arrived. Each file beside this one is one of them.
#pragma once

#include "bot/actions/digest.hpp"
#include "bot/actions/item_life.hpp"
#include "bot/decide/digest_memory.hpp"
#include "bot/decide/turn.hpp"
#include "bot/view/action_view.hpp"
#include "bot/view/digest_view.hpp"

namespace vakt {

void decide_action_command(Turn&, const inbound::Command&);
bool decide_action_press(Turn&, const inbound::Press&);        // false: no button of an item's
bool decide_action_form(Turn&, const inbound::Submission&);    // false: no form of an item's
bool decide_action_shortcut(Turn&, const inbound::Shortcut&);  // false: another one
void decide_card_written(Turn&, const inbound::CardWritten&);
void decide_cards_read(Turn&, const inbound::CardsRead&);
void decide_item_happened(Turn&, const inbound::ItemHappened&);
bool decide_action_due(Turn&, const inbound::Due&);  // false: another's
void decide_digest_posted(Turn&, const effect::Post&, const Ts& ts);
// A team's channel did not take what it was to hear: its lead does, with why.
void decide_team_not_reached(Turn&, effect::Post, const std::string& because);
void decide_owner_left(Turn&, const UserId&);

// Wake-ups that every start sets anew: the teams and the polling are the configuration's.
void start_action_timers(Turn&);

// What these turns need to know; action_needs.cpp.
Needs needs_of_action(const inbound::Command&);
std::optional<Needs> needs_of_action(const inbound::Press&);
std::optional<Needs> needs_of_action(const inbound::Submission&);
std::optional<Needs> needs_of_action(const inbound::Due&);
std::optional<Needs> needs_of_action(const inbound::EffectDone&);
Needs needs_of_action(const inbound::CardWritten&);
Needs needs_of_action(const inbound::CardsRead&);

// Names of cursors, by what they begin with; those of digest_memory.hpp besides.
namespace kept {
inline constexpr const char* board = "trello_board:";        // + its name as configured: ids of it and its lists
inline constexpr const char* trello = "trello_";             // all of them
inline constexpr const char* trouble = "trello_trouble";     // what was told of and is not over
inline constexpr const char* unmapped = "trello_unmapped:";  // + user: it was said that Trello does not know them
inline constexpr const char* digest = "digest:";             // + team + ":" + its week's key: its post's purpose too
inline constexpr const char* since = "digest_since:";        // + team: when vakt first knew it
inline constexpr const char* reread = "digest_reread:";      // + team: the key of the week that cards were read for
inline constexpr const char* asked_items = "items_asked:";   // + incident: whether there really is no item
inline constexpr const char* no_items = "none";              // its value once a person said so
}  // namespace kept
std::string kept_value(const Turn&, const std::string& cursor);  // "" where nothing is kept

// Where an item's form was opened: Slack does not say it with what was put in.
std::string form_context(action::ItemId, const ChannelId&);
ChannelId channel_of_form(const inbound::Submission&);

view::ActionReader reader_for(const Turn&, const action::Team&);
view::ActionReader reader_for(const Turn&, const action::Item&);
const action::Team& team_of(const Turn&, const action::Item&);
bool is_team(const Turn&, const std::string& name);  // of the configuration; case does not matter; true of ""
// Where a team is spoken to: its own channel, or the announce channel.
std::string channel_of(const Turn&, const action::Team&);
action::Act act_of(const Turn&, const UserId&);
std::string marker_for(const Turn&, action::ItemId);

// Kept, its order sent, and what happened on its way into the records of its incidents. waiting: whoever is answered
// once the card is known.
void keep_item(Turn&, action::Changed, const Request* waiting = nullptr);
// The same of what a person did, with the answer; a form that is refused stays open and says why under that block.
void keep_and_answer(Turn&, const Request&, const action::Item& before, action::Outcome, const char* block = nullptr);
// Says of its owner, once, that Trello does not know them.
void say_unmapped(Turn&, const action::Item&, view::Message&);
// Adds an item for the turn's incident, if there is one, and answers.
void add_item(Turn&, const Request&, action::NewItem);
// The one item that is meant, or a refusal and null.
const action::Item* item_meant(Turn&, const Request&, const action_command::ItemRef&);

// A board as it is configured, with the ids that are known of it.
action::BoardRef known_board(const Turn&, action::BoardRef);
std::vector<action::BoardRef> known_boards(const Turn&);
void keep_boards(Turn&, const std::vector<action::BoardRef>&);
effect::ReadCards read_of(const Turn&, std::string purpose, const std::vector<action::Item>&);
// One alert for all cards, and one when it is over.
void tell_trouble(Turn&, action::Trouble);

// On resolving: is there really no action item? Asked once, of whoever resolved.
void ask_for_items(Turn&, const Request&);

}  // namespace vakt
