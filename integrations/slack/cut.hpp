// Cuts text to Slack's limits so that people see it was cut ("…"), never inside a character. Pure; any thread.
// Slack counts characters; UTF-16 units are counted here, which are never fewer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vakt {

std::size_t utf16_units(std::string_view utf8);

// At most `longest` units, the "…" included.
std::string cut_plain(std::string_view text, std::size_t longest);
// The same, and never inside "&amp;" or "<@U1|kari>".
std::string cut_mrkdwn(std::string_view text, std::size_t longest);
// Parts of at most `longest` units each that together say everything, broken at line ends or spaces where there are
// some.
std::vector<std::string> split_mrkdwn(std::string_view text, std::size_t longest);

}  // namespace vakt
