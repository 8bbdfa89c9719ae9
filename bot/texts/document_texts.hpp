// What vakt itself says in documents about an incident. A template says in which language. Pure; the tables are
// constants.
#pragma once

#include <string_view>

#include "bot/types.hpp"

namespace vakt {

struct DocumentTexts {
  // Durations: {0} how long, {1} and {2} from which entry to which
  std::string_view time_to_detect, time_to_react, time_to_fix, downtime, lasted, cannot_tell, no_marker, no_reaction,
      out_of_order, about, and_a_half, minutes;
  // Flags: {0} the flag, {1} the environment
  std::string_view flag_on, flag_off, flag_percent, flag_restored;
  // {0} the flag, {1} the environment, {2} how long, {3} and {4} from when to when
  std::string_view exposed, exposed_unknown;
  // {0} how long
  std::string_view before_detection, not_before_detection;
  // {0} the flag, {1} the environment, {2} why
  std::string_view opened_by;
  // Titles of links: {0} what it is about
  std::string_view pull_request, dashboard, card, slack_message, slack_message_in;
  std::string_view wont_do;                         // {0} the reason
  std::string_view no_actions;                      // somebody said that none is needed
  std::string_view one_day, days, one_week, weeks;  // of a stage: {0} how many
  // The terminal: {0} how many, {1} of how many, {2} which
  std::string_view empty_sections;
  std::string_view one_unfilled, unfilled;  // {0} how many places; they follow, a line each
};

const DocumentTexts& document_texts(Language);

}  // namespace vakt
