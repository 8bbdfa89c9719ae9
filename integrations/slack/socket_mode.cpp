// What each input does. What follows from time alone is in socket_mode_upkeep.cpp.
#include "integrations/slack/socket_mode.hpp"

#include <algorithm>
#include <utility>

namespace vakt {
namespace {

using namespace std::chrono_literals;

constexpr Micros longest_stop = 2s;  // for acks still to come
constexpr int free_refreshes = 8;
constexpr Micros disabled_poll = 60s;  // while Socket Mode is switched off
constexpr Micros make_room = 12s;      // above the longest drain
constexpr Micros crowded_wait = 60s;   // doubled for each refusal in a row
constexpr Micros longest_crowded_wait = 600s;
constexpr Micros ghost_patience = 60s;  // Slack may still count what broke this recently

// Approximate times are met early, and not by all connections at once.
Micros refresh_margin(Backoff& random, std::chrono::seconds lifetime) {
  const Micros most = std::min<Micros>(Micros(lifetime) / 4, 120s);
  return random.between(most / 2, most);
}

}  // namespace

SocketMode::SocketMode(int connections, std::uint64_t seed)
    : wanted_(std::clamp(connections, 1, most_connections)), backoff_(seed) {}

std::vector<SocketAction> SocketMode::handle(SteadyInstant now, SocketInput input) {
  now_ = std::max(now_, now);
  actions_.clear();
  if (stopped_) return {};
  std::visit([this](auto& one) { on(one); }, input);
  settle();
  return std::exchange(actions_, {});
}

bool SocketMode::takes_answer(ConnectionId connection, const std::string& envelope_id) const {
  const auto entry = connections_.find(connection);
  if (entry == connections_.end() || !is_open(entry->second)) return false;
  const auto envelope = entry->second.unacked.find(envelope_id);
  return envelope != entry->second.unacked.end() && envelope->second;
}

int SocketMode::open_connections() const {
  return count(Phase::ready) + count(Phase::leaving) + count(Phase::draining);
}

void SocketMode::on(const socket_input::Tick&) {}

void SocketMode::on(const socket_input::UrlAnswered& input) {
  if (request_ != input.request) return;  // a late answer: its URL is stale
  request_.reset();
  if (stopping()) return;
  if (const auto* ready = std::get_if<UrlReady>(&input.answer)) {
    Connection connection;
    connection.since = connection.heard = connection.text_heard = connection.pinged = now_;
    const ConnectionId id = next_connection_++;
    connections_.emplace(id, std::move(connection));
    actions_.push_back(socket_action::Connect{id, ready->url});
    return;
  }
  const auto& failed = std::get<UrlFailed>(input.answer);
  switch (failed.kind) {
    case UrlFailed::Kind::transient:
      return count_failure("apps.connections.open failed: " + printable(failed.reason, 200));
    case UrlFailed::Kind::retry_after:
      notice(false,
             "Slack asks to wait " + std::to_string(failed.retry_after.count()) + " s before the next connection.");
      return hold(failed.retry_after);
    case UrlFailed::Kind::disabled:
      if (!std::exchange(disabled_told_, true))
        notice(true, "Socket Mode is switched off for this app: switch it on in the app's settings at Slack.");
      return hold(disabled_poll);
    case UrlFailed::Kind::refused:
      refused_ = true;
      actions_.push_back(socket_action::Fatal{"Slack refuses the app-level token (" + printable(failed.reason, 60) +
                                              "): check that the app is installed and that the token starts with xapp- "
                                              "and has the scope connections:write."});
  }
}

void SocketMode::on(const socket_input::Opened& input) {
  const auto entry = connections_.find(input.connection);
  if (entry == connections_.end() || entry->second.phase != Phase::connecting) return;
  enter(entry->second, Phase::greeting);
  entry->second.heard = entry->second.text_heard = entry->second.pinged = now_;
}

void SocketMode::on(const socket_input::Heard& input) {
  const auto entry = connections_.find(input.connection);
  if (entry == connections_.end()) return;
  entry->second.heard = now_;
  entry->second.unanswered.reset();
  if (entry->second.hello) last_heard_ = now_;
}

void SocketMode::on(socket_input::TextArrived& input) {
  const auto entry = connections_.find(input.connection);
  if (entry == connections_.end() || !is_open(entry->second)) return;
  on(socket_input::Heard{input.connection});
  entry->second.text_heard = now_;
  SocketFrame frame = parse_frame(input.text);
  if (auto* envelope = std::get_if<EnvelopeFrame>(&frame)) {
    if (stopping()) return;  // Slack gives it to the next process
    entry->second.unacked[envelope->id] = envelope->accepts_payload;
    actions_.push_back(socket_action::Deliver{input.connection, std::move(envelope->id), std::move(envelope->type),
                                              std::move(input.text)});
  } else if (const auto* hello = std::get_if<HelloFrame>(&frame)) {
    on_hello(entry, *hello);
  } else if (const auto* disconnect = std::get_if<DisconnectFrame>(&frame)) {
    on_disconnect(entry, disconnect->reason);
  } else if (const auto* unknown = std::get_if<UnknownFrame>(&frame)) {
    odd_frame("of an unknown type (" + unknown->type + ")");
  } else {
    odd_frame("that is not a JSON object");
  }
}

void SocketMode::on_hello(Entry entry, const HelloFrame& hello) {
  Connection& connection = entry->second;
  if (connection.phase != Phase::greeting) return;
  enter(connection, Phase::ready);
  connection.hello = now_;
  last_heard_ = now_;
  if (hello.lifetime) connection.refresh = now_ + Micros(*hello.lifetime) - refresh_margin(backoff_, *hello.lifetime);
  const bool recent_break = failed_ && now_ - *failed_ < ghost_patience;
  if (hello.connections > static_cast<int>(connections_.size()) && !recent_break && !std::exchange(ghosts_told_, true))
    notice(true, "Slack counts " + std::to_string(hello.connections) +
                     " connections of this app, and this process has " + std::to_string(connections_.size()) +
                     ": another process uses the same app-level token and takes a share of the events.");
}

void SocketMode::on_disconnect(Entry entry, const std::string& reason) {
  if (reason == "too_many_websockets") return on_too_many(entry);
  if (reason == "link_disabled") {
    if (!std::exchange(disabled_told_, true))
      notice(true, "Socket Mode was switched off for this app: switch it on in the app's settings at Slack.");
    hold(disabled_poll);
    return close(entry);
  }
  if (reason != "warning" && reason != "refresh_requested")
    notice(false, "Slack asks to reconnect for a reason that is new to us; it is taken as a refresh.");
  if (entry->second.phase == Phase::ready) return leave(entry);
  if (entry->second.phase != Phase::greeting) return;
  count_failure("Slack sent a connection away before its hello");
  close(entry);
}

void SocketMode::on_too_many(Entry entry) {
  close(entry);
  if (crowded_ == 0)
    notice(true,
           "Slack has too many connections of this app (at most 10): other processes use the same app-level token. "
           "Going on with fewer.");
  const auto leaving =
      std::ranges::find_if(connections_, [](const auto& one) { return one.second.phase == Phase::leaving; });
  if (crowded_ == 0 && (leaving != connections_.end() || count(Phase::draining) > 0)) {
    if (leaving != connections_.end()) enter(leaving->second, Phase::draining);
    hold(make_room);
  } else if (open_connections() == 0) {
    hold(backoff_.between(30s, crowded_wait));
  } else {
    const Micros wait = std::min(crowded_wait * (1 << std::min(crowded_, 4)), longest_crowded_wait);
    hold(backoff_.between(wait / 2, wait));
  }
  ++crowded_;
  crowded_at_ = now_;
}

void SocketMode::on(const socket_input::Closed& input) {
  const auto entry = connections_.find(input.connection);
  if (entry == connections_.end()) return;
  const Phase phase = entry->second.phase;
  remove(entry, stopping() || phase == Phase::leaving || phase == Phase::draining || phase == Phase::closing,
         input.reason);
}

void SocketMode::on(const socket_input::Committed& input) {
  const auto entry = connections_.find(input.connection);
  if (entry == connections_.end() || !is_open(entry->second)) return;
  const auto envelope = entry->second.unacked.find(input.envelope_id);
  if (envelope == entry->second.unacked.end()) return;
  auto text = ack_text(input.envelope_id, envelope->second ? input.payload : std::string());
  if (!text) {
    notice(true, "An answer was not JSON; the envelope was acknowledged without it.");
    text = ack_text(input.envelope_id, "");
  }
  entry->second.unacked.erase(envelope);
  actions_.push_back(socket_action::SendText{input.connection, std::move(*text)});
}

void SocketMode::on(const socket_input::Stop&) {
  if (!stopping()) stop_by_ = now_ + longest_stop;
}

void SocketMode::enter(Connection& connection, Phase phase) {
  connection.phase = phase;
  connection.since = now_;
}

// Asked to go: it serves on until its replacement has said hello.
void SocketMode::leave(Entry entry) {
  enter(entry->second, Phase::leaving);
  const bool proven = entry->second.hello && now_ - *entry->second.hello >= proven_after;
  if (proven) free_refreshes_ = free_refreshes;
  if (!proven && free_refreshes_-- <= 0) {
    free_refreshes_ = 0;
    return count_failure("Slack keeps sending connections away right after their hello");
  }
  ++planned_;
}

void SocketMode::close(Entry entry) {
  if (!is_open(entry->second)) return;
  enter(entry->second, Phase::closing);
  entry->second.unacked.clear();
  actions_.push_back(socket_action::CloseGracefully{entry->first});
}

void SocketMode::drop(Entry entry) {
  actions_.push_back(socket_action::DropTcp{entry->first});
  connections_.erase(entry);
}

void SocketMode::remove(Entry entry, bool expected, const std::string& reason) {
  const auto hello = entry->second.hello;
  connections_.erase(entry);
  if (expected) return;
  if (hello && now_ - *hello >= proven_after) backoff_.forget();
  count_failure("A Socket Mode connection ended: " + printable(reason, 200));
}

// Failures while a backoff runs already are one failure: several connections break together.
void SocketMode::count_failure(const std::string& reason) {
  failed_ = now_;
  planned_ = 0;
  if (now_ < backoff_until_) return notice(false, reason + ".");
  backoff_until_ = now_ + backoff_.after_failure();
  const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(backoff_until_ - now_).count();
  notice(backoff_.failures() == 3, reason + ". The next attempt is in " + std::to_string(wait) + " ms.");
}

void SocketMode::hold(Micros delay) { hold_until_ = std::max(hold_until_, now_ + delay); }

// The first few are told, then ever fewer.
void SocketMode::odd_frame(const std::string& what) {
  const int seen = ++odd_frames_;
  if (seen <= 3 || (seen & (seen - 1)) == 0) notice(false, "Slack sent a frame " + what + "; it was ignored.");
  if (seen == 1 << 30) odd_frames_ = 0;
}

void SocketMode::notice(bool is_error, std::string sentence) {
  actions_.push_back(socket_action::Notice{is_error, std::move(sentence)});
}

int SocketMode::count(Phase phase) const {
  return static_cast<int>(
      std::ranges::count_if(connections_, [phase](const auto& one) { return one.second.phase == phase; }));
}

bool SocketMode::is_open(const Connection& connection) {
  return connection.phase != Phase::connecting && connection.phase != Phase::closing;
}

}  // namespace vakt
