// What vakt says of flags, in each language it speaks. {0}, {1} … are filled in. Pure; the tables are constants.
#pragma once

#include <string_view>

#include "bot/types.hpp"

namespace vakt {

struct FlagTexts {
  // Answers. {0}: the flag as code, {1}: the environment, unless said otherwise
  std::string_view turning_off, turning_on, turning_percent, restoring, reading;
  std::string_view refused_asked;     // the operators were asked
  std::string_view refused_on;        // {0}: the group; only its members turn on
  std::string_view refused_no_group;  // {0}: the group; it does not exist, so nobody turns on
  std::string_view no_such_flag;      // {0}: the name, {1}: who was asked
  std::string_view did_you_mean;      // {0}: the names
  std::string_view no_environment;    // {2}: those it has
  std::string_view confirm_expired, name_differs, reason_needed, second_asked, second_same, not_waiting;
  std::string_view nothing_to_undo, already_undone;
  std::string_view stopping, nothing_to_stop;
  std::string_view came_back;          // {2}: who, {3}: when
  std::string_view changed_elsewhere;  // {0}: flag, {1}: environment, {2}: what, {3}: who; for the record
  std::string_view added_to_record;    // {0}: the incident's number
  std::string_view no_providers, not_recorded_yet, help;
  std::string_view declare_title;  // {0}: the flag, plain; the title of an incident declared with a kill
};

const FlagTexts& flag_texts(Language);

}  // namespace vakt
