// What vakt says of rollouts, in each language it speaks. {0}, {1} … are filled in. Pure; the tables are constants.
#pragma once

#include <string_view>

#include "bot/rollouts/stage_text.hpp"
#include "bot/rollouts/what_now.hpp"
#include "bot/types.hpp"

namespace vakt {

struct RolloutTexts {
  // How it stands
  std::string_view planned, running, held, complete, rolled_back;
  std::string_view heading;                   // {0}: number, {1}: flag, {2}: environment, {3}: how it stands
  std::string_view stage_of;                  // {0}: which, {1}: of how many, {2}: percent
  std::string_view stage_line;                // {0}: a mark, {1}: the stage as typed, {2}: what is known of it
  std::string_view began, ended, ends, goal;  // {0}: a time; goal {0}: users
  std::string_view users, about_users;        // {0}: how many
  std::string_view week, month;               // check-ins; {0}: when

  // The verdict. {0}: users, {1}: the least, {2}: a share
  std::string_view not_recorded, errors, too_few, no_error_seen;

  // What now. {0}: the command, {1}: number, {2}: a time or a stage
  std::string_view now_begin, now_wait, now_under_way, now_record, now_too_few, now_errors, now_advance, now_resume,
      now_rolled_back, now_wait_check_in, now_check_in, now_finished;
  std::string_view held_asked, held_by_hand, held_for_rollback, rolled_back_by;  // {0}: who, {1}: when
  std::string_view because;                                                      // {0}: a reason

  // Told in the channel. {0}: number, {1}: flag, {2}: environment, {3}: who
  std::string_view told_planned, told_held, told_by_hand, told_rolled_back, told_recorded, told_resumed, told_complete;
  std::string_view told_began;         // {4}: percent
  std::string_view told_not_advanced;  // {3}: what happened; the rollout stays where it was
  std::string_view told_time_out, told_week, told_month, told_not_here;
  std::string_view told_refused;  // {0}: who asked from a terminal, {1}: why it was refused
  std::string_view somebody;

  // Answers. {0}: the command
  std::string_view list_heading, list_empty, list_more, help;
  std::string_view unknown, none_here, which_one;  // {1}: what was typed
  std::string_view refused_under_way;              // {1}: who, {2}: percent
  std::string_view refused_moved_on, refused_complete, refused_rolled_back, refused_not_running, refused_not_held,
      refused_not_begun, refused_needs_reason, refused_no_stage;  // {1}: number
  std::string_view already_one;                                   // {1}: number, {2}: flag, {3}: environment
  std::string_view no_percentages;                                // {1}: flag, {2}: provider
  std::string_view rolling_back, holding, recorded;               // {1}: number
  std::string_view changed_meanwhile;                             // {1}: number
  // Why going on needs a reason
  std::string_view why_ahead, why_errors, why_held, why_rolled_back;

  // The stages as typed. {0}: the part that is wrong
  std::string_view stages_none, stages_percent, stages_growing, stages_time, stages_needs_time, stages_many;
  std::string_view users_wrong;

  // Buttons and forms
  std::string_view begin, advance, resume, record, hold, roll_back;
  std::string_view form_start, form_record, save, close;
  std::string_view label_stages, label_least, label_criteria, label_dashboards, label_watchers, label_go;
  std::string_view hint_least, hint_criteria, hint_dashboards, hint_watchers, hint_go;
  std::string_view label_users, label_metric, label_downstream, label_errors, label_changes;  // metric {0}: criterion
  std::string_view criteria, dashboards, watchers, go_no_go;                                  // {0}: them
};

const RolloutTexts& rollout_texts(Language);
std::string_view what_now_text(const RolloutTexts&, rollout::WhatNow);
std::string_view refusal_text(const RolloutTexts&, rollout::Refusal);
std::string_view fault_text(const RolloutTexts&, rollout::StageFault);

}  // namespace vakt
