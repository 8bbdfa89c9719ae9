// WebSocket frames (RFC 6455) of short messages, for both ends of a benchmark. Pure; whole messages in one frame.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bench::websocket {

enum class Opcode : unsigned char { text = 1, close = 8, ping = 9, pong = 10 };

struct Frame {
  Opcode opcode;
  std::string_view payload;  // within the buffer that was given, unmasked
};

// The answer to a client's Sec-WebSocket-Key.
std::string accept_for(std::string_view key);

// A client masks (with zeros: nobody is to be protected here), a server does not.
void append_frame(std::string& out, Opcode opcode, std::string_view payload, bool masked);

// The frame at `position`, which then moves past it; nothing while it is not there as a whole.
std::optional<Frame> next_frame(std::string& bytes, std::size_t& position);

}  // namespace bench::websocket
