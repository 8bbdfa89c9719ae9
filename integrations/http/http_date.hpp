// The Date header of an HTTP answer (RFC 9110, 5.6.7). Pure; any thread.
#pragma once

#include <optional>
#include <string>

#include "bot/types.hpp"

namespace vakt {

// "Sat, 21 Nov 2026 16:01:25 GMT", to the second; nothing for any other text.
std::optional<Instant> http_date(const std::string& text);

}  // namespace vakt
