// The form of a command as people are shown it: its words stay, what stands for words of theirs is in their language.
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "bot/types.hpp"

namespace vakt {

// "snooze ID DATE REASON" -> "snooze ID DATO GRUNN"
std::string typed_form(Language, std::string_view form);

}  // namespace vakt
