// Any bytes as an envelope: never a crash, never an exception, and what comes out holds the promises of slack_json.hpp.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "integrations/json/json_read.hpp"
#include "integrations/slack/slack_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const char* type : {"events_api", "slash_commands", "interactive", "other"}) {
    vakt::EnvelopeMeta meta;
    const vakt::InboundBody body = vakt::parse_envelope(type, text, meta);
    if (const auto* message = std::get_if<vakt::inbound::Message>(&body)) {
      if (message->channel.empty() || !vakt::json_read::is_ts(message->ts)) std::abort();
      if (message->fallback.size() > 16'000 || message->thread_ts == message->ts) std::abort();
    }
    if (const auto* press = std::get_if<vakt::inbound::Press>(&body); press && press->reply.user.empty()) std::abort();
  }
  return 0;
}
