#include "integrations/runtime/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace vakt {

namespace {

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_logger_mt("vakt");
    made->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%fZ",%v})", spdlog::pattern_time_type::utc);
    return made;
  }();
  return *instance;
}

constexpr std::array<std::string_view, 8> token_starts{"xoxb-", "xoxp-", "xapp-",   "xoxe-",
                                                       "xoxa-", "xoxs-", "Bearer ", "ticket="};

bool in_token(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

}  // namespace

std::string without_secrets(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto rest = text.substr(i);
    const auto* start =
        std::ranges::find_if(token_starts, [&](std::string_view token) { return rest.starts_with(token); });
    if (start == token_starts.end()) {
      out += text[i++];
      continue;
    }
    out += "[secret]";
    i += start->size();
    while (i < text.size() && in_token(text[i])) ++i;
  }
  return out;
}

void log(LogLevel level, std::string_view sentence) {
  static constexpr std::array<const char*, 3> names{"info", "warning", "error"};
  static constexpr std::array levels{spdlog::level::info, spdlog::level::warn, spdlog::level::err};
  const auto index = static_cast<std::size_t>(level);
  const auto text =
      nlohmann::json(without_secrets(sentence)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  logger().log(levels[index], R"("level":"{}","text":{})", names[index], text);
  logger().flush();
}

}  // namespace vakt
