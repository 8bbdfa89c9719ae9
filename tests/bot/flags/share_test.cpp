// Whom a strategy's name and parameters let in.
#include <gmock/gmock.h>

#include "bot/flags/strategy.hpp"
#include "tests/bot/flags/make.hpp"

namespace vakt::flag {
namespace {

std::string of(const Strategy& strategy, const Context& context = {}) {
  static const Catalog catalog;
  static const auto rules = nav();
  return in_short(share(strategy, {catalog, rules, &context}));
}
Why why(const Strategy& strategy) {
  static const Catalog catalog;
  static const auto rules = nav();
  return share(strategy, {catalog, rules, nullptr}).reasons.front().why;
}

TEST(Share, Rollout) {
  EXPECT_EQ(of(strategy("default")), "everybody 1..1");
  for (const auto* none : {"0", "-5", "-99999999999"}) EXPECT_EQ(of(rollout(none)), "nobody 0..0") << none;
  for (const auto* all : {"100", "101", "99999999999"}) EXPECT_EQ(of(rollout(all)), "everybody 1..1") << all;
  for (const auto* stickiness : {"default", "random", ""}) EXPECT_EQ(of(rollout("30", stickiness)), "some 0.3..0.3");
  for (const auto* stickiness : {"userId", "sessionId"}) EXPECT_EQ(of(rollout("30", stickiness)), "some 0..0.3");
  EXPECT_EQ(of(rollout("100", "userId")), "some 0..1");  // not those without one
  EXPECT_EQ(of(rollout("30", "cluster")), "some 0..1");  // all may be in one cluster, and it may be let in
}

TEST(Share, RolloutOfOneIdIsItsBucket) {  // ids and buckets of the client specification, 10 and 12
  const auto ten = rollout("10", "default", "Feature.flexibleRollout.10");
  EXPECT_EQ(of(ten, {{"userId", "174"}}), "everybody 1..1");
  EXPECT_EQ(of(ten, {{"userId", "499"}}), "nobody 0..0");
  EXPECT_EQ(of(ten, {{"userId", ""}, {"sessionId", "174"}}), "everybody 1..1");
  EXPECT_EQ(of(ten, {{"sessionId", "174"}}), "some 0..1");  // unless they have a user id
  EXPECT_EQ(of(ten, {{"userId", ""}, {"sessionId", ""}}), "some 0.1..0.1");
  const auto half = rollout("50", "customField", "Feature.flexible.rollout.custom.stickiness_50");
  EXPECT_EQ(of(half, {{"customField", "388"}}), "everybody 1..1");
  EXPECT_EQ(of(half, {{"customField", "402"}}), "nobody 0..0");
  EXPECT_EQ(of(half, {{"customField", ""}}), "some 0..1");
  EXPECT_EQ(of(rollout("50", "userId", "søknad"), {{"userId", "1"}}), "some 0..1");  // SDKs hash other bytes
  EXPECT_EQ(of(rollout("50", "userId", ""), {{"userId", "1"}}), "some 0..1");        // or take the flag's name
}

TEST(Share, OldRollouts) {
  const auto old = [](const char* kind, const char* percent) {
    return strategy(kind, {{"percentage", percent}, {"groupId", "g"}});
  };
  EXPECT_EQ(of(old("gradualRolloutRandom", "10")), "some 0.1..0.1");
  EXPECT_EQ(of(old("gradualRolloutRandom", "100")), "everybody 1..1");
  for (const auto* kind : {"gradualRolloutUserId", "gradualRolloutSessionId"}) {
    EXPECT_EQ(of(old(kind, "10")), "some 0..0.1");
    EXPECT_EQ(of(old(kind, "100")), "some 0..1");
    EXPECT_EQ(of(old(kind, "0")), "nobody 0..0");
  }
  EXPECT_EQ(of(old("gradualRolloutUserId", "100"), {{"userId", "7"}}), "everybody 1..1");
}

TEST(Share, APercentageThatCannotBeReadIsNeverSafe) {
  for (const auto* odd : {"", "50.5", " 50", "50 %", "half", "0x10", "+5", "-", "1e1"}) {
    EXPECT_EQ(of(rollout(odd)), "cannot_tell 0..1") << odd;
    EXPECT_EQ(why(rollout(odd)), Why::parameter_unreadable);
  }
  EXPECT_EQ(of(strategy("flexibleRollout")), "cannot_tell 0..1");
}

TEST(Share, Lists) {
  const auto users = strategy("userWithId", {{"userIds", "a, b ,c"}});
  EXPECT_EQ(of(users), "some 0..1");
  for (const auto* in : {"a", "b", "c"}) EXPECT_EQ(of(users, {{"userId", in}}), "everybody 1..1");
  EXPECT_EQ(of(users, {{"userId", "d"}}), "nobody 0..0");
  EXPECT_EQ(of(users, {{"userId", ""}}), "nobody 0..0");
  EXPECT_EQ(of(strategy("userWithId", {{"userIds", " a"}}), {{"userId", "a"}}), "cannot_tell 0..1");
  for (const auto* name : {"userWithId", "remoteAddress", "applicationHostname"})
    EXPECT_EQ(of(strategy(name)), "nobody 0..0");
  EXPECT_EQ(of(strategy("applicationHostname", {{"hostNames", "h"}}), {{"hostname", "h"}}), "some 0..1");
}

TEST(Share, Addresses) {
  const auto net = strategy("remoteAddress", {{"IPs", "10.0.0.0/8, 192.invalid, localhost, ::1, 2001:db8::/32"}});
  const auto from = [&](const char* address) { return of(net, {{"remoteAddress", address}}); };
  EXPECT_EQ(from("10.9.9.9"), "everybody 1..1");
  EXPECT_EQ(from("11.0.0.1"), "nobody 0..0");
  EXPECT_EQ(from("localhost"), "everybody 1..1");
  EXPECT_EQ(from("::1"), "everybody 1..1");
  EXPECT_EQ(from("2001:db8::1"), "cannot_tell 0..1");  // the Node SDK reads IPv4 ranges alone
  EXPECT_EQ(from("2001:db9::1"), "nobody 0..0");
}

TEST(Share, OnesOwnStrategiesAreAsDescribedOrUnknown) {
  EXPECT_EQ(of(by_cluster("dev-gcp")), "some 0..1");
  EXPECT_EQ(of(by_cluster("dev-gcp,prod-gcp"), {{"cluster", "prod-gcp"}}), "everybody 1..1");
  EXPECT_EQ(of(by_cluster("dev-gcp"), {{"cluster", "prod-gcp"}}), "nobody 0..0");
  EXPECT_EQ(of(by_cluster("")), "nobody 0..0");
  EXPECT_EQ(why(strategy("byCluster")), Why::parameter_unreadable);
  EXPECT_EQ(of(strategy("byMoon")), "cannot_tell 0..1");
  EXPECT_EQ(why(strategy("byMoon")), Why::strategy_unknown);
  auto garbled = strategy("default");
  garbled.readable = false;
  EXPECT_EQ(of(garbled), "cannot_tell 0..1");
}

TEST(Share, GoesByTheNamePeopleKnow) {
  auto known = rollout("30");
  known.shown = "percentage_of_actors";
  const Catalog catalog;
  const ExposureRules rules;
  EXPECT_EQ(share(known, {catalog, rules, nullptr}).reasons,
            (std::vector{Reason{Why::strategy_share, "percentage_of_actors", {}, 0.3}}));
}

}  // namespace
}  // namespace vakt::flag
