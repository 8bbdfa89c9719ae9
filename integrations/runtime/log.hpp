// Structured log lines on stderr: one JSON object a line, secrets replaced. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace vakt {

enum class LogLevel { info, warning, error };

void log(LogLevel level, std::string_view sentence);

// The text with everything that looks like a token of Slack's or a bearer header replaced by "[secret]".
std::string without_secrets(std::string_view text);

}  // namespace vakt
