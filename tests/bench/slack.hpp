// As much of Slack as a benchmark needs: the Web API calls that let one incident channel exist, and Socket Mode with
// the time of every ack. Apps are told apart by their tokens, xapp-NAME and xoxb-NAME. On the caller's thread.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/bench/server.hpp"

namespace bench {

using Clock = std::chrono::steady_clock;

inline constexpr const char* channel = "C0INCIDENT";
inline constexpr std::uint64_t first_prefilled = 1'000'000;  // number of the first message that is put into a database

// One app as Slack sees it.
struct App {
  std::string name;
  std::vector<Connection*> sockets;  // open, after their hello
  std::size_t turn = 0;              // which of them is next
  std::unordered_map<std::string, Clock::time_point> unacked;
  std::vector<double> latencies;  // microseconds, of what has been acked since they were last taken
  std::size_t lost = 0;           // unacked when their connection ended
  std::size_t breaks = 0;         // of connections, with messages lost
  std::size_t calls = 0;          // of the Web API
  bool channel_made = false;
};

class Slack {
 public:
  Slack();
  std::uint16_t port() const { return server_.port(); }
  std::string api_url() const { return "http://127.0.0.1:" + std::to_string(port()) + "/api/"; }
  std::string socket_path(const std::string& app) const { return "/socket/" + app; }
  App& app(const std::string& name);

  // Deliver to the app's sockets in turn, as Slack does. A message is new each time, in the incident's channel.
  void send_message(App&);
  void send_command(App&, const std::string& text);

  // Serves until `done`; std::runtime_error with `what` if that takes too long.
  void serve_until(const std::function<bool()>& done, const std::string& what,
                   std::chrono::seconds at_most = std::chrono::seconds{30});
  // Serves until the app has made no call for a while.
  void serve_until_quiet(App&);
  // Sends `count` messages, `in_flight` at a time, and waits for every ack. Seconds.
  double burst(App&, std::size_t count, std::size_t in_flight);

 private:
  std::string answer(const Request&);
  void deliver(App&, const std::string& envelope, const std::string& frame);
  std::string envelope_id();
  std::uint64_t random();

  std::uint64_t sent_ = 10 * first_prefilled;  // later than what was stored before
  std::uint64_t random_ = 1;
  std::unordered_map<std::string, App> apps_;
  Server server_;
};

// The Slack timestamp of a message: they grow with its number.
std::string ts_of(std::uint64_t number);

}  // namespace bench
