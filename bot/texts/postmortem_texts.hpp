// What vakt says of post-mortems, in each language it speaks. {0}, {1} … are filled in. Pure; the tables are constants.
#pragma once

#include <string_view>

#include "bot/types.hpp"

namespace vakt {

struct PostmortemTexts {
  std::string_view button;

  // The form
  std::string_view form_title, form_submit, form_intro;
  std::string_view ask_summary, ask_impact, ask_cause, ask_solution, ask_detection, ask_well, ask_wrong, ask_learned,
      ask_mitigation, ask_affected;
  std::string_view form_gone;

  // Answers. {0}: the incident's number
  std::string_view writing;

  // Outstanding. {0}: how many, {1}: which; of one {0}: the number, {1}: its age
  std::string_view outstanding, outstanding_one;
  // In the home tab. {0}: the number, {1}: the title, {2}: its age, {3}: due
  std::string_view home_heading, home_line, home_line_due;

  // What stands over the file
  std::string_view uploaded;    // {0}: the number, {1}: the template
  std::string_view still_open;  // what is over is not known yet
  std::string_view drill;
  std::string_view complete;      // no section is empty
  std::string_view incomplete;    // {0}: how many are empty, {1}: of how many, {2}: which
  std::string_view fill_in;       // {0}: the command, {1}: the template
  std::string_view fill_by_hand;  // where no form asks for it; {2}: /action
  std::string_view file_title;    // {0}: the number, {1}: the incident's title
  std::string_view not_uploaded;  // {0}: why, {1}: the number, {2}: the template, {3}: the command
  std::string_view why_no_uploads, why_too_large, why_storage_full, why_no_record;

  // Until it is published. {0}: the number, unless said otherwise
  std::string_view wanted;          // {0}: the owner, {1}: the day
  std::string_view wanted_undated;  // {0}: the owner
  std::string_view owner_set;       // {1}: the owner
  std::string_view due_set;         // {1}: the day
  std::string_view published;       // {0}: who, {1}: the address
  std::string_view published_line;  // {0}: the address
  std::string_view bookmark;
  std::string_view reminder;           // {1}: the incident's title, {2}: the day it was due, {3}: its channel
  std::string_view how_to_publish;     // {0}: the command
  std::string_view nothing_to_remind;  // {0}: the command; the incident is a drill

  std::string_view field_not_shown;  // {0}: the template, {1}: the field, as templates name it

  // The timeline's entries as documents have them
  std::string_view edit_entry, edit_title, text_label, time_label, time_hint, shown_label, shown, left_out;
  std::string_view as_recorded;  // {0}: its time, {1}: its text
  std::string_view entry_kept;   // {0}: its time, {1}: its text
  std::string_view entry_left_out;
  std::string_view entry_gone;
  std::string_view time_to_come;
  std::string_view earlier_entries;  // {0}: how many, {1}: the number

  // The record
  std::string_view entry_uploaded;   // {0}: the template
  std::string_view entry_published;  // {0}: the address
};

const PostmortemTexts& postmortem_texts(Language);

// The question that asks for a field of the record ("summary", "impact" …); empty for any other.
std::string_view question_for(const PostmortemTexts&, std::string_view field);
// Why a document could not be put into its channel; empty: no reason of a file's.
std::string_view why_not_uploaded(const PostmortemTexts&, std::string_view error);

}  // namespace vakt
