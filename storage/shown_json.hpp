// What the JSON that people's programs read has in common. Internal to storage. Stateless; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "bot/time/zones.hpp"

namespace vakt::storage::shown {

using Json = nlohmann::ordered_json;

inline Json or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }
inline Json when(const std::optional<Instant>& at) { return at ? Json(iso_utc(*at)) : Json(nullptr); }
inline Json day(const std::optional<std::chrono::year_month_day>& date) {
  return date ? Json(iso_date(*date)) : Json(nullptr);
}

// On one line. Bytes that are no UTF-8 become U+FFFD: people paste anything, and an export must not stop at it.
inline std::string printed(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace vakt::storage::shown
