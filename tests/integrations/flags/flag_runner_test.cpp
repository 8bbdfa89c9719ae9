#include "integrations/flags/flag_runner.hpp"

#include <gmock/gmock.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "tests/bot/flags/flag_service.hpp"

namespace vakt::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using flag::Answer;
using flag::Fault;
using flag::Standing;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

template <class T>
using Task = asio::awaitable<T>;

// A service in memory behind the port, that takes its time.
class ScriptedProvider final : public flag::Provider {
 public:
  ScriptedProvider(asio::io_context& io, std::string name, FlagService given)
      : service(std::move(given)), io_(io), name_(std::move(name)) {}

  FlagService service;
  std::chrono::milliseconds reading_takes{0}, calling_takes{0};
  bool turns_off_unread = false;
  std::deque<Answer<flag::Observations>> watched;  // what each look brings; then nothing new
  int looks = 0;
  std::string cursor_given, prepared_for;

  const std::string& name() const override { return name_; }
  flag::ProviderKind kind() const override { return flag::ProviderKind::unleash; }
  bool tells_what_is_served() const override { return service.tells_served; }
  bool can_turn_off_unread(const std::string&, const std::string&) const override { return turns_off_unread; }
  Task<void> prepare(std::string environment) override {
    prepared_for = std::move(environment);
    co_return;
  }
  Task<Answer<std::vector<std::string>>> environments() override {
    co_return std::vector<std::string>{"development", "production"};
  }
  Task<Answer<flag::Catalog>> catalog(std::string environment) override {
    auto catalog = service.catalog();
    for (auto& [ignored, flag] : catalog.flags)
      std::erase_if(flag.states, [&](const auto& state) { return state.first != environment; });
    co_return catalog;
  }
  Task<Answer<flag::Reading>> read(std::string name) override {
    auto read = service.read(name);
    co_await after(reading_takes);
    co_return read;
  }
  Task<Answer<void>> carry_out(flag::Order order, int) override {
    co_await after(calling_takes);
    co_return service.carry_out(order, now());
  }
  Task<flag::ServedAnswer> served(std::string name, std::string environment) override {
    co_return service.served(name, environment);
  }
  Task<Answer<flag::Observations>> changes(std::string cursor, Instant) override {
    ++looks;
    cursor_given = cursor;
    if (watched.empty()) co_return flag::Observations{{}, cursor};
    auto next = std::move(watched.front());
    watched.pop_front();
    co_return next;
  }
  std::string by_hand(const flag::Order& order) const override { return "curl " + name_ + "/" + order.name; }

  static Instant now() { return std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now()); }

 private:
  Task<void> after(std::chrono::milliseconds time) {
    if (time == 0ms) co_return;
    asio::steady_timer timer{io_, time};
    co_await timer.async_wait(asio::use_awaitable);
  }

  asio::io_context& io_;
  std::string name_;
};

struct Running : testing::Test {
  asio::io_context io;
  std::vector<ScriptedProvider*> providers;
  std::vector<std::pair<std::int64_t, inbound::FlagProgress>> told;
  std::vector<inbound::FlagProgress> unrecorded;
  std::vector<std::pair<std::int64_t, inbound::FlagsRead>> readings;
  std::vector<inbound::FlagsObserved> observed;
  std::vector<std::string> warnings;
  std::shared_ptr<FlagRunner> runner;

  void start(std::vector<std::pair<std::string, FlagService>> services) {
    FlagRunner::Providers all;
    for (auto& [name, service] : services) {
      auto one = std::make_unique<ScriptedProvider>(io, name, std::move(service));
      providers.push_back(one.get());
      all.push_back(std::move(one));
    }
    runner = FlagRunner::make(
        io, std::move(all), [] { return ScriptedProvider::now(); },
        {.progress = [this](std::int64_t id, inbound::FlagProgress p) { told.emplace_back(id, std::move(p)); },
         .unrecorded = [this](inbound::FlagProgress p) { unrecorded.push_back(std::move(p)); },
         .read = [this](std::int64_t id, inbound::FlagsRead r) { readings.emplace_back(id, std::move(r)); },
         .observed = [this](inbound::FlagsObserved o) { observed.push_back(std::move(o)); },
         .warn = [this](const std::string& w) { warnings.push_back(w); }});
  }
  void SetUp() override { start({{"unleash", FlagService::with("checkout")}}); }
  FlagService& service() { return providers.front()->service; }

  static flag::Wanted off(const std::string& key = "k", const std::string& name = "checkout") {
    return {.key = key, .name = name, .environment = "production"};
  }
  template <class Condition>
  void until(const Condition& reached, std::chrono::milliseconds at_most = 5s) {
    const auto give_up = std::chrono::steady_clock::now() + at_most;
    while (!reached() && std::chrono::steady_clock::now() < give_up) {
      io.restart();
      io.run_for(10ms);
    }
    ASSERT_TRUE(reached());
  }
  bool is_over() const { return !told.empty() && flag::is_over(told.back().second.progress.standing); }
};

using FlagRunnerTest = Running;

TEST_F(FlagRunnerTest, AKillIsCarriedOutToldStepByStepAndFinishedOnce) {
  runner->change(12, {3, off()});
  until([&] { return is_over(); });
  io.restart();
  io.run_for(50ms);
  EXPECT_EQ(told.back().second.progress.standing, Standing::proven);
  EXPECT_EQ(told.back().first, 12);
  EXPECT_EQ(told.back().second.change, 3);
  EXPECT_EQ(told.back().second.progress.by_hand, "curl unleash/checkout");
  EXPECT_EQ(std::ranges::count(told, 12, [](const auto& t) { return t.first; }), 1);
  EXPECT_GE(told.size(), 2U);
  EXPECT_THAT(service().orders, SizeIs(1));
  EXPECT_THAT(unrecorded, IsEmpty());
}

TEST_F(FlagRunnerTest, AnExpectedKillIsReadMeanwhileAndThatReadingIsTheFirst) {
  providers[0]->turns_off_unread = true;
  runner->expect(off());
  io.restart();
  io.run_for(20ms);
  EXPECT_EQ(service().reads, 1);
  EXPECT_THAT(service().orders, IsEmpty()) << "nothing is ordered before it is written down";
  runner->change(12, {3, off()});
  until([&] { return is_over(); });
  EXPECT_EQ(service().reads, 2);
  EXPECT_TRUE(told.back().second.progress.before->flag.states.at("production").enabled);
}

TEST_F(FlagRunnerTest, AnExpectedKillDoesNotWaitForASlowReading) {
  providers[0]->turns_off_unread = true;
  providers[0]->reading_takes = 300ms;
  runner->expect(off());
  runner->change(12, {3, off()});
  until([&] { return !service().orders.empty(); }, 200ms);
  until([&] { return is_over(); });
  EXPECT_EQ(told.back().second.progress.standing, Standing::proven);
  EXPECT_FALSE(told.back().second.progress.was_so_already);
}

TEST_F(FlagRunnerTest, WhereOffChangesMoreNothingIsExpected) {
  runner->expect(off());
  io.restart();
  io.run_for(20ms);
  EXPECT_EQ(service().reads, 0);
}

TEST_F(FlagRunnerTest, TheSameKeyIsCarriedOutOnceWhoeverAsks) {
  providers[0]->calling_takes = 30ms;
  runner->change(12, {3, off()});
  runner->change(13, {3, off()});
  until([&] { return is_over(); });
  EXPECT_EQ(told.back().first, 13);  // the later row is the one that ends
  told.clear();
  runner->change(14, {3, off()});  // long over: it is told what became of it
  EXPECT_EQ(told.at(0).first, 14);
  EXPECT_EQ(told[0].second.progress.standing, Standing::proven);
  EXPECT_THAT(service().orders, SizeIs(1));
}

TEST_F(FlagRunnerTest, AnUnrecordedKillIsTakenOverByTheLedger) {
  providers[0]->calling_takes = 30ms;
  runner->change_unrecorded(off());
  runner->change_unrecorded(off());
  until([&] { return !unrecorded.empty(); });
  EXPECT_THAT(told, IsEmpty());
  runner->change(12, {3, off()});
  until([&] { return is_over(); });
  EXPECT_EQ(told.back().first, 12);
  EXPECT_EQ(told.back().second.change, 3);
  EXPECT_THAT(service().orders, SizeIs(1));
}

TEST_F(FlagRunnerTest, AnUnrecordedKillThatIsOverIsToldTheLedgerWhenItAsks) {
  runner->change_unrecorded(off());
  until([&] { return !unrecorded.empty() && unrecorded.back().progress.standing == Standing::proven; });
  EXPECT_EQ(unrecorded.back().change, 0);
  runner->change(12, {3, off()});
  EXPECT_TRUE(is_over());
  EXPECT_EQ(told.back().first, 12);
  EXPECT_THAT(service().orders, SizeIs(1));
}

TEST_F(FlagRunnerTest, StopEndsAWaitAtOnce) {
  service().call_troubles.assign(50, {.fault = Fault::unreachable});
  runner->change(12, {3, off()});
  until([&] { return service().orders.size() >= 3; });  // the next pause is a second long
  const auto stopped = std::chrono::steady_clock::now();
  runner->stop("k");
  runner->stop("another");
  until([&] { return is_over(); });
  EXPECT_LT(std::chrono::steady_clock::now() - stopped, 400ms);
  EXPECT_EQ(told.back().second.progress.standing, Standing::stopped);
  EXPECT_EQ(told.back().first, 12);
}

TEST_F(FlagRunnerTest, HundredsOfKillsInOneRunAreNoTrouble) {
  for (int i = 0; i < 450; ++i) {
    runner->change(i + 1, {i + 1, off("k" + std::to_string(i))});
    until([&] { return is_over() && told.back().first == i + 1; });
  }
  EXPECT_THAT(service().orders, SizeIs(1));
}

TEST_F(FlagRunnerTest, LeavingTellsNothingMoreAndLetsGo) {
  providers[0]->calling_takes = 50ms;
  runner->change(12, {3, off()});
  until([&] { return !told.empty(); });
  const auto so_far = told.size();
  runner->leave();
  io.restart();
  io.run_for(200ms);
  EXPECT_EQ(told.size(), so_far);
  EXPECT_FALSE(is_over());
}

TEST_F(FlagRunnerTest, ThrownAwayWhileUnderWayItComesToAnEnd) {
  service().call_troubles.assign(50, {.fault = Fault::unreachable});
  runner->change(12, {3, off()});
  runner->watch({}, "production");
  until([&] { return service().orders.size() >= 3; });
  runner.reset();
  io.restart();
  io.run();  // returns: nothing waits any more
}

TEST_F(FlagRunnerTest, AnUnconfiguredServiceIsAFailureNotASilence) {
  auto wanted = off();
  wanted.provider = "flipper";
  runner->change(12, {3, wanted});
  until([&] { return is_over(); });
  EXPECT_EQ(told.back().second.progress.standing, Standing::failed);
  EXPECT_EQ(told.back().first, 12);
}

TEST_F(FlagRunnerTest, AReadingBringsTheFlagOrTheNamesThatAreThere) {
  runner->read(5, {.purpose = "status", .name = "checkout", .environment = "production"});
  runner->read(6, {.purpose = "status", .name = "chekout", .environment = "production"});
  until([&] { return readings.size() == 2; });
  EXPECT_EQ(readings[0].first, 5);
  ASSERT_THAT(readings[0].second.answers, SizeIs(1));
  EXPECT_TRUE(readings[0].second.answers[0].reading);
  EXPECT_FALSE(readings[1].second.answers[0].reading);
  EXPECT_TRUE(readings[1].second.answers[0].catalog->flags.contains("checkout"));
  EXPECT_THAT(readings[1].second.answers[0].error, IsEmpty());
}

TEST_F(FlagRunnerTest, LintReadsEveryEnvironment) {
  runner->read(5, {.purpose = "lint", .environment = "production"});
  until([&] { return !readings.empty(); });
  const auto& answer = readings[0].second.answers.at(0);
  EXPECT_THAT(answer.environments, ElementsAre("development", "production"));
  EXPECT_THAT(answer.catalog->flags.at("checkout").states, SizeIs(2));
}

TEST_F(FlagRunnerTest, AServiceInTroubleIsNamedInTheAnswer) {
  service().read_troubles = {{.fault = Fault::unreachable}};
  runner->read(5, {.purpose = "status", .name = "checkout", .environment = "production"});
  until([&] { return !readings.empty(); });
  EXPECT_EQ(readings[0].second.answers.at(0).error, "the service is in trouble");
}

TEST_F(FlagRunnerTest, WatchingGoesOnFromWhereAnEarlierRunWas) {
  providers[0]->watched.push_back(flag::Observations{{{.name = "checkout"}}, "8"});
  runner->watch({{"unleash", "7"}}, "production");
  until([&] { return !observed.empty(); });
  EXPECT_EQ(providers[0]->cursor_given, "7");
  EXPECT_EQ(providers[0]->prepared_for, "production");
  EXPECT_EQ(observed[0].provider, "unleash");
  EXPECT_EQ(observed[0].seen.cursor, "8");
  EXPECT_THAT(observed[0].seen.changes, SizeIs(1));
}

TEST_F(FlagRunnerTest, AServiceThatCannotBeWatchedIsSaidOnceAndOneThatKeepsNoEventsNever) {
  providers[0]->watched.push_back(std::unexpected(flag::ProviderError{Fault::unreachable, "no route", {}}));
  runner->watch({}, "production");
  until([&] { return !warnings.empty(); });
  EXPECT_THAT(warnings, ElementsAre(AllOf(HasSubstr("unleash"), HasSubstr("no route"))));
  EXPECT_THAT(observed, IsEmpty());
}

TEST_F(FlagRunnerTest, AServiceWithoutEventsIsNotAskedAgain) {
  providers[0]->watched.push_back(std::unexpected(flag::ProviderError{Fault::unsupported, "keeps none", {}}));
  runner->watch({}, "production");
  io.run();  // returns at once: nothing waits
  EXPECT_EQ(providers[0]->looks, 1);
  EXPECT_THAT(warnings, IsEmpty());
}

struct TwoServices : Running {
  void SetUp() override {
    start({{"unleash", FlagService::with("checkout")}, {"flipper", FlagService::with("checkout")}});
    providers[1]->service.flags["search"] = FlagService::with("search").flags.at("search");
  }
};

TEST_F(TwoServices, ANameThatBothHaveIsTurnedOffInTheFirstAndTheOtherIsNamed) {
  runner->change(12, {3, off()});
  until([&] { return is_over(); });
  EXPECT_EQ(told.back().second.progress.provider, "unleash");
  EXPECT_THAT(told.back().second.progress.also_at, ElementsAre("flipper"));
  EXPECT_THAT(providers[1]->service.orders, IsEmpty());
}

TEST_F(TwoServices, ASlowSecondServiceHoldsNothingUp) {
  providers[1]->reading_takes = 3s;
  const auto asked = std::chrono::steady_clock::now();
  runner->change(12, {3, off()});
  until([&] { return is_over(); });
  EXPECT_LT(std::chrono::steady_clock::now() - asked, 1500ms);
  EXPECT_FALSE(service().state("checkout").enabled);
}

TEST_F(TwoServices, ANameThatOnlyTheSecondHasIsFoundThere) {
  runner->change(12, {3, off("k", "search")});
  until([&] { return is_over(); });
  EXPECT_EQ(told.back().second.progress.standing, Standing::proven);
  EXPECT_EQ(told.back().second.progress.provider, "flipper");
  EXPECT_THAT(service().orders, IsEmpty());
}

TEST_F(TwoServices, ANameThatNobodyHasGetsTheCandidatesOfAll) {
  runner->change(12, {3, off("k", "serch")});
  until([&] { return is_over(); });
  EXPECT_EQ(told.back().second.progress.standing, Standing::failed);
  EXPECT_TRUE(told.back().second.progress.not_found);
  EXPECT_THAT(told.back().second.progress.candidates, testing::Contains("search"));
}

TEST_F(TwoServices, AnExactServiceIsTheOnlyOneTouched) {
  auto wanted = off();
  wanted.provider = "flipper";
  runner->change(12, {3, wanted});
  until([&] { return is_over(); });
  EXPECT_THAT(service().orders, IsEmpty());
  EXPECT_EQ(service().reads, 0);
  EXPECT_THAT(told.back().second.progress.also_at, IsEmpty());
}

}  // namespace
}  // namespace vakt::test
