#include "integrations/runtime/slack_calls.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>

#include "integrations/runtime/retry.hpp"

namespace vakt {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// Requests at a time in one lane; an answer to a person never waits behind another.
constexpr std::array<int, lane_count> places = {1'000, 1'000, 4, 4, 4};  // by lane

std::size_t index(Lane lane) { return static_cast<std::size_t>(lane); }

// In a list for as long as it is waited on, so that stop can end it.
class Listed {
 public:
  using Timers = std::list<std::shared_ptr<asio::steady_timer>>;
  Listed(Timers& list, std::shared_ptr<asio::steady_timer> timer) : list_(list), at_(list.insert(list.end(), timer)) {}
  ~Listed() { list_.erase(at_); }
  Listed(const Listed&) = delete;
  Listed& operator=(const Listed&) = delete;

 private:
  Timers& list_;
  Timers::iterator at_;
};

asio::awaitable<void> end_of(asio::steady_timer& timer) {
  boost::system::error_code ended;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
}

}  // namespace

SlackCalls::SlackCalls(asio::io_context& io, HttpClient& http, std::string api_url, std::string bot_token,
                       std::function<Instant()> now)
    : io_(io),
      http_(http),
      api_url_(std::move(api_url)),
      bot_token_(std::move(bot_token)),
      now_(std::move(now)),
      seed_(std::random_device{}()) {}

asio::awaitable<void> SlackCalls::pause(std::chrono::milliseconds time) {
  if (stopping_) throw Stopping{};
  const auto timer = std::make_shared<Timer>(io_, time);
  const Listed listed(pauses_, timer);
  co_await end_of(*timer);
  if (stopping_) throw Stopping{};
}

asio::awaitable<void> SlackCalls::back_off(unsigned attempt) {
  const std::chrono::milliseconds time = backoff(attempt, ++seed_);
  co_await pause(time);
}

asio::awaitable<void> SlackCalls::wait_for_place(Lane lane) {
  const auto timer = std::make_shared<Timer>(io_, Timer::time_point::max());
  const Listed listed(queue_[index(lane)], timer);
  co_await end_of(*timer);
  if (stopping_) throw Stopping{};
}

void SlackCalls::leave(Lane lane) {
  --under_way_[index(lane)];
  // All ask again, in their order: the first may have to wait for its budget and must not keep the place from the
  // others.
  for (const auto& timer : queue_[index(lane)]) timer->cancel();
}

asio::awaitable<void> SlackCalls::under_way(std::shared_ptr<Timer> timer) {
  const Listed listed(requests_, timer);
  co_await end_of(*timer);
}

asio::awaitable<ApiAnswer> SlackCalls::make(const ApiCall& call, const CallRules& rules) {
  const bool counted = call.url.empty();
  for (;;) {
    if (stopping_) throw Stopping{};
    const auto left = rules.until ? std::chrono::ceil<std::chrono::milliseconds>(*rules.until - now_()) : 1h;
    if (left <= 0ms) co_return ApiAnswer{ApiAnswer::Kind::refused, "expired"};
    if (under_way_[index(rules.lane)] >= places[index(rules.lane)]) {
      co_await wait_for_place(rules.lane);
      continue;
    }
    if (counted) {
      if (const auto delay = budget_.reserve(call.method, call.channel, Budget::Moment::clock::now())) {
        const auto time = std::min<std::chrono::milliseconds>(*delay, left);
        co_await pause(time);
        continue;
      }
    }
    HttpRequest request = request_for(call, api_url_, bot_token_);
    if (rules.until) request.timeout = std::clamp<std::chrono::milliseconds>(left, 500ms, 10s);
    ++under_way_[index(rules.lane)];
    struct Leave {
      SlackCalls& calls;
      Lane lane;
      ~Leave() { calls.leave(lane); }
    };
    ApiAnswer answer;
    {
      const Leave leaving{*this, rules.lane};
      const auto start = [this, &request](std::function<void(HttpResult)> done) {
        http_.send(std::move(request), std::move(done));
      };
      const HttpResult result = co_await given<HttpResult>(start);
      answer = read_answer(call.method, result);
    }
    if (answer.kind == ApiAnswer::Kind::stopped) throw Stopping{};
    if (answer.kind != ApiAnswer::Kind::rate_limited) co_return answer;
    if (counted) {
      budget_.blocked_until(call.method, Budget::Moment::clock::now() + answer.retry_after);
    } else {
      const std::chrono::milliseconds time = std::min<std::chrono::milliseconds>(answer.retry_after, left);
      co_await pause(time);
    }
  }
}

asio::awaitable<ApiAnswer> SlackCalls::insist(const ApiCall& call, const CallRules& rules) {
  unsigned failures = 0;
  for (unsigned attempt = 0;; ++attempt) {
    ApiAnswer answer = co_await make(call, rules);
    if (answer.kind == ApiAnswer::Kind::ok || answer.kind == ApiAnswer::Kind::refused) co_return answer;
    if (answer.kind == ApiAnswer::Kind::uncertain && ++failures >= most_failures) {
      answer.kind = ApiAnswer::Kind::refused;
      co_return answer;
    }
    co_await back_off(attempt);
  }
}

void SlackCalls::stop() {
  stopping_ = true;
  for (const auto& timer : pauses_) timer->cancel();
  for (const auto& lane : queue_)
    for (const auto& timer : lane) timer->cancel();
}

void SlackCalls::abandon() {
  stop();
  abandoned_ = true;
  for (const auto& timer : requests_) timer->cancel();
}

}  // namespace vakt
