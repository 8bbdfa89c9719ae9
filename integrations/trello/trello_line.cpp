#include "integrations/trello/trello_line.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "integrations/http/await_send.hpp"

namespace vakt::trello {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

using Timers = std::list<std::shared_ptr<asio::steady_timer>>;

// Until it is over, or somebody cancels it.
asio::awaitable<void> wait_in(Timers& timers, std::shared_ptr<asio::steady_timer> timer) {
  const auto place = timers.insert(timers.end(), timer);
  boost::system::error_code cancelled;
  co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  timers.erase(place);
}

}  // namespace

TrelloLine::TrelloLine(asio::io_context& io, HttpClient& http, Access access, Pace::Times times,
                       milliseconds probe_every)
    : io_(io), http_(http), access_(std::move(access)), probe_every_(probe_every), pace_(times) {}

Instant TrelloLine::now() const {
  return Instant(std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now().time_since_epoch()));
}

asio::awaitable<void> TrelloLine::pause(milliseconds time) {
  if (closed_) throw Left{};
  auto timer = std::make_shared<asio::steady_timer>(io_, time);
  co_await wait_in(pauses_, std::move(timer));
  if (closed_) throw Left{};
}

asio::awaitable<void> TrelloLine::take_turn() {
  if (closed_) throw Left{};
  if (busy_) {
    auto timer = std::make_shared<asio::steady_timer>(io_, asio::steady_timer::time_point::max());
    co_await wait_in(turns_, std::move(timer));  // pass_on() leaves the line busy for whoever is next
    if (closed_) throw Left{};
  }
  busy_ = true;
}

void TrelloLine::pass_on() {
  if (turns_.empty())
    busy_ = false;
  else
    turns_.front()->cancel();
}

asio::awaitable<Heard> TrelloLine::ask(HttpRequest request) {
  co_await take_turn();
  for (auto at = pace_.earliest(now()); at > now(); at = pace_.earliest(now())) {
    const auto time = std::chrono::ceil<milliseconds>(at - now());
    co_await pause(time);
  }
  pace_.sent(now());
  const HttpResult result = co_await await_send(http_, std::move(request));
  if (closed_) throw Left{};
  Heard heard = heard_of(result, access_.host);
  pace_.heard(result, heard.verdict, now());
  if (heard.verdict == Verdict::token_refused) {
    token_dead_ = true;
    probed_at_ = now();
  } else if (proves_token(heard.verdict)) {
    token_dead_ = false;
    for (const auto& timer : unblocked_) timer->cancel();
  }
  pass_on();
  co_return heard;
}

asio::awaitable<Heard> TrelloLine::write(HttpRequest request) {
  while (token_dead_) {
    auto timer = std::make_shared<asio::steady_timer>(io_, probe_every_);
    co_await wait_in(unblocked_, std::move(timer));
    if (closed_) throw Left{};
    if (!token_dead_ || now() < probed_at_ + probe_every_) continue;
    probed_at_ = now();
    HttpRequest probe = get(access_, me_path());
    co_await ask(std::move(probe));
  }
  co_return co_await ask(std::move(request));
}

void TrelloLine::close() {
  closed_ = true;
  for (auto* timers : {&pauses_, &turns_, &unblocked_})
    for (const auto& timer : *timers) timer->cancel();
}

}  // namespace vakt::trello
