// The part of a Socket Mode frame that the connection itself needs, and the acks. Payloads are not looked into here.
// Pure; any thread. Source: docs.slack.dev, "Using Socket Mode".
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace vakt {

struct HelloFrame {
  int connections = 0;                           // open for this app at Slack, this one included; 0 if not told
  std::optional<std::chrono::seconds> lifetime;  // approximate_connection_time, brought into 20 s .. 24 h
};
struct DisconnectFrame {
  std::string reason;  // "warning", "refresh_requested", "link_disabled", "too_many_websockets", or what is new
};
struct EnvelopeFrame {
  std::string id;
  std::string type;             // "events_api", "slash_commands", "interactive", what is new, or ""
  bool accepts_payload = true;  // false only where Slack says so
};
struct UnknownFrame {
  std::string type;  // printable, at most 40 bytes
};
struct UnreadableFrame {};  // not a JSON object

using SocketFrame = std::variant<HelloFrame, DisconnectFrame, EnvelopeFrame, UnknownFrame, UnreadableFrame>;

// ASCII without control characters, at most that many bytes: what strangers wrote, made fit for a log line.
std::string printable(std::string_view text, std::size_t most);

// A payload that is no JSON is not noticed here but where it is read: the envelope is acknowledged all the same.
SocketFrame parse_frame(std::string_view text);

// The ack of an envelope. payload_json: "" for none; nullopt where it is not JSON.
std::optional<std::string> ack_text(const std::string& envelope_id, const std::string& payload_json);

}  // namespace vakt
