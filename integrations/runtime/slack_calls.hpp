// One call of the Web API: waits for the budget and for a free place in its lane, sends, and sits out 429s. Network
// thread only.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "bot/effect.hpp"
#include "integrations/http/http.hpp"
#include "integrations/runtime/budget.hpp"
#include "integrations/slack/slack_api.hpp"

namespace vakt {

// Thrown out of every wait once stop was called.
struct Stopping {};

struct CallRules {
  Lane lane = Lane::rest;
  std::optional<Instant> until{};  // after that: refused with "expired"
};

class SlackCalls {
 public:
  SlackCalls(boost::asio::io_context& io, HttpClient& http, std::string api_url, std::string bot_token,
             std::function<Instant()> now);

  // Never rate_limited. Throws Stopping. call and rules must live until it ends.
  boost::asio::awaitable<ApiAnswer> make(const ApiCall& call, const CallRules& rules);
  // The same, again and again while Slack cannot be reached, and for a while where it fails or it is unclear what it
  // did.
  boost::asio::awaitable<ApiAnswer> insist(const ApiCall& call, const CallRules& rules);

  // What `start` gives to its callback, on this thread. Throws Stopping, also where that comes first.
  template <class Answer>
  boost::asio::awaitable<Answer> given(std::function<void(std::function<void(Answer)>)> start) {
    const auto answer = std::make_shared<std::optional<Answer>>();
    const auto timer = std::make_shared<Timer>(io_, Timer::time_point::max());
    start([answer, timer](Answer value) {
      answer->emplace(std::move(value));
      timer->cancel();
    });
    if (!answer->has_value() && !abandoned_) co_await under_way(timer);
    if (!answer->has_value()) throw Stopping{};
    co_return std::move(**answer);
  }

  boost::asio::awaitable<void> pause(std::chrono::milliseconds time);
  // The wait before the next try; attempt counts from 0.
  boost::asio::awaitable<void> back_off(unsigned attempt);

  Instant now() const { return now_(); }
  void stop();     // ends every wait except for requests under way
  void abandon();  // ends those too

  static constexpr unsigned most_failures = 100;  // of Slack's own, in a row: about 25 minutes

 private:
  using Timer = boost::asio::steady_timer;

  // Until it is cancelled, by an answer or by abandon().
  boost::asio::awaitable<void> under_way(std::shared_ptr<Timer> timer);
  boost::asio::awaitable<void> wait_for_place(Lane lane);
  void leave(Lane lane);

  boost::asio::io_context& io_;
  HttpClient& http_;
  std::string api_url_, bot_token_;
  std::function<Instant()> now_;
  Budget budget_;
  std::array<int, lane_count> under_way_{};                          // by lane
  std::array<std::list<std::shared_ptr<Timer>>, lane_count> queue_;  // who waits for a place
  std::list<std::shared_ptr<Timer>> pauses_, requests_;
  std::uint64_t seed_;
  bool stopping_ = false, abandoned_ = false;
};

}  // namespace vakt
