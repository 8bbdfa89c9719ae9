// What vakt says of flags, in each language it speaks. {0}, {1} … are filled in. Pure; the tables are constants.
#pragma once

#include <string_view>

#include "bot/types.hpp"

namespace vakt {

struct FlagTexts {
  // Answers. {0}: the flag as code, {1}: the environment, unless said otherwise
  std::string_view turning_off, restoring, reading;
  std::string_view refused_asked;     // the operators were asked
  std::string_view nobody_asked;      // {0}: why, {1}: the group
  std::string_view refused_on;        // {0}: the group; only its members turn on
  std::string_view refused_no_group;  // {0}: the group; it does not exist, so nobody turns on
  std::string_view no_such_flag;      // {0}: the name, {1}: who was asked
  std::string_view did_you_mean;      // {0}: the names
  std::string_view no_environment;    // {2}: those it has
  std::string_view confirm_expired, name_differs, reason_needed, second_asked, second_same, not_waiting;
  std::string_view nothing_to_undo, undo_not_known, already_undone;
  std::string_view stopping, nothing_to_stop;
  std::string_view came_back;          // {2}: who, {3}: when
  std::string_view changed_elsewhere;  // {0}: flag, {1}: environment, {2}: what, {3}: who; for the record
  std::string_view added_to_record;    // {0}: the incident's number
  std::string_view no_providers, not_recorded_yet, help;
  std::string_view declare_title;  // {0}: the flag, plain; the title of an incident declared with a kill

  // Who sees it
  std::string_view everybody, nobody, some, up_to, between, cannot_tell;  // {0}, {1}: percentages
  std::string_view why_archived, why_environment_off, why_no_strategies, why_everybody, why_share, why_targets,
      why_nobody, why_unknown_strategy, why_unreadable, why_constraint_false, why_constraint_depends,
      why_constraint_unknown, why_segment_missing, why_segment_depends, why_joined_by_or, why_parent_missing,
      why_parent_is_child, why_parent_closed, why_parent_depends;  // {0}: the strategy, {1}: the detail

  // One change. {0}: the flag, {1}: the environment, {2}: who asked
  std::string_view under_way_off, under_way_on, under_way_percent, under_way_restore;  // {3}: the percentage
  std::string_view proven_off, proven_on, proven_percent, proven_restore, was_so;
  std::string_view sent_again;      // in spite of an order whose fate is not known
  std::string_view off_is_default;  // of flagd
  std::string_view stays;           // stopped: not put back at the time asked for
  std::string_view unknown, stopped, overruled, failed;
  std::string_view stored_after, read_back_after, served_after, applications_follow;  // {0}: a time
  std::string_view exposed_for;                                                       // {0}: how long, {1}: to whom
  std::string_view seen_before, seen_now;                                             // {0}: who
  std::string_view exposed_elsewhere;                                                 // {0}: environment, {1}: who
  std::string_view also_at;                                                           // {0}: provider, {1}: the command
  std::string_view by_hand, see_link;
  std::string_view undone, restores_at, reason_given, confirmed_by;

  // Buttons
  std::string_view turn_off_in, turn_off, turn_off_anyway, undo, undo_confirm, stop, status, add_to, declare_with,
      agree;

  // Lists and forms
  std::string_view recent_heading, recent_empty, recent_line, list_heading, list_empty, more, status_heading,
      shared_red_line, lint_heading, lint_clean, lint_unconstrained, lint_on_without, lint_all_disabled, lint_shared,
      lint_unknown, history_heading, history_empty, asked_of_operators, is_protected;
  std::string_view confirm_title_on, confirm_title_percent, confirm_who_now, confirm_who_then, confirm_back_after,
      confirm_second, confirm_while_open, confirm_type_name, confirm_reason, confirm_submit, confirm_close, approval;
};

const FlagTexts& flag_texts(Language);

}  // namespace vakt
