#include "bot/flags/own_echo.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace vakt::flag {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const Instant asked{1'700'000'000s};

State share(int percent, bool enabled = true) {
  return {.enabled = enabled,
          .strategies = {{.name = "flexibleRollout", .parameters = {{"rollout", std::to_string(percent)}}}}};
}

// Proven a second after it was asked for.
Change order(Action action, State before, State after, Micros when = 0s, int percent = 0) {
  Change change{.number = 1 + when / 1s};
  change.wanted = {.name = "checkout", .environment = "production", .action = action, .percent = percent};
  if (action == Action::restore) change.wanted.restored = after;
  change.progress = {
      .standing = Standing::proven, .provider = "unleash", .stored_at = asked + when, .verified_at = asked + when + 1s};
  change.requested_at = asked + when;
  change.before = Seen{};
  change.state_before = std::move(before);
  change.state_after = std::move(after);
  return change;
}

Sighting told(const std::string& what, Micros when, std::optional<State> state = {}) {
  return {
      "unleash",
      {.at = asked + when, .name = "checkout", .environment = "production", .what = what, .state = std::move(state)}};
}

std::vector<bool> ours(const std::vector<Sighting>& seen, const std::vector<Change>& orders) {
  return own_echoes(seen, orders, asked + 60s);
}

// Where the service shows the whole flag.
TEST(OwnEcho, AStateOtherThanWhatWasProvenIsSomebodyElses) {
  const auto to_ten = order(Action::percent, share(0, false), share(10), 0s, 10);
  EXPECT_THAT(ours({told("state ENABLED", 0s, share(10))}, {to_ten}), ElementsAre(true));
  EXPECT_THAT(ours({told("state ENABLED", 3s, share(90))}, {to_ten}), ElementsAre(false)) << "both in one look";
  for (const auto later : {10s, 28s})
    EXPECT_THAT(ours({told("state ENABLED", 0s, share(10)), told("definition changed", later, share(90))}, {to_ten}),
                ElementsAre(true, false));
}

TEST(OwnEcho, OneOrderIsSeenOnceAlsoWhereTheSecondLooksLikeIt) {
  const auto to_ten = order(Action::percent, share(0), share(10), 0s, 10);
  EXPECT_THAT(ours({told("definition changed", 9s, share(10)), told("definition changed", 5s, share(90)),
                    told("definition changed", 0s, share(10))},
                   {to_ten}),
              ElementsAre(false, false, true));
}

TEST(OwnEcho, BeforeItIsProvenItIsComparedWithWhatWasAskedFor) {
  auto kill = order(Action::off, share(10), {});
  kill.state_after.reset();
  EXPECT_THAT(ours({told("state DISABLED", 0s, share(10, false))}, {kill}), ElementsAre(true));
  EXPECT_THAT(ours({told("state DISABLED", 0s, share(90, false))}, {kill}), ElementsAre(false));
  kill.before.reset();  // not read yet
  EXPECT_THAT(ours({told("state DISABLED", 0s, share(90, false))}, {kill}), ElementsAre(true));
  EXPECT_THAT(ours({told("state ENABLED", 0s, share(10))}, {kill}), ElementsAre(false));
}

TEST(OwnEcho, OrdersOneAfterTheOtherAreAllOurs) {
  const auto on = share(10), off = share(10, false);
  EXPECT_THAT(ours({told("state DISABLED", 0s, off), told("state ENABLED", 5s, on), told("state DISABLED", 9s, off)},
                   {order(Action::off, on, off, 9s), order(Action::restore, off, on, 5s), order(Action::off, on, off)}),
              ElementsAre(true, true, true));
  EXPECT_THAT(
      ours({told("feature-strategy-update", 0s), told("feature-strategy-update", 5s),
            told("feature-strategy-update", 8s)},
           {order(Action::percent, share(0), share(10), 0s, 10), order(Action::percent, share(10), share(25), 5s, 25)}),
      ElementsAre(true, true, false));
}

// Where it tells events.
TEST(OwnEcho, WhatAnOrderCannotCauseIsSomebodyElses) {
  const auto kill = order(Action::off, share(10), share(10, false));
  EXPECT_THAT(
      ours({told("feature-environment-disabled", 0s), told("feature-strategy-update", 5s),
            told("feature-strategy-remove", 6s), told("feature-archived", 7s), told("feature-environment-enabled", 8s)},
           {kill}),
      ElementsAre(true, false, false, false, false));
  const auto share_of_an_open_one = order(Action::percent, share(0), share(10), 0s, 10);
  EXPECT_THAT(ours({told("feature-strategy-update", 0s), told("feature-environment-enabled", 5s),
                    told("feature-strategy-add", 6s)},
                   {share_of_an_open_one}),
              ElementsAre(true, false, false));
  EXPECT_THAT(ours({told("feature-strategy-update", 0s), told("feature-environment-enabled", 1s)},
                   {order(Action::percent, share(0, false), share(10), 0s, 10)}),
              ElementsAre(true, true));
}

TEST(OwnEcho, OnWhereNoStrategyWasMakesUnleashAddOne) {
  const std::vector seen{told("feature-strategy-add", 0s), told("feature-environment-enabled", 0s)};
  EXPECT_THAT(ours(seen, {order(Action::on, {}, share(100))}), ElementsAre(true, true));
  EXPECT_THAT(ours(seen, {order(Action::on, share(10, false), share(10))}), ElementsAre(false, true));
}

TEST(OwnEcho, AnUndoMayTakeSeveralButNoMoreThanItPutsBack) {
  const std::vector seen{told("feature-environment-enabled", 0s), told("feature-strategy-update", 0s),
                         told("feature-strategy-update", 5s)};
  EXPECT_THAT(ours(seen, {order(Action::restore, share(90, false), share(10))}), ElementsAre(true, true, false));
  EXPECT_THAT(ours(seen, {order(Action::restore, share(10, false), share(10))}), ElementsAre(true, false, false));
}

TEST(OwnEcho, OutsideItsTimeFlagOrServiceItIsNoOrderOfOurs) {
  const auto kill = order(Action::off, share(10), share(10, false));
  auto failed = kill, elsewhere = kill;
  failed.progress.standing = Standing::failed;
  elsewhere.progress.provider = "flagd";
  const auto seen = told("feature-environment-disabled", 0s);
  EXPECT_THAT(ours({seen}, {failed, elsewhere}), ElementsAre(false));
  EXPECT_THAT(ours({told("feature-environment-disabled", 31s)}, {kill}), ElementsAre(false));
  EXPECT_THAT(ours({told("feature-environment-disabled", -20s)}, {kill}), ElementsAre(true)) << "its clock may be slow";
}

TEST(OwnEcho, WhatWasSentAgainMayHaveArrivedTwice) {
  auto kill = order(Action::off, share(10), share(10, false));
  kill.progress.sent_again = true;
  EXPECT_THAT(ours({told("feature-environment-disabled", 0s), told("feature-environment-disabled", 9s),
                    told("feature-environment-enabled", 5s)},
                   {kill}),
              ElementsAre(true, true, false));
}

TEST(OwnEcho, OfBeforeStatesWereKeptTheWordsDecide) {
  const auto to_ten = order(Action::percent, share(0, false), share(10), 0s, 10);
  EXPECT_THAT(ours({told("state ENABLED", 0s), told("definition changed", 5s)}, {to_ten}), ElementsAre(true, false));
  EXPECT_THAT(ours({told("definition changed", 0s)}, {order(Action::percent, share(0), share(10), 0s, 10)}),
              ElementsAre(true));
}

}  // namespace
}  // namespace vakt::flag
