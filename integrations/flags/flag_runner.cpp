#include "integrations/flags/flag_runner.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <list>

namespace vakt {

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto watched_every = 5s;
constexpr auto watched_at_least_every = 60s;
constexpr auto others_may_take = 500ms;  // after the change is over, for providers that have the same name
constexpr std::size_t finished_kept = 200;
constexpr auto expected_for = 2s;  // then what was read is too old to be what it was before

// A reading that was begun before anything was ordered.
struct Ahead {
  const flag::Provider* of = nullptr;
  Instant begun{};
  std::optional<flag::Answer<flag::Reading>> answer;
};

struct Run {
  flag::Wanted wanted;
  std::int64_t change = 0, outbox_id = 0;  // 0: not in the ledger (yet)
  Instant requested_at{};
  flag::Progress progress;
  bool stop = false, over = false, recorded = false;
  std::shared_ptr<asio::steady_timer> pause;
};

class Runner final : public FlagRunner, public std::enable_shared_from_this<Runner> {
 public:
  Runner(asio::io_context& io, Providers providers, std::function<Instant()> now, FlagHooks hooks)
      : io_(io), providers_(std::move(providers)), now_(std::move(now)), hooks_(std::move(hooks)) {}

  void expect(const flag::Wanted& wanted) override {
    std::erase_if(expected_, [&](const auto& one) { return now_() - one.second->begun > expected_for; });
    const auto found = candidates(wanted.provider);
    if (found.empty() || !found.front()->can_turn_off_unread(wanted.name, wanted.environment)) return;
    auto ahead = std::make_shared<Ahead>(Ahead{.of = found.front(), .begun = now_()});
    expected_[wanted.key] = ahead;
    asio::co_spawn(io_, read_ahead(shared_from_this(), *found.front(), wanted.name, std::move(ahead)), asio::detached);
  }

  void change(std::int64_t outbox_id, effect::ChangeFlag order) override {
    forget_finished();
    auto& run = runs_[order.wanted.key];
    const bool is_new = !run;
    if (is_new) run = begin(order.wanted);
    run->change = order.change;
    run->outbox_id = outbox_id;
    run->recorded = true;
    if (is_new)
      spawn(run);
    else
      tell(*run);  // what became of it so far
  }

  void change_unrecorded(flag::Wanted wanted) override {
    forget_finished();
    auto& run = runs_[wanted.key];
    if (run) return;
    run = begin(std::move(wanted));
    spawn(run);
  }

  void stop(const std::string& key) override {
    const auto run = runs_.find(key);
    if (run == runs_.end()) return;
    run->second->stop = true;
    if (run->second->pause) run->second->pause->cancel();
  }

  void read(std::int64_t outbox_id, effect::ReadFlags asked) override {
    asio::co_spawn(io_, answer(shared_from_this(), outbox_id, std::move(asked)), asio::detached);
  }

  void watch(std::map<std::string, std::string> cursors, const std::string& environment) override {
    for (const auto& provider : providers_)
      asio::co_spawn(io_, watch_one(shared_from_this(), *provider, cursors[provider->name()], environment),
                     asio::detached);
  }

  void leave() override {
    gone_ = true;
    for (const auto& timer : timers_) timer->cancel();
  }

 private:
  using Self = std::shared_ptr<Runner>;

  std::shared_ptr<Run> begin(flag::Wanted wanted) {
    auto run = std::make_shared<Run>();
    run->wanted = std::move(wanted);
    run->requested_at = now_();
    return run;
  }

  void spawn(const std::shared_ptr<Run>& run) {
    asio::co_spawn(io_, carry_out(shared_from_this(), run),
                   [self = shared_from_this(), run](std::exception_ptr thrown) {
                     if (!thrown || self->gone_) return;
                     // What is not known is told as such: it stays in the outbox and is taken up at the next start.
                     run->progress.standing = flag::Standing::unknown;
                     run->progress.problem = "vakt itself failed while changing the flag.";
                     self->tell(*run);
                   });
  }

  void forget_finished() {
    if (runs_.size() < finished_kept) return;
    std::erase_if(runs_, [](const auto& run) { return run.second->over && run.second->recorded; });
  }

  void tell(const Run& run) {
    if (gone_) return;
    inbound::FlagProgress told{
        .change = run.change, .wanted = run.wanted, .progress = run.progress, .requested_at = run.requested_at};
    if (run.recorded)
      hooks_.progress(run.over ? run.outbox_id : 0, std::move(told));
    else
      hooks_.unrecorded(std::move(told));
  }

  asio::awaitable<void> pause(std::chrono::milliseconds time, std::shared_ptr<asio::steady_timer>* named = nullptr) {
    const auto timer = std::make_shared<asio::steady_timer>(io_, time);
    timers_.push_back(timer);
    if (named) *named = timer;
    boost::system::error_code cancelled;
    co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    timers_.remove(timer);
    if (named) named->reset();
  }

  // Those that may have it: the one that was named, or all, the default one first.
  std::vector<flag::Provider*> candidates(const std::string& named) const {
    std::vector<flag::Provider*> found;
    for (const auto& provider : providers_)
      if (named.empty() || provider->name() == named) found.push_back(provider.get());
    return found;
  }

  asio::awaitable<void> read_ahead(Self self, flag::Provider& provider, std::string name,
                                   std::shared_ptr<Ahead> ahead) {
    auto reading = co_await provider.read(std::move(name));
    if (!self->gone_) ahead->answer = std::move(reading);
  }

  // What was read meanwhile for that order, if it is fresh and from that service.
  std::shared_ptr<Ahead> take_expected(const std::string& key, const flag::Provider& provider) {
    const auto found = expected_.extract(key);
    if (found.empty() || found.mapped()->of != &provider || now_() - found.mapped()->begun > expected_for) return {};
    return found.mapped();
  }

  asio::awaitable<void> carry_out(Self self, std::shared_ptr<Run> run) {
    const auto candidates = self->candidates(run->wanted.provider);
    std::vector<std::string> similar;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const auto& provider = *candidates[i];
      flag::FlagRun machine{run->wanted, provider.name(), provider.tells_what_is_served(), self->now_()};
      auto others = std::make_shared<Others>();
      if (run->wanted.provider.empty() && candidates.size() > i + 1)
        asio::co_spawn(self->io_, self->find_others(self, others, candidates, i + 1, run->wanted.name), asio::detached);
      else
        others->known = true;
      co_await self->drive(*run, machine, *candidates[i], *others);
      if (self->gone_) co_return;
      auto progress = machine.progress();
      similar.insert(similar.end(), progress.candidates.begin(), progress.candidates.end());
      if (progress.not_found && i + 1 < candidates.size()) continue;
      progress.candidates = similar;
      run->progress = std::move(progress);
      break;
    }
    if (candidates.empty()) {
      run->progress.standing = flag::Standing::failed;
      run->progress.problem = "No flag service of that name is configured.";
    }
    run->over = true;
    self->tell(*run);
  }

  struct Others {
    bool known = false;
    std::vector<std::string> names;
  };

  asio::awaitable<void> find_others(Self self, std::shared_ptr<Others> others, std::vector<flag::Provider*> candidates,
                                    std::size_t from, std::string name) {
    for (auto i = from; i < candidates.size() && !self->gone_; ++i) {
      const auto reading = co_await candidates[i]->read(name);
      if (reading) others->names.push_back(candidates[i]->name());
    }
    others->known = true;
  }

  // Until the machine says that it is over. The last progress is told by the caller.
  asio::awaitable<void> drive(Run& run, flag::FlagRun& machine, flag::Provider& provider, Others& others) {
    auto ahead = take_expected(run.wanted.key, provider);
    if (ahead && ahead->answer)
      machine.read(*std::exchange(ahead, {})->answer, now_());
    else if (ahead)
      machine.order_ahead();
    // Before anything that was read later.
    const auto hear_ahead = [&] {
      if (ahead && ahead->answer) machine.read_ahead(*std::exchange(ahead, {})->answer);
    };
    while (!gone_) {
      if (run.stop) machine.stop(now_());
      hear_ahead();
      const auto step = machine.next(now_());
      show(run, machine, provider, others);
      if (std::holds_alternative<flag::step::Over>(step)) {
        if (!others.known && !machine.progress().not_found) {
          co_await pause(others_may_take);
          show(run, machine, provider, others);
        }
        co_return;
      }
      if (const auto* wait = std::get_if<flag::step::Wait>(&step)) {
        const auto time = std::chrono::ceil<std::chrono::milliseconds>(wait->until - now_());
        co_await pause(std::max(time, 1ms), &run.pause);
      } else if (std::holds_alternative<flag::step::Read>(step)) {
        auto reading = co_await provider.read(run.wanted.name);
        hear_ahead();
        machine.read(std::move(reading), now_());
      } else if (std::holds_alternative<flag::step::Suggest>(step)) {
        auto catalog = co_await provider.catalog(run.wanted.environment);
        machine.suggested(std::move(catalog), now_());
      } else if (const auto* call = std::get_if<flag::step::CarryOut>(&step)) {
        auto done = co_await provider.carry_out(call->order, static_cast<int>(call->timeout.count()));
        machine.carried_out(std::move(done), now_());
      } else if (std::holds_alternative<flag::step::AskChanges>(step)) {
        auto changes = co_await provider.changes({}, now_());
        machine.changes(std::move(changes), now_());
      } else if (std::holds_alternative<flag::step::AskServed>(step)) {
        auto served = co_await provider.served(run.wanted.name, run.wanted.environment);
        machine.served(std::move(served), now_());
      }
    }
  }

  void show(Run& run, flag::FlagRun& machine, const flag::Provider& provider, const Others& others) {
    machine.tell(others.names, provider.by_hand({.action = run.wanted.action,
                                                 .name = run.wanted.name,
                                                 .project = machine.progress().project,
                                                 .environment = run.wanted.environment,
                                                 .percent = run.wanted.percent,
                                                 .snapshot = run.wanted.snapshot}));
    if (machine.progress() == run.progress) return;
    run.progress = machine.progress();
    if (!flag::is_over(run.progress.standing)) tell(run);
  }

  asio::awaitable<inbound::FlagsOfProvider> read_from(flag::Provider& provider, const effect::ReadFlags& asked) {
    inbound::FlagsOfProvider out{.provider = provider.name()};
    if (!asked.name.empty()) {
      auto reading = co_await provider.read(asked.name);
      if (reading) {
        out.reading = std::move(*reading);
        co_return out;
      }
      if (reading.error().fault != flag::Fault::not_found) {
        out.error = reading.error().text;
        co_return out;
      }
    }
    std::vector<std::string> environments{asked.environment};
    if (asked.purpose == "lint") {
      auto all = co_await provider.environments();
      if (all) environments = std::move(*all);
    }
    for (const auto& environment : environments) {
      auto catalog = co_await provider.catalog(environment);
      if (!catalog) {
        out.error = catalog.error().text;
        continue;
      }
      out.environments.push_back(environment);
      if (!out.catalog) out.catalog.emplace();
      out.catalog->segments.merge(catalog->segments);
      for (auto& [name, flag] : catalog->flags) {
        auto& known = out.catalog->flags.try_emplace(name, flag).first->second;
        known.states.merge(flag.states);
      }
    }
    co_return out;
  }

  asio::awaitable<void> answer(Self self, std::int64_t outbox_id, effect::ReadFlags asked) {
    inbound::FlagsRead read{.asked = asked};
    for (auto* provider : self->candidates(asked.provider)) {
      auto one = co_await self->read_from(*provider, asked);
      if (self->gone_) co_return;
      read.answers.push_back(std::move(one));
    }
    self->hooks_.read(outbox_id, std::move(read));
  }

  asio::awaitable<void> watch_one(Self self, flag::Provider& provider, std::string cursor, std::string environment) {
    co_await provider.prepare(std::move(environment));
    std::chrono::milliseconds wait = watched_every;
    bool reachable = true;
    while (!self->gone_) {
      auto seen = co_await provider.changes(cursor, self->now_());
      if (self->gone_) co_return;
      if (seen) {
        if (!std::exchange(reachable, true)) self->hooks_.warn(provider.name() + " can be watched again.");
        wait = watched_every;
        if (seen->cursor != cursor) {
          cursor = seen->cursor;
          self->hooks_.observed({provider.name(), std::move(*seen)});
        }
      } else if (seen.error().fault == flag::Fault::unsupported) {
        co_return;
      } else {
        if (std::exchange(reachable, false))
          self->hooks_.warn(provider.name() + " cannot be watched: " + seen.error().text);
        wait = std::min<std::chrono::milliseconds>(wait * 2, watched_at_least_every);
      }
      co_await self->pause(wait);
    }
  }

  asio::io_context& io_;
  const Providers providers_;
  const std::function<Instant()> now_;
  const FlagHooks hooks_;
  std::map<std::string, std::shared_ptr<Run>> runs_;
  std::map<std::string, std::shared_ptr<Ahead>> expected_;  // by key
  std::list<std::shared_ptr<asio::steady_timer>> timers_;
  bool gone_ = false;
};

}  // namespace

std::shared_ptr<FlagRunner> FlagRunner::make(asio::io_context& io, Providers providers, std::function<Instant()> now,
                                             FlagHooks hooks) {
  // The coroutines hold the runner itself, its owner only the right to be told.
  auto runner = std::make_shared<Runner>(io, std::move(providers), std::move(now), std::move(hooks));
  return {runner.get(), [runner](FlagRunner* left) { left->leave(); }};
}

}  // namespace vakt
