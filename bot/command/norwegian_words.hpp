// Norwegian words for what /incident takes: vakt shows its state in the team's language, and people type what they see.
#pragma once

#include <string_view>

namespace vakt {

// The English word that one of them stands for, else the word itself. keyword: lower case.
std::string_view in_english(std::string_view keyword);

}  // namespace vakt
