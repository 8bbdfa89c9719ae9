#include "integrations/slack/envelope.hpp"

#include <simdjson.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "integrations/json/json_read.hpp"

namespace vakt {
namespace {

namespace ondemand = simdjson::ondemand;

// Fields of the frame itself. Values are walked over, not read, until somebody asks: the payload may be hundreds of
// kilobytes, and whether it makes sense is slack_json's matter.
struct Fields {
  std::string type, reason, envelope_id;
  bool accepts_payload = true;
  HelloFrame hello;
};

std::string text_of(ondemand::value value) {
  std::string_view text;
  return value.get_string().get(text) == simdjson::SUCCESS ? std::string{text} : std::string{};
}

std::optional<double> number_of(ondemand::value value) {
  double number = 0;
  return value.get_double().get(number) == simdjson::SUCCESS ? std::optional{number} : std::nullopt;
}

std::optional<std::chrono::seconds> lifetime_of(ondemand::value debug_info) {
  ondemand::object fields;
  ondemand::value time;
  if (debug_info.get_object().get(fields) != simdjson::SUCCESS ||
      fields.find_field_unordered("approximate_connection_time").get(time) != simdjson::SUCCESS)
    return std::nullopt;
  const auto seconds = number_of(time);
  if (!seconds || !(*seconds > 0)) return std::nullopt;
  return std::chrono::seconds(static_cast<int>(std::clamp(*seconds, 20.0, 86'400.0)));
}

void take(std::string_view key, ondemand::value value, Fields& out) {
  if (key == "type") out.type = text_of(value);
  if (key == "reason") out.reason = text_of(value);
  if (key == "envelope_id") out.envelope_id = text_of(value);
  if (bool accepts; key == "accepts_response_payload" && value.get_bool().get(accepts) == simdjson::SUCCESS)
    out.accepts_payload = accepts;
  if (key == "num_connections")
    if (const auto count = number_of(value)) out.hello.connections = static_cast<int>(std::clamp(*count, 0.0, 1000.0));
  if (key == "debug_info") out.hello.lifetime = lifetime_of(value);
}

// Nothing where the text is no JSON object.
std::optional<Fields> fields_of(std::string_view text) {
  thread_local ondemand::parser parser;
  const simdjson::padded_string padded{text};
  ondemand::document frame;
  ondemand::object object;
  if (parser.iterate(padded).get(frame) != simdjson::SUCCESS || frame.get_object().get(object) != simdjson::SUCCESS)
    return std::nullopt;
  Fields found;
  for (auto field : object) {
    std::string_view key;
    ondemand::value value;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(value) != simdjson::SUCCESS)
      return std::nullopt;
    take(key, value, found);
  }
  const bool ended = frame.current_location().error() == simdjson::OUT_OF_BOUNDS;
  return ended ? std::optional{std::move(found)} : std::nullopt;
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  std::string shown(text.substr(0, most));
  for (char& c : shown)
    if (c < 0x20 || c > 0x7e) c = '?';
  return shown;
}

SocketFrame parse_frame(std::string_view text) {
  auto fields = fields_of(text);
  if (!fields) return UnreadableFrame{};
  if (fields->type == "hello") return fields->hello;
  if (fields->type == "disconnect") return DisconnectFrame{std::move(fields->reason)};
  if (fields->envelope_id.empty()) return UnknownFrame{printable(fields->type, 40)};
  return EnvelopeFrame{std::move(fields->envelope_id), std::move(fields->type), fields->accepts_payload};
}

std::optional<std::string> ack_text(const std::string& envelope_id, const std::string& payload_json) {
  const std::string id = json_read::quoted(envelope_id);
  if (payload_json.empty()) return "{\"envelope_id\":" + id + "}";
  if (!nlohmann::json::accept(payload_json)) return std::nullopt;
  return "{\"envelope_id\":" + id + ",\"payload\":" + payload_json + "}";
}

}  // namespace vakt
