// What may stand beside the title of an action item: @owner, due DATE, --kind, --priority, --team. Internal to
// bot/command.
#pragma once

#include "bot/command/action_command.hpp"

namespace vakt {

struct TitledDetails {
  std::string title;  // what is left
  action_command::Details details;
};

// `form` is the command's, with DATE in it: it goes into errors.
std::expected<TitledDetails, CommandError> parse_action_details(std::string_view text, std::string_view form);

// "<@U123|kari>", "@kari", "me"; nothing where it is no person.
std::optional<action_command::Person> person_from(std::string_view word);

// prevent|mitigate|detect|process, with near synonyms.
action::Kind kind_word(std::string_view word);
Severity priority_word(std::string_view word);  // sev1..sev4, 1..4

// The form with the right date in the place of DATE, or what is wrong with the words.
CommandError wrong_date(std::string_view typed, std::string_view form);

}  // namespace vakt
