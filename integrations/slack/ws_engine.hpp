// The client side of one WebSocket (RFC 6455) without a socket: bytes go in, events and bytes come out. Knows no clock:
// deadlines are the caller's. Plain C++17, because its .cpp cannot be compiled as anything later. One thread at a time.
// Never throws on what the peer sends.
#ifndef VAKT_INTEGRATIONS_SLACK_WS_ENGINE_HPP
#define VAKT_INTEGRATIONS_SLACK_WS_ENGINE_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace vakt {

struct WsEvent {
  enum class Kind {
    opened,  // the upgrade was accepted
    text,    // a whole message, valid UTF-8
    binary,  // a whole message
    ping,    // already answered in the output
    pong,    // text is the payload
    closed,  // the peer's close frame or the end of the stream (code 1006); the last event
    failed,  // refused upgrade or broken protocol; text says why; the last event
  };
  Kind kind;
  std::string text;
  int code = 0;  // of closed: RFC 6455 7.4
};

class WsEngine {
 public:
  // A larger message than this (bytes) breaks the connection: what may come must fit, or it could never be
  // acknowledged.
  static constexpr std::size_t largest_message = 16 * 1024 * 1024;

  // url: ws:// or wss://, host[:port] and target. Nothing is put out before start().
  explicit WsEngine(const std::string& url);
  ~WsEngine();
  WsEngine(const WsEngine&) = delete;
  WsEngine& operator=(const WsEngine&) = delete;

  void start();                                    // puts out the upgrade request
  void feed(const char* bytes, std::size_t size);  // what the peer sent
  void end_of_stream();                            // the peer, or TCP, is gone
  std::string take_output();                       // bytes to write to the peer, in order
  std::vector<WsEvent> take_events();              // in order; nothing follows closed or failed

  // These return false, and do nothing, unless the WebSocket is open.
  bool send_text(const std::string& text);
  bool ping(const std::string& payload);  // at most 125 bytes
  bool close(int code, const std::string& reason);

  bool open() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vakt

#endif
