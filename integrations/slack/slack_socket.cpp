#include "integrations/slack/slack_socket.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <exception>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "integrations/http/tls_link.hpp"
#include "integrations/slack/socket_mode.hpp"
#include "integrations/slack/ws_engine.hpp"

namespace vakt {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

SteadyInstant steady_now() { return std::chrono::time_point_cast<Micros>(Clock::now()); }

Instant wall_time(SteadyInstant time) {
  return std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now()) - (steady_now() - time);
}

// One connection: a link below, an engine above.
struct Line {
  Line(ConnectionId number, const std::string& url, asio::any_io_executor executor, TlsTrust trust)
      : id(number), link(std::move(executor), std::move(trust)), engine(url) {}

  ConnectionId id;
  TlsLink link;
  WsEngine engine;
  std::string unsent;
  bool writing = false;
  bool finished = false;  // its end was reported
};

// Set while inputs are worked on, also where an observer throws.
struct Busy {
  explicit Busy(bool& flag_in) : flag(flag_in) { flag = true; }
  ~Busy() { flag = false; }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;
  bool& flag;
};

using LinePtr = std::shared_ptr<Line>;

class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(asio::io_context& context, HttpClient& http, SlackSocketOptions options, SlackSocketObserver& observer)
      : context_(context),
        http_(http),
        options_(std::move(options)),
        observer_(&observer),
        trust_(options_.trust ? options_.trust : system_trust()),
        timer_(context),
        machine_(options_.connections, options_.seed) {}

  // Inputs queue up, since acting on one may bring the next (an ack from within delivered()).
  void take(SocketInput input) {
    inputs_.push_back(std::move(input));
    if (busy_) return;
    const Busy busy(busy_);
    while (!inputs_.empty() && observer_) {
      SocketInput next = std::move(inputs_.front());
      inputs_.pop_front();
      for (auto& action : machine_.handle(steady_now(), std::move(next))) {
        if (!observer_) break;
        std::visit([this](auto& one) { perform(one); }, action);
      }
    }
  }

  void stop(std::function<void()> done) {
    if (stopped_) return asio::post(context_, std::move(done));
    done_.push_back(std::move(done));
    take(socket_input::Stop{});
  }

  void abandon() {
    observer_ = nullptr;
    inputs_.clear();
    timer_.cancel();
    for (auto& [id, line] : lines_) line->link.drop();
    lines_.clear();
  }

  int open_connections() const { return machine_.open_connections(); }
  bool takes_answer(ConnectionId connection, const std::string& envelope_id) const {
    return machine_.takes_answer(connection, envelope_id);
  }

 private:
  void perform(socket_action::OpenUrl& action) {
    auto done = [weak = weak_from_this(), request = action.request](HttpResult result) {
      if (const auto self = weak.lock()) self->take(socket_input::UrlAnswered{request, read_open_answer(result)});
    };
    http_.send(open_connection_request(options_.api_url, options_.app_token), std::move(done));
  }

  void perform(socket_action::Connect& action) {
    const auto url = parse_url(action.url);
    if (!url) return take(socket_input::Closed{action.connection, "Slack gave a URL that cannot be used"});
    const auto proxy = choose_proxy(*url, options_.https_proxy, options_.no_proxy);
    if (!proxy) return take(socket_input::Closed{action.connection, proxy.error().text});
    auto line = std::make_shared<Line>(action.connection, action.url, context_.get_executor(), trust_);
    lines_[action.connection] = line;
    asio::co_spawn(context_, run(shared_from_this(), line, *url, *proxy), guard(line));
  }

  void perform(socket_action::Deliver& action) {
    observer_->delivered(
        Delivery{action.connection, std::move(action.envelope_id), std::move(action.type), std::move(action.text)});
  }
  void perform(socket_action::SendText& action) {
    if (const auto line = find(action.connection)) line->engine.send_text(action.text), flush(line);
  }
  void perform(socket_action::SendPing& action) {
    if (const auto line = find(action.connection)) line->engine.ping("vakt"), flush(line);
  }
  void perform(socket_action::CloseGracefully& action) {
    if (const auto line = find(action.connection)) line->engine.close(1000, ""), flush(line);
  }
  void perform(socket_action::DropTcp& action) {
    const auto line = find(action.connection);
    if (!line) return;
    line->finished = true;
    line->link.drop();
    lines_.erase(action.connection);
  }
  void perform(socket_action::Notice& action) { observer_->notice(action.is_error, std::move(action.sentence)); }
  void perform(socket_action::Online& action) { observer_->online(wall_time(action.since), action.first); }
  void perform(socket_action::Offline& action) { observer_->offline(wall_time(action.since)); }
  void perform(socket_action::Fatal& action) { observer_->fatal(std::move(action.sentence)); }
  // A time that only moves back, as it does with every message, leaves the timer alone: its early tick asks again.
  void perform(socket_action::WakeAt& action) {
    if (wake_at_ && *wake_at_ <= action.time) return;
    wake_at_ = action.time;
    timer_.expires_at(action.time);
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code fault) {
      if (fault) return;
      const auto self = weak.lock();
      if (!self) return;
      self->wake_at_.reset();
      self->take(socket_input::Tick{});
    });
  }
  void perform(socket_action::Stopped&) {
    stopped_ = true;
    timer_.cancel();
    for (auto& done : std::exchange(done_, {})) asio::post(context_, std::move(done));
  }

  LinePtr find(ConnectionId id) const {
    const auto found = lines_.find(id);
    return found == lines_.end() ? nullptr : found->second;
  }

  // Reports the end of a connection, once.
  void finish(const LinePtr& line, std::string reason) {
    if (std::exchange(line->finished, true)) return;
    lines_.erase(line->id);
    take(socket_input::Closed{line->id, std::move(reason)});
  }

  void flush(const LinePtr& line) {
    line->unsent += line->engine.take_output();
    if (line->writing || line->unsent.empty() || !line->link.open()) return;
    line->writing = true;
    asio::co_spawn(context_, write(shared_from_this(), line), guard(line));
  }

  // The door of the coroutines: what is thrown there ends the connection, not the process.
  std::function<void(std::exception_ptr)> guard(const LinePtr& line) {
    return [self = shared_from_this(), line](const std::exception_ptr& fault) {
      if (!fault) return;
      line->link.drop();
      self->finish(line, "an internal error");
    };
  }

  void handle(const LinePtr& line, WsEvent& event) {
    if (line->finished) return;
    switch (event.kind) {
      case WsEvent::Kind::opened:
        return take(socket_input::Opened{line->id});
      case WsEvent::Kind::text:
        return take(socket_input::TextArrived{line->id, std::move(event.text)});
      case WsEvent::Kind::binary:
      case WsEvent::Kind::ping:
      case WsEvent::Kind::pong:
        return take(socket_input::Heard{line->id});
      case WsEvent::Kind::closed:
        return finish(line, "closed by Slack, code " + std::to_string(event.code) + " " + event.text);
      case WsEvent::Kind::failed:
        return finish(line, std::move(event.text));
    }
  }

  static asio::awaitable<void> run(std::shared_ptr<Core> self, LinePtr line, Url url, ProxyChoice proxy) {
    const auto deadline = Clock::now() + 10s;
    const auto connected = co_await line->link.connect(url, proxy, deadline);
    if (!connected) {
      self->finish(line, connected.error().text);
      co_return;
    }
    line->engine.start();
    self->flush(line);
    std::vector<char> buffer(16 * 1024);
    while (!line->finished) {
      const auto count = co_await line->link.read_some(buffer.data(), buffer.size());
      if (!count) {
        self->finish(line, count.error().text);
        break;
      }
      if (*count == 0)
        line->engine.end_of_stream();
      else
        line->engine.feed(buffer.data(), *count);
      auto events = line->engine.take_events();
      self->flush(line);
      for (auto& event : events) self->handle(line, event);
    }
    const auto goodbye = Clock::now() + 1s;
    if (!line->writing) co_await line->link.shutdown(goodbye);
  }

  static asio::awaitable<void> write(std::shared_ptr<Core> self, LinePtr line) {
    while (!line->unsent.empty()) {
      std::string bytes = std::exchange(line->unsent, {});
      const auto written = co_await line->link.write(bytes);
      if (written) continue;
      line->writing = false;
      line->link.drop();
      self->finish(line, written.error().text);
      co_return;
    }
    const auto goodbye = Clock::now() + 1s;
    if (line->finished) co_await line->link.shutdown(goodbye);
    line->writing = false;
  }

  asio::io_context& context_;
  HttpClient& http_;
  const SlackSocketOptions options_;
  SlackSocketObserver* observer_;  // null once abandoned
  TlsTrust trust_;
  asio::steady_timer timer_;
  std::optional<SteadyInstant> wake_at_;  // what the timer is set to
  SocketMode machine_;
  std::map<ConnectionId, LinePtr> lines_;
  std::deque<SocketInput> inputs_;
  std::vector<std::function<void()>> done_;
  bool busy_ = false;
  bool stopped_ = false;
};

class AsioSlackSocket final : public SlackSocket {
 public:
  explicit AsioSlackSocket(std::shared_ptr<Core> core) : core_(std::move(core)) {}
  ~AsioSlackSocket() override { core_->abandon(); }
  AsioSlackSocket(const AsioSlackSocket&) = delete;
  AsioSlackSocket& operator=(const AsioSlackSocket&) = delete;

  void start() override { core_->take(socket_input::Tick{}); }
  void ack(std::uint64_t connection, const std::string& envelope_id, const std::string& payload_json) override {
    core_->take(socket_input::Committed{connection, envelope_id, payload_json});
  }
  bool takes_answer(std::uint64_t connection, const std::string& envelope_id) const override {
    return core_->takes_answer(connection, envelope_id);
  }
  void stop(std::function<void()> done) override { core_->stop(std::move(done)); }
  int open_connections() const override { return core_->open_connections(); }

 private:
  std::shared_ptr<Core> core_;
};

}  // namespace

std::unique_ptr<SlackSocket> SlackSocket::make(boost::asio::io_context& context, HttpClient& http,
                                               SlackSocketOptions options, SlackSocketObserver& observer) {
  return std::make_unique<AsioSlackSocket>(std::make_shared<Core>(context, http, std::move(options), observer));
}

}  // namespace vakt
