#include "tests/bench/slack.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace bench {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view acked_key = "\"envelope_id\":\"";

std::string name_in_token(const std::string& authorization) {
  return authorization.substr(authorization.find('-') + 1);
}

// A message as Slack delivers it: plain words, and the same once more as rich text.
std::string message_frame(const std::string& envelope, const std::string& event_id, std::uint64_t number) {
  const auto ts = ts_of(number);
  const auto user = "U0USER" + std::to_string(number % 8);
  const auto text =
      "Restarted pod " + std::to_string(number) + " of checkout, error rate is going down, still watching.";
  return R"({"envelope_id":")" + envelope +
         R"(","payload":{"token":"x","team_id":"T0TEAM","context_team_id":"T0TEAM","context_enterprise_id":null,"api_app_id":"A0APP",)"
         R"("event":{"user":")" +
         user + R"(","type":"message","ts":")" + ts +
         R"(","client_msg_id":"5d51b4d8-6f2c-4ad1-b5c9-0c2f8a3e7d11","text":")" + text +
         R"(","team":"T0TEAM","blocks":[{"type":"rich_text","block_id":"Xv2b","elements":[{"type":"rich_text_section",)"
         R"("elements":[{"type":"text","text":")" +
         text + R"("}]}]}],"channel":")" + channel + R"(","event_ts":")" + ts +
         R"(","channel_type":"channel"},"type":"event_callback","event_id":")" + event_id +
         R"(","event_time":1760000000,"authorizations":[{"enterprise_id":null,"team_id":"T0TEAM","user_id":"U0BOT","is_bot":true,)"
         R"("is_enterprise_install":false}],"is_ext_shared_channel":false,"event_context":"4-eyJldCI6Im1lc3NhZ2UifQ"},)"
         R"("type":"events_api","accepts_response_payload":false,"retry_attempt":0,"retry_reason":""})";
}

}  // namespace

std::string ts_of(std::uint64_t number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%llu.%06llu", 1'760'000'000ULL + number / 1'000'000, number % 1'000'000ULL);
  return text.data();
}

Slack::Slack()
    : server_({.answer = [this](const Request& request) { return answer(request); },
               .opened =
                   [this](Connection& connection, const Request& request) {
                     App& one = app(request.target.substr(request.target.rfind('/') + 1));
                     connection.queue(R"({"type":"hello","num_connections":1,"debug_info":{"host":"bench",)"
                                      R"("approximate_connection_time":36000},"connection_info":{"app_id":"A0APP"}})");
                     one.sockets.push_back(&connection);
                   },
               .said =
                   [this](Connection& connection, std::string_view text) {
                     const auto start = text.find(acked_key);
                     if (start == std::string_view::npos) return;
                     const std::string id{text.substr(start + acked_key.size(), 36)};
                     for (auto& [name, one] : apps_) {
                       if (std::ranges::find(one.sockets, &connection) == one.sockets.end()) continue;
                       const auto found = one.unacked.find(id);
                       if (found == one.unacked.end())
                         throw std::runtime_error(name + " acked what it had acked before");
                       one.latencies.push_back(
                           std::chrono::duration<double, std::micro>(Clock::now() - found->second).count());
                       one.unacked.erase(found);
                     }
                   },
               .closed =
                   [this](Connection& connection) {
                     for (auto& [name, one] : apps_)
                       if (std::erase(one.sockets, &connection) > 0) one.lost += std::exchange(one.unacked, {}).size();
                   }}) {}

App& Slack::app(const std::string& name) {
  App& one = apps_[name];
  one.name = name;
  return one;
}

std::string Slack::answer(const Request& request) {
  App& one = app(name_in_token(request.authorization));
  ++one.calls;
  const auto method = request.target.substr(request.target.rfind('/') + 1);
  const std::string made = R"({"id":")" + std::string{channel} + R"(","name":"inc-1-bench","creator":"U0BOT"})";
  if (method == "apps.connections.open")
    return R"({"ok":true,"url":"ws://127.0.0.1:)" + std::to_string(port()) + socket_path(one.name) + R"("})";
  if (method == "auth.test")
    return R"({"ok":true,"url":"https://bench.slack.com/","team":"Bench","user":"vakt","team_id":"T0TEAM","user_id":"U0BOT","bot_id":"B0BOT"})";
  if (method == "conversations.create") one.channel_made = true;
  if (method == "conversations.create" || method == "conversations.info")
    return R"({"ok":true,"channel":)" + made + "}";
  if (method == "conversations.history" || method == "conversations.replies")
    return R"({"ok":true,"messages":[],"has_more":false,"response_metadata":{"next_cursor":""}})";
  if (method == "conversations.list") return R"({"ok":true,"channels":[],"response_metadata":{"next_cursor":""}})";
  if (method == "usergroups.list") return R"({"ok":true,"usergroups":[]})";
  if (method == "users.info")
    return R"({"ok":true,"user":{"id":"U0USER","name":"kari","profile":{"display_name":"Kari","real_name":"Kari Normann"}}})";
  if (method.starts_with("chat."))
    return R"({"ok":true,"channel":")" + std::string{channel} + R"(","ts":")" + ts_of(++sent_) + R"("})";
  return R"({"ok":true})";
}

// splitmix64: ids in random order, and the same ones in every run.
std::uint64_t Slack::random() {
  std::uint64_t z = random_ += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

std::string Slack::envelope_id() {
  std::array<char, 40> text{};
  const auto high = random(), low = random();
  std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-8%03x-%012llx", static_cast<unsigned>(high >> 32),
                static_cast<unsigned>(high >> 16) & 0xffff, static_cast<unsigned>(high) & 0xfff,
                static_cast<unsigned>(low >> 48) & 0xfff, low & 0xffff'ffff'ffffULL);
  return text.data();
}

void Slack::deliver(App& one, const std::string& envelope, const std::string& frame) {
  if (one.sockets.empty()) throw std::runtime_error(one.name + " has no connection");
  Connection& connection = *one.sockets[one.turn++ % one.sockets.size()];
  connection.queue(frame);
  one.unacked.emplace(envelope, Clock::now());
}

void Slack::send_message(App& one) {
  const auto id = envelope_id();
  deliver(one, id, message_frame(id, "Ev" + envelope_id().substr(24), ++sent_));
}

void Slack::send_command(App& one, const std::string& text) {
  const auto id = envelope_id();
  deliver(
      one, id,
      R"({"envelope_id":")" + id +
          R"(","payload":{"token":"x","team_id":"T0TEAM","channel_id":"C0GENERAL","channel_name":"general","user_id":"U0USER1",)"
          R"("user_name":"kari","command":"/incident","text":")" +
          text + R"(","api_app_id":"A0APP","response_url":"http://127.0.0.1:)" + std::to_string(port()) +
          R"(/api/respond-)" + one.name +
          R"(","trigger_id":"1.2.3"},"type":"slash_commands","accepts_response_payload":true})");
  for (auto* connection : one.sockets) connection->flush();
}

void Slack::serve_until(const std::function<bool()>& done, const std::string& what, std::chrono::seconds at_most) {
  const auto end = Clock::now() + at_most;
  while (!done()) {
    if (Clock::now() > end) throw std::runtime_error("waited in vain for: " + what);
    server_.step(10);
  }
}

void Slack::serve_until_quiet(App& one) {
  auto calls = one.calls;
  auto since = Clock::now();
  serve_until(
      [&] {
        if (std::exchange(calls, one.calls) != one.calls) since = Clock::now();
        return Clock::now() - since > 1500ms;
      },
      one.name + " to have nothing more to do", 120s);
}

double Slack::burst(App& one, std::size_t count, std::size_t in_flight) {
  const auto start = Clock::now();
  std::size_t sent = 0;
  while (sent < count || !one.unacked.empty() || one.lost > 0) {
    if (one.lost > 0) {
      serve_until([&] { return !one.sockets.empty(); }, one.name + " to connect again");
      ++one.breaks;
      sent -= std::min(sent, std::exchange(one.lost, 0));
    }
    while (sent < count && one.unacked.size() < in_flight) {
      send_message(one);
      ++sent;
    }
    for (auto* connection : one.sockets) connection->flush();
    if (Clock::now() - start > 120s) throw std::runtime_error(one.name + " does not ack");
    server_.step(1000);
  }
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace bench
