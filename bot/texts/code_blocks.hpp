// Slack's code blocks (``` … ```) within a text, and the same as Markdown. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/texts/mrkdwn.hpp"

namespace vakt {

struct TextPart {
  bool is_code = false;
  bool is_block = false;   // code of several lines, or alone on its line
  std::string_view text;   // mrkdwn; of code what stands between the fences
  std::string_view whole;  // with the fences: a part of the text it was taken from
  bool operator==(const TextPart&) const = default;
};

// In order. A fence that is never closed is words, as Slack shows it; one that begins a line and has lines after it
// holds until the end of the text.
std::vector<TextPart> parts_with_code(std::string_view mrkdwn);

// The lines of code as they were typed, without blank ones at either end; an address is what was typed for it.
std::vector<std::string> code_lines(std::string_view mrkdwn, const Names&);

// A block of Markdown, fenced by more backticks than any run inside; empty where there is no line. No line break ends
// it.
std::string fenced(const std::vector<std::string>& lines);

// One line as code among words, also of a table; empty where Markdown could not show it as code everywhere.
std::string inline_code(std::string_view line);

}  // namespace vakt
