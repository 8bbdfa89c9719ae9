// Commands that a person pastes into a terminal: nothing in them may do more than it says. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace vakt::flag {

// One word for bash, zsh and dash, as it stands where that is safe. Control characters need bash or zsh ($'…').
std::string shell_quote(std::string_view text);

// "$NAME"; "$TOKEN" where that is no name of a variable.
std::string shell_variable(std::string_view name);

// A word in which every {token} becomes the variable: 'Authorization: Bearer '"$NAME".
std::string shell_quote_with_token(std::string_view text, std::string_view variable);

}  // namespace vakt::flag
