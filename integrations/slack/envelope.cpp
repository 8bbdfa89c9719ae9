#include "integrations/slack/envelope.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "integrations/slack/json_read.hpp"

namespace vakt {
namespace {

using nlohmann::json;

// What lies deeper than debug_info's fields is read but not kept.
constexpr int kept_depth = 2;
constexpr std::string_view payload_key = "\"payload\"";

// Just past the string that starts at `at`; npos if it does not end.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; (at = text.find_first_of("\"\\", at)) != std::string_view::npos; at += 2)
    if (text[at] == '"') return at + 1;
  return at;
}

// The frame with null for its payload, which may be hundreds of kilobytes and is read once, by slack_json. What cannot
// be cut stays, and the parser judges it.
std::string without_payload(std::string_view text) {
  std::size_t depth = 0, from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      const auto end = end_of_string(text, at);
      if (end == std::string_view::npos) break;
      if (depth == 1 && from == 0 && text.substr(at, end - at) == payload_key) {
        const auto colon = text.find_first_not_of(" \t\r\n", end);
        const auto value = colon == std::string_view::npos || text[colon] != ':'
                               ? std::string_view::npos
                               : text.find_first_not_of(" \t\r\n", colon + 1);
        if (value == std::string_view::npos || text[value] != '{') break;
        from = at = value;
        continue;
      }
      at = end;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth > 0 && --depth == 1 && from > 0)
      return std::string{text.substr(0, from)} + "null" + std::string{text.substr(at + 1)};
    ++at;
  }
  return std::string{text};
}

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
  json frame = json::parse(without_payload(text), keep, false);
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
