// What vakt says of action items, in each language it speaks; what their lines share with the digest is digest_texts'.
// {0}, {1} … are filled in. Pure; the tables are constants.
#pragma once

#include <string_view>

#include "bot/actions/card.hpp"
#include "bot/actions/happened.hpp"
#include "bot/actions/item_life.hpp"

namespace vakt {

struct ActionTexts {
  // Of one item's line
  std::string_view done, snoozed_until;                                     // {0}: a date
  std::string_view kind_prevent, kind_mitigate, kind_detect, kind_process;  // as an item's line has them

  // What happened, in a few words. {0}: before, {1}: after
  std::string_view added, adopted, joined, linked, is_done, wont_do, reopened, begun, put_back, owner, due, snoozed,
      title, priority, kind, team, archived_undone, deleted, lost_access, broken_link, restored, moved, moved_away,
      card_refused, member_left_out, label_left_out;
  std::string_view nobody, no_date, not_set;
  std::string_view in_trello;            // {0}: what happened; nobody did it in Slack
  std::string_view by_person, by_owner;  // sentences of their own; by_person: {0}: a mention
  std::string_view entry;                // {0}: the item, {1}: what happened
  std::string_view reason_was;           // {0}: of a snooze
  std::string_view new_card;             // instead of restored where a person ordered it
  std::string_view card_not_taken;       // instead of card_refused where Trello took it all the same

  // Why Trello refused. {0}: the board or list
  std::string_view refused_other, refused_not_configured, refused_no_board, refused_board_unknown,
      refused_board_archived, refused_no_list, refused_list_unknown, refused_list_archived, refused_card_gone,
      refused_no_access;
  std::string_view trello_said;  // {0}: why it refused, {1}: Trello's own words, in English

  // What that means, and what to do; after the few words. {0}: the command, {1}: the item's number
  std::string_view means_archived, means_deleted, means_lost_access, means_broken_link, means_moved_away,
      means_card_refused, means_not_created, means_member, means_label;
  std::string_view decide;        // {0}: the owner, mentioned
  std::string_view nobody_owns;   // nobody is there to decide
  std::string_view notification;  // {0}: the item, {1}: what happened

  // Answers. {0}: the command, {1}: the item's number, unless said otherwise
  std::string_view answer_added, answer_linked;  // {0}: the item's line
  std::string_view owner_unmapped;               // {0}: who, {1}: a line for the configuration
  std::string_view card_follows, no_card, day_passed, no_record;
  std::string_view was_so, follows_in_trello, snooze_means;

  // Refusals. {0}: the command, {1}: the item's number or a word for it, {2}: a date
  std::string_view needs_title, title_too_long, needs_reason, closed_already, open_already, not_the_owner,
      snooze_not_ahead, snooze_too_long, no_such_day, has_card, no_board;
  std::string_view some_item;  // where the number would stand

  std::string_view unknown_number, unknown_label, unknown_card;  // {0}: the command, {1}: what was typed
  std::string_view ambiguous;                                    // {0}: the command, {1}: one of the numbers
  std::string_view not_a_date, ambiguous_date, no_day;           // {0}: as typed, {1}: right forms
  std::string_view date_forms, either, form_not_a_date, form_ambiguous_date, form_no_day;  // {0}: right forms; plain
  std::string_view right_form;                                                             // {0}: the command
  std::string_view person_unknown, team_unknown;                                           // {0}: command, {1}: name
  std::string_view team_not_configured;        // {0}: name, {1}: the first team
  std::string_view card_reading, no_incident;  // no_incident: {1}: /incident

  // Why a card is not linked. {0}: the command, {1}: the link
  std::string_view card_not_found, card_no_access, card_no_card, card_not_read, trello_not_configured,
      trello_token_refused, trello_rate_limited, trello_unreachable;

  std::string_view help;  // {0}: the command

  // Lists. {0}: how many, unless said otherwise
  std::string_view list_open, list_mine, list_overdue, list_all;
  std::string_view list_incident;  // {0}: the incident's number, {1}: how many
  std::string_view empty_open, empty_mine, empty_overdue, empty_all, empty_incident;  // {0}: the command
  std::string_view more;                                                              // {1}: the command
  std::string_view home_heading, home_empty;                                          // home_empty: {0}: the command

  // Buttons
  std::string_view button_owner, button_due, button_reopen, button_unarchive, button_card, button_list, button_add,
      button_none;
  std::string_view shortcut;  // of a message; at most 24 characters

  // Forms. Titles and buttons: at most 24 characters
  std::string_view form_add, form_owner, form_due, form_snooze, form_wontdo, save, cancel;
  std::string_view label_title, label_owner, label_due, label_kind, label_priority, label_until, label_reason,
      label_why_not;
  std::string_view hint_due, hint_until, hint_reason, hint_why_not, hint_kind, hint_priority;
  std::string_view owner_none, due_none, snooze_note, wontdo_note;  // {0}: the command, {1}: the item's number
  std::string_view option_prevent, option_mitigate, option_detect, option_process;

  // The one global alert. {0}: the command
  std::string_view trouble_token, trouble_unreachable, trouble_rate_limited, trouble_not_configured, trouble_over;
  std::string_view items_missing;           // {0}: the command
  std::string_view none_noted, none_entry;  // there really is none: the answer, and the record

  // Cards, in plain Markdown. {0}: escaped words
  std::string_view card_title, card_incident, card_typed, card_owner, card_kind, card_priority;
};

const ActionTexts& action_texts(Language);

std::string_view happened_text(const ActionTexts&, action::What);
std::string_view meaning_of(const ActionTexts&, action::What, bool has_card);  // empty: nobody has to do anything
std::string_view refusal_text(const ActionTexts&, action::Refusal);
std::string_view refused_text(const ActionTexts&, action::RefusedFor);
std::string_view kind_shown(const ActionTexts&, action::Kind);  // empty: unset
// Why a card could not be linked. Trouble of Trello as a whole comes before what it said of the card.
std::string_view not_linked_text(const ActionTexts&, action::CardFault, action::Trouble);
std::string_view trouble_text(const ActionTexts&, action::Trouble, bool over);

}  // namespace vakt
