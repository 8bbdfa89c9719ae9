// Listens to Slack over Socket Mode: runs the state machine of socket_mode.hpp on real connections.
// Everything here, the observer's calls included, happens on the network thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "bot/types.hpp"
#include "integrations/http/http.hpp"
#include "integrations/http/tls_link.hpp"

namespace boost::asio {
class io_context;
}

namespace vakt {

struct SlackSocketOptions {
  std::string api_url;    // "https://slack.com/api/"; http:// to loopback only
  std::string app_token;  // "xapp-…"
  int connections = 2;    // 1..10
  std::string https_proxy, no_proxy;
  std::uint64_t seed = 0;  // of the backoff's jitter
  TlsTrust trust{};        // shared with others, since loading it takes a while; null: the system's
};

// One envelope. It stays with Slack until it is acknowledged by ack(connection, envelope_id).
struct Delivery {
  std::uint64_t connection;
  std::string envelope_id;
  std::string type;
  std::string text;  // the whole envelope, a JSON object
};

class SlackSocketObserver {
 public:
  virtual ~SlackSocketObserver() = default;
  virtual void delivered(Delivery delivery) = 0;
  virtual void online(Instant since, bool first) = 0;  // first: the first time in this process
  virtual void offline(Instant since) = 0;             // since something was last heard, so earlier than now
  virtual void notice(bool is_error, std::string sentence) = 0;
  virtual void fatal(std::string sentence) = 0;  // no new connection will be opened; call stop() all the same
};

class SlackSocket {
 public:
  // The context, the client and the observer outlive the socket. Throws where OpenSSL cannot start.
  static std::unique_ptr<SlackSocket> make(boost::asio::io_context& context, HttpClient& http,
                                           SlackSocketOptions options, SlackSocketObserver& observer);

  virtual ~SlackSocket() = default;  // drops everything at once; the observer is not called any more
  virtual void start() = 0;

  // Once the envelope is committed. payload_json: the answer, or "". Without effect when its connection is gone or it
  // was acknowledged already.
  virtual void ack(std::uint64_t connection, const std::string& envelope_id, const std::string& payload_json) = 0;

  // True while an ack of this envelope would bring Slack an answer.
  virtual bool takes_answer(std::uint64_t connection, const std::string& envelope_id) const = 0;

  // Waits up to 2 s for acks, closes, and calls done within about 3 s.
  virtual void stop(std::function<void()> done) = 0;

  virtual int open_connections() const = 0;  // those that events can come by
};

}  // namespace vakt
