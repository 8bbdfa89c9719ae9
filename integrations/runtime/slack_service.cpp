#include "integrations/runtime/slack_service.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>

#include "integrations/flags/flag_runner.hpp"
#include "integrations/http/http_server.hpp"
#include "integrations/http/https_client.hpp"
#include "integrations/runtime/held_acks.hpp"
#include "integrations/runtime/identity.hpp"
#include "integrations/runtime/log.hpp"
#include "integrations/runtime/metrics.hpp"
#include "integrations/runtime/outbound.hpp"
#include "integrations/runtime/retry.hpp"
#include "integrations/runtime/trello_service.hpp"
#include "integrations/runtime/unrecorded_kills.hpp"
#include "integrations/slack/block_kit.hpp"
#include "integrations/slack/slack_json.hpp"
#include "integrations/slack/slack_socket.hpp"

namespace vakt {

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

std::string ack_payload(const std::optional<Answer>& answer) {
  if (!answer) return {};
  if (!answer->form_errors.empty())
    return nlohmann::json{{"response_action", "errors"}, {"errors", answer->form_errors}}.dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace);
  auto body = message_body(answer->message);
  body["response_type"] = "ephemeral";
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

class Service final : public SlackService, private SlackSocketObserver {
 public:
  Service(const Config& config, Brain::Clock now, std::string nonce_prefix, WriteDocument write_document)
      : config_(config),
        now_(std::move(now)),
        http_(make_https_client(io_, {.https_proxy = config.https_proxy, .no_proxy = config.no_proxy})),
        outbound_(Outbound::make(io_, *http_,
                                 {.api_url = config.slack_api_url,
                                  .bot_token = config.bot_token,
                                  .nonce_prefix = std::move(nonce_prefix),
                                  .now = now_,
                                  .write_document = std::move(write_document)},
                                 [this](std::int64_t id, inbound::EffectDone done) { finished(id, std::move(done)); })),
        socket_(SlackSocket::make(io_, *http_,
                                  {.api_url = config.slack_api_url,
                                   .app_token = config.app_token,
                                   .connections = config.connections,
                                   .https_proxy = config.https_proxy,
                                   .no_proxy = config.no_proxy,
                                   .seed = random_(),
                                   .trust = http_->trust()},
                                  *this)),
        flags_(FlagRunner::make(io_, providers(), now_, flag_hooks())),
        trello_(io_, *http_, config_, now_,
                [this](std::int64_t id, InboundBody told) {
                  brain_->push({.at = now_(), .seed = random_(), .outbox_id = id, .body = std::move(told)});
                }),
        kills_(io_, config_.settings,
               {.expect = [this](const flag::Wanted& wanted) { flags_->expect(wanted); },
                .start = [this](flag::Wanted wanted) { flags_->change_unrecorded(std::move(wanted)); },
                .acknowledge =
                    [this](std::uint64_t connection, const std::string& envelope, const view::Message& answer) {
                      socket_->ack(connection, envelope, ack_payload(Answer{.message = answer}));
                    },
                .respond =
                    [this](effect::Respond respond) {
                      outbound_->submit({.effect = {.body = std::move(respond)}, .created = now_()});
                    }}) {}

  ~Service() override { stop(); }

  Result<void> listen() {
    if (config_.listen.empty()) return {};
    auto server = HttpServer::make(io_, config_.listen, [this](std::string_view path) { return page(path); });
    if (!server) return std::unexpected(server.error());
    server_ = std::move(*server);
    return {};
  }

  Result<Self> identify(const std::function<bool()>& give_up) override {
    return ask_identity(io_, *http_, config_, random_(), give_up);
  }

  void start(Brain& brain, std::map<std::string, std::string> cursors) override {
    brain_ = &brain;
    io_.restart();
    work_.emplace(asio::make_work_guard(io_));
    asio::post(io_, [this, cursors = std::move(cursors)] {
      socket_->start();
      flags_->watch(cursors, config_.settings.flags.environment);
    });
    thread_ = std::thread{[this] { io_.run(); }};
  }

  void stop_listening() override { listening_ = false; }

  void stop() override {
    if (!thread_.joinable()) return;
    auto both = std::make_shared<std::pair<std::promise<void>, int>>();
    auto over = both->first.get_future();
    asio::post(io_, [this, both] {
      const auto one = [both] {
        if (++both->second == 2) both->first.set_value();
      };
      answers_timer_.cancel();
      for (const auto& ack : held_.all()) send(ack);
      socket_->stop(one);
      outbound_->stop(one);
      flags_->leave();
      trello_.leave();
    });
    over.wait_for(3500ms);
    asio::post(io_, [this] {
      http_->stop();
      if (server_) server_->stop();
      work_.reset();
      io_.stop();
    });
    thread_.join();
  }

  bool failed() const override { return failed_; }

  // The brain's thread:
  void acknowledge(Acknowledgement ack) override {
    bool first;
    {
      const std::scoped_lock lock{acks_mutex_};
      first = acks_.empty();
      acks_.push_back(std::move(ack));
    }
    if (first) asio::post(io_, [this] { send_acks(); });
  }
  void submit(OutboxRow row) override {
    auto task = std::make_shared<OutboundTask>(OutboundTask{row.id, std::move(row.effect), row.tried, row.created_at});
    asio::post(io_, [this, task] {
      if (!submit_flag(*task) && !trello_.submit(*task) && !answered_in_ack(*task)) outbound_->submit(std::move(*task));
    });
  }
  void operators(std::optional<std::set<UserId>> users) override {
    asio::post(io_, [this, users = std::move(users)] { kills_.operators(users); });
  }
  void report(bool is_error, const std::string& sentence) override {
    log(is_error ? LogLevel::error : LogLevel::info, sentence);
  }

 private:
  // The network thread:
  void send(const Acknowledgement& ack) {
    if (!kills_.answered(ack.envelope_id)) socket_->ack(ack.connection, ack.envelope_id, ack_payload(ack.answer));
  }

  // True where a held ack took the answer with it to Slack; else it goes by response_url.
  bool answered_in_ack(const OutboundTask& task) {
    const auto* respond = std::get_if<effect::Respond>(&task.effect.body);
    if (!respond) return false;
    bool heard = false;
    for (const auto& ack : held_.answered(respond->response_url, respond->message)) {
      heard = heard || socket_->takes_answer(ack.connection, ack.envelope_id);
      send(ack);
    }
    if (heard) finished(task.outbox_id, {.effect = task.effect, .ok = true});
    return heard;
  }

  void wait_for_answers() {
    const auto next = held_.next();
    if (!next) return;
    answers_timer_.expires_at(*next);
    answers_timer_.async_wait([this](boost::system::error_code cancelled) {
      if (cancelled) return;
      for (const auto& ack : held_.overdue(HeldAcks::Moment::clock::now())) send(ack);
      wait_for_answers();
    });
  }

  void delivered(Delivery delivery) override {
    EnvelopeMeta meta;
    Inbound in{.at = now_(), .seed = random_()};
    in.body = parse_envelope(delivery.type, delivery.text, meta);
    if (const auto* ignored = std::get_if<inbound::Ignored>(&in.body); ignored && ignored->what == "app_rate_limited")
      log(LogLevel::warning,
          "Slack drops events because there are too many (app_rate_limited). What is missed is fetched at the next "
          "connection.");
    in.connection = delivery.connection;
    in.envelope_id = std::move(delivery.envelope_id);
    in.dedupe_key = std::move(meta.dedupe_key);
    kills_.arrived(in);
    arrived_.push_back(std::move(in));
    if (arrived_.size() == 1) asio::post(io_, [this] { hand_over(); });
  }
  // What one read brought goes to the brain at once: one wake-up, one commit.
  void hand_over() {
    auto batch = std::exchange(arrived_, {});
    if (listening_) brain_->push_all(batch);
    for (std::size_t left = batch.size(); left > 0; --left)
      log(LogLevel::warning, "An event was not taken and stays with Slack, which sends it again.");
  }
  void send_acks() {
    std::vector<Acknowledgement> acks;
    {
      const std::scoped_lock lock{acks_mutex_};
      acks.swap(acks_);
    }
    for (auto& ack : acks)
      if (const auto now = held_.hold(std::move(ack), HeldAcks::Moment::clock::now())) send(*now);
    wait_for_answers();
  }
  void online(Instant since, bool first) override {
    connected_ = true;
    brain_->push({.at = now_(), .body = inbound::Online{first ? Instant{} : since}});
    brain_->online(true);
    log(LogLevel::info, "Connected to Slack.");
  }
  void offline(Instant) override {
    connected_ = false;
    brain_->online(false);
    if (listening_) log(LogLevel::warning, "Not connected to Slack. Connecting again.");
  }
  void notice(bool is_error, std::string sentence) override {
    log(is_error ? LogLevel::error : LogLevel::info, sentence);
  }
  void fatal(std::string sentence) override {
    failed_ = true;
    log(LogLevel::error, sentence);
  }

  // False: not a flag service's.
  bool submit_flag(OutboundTask& task) {
    if (auto* change = std::get_if<effect::ChangeFlag>(&task.effect.body)) {
      flags_->change(task.outbox_id, std::move(*change));
    } else if (auto* read = std::get_if<effect::ReadFlags>(&task.effect.body)) {
      if (task.tried || now_() > read->until)
        finished(task.outbox_id, {.effect = std::move(task.effect), .error = "expired"});
      else
        flags_->read(task.outbox_id, std::move(*read));
    } else if (const auto* stop = std::get_if<effect::StopFlag>(&task.effect.body)) {
      flags_->stop(stop->key);
      finished(task.outbox_id, {.effect = std::move(task.effect), .ok = true});
    } else {
      return false;
    }
    return true;
  }

  FlagHooks flag_hooks() {
    return {.progress =
                [this](std::int64_t id, inbound::FlagProgress told) {
                  brain_->push({.at = now_(), .seed = random_(), .outbox_id = id, .body = std::move(told)});
                },
            .unrecorded = [this](inbound::FlagProgress told) { kills_.moved(told); },
            .read =
                [this](std::int64_t id, inbound::FlagsRead read) {
                  brain_->push({.at = now_(), .seed = random_(), .outbox_id = id, .body = std::move(read)});
                },
            .observed =
                [this](inbound::FlagsObserved seen) {
                  brain_->push({.at = now_(), .seed = random_(), .body = std::move(seen)});
                },
            .warn = [](const std::string& sentence) { log(LogLevel::warning, sentence); }};
  }

  FlagRunner::Providers providers() {
    FlagRunner::Providers all;
    for (const auto& settings : config_.settings.flags.providers) all.push_back(flag::make_provider(*http_, settings));
    return all;
  }

  void finished(std::int64_t id, inbound::EffectDone done) {
    if (!done.ok) {
      metrics_.add(Metrics::Counter::slack_api_errors);
      log(LogLevel::warning, "Slack did not do as asked: " + done.error);
    }
    brain_->push({.at = now_(), .seed = random_(), .outbox_id = id, .body = std::move(done)});
  }

  HttpAnswer page(std::string_view path) {
    if (path == "/healthz") return {.body = "ok\n"};
    if (path == "/readyz")
      return !connected_ ? HttpAnswer{.status = 503, .body = "not connected to Slack\n"}
             : brain_ && !brain_->storage_works()
                 ? HttpAnswer{.status = 503, .body = "the database cannot be written\n"}
                 : HttpAnswer{.body = "connected to Slack\n"};
    if (path != "/metrics") return {.status = 404, .body = "See /healthz, /readyz and /metrics.\n"};
    take_counts();
    return {.content_type = std::string{metrics_content_type}, .body = metrics_.text()};
  }

  void take_counts() {
    if (!brain_) return;
    const auto now = brain_->counts();
    using enum Metrics::Counter;
    const auto add = [&](Metrics::Counter counter, std::uint64_t value, std::uint64_t& before) {
      metrics_.add(counter, static_cast<unsigned>(value - std::exchange(before, value)));
    };
    add(messages_recorded, now.messages, counted_.messages);
    add(commands, now.commands, counted_.commands);
    add(acks, now.acks, counted_.acks);
    add(quarantined, now.quarantined, counted_.quarantined);
    add(gaps, now.gaps, counted_.gaps);
    metrics_.set(Metrics::Gauge::slack_connections, socket_->open_connections());
    metrics_.set(Metrics::Gauge::outbox_pending, static_cast<double>(outbound_->pending()));
  }

  const Config config_;
  const Brain::Clock now_;
  std::mt19937_64 random_{std::random_device{}()};
  asio::io_context io_{1};
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_;
  Metrics metrics_;
  BrainCounts counted_;
  HeldAcks held_;
  asio::steady_timer answers_timer_{io_};
  std::unique_ptr<HttpsClient> http_;
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<Outbound> outbound_;
  std::unique_ptr<SlackSocket> socket_;
  std::shared_ptr<FlagRunner> flags_;
  TrelloService trello_;
  UnrecordedKills kills_;
  Brain* brain_ = nullptr;
  std::vector<Inbound> arrived_;  // the network thread's, until the read that brought them is worked through
  std::mutex acks_mutex_;
  std::vector<Acknowledgement> acks_;  // from the brain, until the network thread sends them
  std::atomic<bool> connected_ = false, failed_ = false, listening_ = true;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<SlackService>> SlackService::make(const Config& config, Brain::Clock now,
                                                         std::string nonce_prefix, WriteDocument write_document) {
  auto service = std::make_unique<Service>(config, std::move(now), std::move(nonce_prefix), std::move(write_document));
  if (auto listening = service->listen(); !listening) return std::unexpected(listening.error());
  return service;
}

}  // namespace vakt
