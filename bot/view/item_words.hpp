// The words that every line of an action item is made of. People's words are escaped here. Internal to bot/view.
#pragma once

#include <string>
#include <string_view>

namespace vakt::view {

// In one line, and unable to open a code block that swallows the lines below.
std::string one_line(std::string_view text, std::size_t most);

// "<url|label>"; the label alone where the link is none that Slack could show; empty: there is neither.
std::string card_link(std::string_view url, std::string_view label);

}  // namespace vakt::view
