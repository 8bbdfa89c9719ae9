// Unleash's REGEX operator: RE2's syntax, as far as it is certain here. Pure; time and memory bounded by the sizes.
#pragma once

#include <string_view>

#include "bot/flags/truth.hpp"

namespace vakt::flag {

// Whether the pattern matches anywhere in the text. A pattern that RE2 refuses matches nothing; unknown for what is
// not certain here (beyond ASCII, octal, \\p, \\C, nested quantifiers) or too big. Never depends.
Truth regex_finds(std::string_view pattern, std::string_view text, bool case_insensitive);

}  // namespace vakt::flag
