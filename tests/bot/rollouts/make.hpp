// Rollouts for tests: that of VA.gov's release plan.
#pragma once

#include <chrono>

#include "bot/rollouts/rollout_life.hpp"
#include "bot/rollouts/stage_text.hpp"

namespace vakt::test {

using namespace std::chrono_literals;

inline const Instant rollout_start{std::chrono::seconds{1'687'248'000}};  // 2023-06-20 08:00 UTC

inline rollout::Act rollout_act(Micros after = {}, const UserId& by = "U1") { return {by, rollout_start + after}; }

// 10 % for 7d, 25 % for 2d, 50 % for 1d, 100 %; planned.
inline rollout::Rollout planned(std::int64_t least_users = 0) {
  rollout::Rollout plan{.id = 3, .flag = "checkout", .environment = "production", .provider = "unleash"};
  plan.stages = *rollout::parse_stages("10 % for 7d, 25 % for 2d, 50 % for 1d, 100 %");
  for (auto& stage : plan.stages) stage.least_users = least_users;
  plan.criteria = {"Successful submissions", "Contact center calls < 2"};
  plan.dashboards = {"https://dashboards.example/submissions"};
  plan.watchers = {"BE Developer (Scott James)", "PM (Tom Davis)"};
  plan.go_no_go = {{.discipline = "Engineering", .by = "Scott James"}};
  plan.channel = "C1";
  return *rollout::start(plan, rollout_act());
}
// Ordered and proven, `after` the start.
inline rollout::Rollout at_stage(int stage, Micros after = {}, std::int64_t least_users = 0) {
  auto now = planned(least_users);
  for (int i = 0; i <= stage; ++i)
    now = rollout::proven(std::move(now), i, {}, i + 1, rollout_act(i == stage ? after : Micros{}), "Europe/Oslo");
  return now;
}
inline rollout::Record seen(std::int64_t users, const std::string& errors = "None") {
  return {.users = users, .errors = errors, .by = "U2", .at = rollout_start + 1h};
}

}  // namespace vakt::test
