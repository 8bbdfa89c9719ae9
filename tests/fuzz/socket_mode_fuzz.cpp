// Any order of inputs into the Socket Mode machine: the laws of acks, of the cap, of openings and of stopping hold.
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "integrations/slack/socket_mode.hpp"
#include "tests/fuzz/bytes.hpp"

namespace {

using namespace vakt;

using fuzz::Bytes;
using fuzz::require;

// What the world knows of one connection.
struct Wire {
  bool opened = false;
  bool closing = false;
  std::map<std::string, int> unacked;  // deliveries that no ack answered yet
};

struct World {
  explicit World(Bytes& bytes) : machine(bytes.next() % 12, bytes.next()) {}

  SocketMode machine;
  SteadyInstant now{std::chrono::hours(1)};
  std::optional<SteadyInstant> wake;
  std::optional<std::uint64_t> request;
  std::map<ConnectionId, Wire> wires;
  std::set<ConnectionId> seen;
  bool stopped = false;
  bool stopping = false;
  bool online = false;

  void give(const SocketInput& input) {
    const auto actions = machine.handle(now, input);
    require(!stopped || actions.empty());
    for (const auto& action : actions) std::visit([this](const auto& one) { check(one); }, action);
    require(wires.size() <= SocketMode::most_connections);
    require(online == (machine.open_connections() > 0));
  }

  void check(const socket_action::OpenUrl& action) {
    require(!stopping && wires.size() < SocketMode::most_connections);
    request = action.request;
  }
  void check(const socket_action::Connect& action) {
    require(!stopping && seen.insert(action.connection).second);
    wires[action.connection];
  }
  void check(const socket_action::Deliver& action) {
    require(!stopping && wires.contains(action.connection) && wires[action.connection].opened);
    wires[action.connection].unacked[action.envelope_id] = 1;
  }
  void check(const socket_action::SendText& action) {
    const auto wire = wires.find(action.connection);
    require(wire != wires.end() && wire->second.opened && !wire->second.closing);
    const auto frame = parse_frame(action.text);
    const auto* ack = std::get_if<EnvelopeFrame>(&frame);
    require(ack && wire->second.unacked[ack->id]-- == 1);
  }
  void check(const socket_action::SendPing& action) {
    require(wires.contains(action.connection) && wires[action.connection].opened && !wires[action.connection].closing);
  }
  void check(const socket_action::CloseGracefully& action) {
    require(wires.contains(action.connection) && wires[action.connection].opened &&
            !std::exchange(wires[action.connection].closing, true));
  }
  void check(const socket_action::DropTcp& action) { require(wires.erase(action.connection) == 1); }
  void check(const socket_action::Notice& action) { require(!action.sentence.empty()); }
  void check(const socket_action::Online&) { require(!std::exchange(online, true)); }
  void check(const socket_action::Offline& action) { require(std::exchange(online, false) && action.since <= now); }
  void check(const socket_action::Fatal&) {}
  void check(const socket_action::WakeAt& action) {
    require(action.time > now);
    wake = action.time;
  }
  void check(const socket_action::Stopped&) {
    require(wires.empty() && stopping);
    stopped = true;
  }

  void advance(Micros time) {
    const SteadyInstant end = now + time;
    for (int ticks = 0; wake && *wake <= end && !stopped; ++ticks) {
      require(ticks < 20'000);
      now = *std::exchange(wake, std::nullopt);
      give(socket_input::Tick{});
    }
    now = end;
  }
};

UrlAnswer answer_of(std::uint8_t byte) {
  switch (byte % 8) {
    case 0:
      return UrlFailed{UrlFailed::Kind::transient, {}, "x"};
    case 1:
      return UrlFailed{UrlFailed::Kind::retry_after, std::chrono::seconds(byte), "x"};
    case 2:
      return UrlFailed{UrlFailed::Kind::disabled, {}, "x"};
    case 3:
      return UrlFailed{byte == 3 ? UrlFailed::Kind::refused : UrlFailed::Kind::transient, {}, "x"};
    default:
      return UrlReady{"wss://a"};
  }
}

std::string frame_of(Bytes& bytes) {
  static const std::vector<std::string> frames = {
      R"({"type":"hello","num_connections":3,"debug_info":{"approximate_connection_time":60}})",
      R"({"type":"hello"})",
      R"({"type":"disconnect","reason":"warning"})",
      R"({"type":"disconnect","reason":"refresh_requested"})",
      R"({"type":"disconnect","reason":"link_disabled"})",
      R"({"type":"disconnect","reason":"too_many_websockets"})",
      R"({"type":"events_api","envelope_id":"a"})",
      R"({"type":"interactive","envelope_id":"b","accepts_response_payload":false})",
      R"({"envelope_id":"c"})"};
  const std::uint8_t which = bytes.next();
  if (which % 16 < frames.size()) return frames[which % 16];
  std::string raw;
  for (int left = bytes.next() % 64; left > 0; --left) raw += static_cast<char>(bytes.next());
  return raw;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes{data, size};
  World world(bytes);
  world.give(socket_input::Tick{});
  while (bytes.size > 0 && !world.stopped) {
    const std::uint8_t what = bytes.next();
    const ConnectionId id =
        world.wires.empty() || what > 250
            ? what
            : std::next(world.wires.begin(), static_cast<std::ptrdiff_t>(bytes.next() % world.wires.size()))->first;
    const auto wire = world.wires.find(id);
    switch (what % 10) {
      case 0:
        world.advance(std::chrono::milliseconds(bytes.next() * 100));
        break;
      case 1:
        world.advance(std::chrono::seconds(bytes.next() * 4));
        break;
      case 2:
      case 3:
        if (!world.request) break;
        world.give(socket_input::UrlAnswered{*std::exchange(world.request, std::nullopt), answer_of(bytes.next())});
        break;
      case 4:
        if (wire != world.wires.end() && !wire->second.opened) {
          wire->second.opened = true;
          world.give(socket_input::Opened{id});
        }
        break;
      case 5:
      case 6:
        world.give(socket_input::TextArrived{id, frame_of(bytes)});
        break;
      case 7:
        world.give(socket_input::Heard{id});
        break;
      case 8: {
        const std::string name(1, static_cast<char>('a' + bytes.next() % 4));
        world.give(socket_input::Committed{id, name, what & 64 ? R"({"text":"x"})" : what & 128 ? "{" : ""});
        break;
      }
      case 9:
        if (what == 249) {
          world.stopping = true;
          world.give(socket_input::Stop{});
        } else if (wire != world.wires.end()) {
          world.wires.erase(wire);
          world.give(socket_input::Closed{id, "x"});
        }
    }
  }
  world.stopping = true;
  world.give(socket_input::Stop{});
  world.advance(std::chrono::seconds(3));
  require(world.stopped);
  return 0;
}
