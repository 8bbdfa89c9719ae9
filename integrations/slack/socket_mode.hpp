// Keeps an app connected to Slack's Socket Mode: a state machine without sockets, clocks or randomness of its own.
// Values in, actions out; the shell (slack_socket) does what they say. One thread at a time. Never throws on what Slack
// sends. The rules it keeps: a fresh URL for each connection; a replacement says hello before the old one is drained
// and closed; an ack at most once, on the open socket that delivered; never above 10 connections; `Stop` ends within
// about 3 s of ticks.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "integrations/slack/backoff.hpp"
#include "integrations/slack/connections_open.hpp"
#include "integrations/slack/envelope.hpp"

namespace vakt {

// Steady time with any starting point; it may stand still, and going back is taken as standing still.
using SteadyInstant = std::chrono::time_point<std::chrono::steady_clock, Micros>;
using ConnectionId = std::uint64_t;

namespace socket_input {
struct Tick {};  // at start, and when the time of WakeAt has come
struct UrlAnswered {
  std::uint64_t request;
  UrlAnswer answer;
};
struct Opened {  // the WebSocket upgrade was accepted
  ConnectionId connection;
};
struct TextArrived {
  ConnectionId connection;
  std::string text;
};
struct Heard {  // a ping, a pong, a binary frame: the peer lives
  ConnectionId connection;
};
struct Closed {  // refused, broken, or closed by the peer; not after DropTcp
  ConnectionId connection;
  std::string reason;
};
struct Committed {  // what this envelope brought is safe: it may be acknowledged
  ConnectionId connection;
  std::string envelope_id;
  std::string payload;  // JSON, or "" for none
};
struct Stop {};
}  // namespace socket_input

using SocketInput =
    std::variant<socket_input::Tick, socket_input::UrlAnswered, socket_input::Opened, socket_input::TextArrived,
                 socket_input::Heard, socket_input::Closed, socket_input::Committed, socket_input::Stop>;

namespace socket_action {
struct OpenUrl {  // call apps.connections.open, answer with UrlAnswered
  std::uint64_t request;
};
struct Connect {
  ConnectionId connection;
  std::string url;
};
struct Deliver {
  ConnectionId connection;
  std::string envelope_id;
  std::string type;
  std::string text;  // the whole envelope
};
struct SendText {
  ConnectionId connection;
  std::string text;
};
struct SendPing {
  ConnectionId connection;
};
struct CloseGracefully {  // send a close frame, code 1000
  ConnectionId connection;
};
struct DropTcp {  // close TCP at once; nothing more is said about this connection
  ConnectionId connection;
};
struct Notice {
  bool is_error;
  std::string sentence;
};
struct Online {  // the first connection said hello
  SteadyInstant since;
  bool first;  // the first time ever
};
struct Offline {        // no connection is left that events could come by
  SteadyInstant since;  // when something was last heard
};
struct Fatal {  // no more connections will be opened; those that are open go on while they last
  std::string sentence;
};
struct WakeAt {  // replaces the earlier one
  SteadyInstant time;
};
struct Stopped {};  // the last action
}  // namespace socket_action

using SocketAction =
    std::variant<socket_action::OpenUrl, socket_action::Connect, socket_action::Deliver, socket_action::SendText,
                 socket_action::SendPing, socket_action::CloseGracefully, socket_action::DropTcp, socket_action::Notice,
                 socket_action::Online, socket_action::Offline, socket_action::Fatal, socket_action::WakeAt,
                 socket_action::Stopped>;

class SocketMode {
 public:
  static constexpr int most_connections = 10;  // Slack's limit for one app

  // connections: brought into 1..10.
  SocketMode(int connections, std::uint64_t seed);

  std::vector<SocketAction> handle(SteadyInstant now, SocketInput input);

  // The envelope came by a connection that is still open, takes an answer, and is not acknowledged yet.
  bool takes_answer(ConnectionId connection, const std::string& envelope_id) const;
  int open_connections() const;  // those that said hello and are not closing

 private:
  static constexpr Micros proven_after =
      std::chrono::seconds(30);  // a connection this old clears the failures before it

  enum class Phase { connecting, greeting, ready, leaving, draining, closing };

  struct Connection {
    Phase phase = Phase::connecting;
    SteadyInstant since;  // of this phase
    std::optional<SteadyInstant> hello;
    SteadyInstant heard;
    SteadyInstant text_heard;
    SteadyInstant pinged;
    std::optional<SteadyInstant> unanswered;  // the first ping since something was heard
    std::optional<SteadyInstant> refresh;
    std::map<std::string, bool> unacked;  // envelope id -> takes a payload
  };
  using Entry = std::map<ConnectionId, Connection>::iterator;

  void on(const socket_input::Tick& input);
  void on(const socket_input::UrlAnswered& input);
  void on(const socket_input::Opened& input);
  void on(socket_input::TextArrived& input);
  void on(const socket_input::Heard& input);
  void on(const socket_input::Closed& input);
  void on(const socket_input::Committed& input);
  void on(const socket_input::Stop& input);

  void on_hello(Entry entry, const HelloFrame& hello);
  void on_disconnect(Entry entry, const std::string& reason);
  void on_too_many(Entry entry);

  void settle();
  void settle_connection(Entry entry);
  void keep_alive(Entry entry);
  void retire_replaced();
  void open_next();
  void announce();
  void plan_wake();

  void enter(Connection& connection, Phase phase);
  void leave(Entry entry);
  void close(Entry entry);
  void drop(Entry entry);
  void remove(Entry entry, bool expected, const std::string& reason);
  void count_failure(const std::string& reason);
  void hold(Micros delay);
  void odd_frame(const std::string& what);
  void notice(bool is_error, std::string sentence);
  bool stopping() const { return stop_by_.has_value(); }
  bool opening() const;
  int count(Phase phase) const;
  int missing() const;
  static bool is_open(const Connection& connection);

  const int wanted_;
  Backoff backoff_;
  SteadyInstant now_{};
  std::vector<SocketAction> actions_;
  std::map<ConnectionId, Connection> connections_;
  ConnectionId next_connection_ = 1;
  std::uint64_t next_request_ = 1;
  std::optional<std::uint64_t> request_;  // apps.connections.open under way
  SteadyInstant request_since_{};
  SteadyInstant backoff_until_{};        // for unplanned openings
  SteadyInstant hold_until_{};           // for all openings: 429, link_disabled, too_many_websockets
  std::optional<SteadyInstant> failed_;  // the last unplanned close
  int planned_ = 0;                      // openings that need not wait for backoff_until_
  int free_refreshes_ = 8;               // for connections that were asked to go before they were proven
  int crowded_ = 0;                      // too_many_websockets in a row
  std::optional<SteadyInstant> crowded_at_;
  int odd_frames_ = 0;
  bool refused_ = false;
  bool disabled_told_ = false;
  bool ghosts_told_ = false;
  bool online_ = false;
  bool was_online_ = false;
  SteadyInstant last_heard_{};  // on any connection that had said hello
  std::optional<SteadyInstant> stop_by_;
  bool stopped_ = false;
};

}  // namespace vakt
