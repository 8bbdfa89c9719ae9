// Hostile bytes into the WebSocket engine, in pieces: it must not crash, and nothing may follow the last event.
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "integrations/slack/ws_engine.hpp"
#include "tests/fuzz/bytes.hpp"

namespace {

using vakt::fuzz::require;

// The upgrade that this engine's request asks for.
std::string upgrade(const std::string& request) {
  const std::string name = "Sec-WebSocket-Key: ";
  const auto at = request.find(name) + name.size();
  const std::string source = request.substr(at, request.find('\r', at) - at) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  unsigned char digest[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(source.data()), source.size(), digest);
  unsigned char text[64];
  const int size = EVP_EncodeBlock(text, digest, SHA_DIGEST_LENGTH);
  return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
         std::string(reinterpret_cast<char*>(text), static_cast<std::size_t>(size)) + "\r\n\r\n";
}

}  // namespace

// The first byte: whether a good upgrade comes first. The second: the size of the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  vakt::WsEngine engine("wss://wss.slack.test/link");
  engine.start();
  const std::string request = engine.take_output();
  if (data[0] & 1) {
    const std::string answer = upgrade(request);
    engine.feed(answer.data(), answer.size());
    require(engine.open());
  }
  const std::size_t step = data[1] == 0 ? size : data[1];
  bool ended = false;
  const auto check = [&] {
    for (const auto& event : engine.take_events()) {
      require(!ended);
      ended = event.kind == vakt::WsEvent::Kind::closed || event.kind == vakt::WsEvent::Kind::failed;
      require(event.text.size() <= vakt::WsEngine::largest_message);
    }
    if (ended) require(!engine.open() && !engine.send_text("x") && !engine.ping("x") && !engine.close(1000, ""));
  };
  for (std::size_t at = 2; at < size; at += step) {
    engine.feed(reinterpret_cast<const char*>(data) + at, std::min(step, size - at));
    check();
    if (at % 7 == 0) engine.send_text("ack");
    if ((data[0] & 2) && at % 11 == 0) engine.close(1000, "");
    engine.take_output();
  }
  engine.end_of_stream();
  check();
  require(ended);
  return 0;
}
