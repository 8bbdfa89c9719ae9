// An outbox whose Slack answers from a script.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "integrations/runtime/outbound.hpp"

namespace vakt::test {

using namespace std::chrono_literals;
using inbound::EffectDone;
using nlohmann::json;

inline HttpResult answer(const json& body, int status = 200, HttpHeaders headers = {}) {
  return HttpResponse{status, std::move(headers), body.dump()};
}
inline HttpResult refused(const char* error) { return answer({{"ok", false}, {"error", error}}); }
inline HttpResult fault(HttpFault fault) { return std::unexpected(HttpError{fault, "no luck"}); }

// Answers each method from its script, then with its last line; holds requests back while `held`.
struct ScriptedHttp : HttpClient {
  explicit ScriptedHttp(boost::asio::io_context& to) : io(to) {}

  void send(HttpRequest request, std::function<void(HttpResult)> done) override {
    const std::string method = request.url.substr(request.url.rfind('/') + 1);
    calls.push_back(method);
    requests.push_back(request);
    ++now_under_way;
    most_under_way = std::max(most_under_way, now_under_way);
    auto reply = [this, method, done = std::move(done)] {
      --now_under_way;
      std::deque<HttpResult>& lines = script[method];
      HttpResult line =
          lines.empty() ? answer({{"ok", true}, {"ts", "1700000000.000001"}, {"channel", "C1"}}) : lines.front();
      if (lines.size() > 1) lines.pop_front();
      done(std::move(line));
    };
    if (held) {
      waiting.push_back(std::move(reply));
    } else {
      boost::asio::post(io, std::move(reply));
    }
  }
  void release_one() {
    auto reply = std::move(waiting.front());
    waiting.pop_front();
    reply();
  }
  std::size_t count(const std::string& method) const {
    return static_cast<std::size_t>(std::ranges::count(calls, method));
  }
  std::string text(std::size_t at) const { return json::parse(requests.at(at).body).value("text", ""); }

  boost::asio::io_context& io;
  std::map<std::string, std::deque<HttpResult>> script;
  std::vector<std::string> calls;
  std::vector<HttpRequest> requests;
  std::deque<std::function<void()>> waiting;
  bool held = false;
  int now_under_way = 0, most_under_way = 0;
};

struct OutboundTest : testing::Test {
  boost::asio::io_context io;
  ScriptedHttp http{io};
  Instant now = std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now());
  std::map<std::int64_t, std::vector<EffectDone>> done;
  std::vector<std::int64_t> order;
  WriteDocument write_document;  // what writes documents, once an outbound is made anew
  std::unique_ptr<Outbound> outbound = make();

  std::unique_ptr<Outbound> make() {
    return Outbound::make(io, http,
                          {.api_url = "http://127.0.0.1:1/api/",
                           .bot_token = "xoxb-1",
                           .nonce_prefix = "db",
                           .write_document = write_document},
                          [this](std::int64_t id, EffectDone d) {
                            done[id].push_back(std::move(d));
                            order.push_back(id);
                          });
  }

  void submit(std::int64_t id, EffectBody body, bool was_tried = false) {
    outbound->submit({id, Effect{1, std::move(body)}, was_tried, now});
  }
  // Until nothing is pending, or the time is over.
  void run(std::chrono::milliseconds longest = 8s) {
    const auto end = std::chrono::steady_clock::now() + longest;
    while (outbound->pending() > 0 && std::chrono::steady_clock::now() < end) io.run_one_for(50ms), io.restart();
    io.poll();
    io.restart();
  }
  void settle() {
    for (int i = 0; i < 5; ++i) io.run_for(5ms), io.restart();
  }
  const EffectDone& only(std::int64_t id) {
    EXPECT_EQ(done[id].size(), 1U) << "effect " << id;
    return done[id].at(0);
  }
};

}  // namespace vakt::test
