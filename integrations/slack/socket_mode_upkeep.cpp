// What follows from time alone, after each input: deadlines, pings, replacements, the next opening, the next wake-up.
#include <algorithm>

#include "integrations/slack/socket_mode.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;

constexpr Micros request_limit = 15s;  // above the HTTP client's own 10 s
constexpr Micros connect_limit = 10s;
constexpr Micros hello_limit = 10s;
constexpr Micros ping_every = 3s;
constexpr Micros dead_after = 9s;        // of silence …
constexpr Micros unanswered_limit = 6s;  // … with a ping unanswered this long: a late tick is not the peer's silence
constexpr Micros shortest_drain = 2s;    // frames may still be on their way
constexpr Micros longest_drain = 10s;
constexpr Micros quiet = 1s;        // without a frame, then the drain may end
constexpr Micros close_limit = 1s;  // from the close frame to dropping TCP

}  // namespace

void SocketMode::settle() {
  if (request_ && now_ - request_since_ >= request_limit) {
    request_.reset();
    count_failure("apps.connections.open gave no answer");
  }
  for (auto entry = connections_.begin(); entry != connections_.end();) settle_connection(entry++);
  if (!stopping()) {
    retire_replaced();
    open_next();
  }
  announce();
  if (stopping() && connections_.empty()) {
    stopped_ = true;
    actions_.push_back(socket_action::Stopped{});
    return;
  }
  plan_wake();
}

void SocketMode::settle_connection(Entry entry) {
  Connection& connection = entry->second;
  const Micros age = now_ - connection.since;
  const bool last_chance = stopping() && (connection.unacked.empty() || now_ >= *stop_by_);
  switch (connection.phase) {
    case Phase::connecting:
      if (stopping()) return drop(entry);
      if (age < connect_limit) return;
      actions_.push_back(socket_action::DropTcp{entry->first});
      return remove(entry, false, "no connection in time");
    case Phase::greeting:
      if (last_chance) return close(entry);
      if (age < hello_limit) return keep_alive(entry);
      actions_.push_back(socket_action::DropTcp{entry->first});
      return remove(entry, false, "no hello in time");
    case Phase::ready:
      if (last_chance) return close(entry);
      if (connection.refresh && now_ >= *connection.refresh) leave(entry);
      if (now_ - *connection.hello >= proven_after && (!failed_ || *failed_ < *connection.hello)) {
        backoff_.forget();
        disabled_told_ = false;
      }
      if (now_ - *connection.hello >= proven_after && crowded_at_ && *crowded_at_ < *connection.hello) crowded_ = 0;
      return keep_alive(entry);
    case Phase::leaving:
      if (last_chance) return close(entry);
      return keep_alive(entry);
    case Phase::draining:
      if (last_chance || age >= longest_drain) return close(entry);
      if (age >= shortest_drain && now_ - connection.text_heard >= quiet && connection.unacked.empty())
        return close(entry);
      return keep_alive(entry);
    case Phase::closing:
      if (age >= close_limit) drop(entry);
  }
}

void SocketMode::keep_alive(Entry entry) {
  Connection& connection = entry->second;
  if (connection.unanswered && now_ - connection.heard >= dead_after &&
      now_ - *connection.unanswered >= unanswered_limit) {
    actions_.push_back(socket_action::DropTcp{entry->first});
    return remove(entry, connection.phase == Phase::draining, "nothing was heard for 9 s");
  }
  if (now_ - connection.pinged < ping_every) return;
  connection.pinged = now_;
  if (!connection.unanswered) connection.unanswered = now_;
  actions_.push_back(socket_action::SendPing{entry->first});
}

// An old connection drains once enough others serve without it; at the cap it must make room first.
void SocketMode::retire_replaced() {
  for (auto& [id, connection] : connections_) {
    if (connection.phase != Phase::leaving) continue;
    const bool replaced = count(Phase::ready) + count(Phase::leaving) > wanted_;
    const bool in_the_way = static_cast<int>(connections_.size()) >= most_connections &&
                            count(Phase::draining) + count(Phase::closing) == 0 && !opening();
    if (replaced || in_the_way) enter(connection, Phase::draining);
  }
}

// One opening at a time: never parallel reconnect loops.
void SocketMode::open_next() {
  if (missing() <= 0) planned_ = 0;
  if (refused_ || opening() || missing() <= 0 || now_ < hold_until_) return;
  if (planned_ == 0 && now_ < backoff_until_) return;
  if (static_cast<int>(connections_.size()) >= most_connections) return;
  planned_ = std::max(0, planned_ - 1);
  request_ = next_request_++;
  request_since_ = now_;
  actions_.push_back(socket_action::OpenUrl{*request_});
}

void SocketMode::announce() {
  const bool online = open_connections() > 0;
  if (online == online_) return;
  online_ = online;
  if (online)
    actions_.push_back(socket_action::Online{now_, !std::exchange(was_online_, true)});
  else
    actions_.push_back(socket_action::Offline{last_heard_});
}

void SocketMode::plan_wake() {
  std::optional<SteadyInstant> next;
  const auto at = [&](SteadyInstant time) { next = next ? std::min(*next, time) : time; };
  if (request_) at(request_since_ + request_limit);
  if (!stopping() && !refused_ && !opening() && missing() > 0 &&
      static_cast<int>(connections_.size()) < most_connections)
    at(std::max(hold_until_, planned_ > 0 ? hold_until_ : backoff_until_));
  for (const auto& [id, connection] : connections_) {
    if (stopping() && is_open(connection)) at(*stop_by_);
    if (is_open(connection)) {
      at(connection.pinged + ping_every);
      if (connection.unanswered) at(std::max(connection.heard + dead_after, *connection.unanswered + unanswered_limit));
    }
    switch (connection.phase) {
      case Phase::connecting:
        at(connection.since + connect_limit);
        break;
      case Phase::greeting:
        at(connection.since + hello_limit);
        break;
      case Phase::ready:
        if (connection.refresh) at(*connection.refresh);
        break;
      case Phase::leaving:
        break;
      case Phase::draining: {
        at(connection.since + longest_drain);
        if (connection.unacked.empty()) at(std::max(connection.since + shortest_drain, connection.text_heard + quiet));
        break;
      }
      case Phase::closing:
        at(connection.since + close_limit);
        break;
    }
  }
  if (next) actions_.push_back(socket_action::WakeAt{std::max(*next, now_ + Micros(1))});
}

bool SocketMode::opening() const { return request_ || count(Phase::connecting) + count(Phase::greeting) > 0; }

// How many connections there are too few, those that are about to go not counted.
int SocketMode::missing() const {
  return wanted_ - count(Phase::connecting) - count(Phase::greeting) - count(Phase::ready);
}

}  // namespace vakt
