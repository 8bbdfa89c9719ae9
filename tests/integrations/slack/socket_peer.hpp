// A Slack for the state machine of Socket Mode: answers as told, keeps time, remembers every action.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "integrations/slack/socket_mode.hpp"

namespace vakt {

struct SocketPeer {
  explicit SocketPeer(int connections = 2, std::uint64_t seed = 1) : machine(connections, seed) {}

  SocketMode machine;
  SteadyInstant now{std::chrono::hours(1)};
  std::optional<SteadyInstant> wake;
  std::vector<SocketAction> log;
  std::vector<SteadyInstant> log_times;
  std::set<ConnectionId> live;    // those that TCP carries bytes for
  std::set<ConnectionId> silent;  // half-open: no pong comes
  UrlAnswer next_url = UrlReady{"wss://slack.test/link"};
  bool answers_url = true;
  bool accepts = true;  // the upgrade, and a hello
  std::string hello = R"({"type":"hello","num_connections":1})";
  int ticks = 0;
  std::deque<SocketInput> inputs;

  void give(SocketInput input) {
    inputs.push_back(std::move(input));
    if (inputs.size() > 1) return;  // an answer to an action: it waits for its turn
    for (; !inputs.empty(); inputs.pop_front()) {
      for (auto& action : machine.handle(now, inputs.front())) {
        log.push_back(action);
        log_times.push_back(now);
        react(action);
      }
    }
  }

  void start() { give(socket_input::Tick{}); }
  void text(ConnectionId id, std::string frame) { give(socket_input::TextArrived{id, std::move(frame)}); }
  void disconnect(ConnectionId id, const std::string& reason) {
    text(id, R"({"type":"disconnect","reason":")" + reason + R"("})");
  }
  void envelope(ConnectionId id, const std::string& name) {
    text(id, R"({"envelope_id":")" + name + R"(","type":"events_api","payload":{}})");
  }
  void commit(ConnectionId id, const std::string& name, std::string payload = "") {
    give(socket_input::Committed{id, name, std::move(payload)});
  }
  void cut(ConnectionId id) {
    live.erase(id);
    give(socket_input::Closed{id, "cut"});
  }

  // Lets time pass, ticking exactly when the machine asked for it.
  void advance(Micros time) {
    const SteadyInstant end = now + time;
    while (wake && *wake <= end) {
      now = std::max(now, *wake);
      wake.reset();
      ++ticks;
      give(socket_input::Tick{});
    }
    now = end;
  }

  template <class A>
  std::vector<A> all() const {
    std::vector<A> found;
    for (const auto& action : log)
      if (const auto* one = std::get_if<A>(&action)) found.push_back(*one);
    return found;
  }
  template <class A>
  std::vector<SteadyInstant> times() const {
    std::vector<SteadyInstant> found;
    for (std::size_t i = 0; i < log.size(); ++i)
      if (std::holds_alternative<A>(log[i])) found.push_back(log_times[i]);
    return found;
  }
  template <class A>
  std::size_t count() const {
    return all<A>().size();
  }
  std::size_t errors() const {
    const auto notices = all<socket_action::Notice>();
    return static_cast<std::size_t>(std::ranges::count_if(notices, [](const auto& one) { return one.is_error; }));
  }
  void forget() {
    log.clear();
    log_times.clear();
  }

 private:
  void react(const SocketAction& action) {
    if (const auto* open = std::get_if<socket_action::OpenUrl>(&action)) {
      if (answers_url) give(socket_input::UrlAnswered{open->request, next_url});
    } else if (const auto* connect = std::get_if<socket_action::Connect>(&action)) {
      if (!accepts) return;
      live.insert(connect->connection);
      give(socket_input::Opened{connect->connection});
      if (!hello.empty()) text(connect->connection, hello);
    } else if (const auto* ping = std::get_if<socket_action::SendPing>(&action)) {
      if (live.contains(ping->connection) && !silent.contains(ping->connection))
        give(socket_input::Heard{ping->connection});
    } else if (const auto* drop = std::get_if<socket_action::DropTcp>(&action)) {
      live.erase(drop->connection);
    } else if (const auto* next = std::get_if<socket_action::WakeAt>(&action)) {
      wake = next->time;
    }
  }
};

}  // namespace vakt
