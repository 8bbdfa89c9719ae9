#include "integrations/http/https_client.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <list>
#include <map>
#include <utility>

#include "integrations/http/http_connection.hpp"
#include "integrations/http/request_bytes.hpp"

namespace vakt {
namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Connection = std::shared_ptr<HttpConnection>;

namespace {

struct Call {
  Call(const asio::any_io_executor& executor, Url to, Clock::time_point by)
      : url(std::move(to)), deadline(by), timer(executor, by) {}

  Url url;
  ProxyChoice proxy;
  std::string bytes;
  bool head = false;
  bool may_repeat = false;  // an idempotent method, not yet repeated
  bool new_connection = false;
  Clock::time_point deadline;
  asio::steady_timer timer;
  Connection connection;  // while under way
  std::function<void(HttpResult)> done;

  void answer(HttpResult result) {
    timer.cancel();
    if (const auto once = std::exchange(done, nullptr)) once(std::move(result));
  }
};

using CallPtr = std::shared_ptr<Call>;

struct Idle {
  Connection connection;
  Clock::time_point since;
};

struct Origin {
  std::deque<CallPtr> waiting;
  std::list<CallPtr> busy;
  std::deque<Idle> idle;  // the longest unused first
};

class Pool : public std::enable_shared_from_this<Pool> {
 public:
  Pool(asio::any_io_executor executor, HttpsClientOptions options)
      : executor_(std::move(executor)), options_(std::move(options)), trust_(system_trust()), sweep_(executor_) {}

  const TlsTrust& trust() const { return trust_; }

  void send(HttpRequest request, std::function<void(HttpResult)> done);
  std::vector<CallPtr> close();

 private:
  std::expected<CallPtr, HttpError> prepare(const HttpRequest& request);
  void pump(Origin& origin);
  void start(Origin& origin, const CallPtr& call);
  Connection take(Origin& origin, bool may_repeat);
  Connection make_connection(Origin& origin, const Call& call);
  void ended(Origin& origin, const CallPtr& call, HttpConnection::Outcome outcome);
  void late(Origin& origin, const CallPtr& call);
  void keep(Origin& origin, const Connection& connection);
  void arm_sweep();

  asio::any_io_executor executor_;
  HttpsClientOptions options_;
  TlsTrust trust_;
  asio::steady_timer sweep_;
  bool sweeping_ = false;
  bool stopped_ = false;
  std::map<std::string, Origin> origins_;  // nodes stay where they are: Origin& is valid as long as the pool
};

void Pool::send(HttpRequest request, std::function<void(HttpResult)> done) {
  auto prepared = prepare(request);
  if (!prepared) {
    asio::post(executor_, [self = weak_from_this(), done = std::move(done), error = std::move(prepared.error())] {
      if (self.lock()) done(std::unexpected(error));
    });
    return;
  }
  const CallPtr call = *prepared;
  call->done = std::move(done);
  Origin& origin = origins_[call->url.scheme + "://" + call->url.host_and_port()];
  call->timer.async_wait([self = shared_from_this(), &origin, call](error_code cancelled) {
    if (!cancelled && call->done) self->late(origin, call);
  });
  origin.waiting.push_back(call);
  pump(origin);
}

std::expected<CallPtr, HttpError> Pool::prepare(const HttpRequest& request) {
  if (stopped_) return std::unexpected(HttpError{HttpFault::stopped, "The HTTP client is shutting down."});
  auto url = parse_url(request.url);
  if (!url) return std::unexpected(HttpError{HttpFault::bad_url, url.error().text});
  if (url->scheme != "http" && url->scheme != "https")
    return std::unexpected(HttpError{HttpFault::bad_url, url->host + ": the URL is not http:// or https://."});
  if (!url->permitted())
    return std::unexpected(
        HttpError{HttpFault::bad_url, url->host + ": plain http:// is allowed to this machine only; use https://."});
  auto bytes = request_bytes(request, *url);
  if (!bytes) return std::unexpected(HttpError{HttpFault::bad_url, url->host + ": " + bytes.error().text});
  auto proxy = choose_proxy(*url, options_.https_proxy, options_.no_proxy);
  if (!proxy) return std::unexpected(HttpError{HttpFault::unreachable, url->host + ": " + proxy.error().text});
  auto call = std::make_shared<Call>(executor_, std::move(*url), Clock::now() + request.timeout);
  call->proxy = std::move(*proxy);
  call->bytes = std::move(*bytes);
  call->head = request.method == "HEAD";
  call->may_repeat = call->head || request.method == "GET";
  return call;
}

void Pool::pump(Origin& origin) {
  while (!stopped_ && !origin.waiting.empty() && origin.busy.size() < options_.connections_an_origin) {
    const CallPtr call = origin.waiting.front();
    origin.waiting.pop_front();
    start(origin, call);
  }
}

void Pool::start(Origin& origin, const CallPtr& call) {
  const bool reuse = !call->new_connection && !origin.idle.empty();
  const Connection connection = reuse ? take(origin, call->may_repeat) : make_connection(origin, *call);
  call->may_repeat = call->may_repeat && reuse;
  HttpConnection::Listener listener;
  listener.ended = [self = weak_from_this(), &origin, call](HttpConnection::Outcome outcome) {
    if (const auto pool = self.lock()) pool->ended(origin, call, std::move(outcome));
  };
  listener.gone = [self = weak_from_this(), &origin, raw = connection.get()] {
    const auto pool = self.lock();
    if (pool) std::erase_if(origin.idle, [raw](const Idle& idle) { return idle.connection.get() == raw; });
  };
  connection->listen(std::move(listener));
  call->connection = connection;
  origin.busy.push_back(call);
  HttpConnection::Exchange exchange{call->may_repeat ? call->bytes : std::move(call->bytes), call->head};
  connection->begin(std::move(exchange), call->deadline);
}

// What may be repeated keeps the longest unused one alive; an order gets the one that has shown last that it lives.
Connection Pool::take(Origin& origin, bool may_repeat) {
  const auto chosen = may_repeat ? origin.idle.begin() : std::prev(origin.idle.end());
  Connection connection = std::move(chosen->connection);
  origin.idle.erase(chosen);
  return connection;
}

Connection Pool::make_connection(Origin& origin, const Call& call) {
  if (!origin.idle.empty() && origin.busy.size() + origin.idle.size() >= options_.connections_an_origin) {
    origin.idle.front().connection->drop();
    origin.idle.pop_front();
  }
  return std::make_shared<HttpConnection>(executor_, trust_, call.url, call.proxy);
}

void Pool::ended(Origin& origin, const CallPtr& call, HttpConnection::Outcome outcome) {
  const CallPtr held = call;  // the listener that holds it goes away below
  origin.busy.remove(held);
  const Connection connection = std::exchange(held->connection, nullptr);
  if (outcome.reusable) keep(origin, connection);
  if (!outcome.result && outcome.untouched && std::exchange(held->may_repeat, false)) {
    held->new_connection = true;
    origin.waiting.push_front(held);
    pump(origin);
    return;
  }
  pump(origin);
  held->answer(std::move(outcome.result));
}

void Pool::late(Origin& origin, const CallPtr& call) {
  std::erase(origin.waiting, call);
  origin.busy.remove(call);
  const Connection connection = std::exchange(call->connection, nullptr);
  const bool began = connection && connection->writing_began();
  if (connection) connection->drop();
  pump(origin);
  const std::string& host = call->url.host;
  const HttpError error = began ? HttpError{HttpFault::timed_out, host + ": no answer in time"}
                                : HttpError{HttpFault::unreachable, host + ": no connection in time"};
  call->answer(std::unexpected(error));
}

void Pool::keep(Origin& origin, const Connection& connection) {
  origin.idle.push_back({connection, Clock::now()});
  arm_sweep();
}

void Pool::arm_sweep() {
  if (sweeping_ || stopped_) return;
  auto next = Clock::time_point::max();
  for (const auto& [name, origin] : origins_)
    if (!origin.idle.empty()) next = std::min(next, origin.idle.front().since + options_.idle_for);
  if (next == Clock::time_point::max()) return;
  sweeping_ = true;
  sweep_.expires_at(next);
  sweep_.async_wait([self = weak_from_this()](error_code cancelled) {
    const auto pool = self.lock();
    if (cancelled || !pool) return;
    pool->sweeping_ = false;
    for (auto& [name, origin] : pool->origins_)
      while (!origin.idle.empty() && origin.idle.front().since + pool->options_.idle_for <= Clock::now()) {
        origin.idle.front().connection->drop();
        origin.idle.pop_front();
      }
    pool->arm_sweep();
  });
}

std::vector<CallPtr> Pool::close() {
  stopped_ = true;
  sweep_.cancel();
  std::vector<CallPtr> unanswered;
  for (auto& [name, origin] : origins_) {
    for (const auto& idle : std::exchange(origin.idle, {})) idle.connection->drop();
    for (const auto& call : std::exchange(origin.busy, {})) unanswered.push_back(call);
    for (const auto& call : std::exchange(origin.waiting, {})) unanswered.push_back(call);
  }
  for (const auto& call : unanswered) {
    if (const Connection connection = std::exchange(call->connection, nullptr)) connection->drop();
    call->timer.cancel();
  }
  return unanswered;
}

class Client final : public HttpsClient {
 public:
  Client(asio::io_context& io, HttpsClientOptions options)
      : pool_(std::make_shared<Pool>(io.get_executor(), std::move(options))) {}
  ~Client() override {
    for (const auto& call : pool_->close()) call->done = nullptr;
  }

  TlsTrust trust() const override { return pool_->trust(); }

  void send(HttpRequest request, std::function<void(HttpResult)> done) override {
    pool_->send(std::move(request), std::move(done));
  }

  void stop() override {
    for (const auto& call : pool_->close())
      call->answer(
          std::unexpected(HttpError{HttpFault::stopped, call->url.host + ": the HTTP client is shutting down."}));
  }

 private:
  std::shared_ptr<Pool> pool_;
};

}  // namespace

std::unique_ptr<HttpsClient> make_https_client(asio::io_context& io, HttpsClientOptions options) {
  return std::make_unique<Client>(io, std::move(options));
}

}  // namespace vakt
