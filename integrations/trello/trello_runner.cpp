#include "integrations/trello/trello_runner.hpp"

#include <boost/asio/co_spawn.hpp>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "integrations/trello/board_names.hpp"
#include "integrations/trello/card_orders.hpp"
#include "integrations/trello/card_sweep.hpp"
#include "integrations/trello/trello_line.hpp"

namespace vakt {
namespace {

namespace asio = boost::asio;
using action::CardsRead;
using action::CardWritten;
using action::ChangeCard;
using action::CreateCard;
using action::ReadCards;
using action::Trouble;

struct Job {
  std::int64_t outbox_id = 0;
  action::CardOrder order;
  bool tried = false;
  Trouble told = Trouble::none;
};

class Runner final : public TrelloRunner, public std::enable_shared_from_this<Runner> {
 public:
  Runner(asio::io_context& io, HttpClient& http, TrelloOptions options, std::function<Instant()> now, TrelloHooks hooks)
      : io_(io),
        configured_(!options.key.empty() && !options.token.empty()),
        now_(std::move(now)),
        hooks_(std::move(hooks)),
        line_(io, http, trello::access_of(options.url, options.key, options.token), options.pace, options.probe_every),
        boards_(std::move(options.boards)),
        times_(options.times) {}

  void create(std::int64_t outbox_id, CreateCard order, bool tried) override {
    std::string lane = "new " + order.marker;
    enqueue(std::move(lane), {.outbox_id = outbox_id, .order = std::move(order), .tried = tried});
  }

  void change(std::int64_t outbox_id, ChangeCard order) override {
    std::string lane = order.card.id.empty() ? order.card.short_link : order.card.id;
    enqueue(std::move(lane), {.outbox_id = outbox_id, .order = std::move(order)});
  }

  void read(std::int64_t outbox_id, ReadCards asked) override {
    reads_.emplace_back(outbox_id, std::move(asked));
    if (reads_.size() == 1) spawn(sweep_all(shared_from_this()));
  }

  void leave() override {
    gone_ = true;
    line_.close();
  }

 private:
  using Self = std::shared_ptr<Runner>;

  void spawn(asio::awaitable<void> work) {
    asio::co_spawn(io_, std::move(work), [self = shared_from_this()](const std::exception_ptr& thrown) {
      if (!thrown || self->gone_) return;
      try {
        std::rethrow_exception(thrown);
      } catch (const trello::Left&) {
      } catch (const std::exception& error) {
        // What was under way stays in the outbox and is taken up at the next start.
        self->hooks_.warn(std::string("vakt itself failed while talking to Trello: ") + error.what());
      }
    });
  }

  void enqueue(std::string lane, Job job) {
    if (!under_way_.insert(job.outbox_id).second) return;
    auto& jobs = lanes_[lane];
    jobs.push_back(std::move(job));
    if (jobs.size() == 1) spawn(work_on(shared_from_this(), std::move(lane)));
  }

  void tell(Job& job, CardWritten written, bool over) {
    if (gone_) return;
    if (over) under_way_.erase(job.outbox_id);
    hooks_.written(over ? job.outbox_id : 0, job.order, std::move(written));
  }

  void held_up(Job& job, Trouble trouble) {
    if (job.told == trouble) return;
    job.told = trouble;
    CardWritten written;
    written.trouble = trouble;
    tell(job, std::move(written), false);
  }

  asio::awaitable<void> work_on(Self self, std::string lane) {
    auto& jobs = self->lanes_[lane];
    while (!jobs.empty()) {
      Job& job = jobs.front();
      CardWritten written = co_await self->carry_out(job);
      self->tell(job, std::move(written), true);
      jobs.pop_front();
    }
    self->lanes_.erase(lane);
  }

  asio::awaitable<CardWritten> carry_out(Job& job) {
    if (!configured_) {
      CardWritten written;
      trello::refuse(written, action::RefusedFor::not_configured, {},
                     "Trello is not configured (TRELLO_API_KEY, TRELLO_API_TOKEN).");
      co_return written;
    }
    trello::OrderContext context{line_, boards_, times_, hooks_.warn};
    trello::HeldUp held_up_by = [this, &job](Trouble trouble) { held_up(job, trouble); };
    if (const auto* create = std::get_if<CreateCard>(&job.order)) {
      CreateCard order = *create;
      co_return co_await trello::create_card(std::move(context), std::move(order), job.tried, std::move(held_up_by));
    }
    ChangeCard order = std::get<ChangeCard>(job.order);
    co_return co_await trello::change_card(std::move(context), std::move(order), job.outbox_id, std::move(held_up_by));
  }

  asio::awaitable<void> sweep_all(Self self) {
    while (!self->reads_.empty()) {
      ReadCards asked = self->reads_.front().second;
      CardsRead read = co_await self->sweep(std::move(asked));
      if (self->gone_) co_return;
      const std::int64_t outbox_id = self->reads_.front().first;
      self->hooks_.read(outbox_id, std::move(read));
      self->reads_.pop_front();
    }
  }

  asio::awaitable<CardsRead> sweep(ReadCards asked) {
    if (!configured_) {
      CardsRead read;
      read.trouble = Trouble::not_configured;
      read.problem = "Trello is not configured (TRELLO_API_KEY, TRELLO_API_TOKEN).";
      read.began_at = now_();
      read.boards = asked.boards;
      for (const auto& one : asked.cards)
        read.cards.emplace_back(one.item, action::CardUnread{action::CardFault::not_read, read.problem});
      read.asked = std::move(asked);
      co_return read;
    }
    trello::CardSweep sweep{std::move(asked), line_.host(), now_()};
    for (auto path = sweep.next(); path; path = sweep.next()) {
      HttpRequest request = trello::get(line_.access(), *path);
      trello::Heard heard = co_await line_.ask(std::move(request));
      sweep.heard(std::move(heard));
    }
    CardsRead read = std::move(sweep).result();
    if (read.trouble == Trouble::none)
      for (const auto& board : read.boards) trello::remember(boards_, board);
    co_return read;
  }

  asio::io_context& io_;
  const bool configured_;
  const std::function<Instant()> now_;
  const TrelloHooks hooks_;
  trello::TrelloLine line_;
  std::vector<action::BoardRef> boards_;
  const trello::ExactlyOnce::Times times_;
  std::map<std::string, std::deque<Job>> lanes_;  // by card; a card that is being created has one of its own
  std::set<std::int64_t> under_way_;
  std::deque<std::pair<std::int64_t, ReadCards>> reads_;  // the one under way first
  bool gone_ = false;
};

// Keeps the coroutines' owner alive for as long as any of them runs.
class Handle final : public TrelloRunner {
 public:
  explicit Handle(std::shared_ptr<Runner> runner) : runner_(std::move(runner)) {}
  ~Handle() override { runner_->leave(); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  void create(std::int64_t id, CreateCard order, bool tried) override { runner_->create(id, std::move(order), tried); }
  void change(std::int64_t id, ChangeCard order) override { runner_->change(id, std::move(order)); }
  void read(std::int64_t id, ReadCards asked) override { runner_->read(id, std::move(asked)); }
  void leave() override { runner_->leave(); }

 private:
  std::shared_ptr<Runner> runner_;
};

}  // namespace

std::unique_ptr<TrelloRunner> TrelloRunner::make(asio::io_context& io, HttpClient& http, TrelloOptions options,
                                                 std::function<Instant()> now, TrelloHooks hooks) {
  return std::make_unique<Handle>(
      std::make_shared<Runner>(io, http, std::move(options), std::move(now), std::move(hooks)));
}

}  // namespace vakt
