#include "integrations/runtime/outbound.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "integrations/runtime/outbound_jobs.hpp"
#include "integrations/runtime/outbound_queue.hpp"
#include "integrations/runtime/slack_calls.hpp"
#include "integrations/runtime/system_clock.hpp"

namespace vakt {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds grace{3};

// Kept alive by its coroutines; what they find out after `gone` is told to nobody.
class Runner : public std::enable_shared_from_this<Runner> {
 public:
  Runner(asio::io_context& io, HttpClient& http, OutboundOptions options,
         std::function<void(std::int64_t, inbound::EffectDone)> done)
      : io_(io),
        done_(std::move(done)),
        calls_(io, http, options.api_url, options.bot_token, options.now ? options.now : system_now),
        documents_(options.write_document ? DocumentWriter::make(io, std::move(options.write_document)) : nullptr),
        jobs_(calls_, options.nonce_prefix, documents_.get()),
        grace_(io) {}

  void submit(OutboundTask task) {
    if (stopping_) return;
    ++pending_;
    const std::string key = queue_key(task);
    for (OutboundTask& needless : queue_.add(std::move(task))) {
      inbound::EffectDone done;
      done.ok = true;
      done.values["superseded"] = "1";
      done.effect = std::move(needless.effect);
      asio::post(io_, [self = shared_from_this(), id = needless.outbox_id, done = std::move(done)]() mutable {
        self->tell(id, std::move(done));
      });
    }
    start(key);
  }

  std::size_t pending() const { return pending_; }

  void stop(std::function<void()> stopped) {
    stopping_ = true;
    stopped_ = std::move(stopped);
    calls_.stop();
    grace_.expires_after(grace);
    grace_.async_wait([self = shared_from_this()](boost::system::error_code cancelled) {
      if (!cancelled) self->calls_.abandon();
    });
    asio::post(io_, [self = shared_from_this()] { self->finish_stop(); });
  }

  void leave() {
    gone_ = stopping_ = true;
    stopped_ = nullptr;
    grace_.cancel();
    calls_.abandon();
    if (documents_) documents_->stop();
  }

 private:
  asio::awaitable<void> run(std::shared_ptr<Runner> self, OutboundTask task) {
    // Never from within submit: the caller may not be ready for an answer yet.
    asio::any_io_executor here = co_await asio::this_coro::executor;
    co_await asio::post(here, asio::use_awaitable);
    inbound::EffectDone done = co_await self->jobs_.run(task);
    self->tell(task.outbox_id, std::move(done));
  }

  void start(const std::string& key) {
    std::optional<OutboundTask> task;
    if (!stopping_) task = queue_.take(key);
    if (!task) return;
    ++running_;
    const std::int64_t id = task->outbox_id;
    const Effect effect = task->effect;
    asio::awaitable<void> job = run(shared_from_this(), std::move(*task));
    asio::co_spawn(io_, std::move(job), [self = shared_from_this(), key, id, effect](std::exception_ptr thrown) {
      self->ended(key, id, effect, thrown);
    });
  }

  void ended(const std::string& key, std::int64_t id, const Effect& effect, std::exception_ptr thrown) {
    --running_;
    queue_.free(key);
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const Stopping&) {
      // Stays in the outbox.
    } catch (const std::exception& fault) {
      inbound::EffectDone done;
      done.effect = effect;
      done.error = std::string("This could not be sent to Slack: ") + fault.what();
      tell(id, std::move(done));
    }
    start(key);
    finish_stop();
  }

  void tell(std::int64_t id, inbound::EffectDone done) {
    if (gone_) return;
    --pending_;
    done_(id, std::move(done));
  }

  void finish_stop() {
    if (!stopping_ || running_ > 0 || !stopped_) return;
    grace_.cancel();
    std::exchange(stopped_, nullptr)();
  }

  asio::io_context& io_;
  std::function<void(std::int64_t, inbound::EffectDone)> done_;
  SlackCalls calls_;
  std::unique_ptr<DocumentWriter> documents_;
  OutboundJobs jobs_;
  OutboundQueue queue_;
  asio::steady_timer grace_;
  std::function<void()> stopped_;
  std::size_t pending_ = 0;
  int running_ = 0;
  bool stopping_ = false, gone_ = false;
};

class SlackOutbound final : public Outbound {
 public:
  explicit SlackOutbound(std::shared_ptr<Runner> runner) : runner_(std::move(runner)) {}
  ~SlackOutbound() override { runner_->leave(); }
  SlackOutbound(const SlackOutbound&) = delete;
  SlackOutbound& operator=(const SlackOutbound&) = delete;

  void submit(OutboundTask task) override { runner_->submit(std::move(task)); }
  std::size_t pending() const override { return runner_->pending(); }
  void stop(std::function<void()> done) override { runner_->stop(std::move(done)); }

 private:
  std::shared_ptr<Runner> runner_;
};

}  // namespace

std::unique_ptr<Outbound> Outbound::make(asio::io_context& io, HttpClient& http, OutboundOptions options,
                                         std::function<void(std::int64_t, inbound::EffectDone)> done) {
  return std::make_unique<SlackOutbound>(std::make_shared<Runner>(io, http, std::move(options), std::move(done)));
}

}  // namespace vakt
