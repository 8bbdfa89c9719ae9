// What a flag is to be once an order is carried out, and whether it is.
#include <algorithm>

#include "bot/flags/flag_run.hpp"

namespace vakt::flag {

namespace {

bool is_share_of(const Strategy& strategy) {
  return strategy.name == "flexibleRollout" || strategy.name.starts_with("gradualRollout");
}

// The enabled strategy whose share a percentage sets; none unless there is exactly one.
const Strategy* share_strategy(const State& state) {
  const Strategy* found = nullptr;
  for (const auto& strategy : state.strategies) {
    if (strategy.disabled || !is_share_of(strategy)) continue;
    if (found) return nullptr;
    found = &strategy;
  }
  return found;
}

std::string share_of(const Strategy& strategy) {
  for (const auto* name : {"rollout", "percentage"})
    if (const auto found = strategy.parameters.find(name); found != strategy.parameters.end()) return found->second;
  return {};
}

}  // namespace

bool is_as_wanted(const Wanted& wanted, const State& state) {
  switch (wanted.action) {
    case Action::off:
      return !state.enabled;
    case Action::on:
      // One that could not be read counts as on where off is wanted, and as nothing where on is.
      return state.enabled && std::ranges::all_of(state.strategies, &Strategy::readable);
    case Action::percent: {
      const auto* strategy = share_strategy(state);
      return state.enabled && strategy && share_of(*strategy) == std::to_string(wanted.percent);
    }
    case Action::restore:
      return wanted.restored && state == *wanted.restored;
  }
  return false;
}

bool ends_enabled(const Wanted& wanted) {
  if (wanted.action == Action::restore) return wanted.restored && wanted.restored->enabled;
  return wanted.action != Action::off;
}

std::optional<State> state_after(const Wanted& wanted, const State& before) {
  if (wanted.action == Action::restore) return wanted.restored;
  auto after = before;
  if (wanted.action == Action::off) {
    after.enabled = false;
    return after;
  }
  if (wanted.action == Action::percent) {
    for (auto& strategy : after.strategies) {
      if (strategy.disabled || !is_share_of(strategy)) continue;
      for (const auto* name : {"rollout", "percentage"})
        if (const auto found = strategy.parameters.find(name); found != strategy.parameters.end())
          found->second = std::to_string(wanted.percent);
    }
    after.enabled = after.enabled || wanted.percent > 0;
    return after;
  }
  after.enabled = true;
  return after;
}

}  // namespace vakt::flag
