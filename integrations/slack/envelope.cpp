#include "integrations/slack/envelope.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "integrations/slack/json_read.hpp"

namespace vakt {
namespace {

using nlohmann::json;

// Frames may hold hundreds of kilobytes of payload: what lies deeper than debug_info's fields is read but not kept.
constexpr int kept_depth = 2;

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

HelloFrame hello_of(const json& frame) {
  HelloFrame hello;
  if (const auto count = frame.find("num_connections"); count != frame.end() && count->is_number())
    hello.connections = static_cast<int>(std::clamp(count->get<double>(), 0.0, 1000.0));
  if (const auto debug = frame.find("debug_info"); debug != frame.end() && debug->is_object())
    if (const auto time = debug->find("approximate_connection_time"); time != debug->end() && time->is_number())
      if (const double seconds = time->get<double>(); seconds > 0)
        hello.lifetime = std::chrono::seconds(static_cast<int>(std::clamp(seconds, 20.0, 86'400.0)));
  return hello;
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  std::string shown(text.substr(0, most));
  for (char& c : shown)
    if (c < 0x20 || c > 0x7e) c = '?';
  return shown;
}

SocketFrame parse_frame(std::string_view text) {
  const auto keep = [](int depth, json::parse_event_t, json&) { return depth <= kept_depth; };
  json frame = json::parse(text, keep, false);
  if (frame.is_discarded()) frame = json::parse(json_read::mended(text), keep, false);
  if (!frame.is_object()) return UnreadableFrame{};
  const std::string type = text_of(frame, "type");
  if (type == "hello") return hello_of(frame);
  if (type == "disconnect") return DisconnectFrame{text_of(frame, "reason")};
  EnvelopeFrame envelope{text_of(frame, "envelope_id"), type, true};
  if (envelope.id.empty()) return UnknownFrame{printable(type, 40)};
  if (const auto accepts = frame.find("accepts_response_payload"); accepts != frame.end() && accepts->is_boolean())
    envelope.accepts_payload = accepts->get<bool>();
  return envelope;
}

std::optional<std::string> ack_text(const std::string& envelope_id, const std::string& payload_json) {
  const std::string id = json(envelope_id).dump(-1, ' ', false, json::error_handler_t::replace);
  if (payload_json.empty()) return "{\"envelope_id\":" + id + "}";
  if (!json::accept(payload_json)) return std::nullopt;
  return "{\"envelope_id\":" + id + ",\"payload\":" + payload_json + "}";
}

}  // namespace vakt
