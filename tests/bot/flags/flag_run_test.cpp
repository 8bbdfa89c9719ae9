#include "bot/flags/flag_run.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "tests/bot/flags/flag_service.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using flag::Action;
using flag::Fault;
using flag::Served;
using flag::Standing;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
namespace step = flag::step;

constexpr const char* name = "ny-soknadsdialog";

struct Driven {
  FlagService service;
  Instant now{1'700'000'000s};
  flag::FlagRun run;
  std::vector<Standing> told;  // as they came, without repeats

  explicit Driven(flag::Wanted wanted = off(), FlagService given = FlagService::with(name))
      : service(std::move(given)), run(std::move(wanted), "unleash", service.tells_served, now) {}

  static flag::Wanted off() { return {.key = "k", .name = name, .environment = "production"}; }
  static flag::Wanted on(const FlagService& service) {
    auto wanted = off();
    wanted.action = Action::on;
    wanted.shown = service.flags.at(name).states.at("production");
    return wanted;
  }
  bool one() {
    const bool more = service.answer(run, now);
    note();
    return more;
  }
  void note() {
    if (const auto standing = run.progress().standing; told.empty() || told.back() != standing)
      told.push_back(standing);
  }
  // True if it came to an end.
  bool drive(int steps = 200) {
    while (steps-- > 0)
      if (!one()) return true;
    return false;
  }
  template <class Kind>
  bool until(int steps = 50) {
    for (; steps > 0; --steps) {
      if (std::holds_alternative<Kind>(run.next(now))) return true;
      one();
    }
    return false;
  }
  Standing standing() const { return run.progress().standing; }
  const std::string& problem() const { return run.progress().problem; }
};

TEST(FlagRun, OffIsReadCarriedOutReadBackAndSeenServed) {
  Driven off;
  EXPECT_TRUE(std::holds_alternative<step::Read>(off.run.next(off.now)));
  off.one();
  const auto call = off.run.next(off.now);
  ASSERT_TRUE(std::holds_alternative<step::CarryOut>(call));
  const auto& order = std::get<step::CarryOut>(call).order;
  EXPECT_EQ(order.name, name);
  EXPECT_EQ(order.project, "default");
  EXPECT_EQ(order.environment, "production");
  EXPECT_EQ(order.action, Action::off);
  off.one();
  EXPECT_TRUE(std::holds_alternative<step::Read>(off.run.next(off.now)));
  off.one();
  EXPECT_TRUE(std::holds_alternative<step::AskServed>(off.run.next(off.now)));
  EXPECT_EQ(off.standing(), Standing::under_way);
  ASSERT_TRUE(off.drive());
  const auto& p = off.run.progress();
  EXPECT_EQ(p.standing, Standing::proven);
  EXPECT_LT(p.stored_at, p.verified_at);
  EXPECT_LT(p.verified_at, p.served_at);
  EXPECT_TRUE(p.before->flag.states.at("production").enabled);
  EXPECT_FALSE(p.after->enabled);
  EXPECT_FALSE(p.was_so_already);
  EXPECT_THAT(off.service.orders, SizeIs(1));
  EXPECT_THAT(off.told, ElementsAre(Standing::under_way, Standing::proven));
}

TEST(FlagRun, WhereNothingTellsWhatIsServedTheReadBackProves) {
  auto service = FlagService::with(name);
  service.tells_served = false;
  Driven off{Driven::off(), service};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_EQ(off.service.served_asked, 0);
  EXPECT_FALSE(off.run.progress().served_at);
}

TEST(FlagRun, OneThatIsOffAlreadyIsNotTouched) {
  Driven off{Driven::off(), FlagService::with(name, false)};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_TRUE(off.run.progress().was_so_already);
  EXPECT_THAT(off.service.orders, IsEmpty());
}

TEST(FlagRun, OneThatIsOffAlreadyAndIsThenTurnedOnIsLeftToWhoeverDidThat) {
  Driven off{Driven::off(), FlagService::with(name, false)};
  off.service.served_instead = {Served::unknown};
  ASSERT_TRUE(off.until<step::AskServed>());
  off.service.turn(name, true, off.now);
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::overruled);
  EXPECT_THAT(off.service.orders, IsEmpty());
}

TEST(FlagRun, AnUnknownNameIsNeverOrderedAndGetsCandidates) {
  auto wanted = Driven::off();
  wanted.name = "ny-soknadsdialg";
  Driven off{wanted};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::failed);
  EXPECT_TRUE(off.run.progress().not_found);
  EXPECT_THAT(off.run.progress().candidates, ElementsAre(name));
  EXPECT_EQ(off.problem(), "no such flag");
  EXPECT_THAT(off.service.orders, IsEmpty());
}

TEST(FlagRun, AnUnknownEnvironmentIsAnsweredWithThoseThatAre) {
  auto wanted = Driven::off();
  wanted.environment = "prod";
  Driven off{wanted};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::failed);
  EXPECT_THAT(off.problem(), HasSubstr("development, production"));
  EXPECT_TRUE(off.run.progress().not_found) << "the same by hand would fail the same way";
  EXPECT_THAT(off.service.orders, IsEmpty());
}

class Certain : public testing::TestWithParam<Fault> {};

TEST_P(Certain, ARefusalOfTheOrderEndsIt) {
  Driven off;
  off.service.call_troubles = {{.fault = GetParam(), .link = "https://unleash/cr/1"}};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::failed);
  EXPECT_EQ(off.problem(), "the service is in trouble");
  EXPECT_EQ(off.run.progress().link, "https://unleash/cr/1");
  EXPECT_THAT(off.service.orders, SizeIs(1));
}

TEST_P(Certain, ARefusalOfTheFirstReadingEndsIt) {
  if (GetParam() == Fault::not_found) return;  // gets candidates: see above
  Driven off;
  off.service.read_troubles = {{.fault = GetParam()}};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::failed);
  EXPECT_THAT(off.service.orders, IsEmpty());
}

TEST_P(Certain, AfterAnUncertainOrderItStaysUnknownUntilTheTruthIsRead) {
  Driven off;
  off.service.call_troubles = {{.fault = Fault::uncertain}, {.fault = GetParam()}};
  off.service.tells_events = false;
  while (off.service.orders.size() < 2) ASSERT_TRUE(off.one());
  EXPECT_FALSE(flag::is_over(off.standing()));
  off.service.land(off.service.orders.front(), off.now);
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
}

INSTANTIATE_TEST_SUITE_P(FlagRun, Certain,
                         testing::Values(Fault::not_found, Fault::no_environment, Fault::refused, Fault::needs_approval,
                                         Fault::unsupported));

TEST(FlagRun, AServiceThatCannotBeReachedIsTriedAgainAndItIsSaidAfterFiveSeconds) {
  Driven off;
  for (int i = 0; i < 12; ++i) off.service.read_troubles.push_back({.fault = Fault::unreachable});
  const auto asked = off.now;
  off.run.next(off.now);
  while (off.standing() != Standing::unknown) {
    ASSERT_TRUE(off.one());
    off.run.next(off.now);
  }
  off.note();
  EXPECT_EQ(off.now - asked, 5s);
  EXPECT_EQ(off.problem(), "the service is in trouble");
  ASSERT_TRUE(off.drive());
  EXPECT_THAT(off.told, ElementsAre(Standing::under_way, Standing::unknown, Standing::proven));
  EXPECT_THAT(off.problem(), IsEmpty());
  EXPECT_THAT(off.service.orders, SizeIs(1));
}

TEST(FlagRun, AnOrderThatLandedThoughItTimedOutIsFoundAndNotRepeated) {
  Driven off;
  off.service.call_troubles = {{.fault = Fault::uncertain, .carried_out = true}};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_FALSE(off.run.progress().was_so_already);
  EXPECT_THAT(off.service.orders, SizeIs(1));
}

TEST(FlagRun, AnOrderThatNeverLandsIsRepeated) {
  Driven off;
  off.service.call_troubles = {{.fault = Fault::uncertain}, {.fault = Fault::uncertain}};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_THAT(off.service.orders, SizeIs(3));
}

TEST(FlagRun, AnOrderThatLandsBetweenTheReadingAndTheEventsIsReadAgainNotRepeated) {
  Driven off;
  off.service.call_troubles = {{.fault = Fault::uncertain}};
  ASSERT_TRUE(off.until<step::AskChanges>());
  off.service.land(off.service.orders.front(), off.now);
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_THAT(off.service.orders, SizeIs(1));
  EXPECT_EQ(off.run.progress().stored_at, off.service.events.front().at);
}

TEST(FlagRun, AnOrderThatLandedAndWasTakenBackIsNotRepeated) {
  Driven off;
  off.service.call_troubles = {{.fault = Fault::uncertain, .carried_out = true}};
  ASSERT_TRUE(off.until<step::CarryOut>());
  off.one();
  off.service.turn(name, true, off.now + 1ms, "ola");
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::overruled);
  EXPECT_THAT(off.problem(), HasSubstr("ola"));
  EXPECT_THAT(off.service.orders, SizeIs(1));
  EXPECT_TRUE(off.service.state(name).enabled);
}

TEST(FlagRun, OneThatWasStoredAndIsTurnedOnAgainIsNotRepeated) {
  Driven off;
  ASSERT_TRUE(off.until<step::CarryOut>());
  off.one();
  off.service.turn(name, true, off.now);
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::overruled);
  EXPECT_THAT(off.service.orders, SizeIs(1));
}

TEST(FlagRun, AReadingThatIsBehindIsReadAgainBeforeAnybodyIsBlamed) {
  Driven off;
  ASSERT_TRUE(off.until<step::CarryOut>());
  off.one();
  off.service.state(name).enabled = true;  // a replica that has not heard
  off.one();
  off.service.state(name).enabled = false;
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
}

TEST(FlagRun, WhatIsServedDecidesAndWhatIsOldIsAskedAgain) {
  Driven off;
  off.service.served_instead = {Served::on, Served::on, Served::unknown, Served::off};
  ASSERT_TRUE(off.until<step::AskServed>());
  off.one();
  EXPECT_EQ(off.standing(), Standing::under_way);
  EXPECT_THAT(off.problem(), HasSubstr("old state"));
  const auto wait = off.run.next(off.now);
  ASSERT_TRUE(std::holds_alternative<step::Wait>(wait));
  EXPECT_EQ(std::get<step::Wait>(wait).until, off.now + flag::FlagRun::served_every);
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_EQ(off.service.served_asked, 4);
}

TEST(FlagRun, WhatCannotBeSeenServedIsUnknownAndAskedForEverMoreSeldom) {
  Driven off;
  off.service.served_instead = {Served::unknown};
  const auto asked = off.now;
  while (off.now - asked < 1h) ASSERT_TRUE(off.one());
  EXPECT_EQ(off.standing(), Standing::unknown);
  EXPECT_EQ(off.problem(), "the client API does not answer");
  EXPECT_TRUE(off.run.progress().verified_at);
  EXPECT_LT(off.service.reads + off.service.served_asked, 2 * 3600 / 15 + 60);
}

TEST(FlagRun, OneThatIsTurnedOnWhileItIsNotSeenServedIsOverruled) {
  Driven off;
  off.service.served_instead = {Served::unknown};
  ASSERT_TRUE(off.until<step::AskServed>());
  off.service.turn(name, true, off.now);
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::overruled);
  EXPECT_FALSE(off.run.progress().verified_at);
  EXPECT_THAT(off.service.orders, SizeIs(1));
}

TEST(FlagRun, StopEndsItAtEveryStep) {
  for (int steps = 0; steps < 12; ++steps) {
    Driven off;
    off.service.call_troubles = {{.fault = Fault::uncertain}, {.fault = Fault::unreachable}};
    off.service.served_instead = {Served::unknown};
    for (int i = 0; i < steps; ++i) off.one();
    off.run.stop(off.now);
    EXPECT_TRUE(std::holds_alternative<step::Over>(off.run.next(off.now))) << steps;
    EXPECT_EQ(off.standing(), Standing::stopped) << steps;
    // An answer that was on its way changes nothing any more.
    off.run.read(off.service.read(name), off.now);
    off.run.carried_out({}, off.now);
    off.run.changes(off.service.changes(), off.now);
    off.run.suggested(off.service.catalog(), off.now);
    off.run.served({Served::off, {}}, off.now);
    EXPECT_EQ(off.standing(), Standing::stopped) << steps;
  }
}

TEST(FlagRun, StopComesTooLateForWhatIsProven) {
  Driven off;
  ASSERT_TRUE(off.drive());
  off.run.stop(off.now);
  EXPECT_EQ(off.standing(), Standing::proven);
}

TEST(FlagRun, AnArchivedFlagIsOffAndNotTouched) {
  Driven off;
  off.service.flags.at(name).archived = true;
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_THAT(off.service.orders, IsEmpty());
}

TEST(FlagRun, AnArchivedFlagOfWhichNoStateIsToldIsOffToo) {
  auto service = FlagService::with(name);
  service.flags.at(name).archived = true;
  service.flags.at(name).states.clear();
  Driven off{Driven::off(), service};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_TRUE(off.run.progress().was_so_already);
  EXPECT_THAT(off.service.orders, IsEmpty());
}

TEST(FlagRun, AnArchivedFlagIsNeverSaidToBeOn) {
  for (const bool enabled : {true, false}) {
    auto service = FlagService::with(name, enabled);
    service.flags.at(name).archived = true;
    Driven on{Driven::on(service), service};
    ASSERT_TRUE(on.drive());
    EXPECT_EQ(on.standing(), Standing::failed);
    EXPECT_THAT(on.problem(), HasSubstr("archived"));
    EXPECT_THAT(on.service.orders, IsEmpty());
  }
}

TEST(FlagRun, OnTouchesNothingButWhatWasShown) {
  auto service = FlagService::with(name, false);
  Driven on{Driven::on(service), service};
  on.service.state(name).strategies.push_back({.name = "flexibleRollout"});
  ASSERT_TRUE(on.drive());
  EXPECT_EQ(on.standing(), Standing::failed);
  EXPECT_THAT(on.problem(), HasSubstr("changed since this was shown"));
  EXPECT_THAT(on.service.orders, IsEmpty());
}

TEST(FlagRun, OnStopsWhereSomebodyChangedTheFlagBetweenTwoTries) {
  auto service = FlagService::with(name, false);
  Driven on{Driven::on(service), service};
  on.service.call_troubles = {{.fault = Fault::uncertain}};
  ASSERT_TRUE(on.until<step::CarryOut>());
  on.one();
  on.service.state(name).strategies.clear();
  ASSERT_TRUE(on.drive());
  EXPECT_EQ(on.standing(), Standing::overruled);
  EXPECT_THAT(on.service.orders, SizeIs(1));
}

TEST(FlagRun, OnIsProvenByWhatIsServed) {
  auto service = FlagService::with(name, false);
  Driven on{Driven::on(service), service};
  ASSERT_TRUE(on.drive());
  EXPECT_EQ(on.standing(), Standing::proven);
  EXPECT_TRUE(on.run.progress().served_at);
  EXPECT_TRUE(on.service.state(name).enabled);
}

flag::State share(const std::string& rollout) {
  return {true, {{.name = "flexibleRollout", .parameters = {{"rollout", rollout}}}}};
}

TEST(FlagRun, APercentageIsProvenByTheStrategyThatHasIt) {
  auto service = FlagService::with(name);
  service.state(name) = share("10");
  auto wanted = Driven::off();
  wanted.action = Action::percent;
  wanted.percent = 25;
  wanted.shown = share("10");
  Driven percent{wanted, service};
  ASSERT_TRUE(percent.drive());
  EXPECT_EQ(percent.standing(), Standing::proven);
  EXPECT_EQ(percent.run.progress().after, share("25"));
  EXPECT_EQ(percent.service.orders.at(0).percent, 25);
}

flag::Wanted restore(FlagService& service, const flag::State& now, const flag::State& wanted) {
  auto out = Driven::off();
  out.action = Action::restore;
  out.shown = now;
  out.restored = wanted;
  const auto kept = service.state(name);
  service.state(name) = wanted;
  out.snapshot = service.read(name)->snapshot;
  service.state(name) = kept;
  return out;
}

TEST(FlagRun, ARestoredFlagIsProvenByBeingEqual) {
  auto service = FlagService::with(name);
  service.state(name) = {false, share("10").strategies};
  const auto wanted = restore(service, service.state(name), share("50"));
  Driven back{wanted, service};
  ASSERT_TRUE(back.drive());
  EXPECT_EQ(back.standing(), Standing::proven);
  EXPECT_EQ(back.run.progress().after, share("50"));
  EXPECT_EQ(back.service.state(name), share("50"));
}

TEST(FlagRun, OneThatIsEnabledAndOtherwiseIsNotTakenForRestored) {
  auto service = FlagService::with(name);
  service.state(name) = {false, share("10").strategies};
  const auto wanted = restore(service, service.state(name), share("50"));
  Driven back{wanted, service};
  ASSERT_TRUE(back.until<step::CarryOut>());
  back.one();
  back.service.state(name) = share("60");
  ASSERT_TRUE(back.drive());
  EXPECT_EQ(back.standing(), Standing::overruled);
}

TEST(FlagRun, ARestoreToOffKnowsItsOwnEvent) {
  auto service = FlagService::with(name);
  const auto on = service.state(name);
  auto off = on;
  off.enabled = false;
  const auto wanted = restore(service, on, off);
  Driven back{wanted, service};
  back.service.call_troubles = {{.fault = Fault::uncertain, .carried_out = true}};
  ASSERT_TRUE(back.until<step::CarryOut>());
  back.one();
  back.service.turn(name, true, back.now);
  ASSERT_TRUE(back.drive());
  EXPECT_EQ(back.standing(), Standing::overruled);
  EXPECT_THAT(back.service.orders, SizeIs(1));
}

// After a crash: what an earlier run did is found out before anything is sent.
struct Resumed : Driven {
  explicit Resumed(std::optional<Instant> stored_at, FlagService given = FlagService::with(name))
      : Driven(resumed(stored_at), std::move(given)) {}
  static flag::Wanted resumed(std::optional<Instant> stored_at) {
    auto wanted = off();
    wanted.resumed = true;
    wanted.stored_at = stored_at;
    wanted.asked_at = Instant{1'700'000'000s} - 60s;
    return wanted;
  }
};

TEST(FlagRun, ResumedBeforeTheCallItIsCarriedOut) {
  Resumed off{std::nullopt};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_THAT(off.service.orders, SizeIs(1));
}

TEST(FlagRun, ResumedAfterItLandedItIsOnlyRead) {
  Resumed off{std::nullopt, FlagService::with(name, false)};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_FALSE(off.run.progress().was_so_already);
  EXPECT_THAT(off.service.orders, IsEmpty());
}

TEST(FlagRun, ResumedAfterItLandedAndWasTakenBackWhileWeWereAwayNothingIsSent) {
  Resumed off{std::nullopt};
  off.service.events = {
      {.at = off.now - 59s, .name = name, .environment = "production", .by = "vakt-token", .enabled = false},
      {.at = off.now - 30s, .name = name, .environment = "production", .by = "ola", .enabled = true}};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::overruled);
  EXPECT_THAT(off.problem(), HasSubstr("ola"));
  EXPECT_THAT(off.service.orders, IsEmpty());
}

TEST(FlagRun, ResumedAfterItWasStoredItIsReadAndNothingIsSent) {
  const Instant stored = Instant{1'700'000'000s} - 58s;
  Resumed on_again{stored};
  ASSERT_TRUE(on_again.drive());
  EXPECT_EQ(on_again.standing(), Standing::overruled);
  EXPECT_THAT(on_again.service.orders, IsEmpty());

  Resumed landed{stored, FlagService::with(name, false)};
  ASSERT_TRUE(landed.drive());
  EXPECT_EQ(landed.standing(), Standing::proven);
  EXPECT_EQ(landed.run.progress().stored_at, stored);
  EXPECT_THAT(landed.service.orders, IsEmpty());
}

TEST(FlagRun, EventsOfOtherFlagsEnvironmentsAndTimesSayNothing) {
  Driven off;
  off.service.call_troubles = {{.fault = Fault::uncertain}};
  off.service.events = {
      {.at = off.now - 10s, .name = name, .environment = "production", .enabled = false},
      {.at = off.now - 9s, .name = name, .environment = "production", .enabled = true},
      {.at = off.now + 1ms, .name = name, .environment = "development", .enabled = false},
      {.at = off.now + 1ms, .name = "other", .environment = "production", .enabled = false},
      {.at = off.now + 2ms, .name = name, .environment = "production", .what = "feature-strategy-update"}};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_THAT(off.service.orders, SizeIs(2));
}

TEST(FlagRun, ResumedSoonWithoutEventsItIsSentAgainAndThatIsTold) {
  auto service = FlagService::with(name);
  service.tells_events = service.tells_served = false;
  auto wanted = Driven::off();
  wanted.resumed = true;
  wanted.asked_at = Instant{1'700'000'000s} - 20s;
  Driven off{wanted, service};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_THAT(off.service.orders, SizeIs(1));
  EXPECT_TRUE(off.run.progress().sent_again);
}

TEST(FlagRun, ResumedLaterWithoutEventsAFlagThatIsOnIsLeftToWhoeverMayHaveTurnedItOn) {
  auto service = FlagService::with(name);
  service.tells_events = service.tells_served = false;
  auto wanted = Driven::off();
  wanted.resumed = true;
  wanted.asked_at = Instant{1'700'000'000s} - 1h;
  Driven off{wanted, service};
  off.service.read_troubles = {{.fault = Fault::unreachable}};  // a look that shows nothing makes up for nothing
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::overruled);
  EXPECT_THAT(off.problem(), HasSubstr("cannot be known"));
  EXPECT_THAT(off.service.orders, IsEmpty());
}

TEST(FlagRun, AServiceWithoutEventsThatIsAwayForLongGetsTheOrderOnceItIsBack) {
  auto service = FlagService::with(name);
  service.tells_events = service.tells_served = false;
  Driven off{Driven::off(), service};
  off.service.call_troubles = {{.fault = Fault::uncertain}};
  ASSERT_TRUE(off.until<step::Wait>());
  off.service.read_troubles.assign(40, {.fault = Fault::uncertain});  // some ten minutes
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_THAT(off.service.orders, SizeIs(2));
}

struct Ahead : testing::Test {
  Driven off;
  flag::Answer<flag::Reading> first = off.service.read(name);
  void SetUp() override { off.run.order_ahead(); }
  bool was_on() const {
    const auto& before = off.run.progress().before;
    return before && before->flag.states.at("production").enabled;
  }
};

using FlagRunAhead = Ahead;

TEST_F(FlagRunAhead, TheOrderGoesOutBeforeTheReadingIsThere) {
  ASSERT_TRUE(std::holds_alternative<step::CarryOut>(off.run.next(off.now)));
  off.one();
  off.run.read_ahead(first);
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_TRUE(was_on());
  EXPECT_EQ(off.run.progress().before->snapshot, first->snapshot);
  EXPECT_FALSE(off.run.progress().was_so_already);
  EXPECT_THAT(off.service.orders, SizeIs(1));
  EXPECT_EQ(off.service.reads, 2) << "the one before, and the one that proves";
}

TEST_F(FlagRunAhead, AReadingThatTheOrderOvertookSaysNothingAndTheEventsSayItWasOn) {
  off.one();
  off.run.read_ahead(off.service.read(name));  // off by now
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_TRUE(was_on());
  EXPECT_FALSE(off.run.progress().was_so_already);
  EXPECT_THAT(off.run.progress().before->snapshot, IsEmpty()) << "what was read is not what an undo puts back";
}

TEST_F(FlagRunAhead, AReadingThatNeverComesIsNotWaitedFor) {
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_TRUE(was_on());
}

TEST_F(FlagRunAhead, OneThatWasOffAlreadyIsSaidToBe) {
  off.service.state(name).enabled = false;
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_TRUE(off.run.progress().was_so_already);
  EXPECT_FALSE(was_on());
}

TEST_F(FlagRunAhead, ARefusedOrderIsGoneThroughByTheBook) {
  off.service.call_troubles = {{.fault = Fault::needs_approval, .link = "https://u"},
                               {.fault = Fault::needs_approval, .link = "https://u"}};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::failed);
  EXPECT_EQ(off.run.progress().link, "https://u");
}

TEST_F(FlagRunAhead, ARefusedOrderOfAFlagThatIsOffIsNoFailure) {
  off.service.state(name).enabled = false;
  off.service.call_troubles = {{.fault = Fault::needs_approval}};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_TRUE(off.run.progress().was_so_already);
}

TEST_F(FlagRunAhead, OneThatTimedOutAndLandedIsProvenAndOneThatDidNotIsRepeated) {
  off.service.call_troubles = {{.fault = Fault::uncertain}, {.fault = Fault::uncertain, .carried_out = true}};
  ASSERT_TRUE(off.drive());
  EXPECT_EQ(off.standing(), Standing::proven);
  EXPECT_TRUE(was_on());
  EXPECT_THAT(off.service.orders, SizeIs(2));
}

TEST(FlagRun, OnlyAnOffIsOrderedAheadAndNeverOneOfAnEarlierRun) {
  const auto service = FlagService::with(name, false);
  Driven on{Driven::on(service), service};
  on.run.order_ahead();
  EXPECT_TRUE(std::holds_alternative<step::Read>(on.run.next(on.now)));
  auto wanted = Driven::off();
  wanted.resumed = true;
  Driven resumed{wanted};
  resumed.run.order_ahead();
  EXPECT_TRUE(std::holds_alternative<step::Read>(resumed.run.next(resumed.now)));
}

// Any sequence of answers and of other people's doings, of every action.
TEST(FlagRunProperties, KeepsItsLawsWhateverTheServiceAnswers) {
  rc::check([] {
    auto service = FlagService::with(name, *rc::gen::arbitrary<bool>());
    service.state(name).strategies = share("10").strategies;
    service.tells_served = *rc::gen::arbitrary<bool>();
    service.tells_events = *rc::gen::arbitrary<bool>();
    auto wanted = Driven::off();
    wanted.action = *rc::gen::element(Action::off, Action::on, Action::percent, Action::restore);
    wanted.percent = 25;
    if (wanted.action == Action::restore)
      wanted = restore(service, service.state(name), {*rc::gen::arbitrary<bool>(), share("70").strategies});
    if (wanted.action != Action::off) wanted.shown = service.state(name);
    wanted.resumed = *rc::gen::arbitrary<bool>();
    Driven run{wanted, service};
    const bool ahead = *rc::gen::arbitrary<bool>();
    const auto first = run.service.read(name);
    if (ahead) run.run.order_ahead();

    int quick = 0;  // answers in a row without time passing but for the calls themselves
    bool over = false;
    std::size_t sent_before_theirs = 0;
    bool theirs = false, landed = false;
    for (int i = 0; i < 120 && !over; ++i) {
      // Trouble, and other people, at any moment.
      const auto fault = *rc::gen::element(Fault::uncertain, Fault::unreachable);
      if (*rc::gen::inRange(0, 4) == 0) run.service.read_troubles = {{.fault = fault}};
      if (*rc::gen::inRange(0, 3) == 0)
        run.service.call_troubles = {
            {.fault = fault, .carried_out = fault == Fault::uncertain && *rc::gen::arbitrary<bool>()}};
      if (*rc::gen::inRange(0, 3) == 0)
        run.service.served_instead = {*rc::gen::element(Served::on, Served::off, Served::unknown)};
      else
        run.service.served_instead.clear();
      if (ahead && *rc::gen::inRange(0, 5) == 0) run.run.read_ahead(first);
      const auto before = run.run.progress();
      const auto step = run.run.next(run.now);
      const auto was = run.service.state(name);
      over = !run.one();
      landed = landed || run.service.state(name) != was;
      if (std::holds_alternative<step::Wait>(step)) {
        RC_ASSERT(std::get<step::Wait>(step).until > run.now - 1h);
        quick = 0;
      } else {
        RC_ASSERT(++quick < 8);  // a pause follows every failure
      }
      // Once somebody has undone what landed, and that can be seen, nothing more is sent.
      if (landed && !theirs && wanted.action == Action::off && run.service.tells_events &&
          !run.service.state(name).enabled && *rc::gen::inRange(0, 3) == 0) {
        run.now += 1ms;
        run.service.turn(name, true, run.now);
        theirs = true;
        sent_before_theirs = run.service.orders.size();
      }
      if (theirs) RC_ASSERT(run.service.orders.size() == sent_before_theirs);
      const auto& p = run.run.progress();
      if (p.standing == Standing::proven) {
        RC_ASSERT(p.verified_at.has_value());
        RC_ASSERT(p.after.has_value());
        RC_ASSERT(p.after->enabled == flag::ends_enabled(wanted) || wanted.action == Action::percent);
        if (wanted.action == Action::restore) RC_ASSERT(*p.after == *wanted.restored);
        if (run.service.tells_served && wanted.action != Action::percent) RC_ASSERT(p.served_at.has_value());
      }
      // Standings never go back.
      if (before.standing == Standing::unknown) RC_ASSERT(p.standing != Standing::under_way);
    }
    run.run.stop(run.now);
    RC_ASSERT(std::holds_alternative<step::Over>(run.run.next(run.now)));
    RC_ASSERT(flag::is_over(run.standing()));
  });
}

TEST(SimilarNames, TheNearestComeFirstAndFarOnesNotAtAll) {
  flag::Catalog catalog;
  for (const auto* one : {"ny-soknadsdialog", "ny_soknadsdialog_v2", "ny-soknad", "betaling", "kvittering"})
    catalog.flags[one] = {.name = one};
  const auto found = flag::similar_names("Ny-SoknadsDialog", catalog);
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front(), "ny-soknadsdialog");
  EXPECT_THAT(found, Not(testing::Contains("betaling")));
  EXPECT_LE(found.size(), 5U);
}

}  // namespace
}  // namespace vakt::test
