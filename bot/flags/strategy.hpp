// Whom strategies let in: one alone, and several joined by OR. Parents are not looked at here. Pure.
#pragma once

#include "bot/flags/constraint.hpp"
#include "bot/flags/exposure.hpp"

namespace vakt::flag {

// What evaluating a strategy may need besides it.
struct Surroundings {
  const Catalog& catalog;
  const ExposureRules& rules;
  const Context* context;  // nullptr: nothing is fixed
};

// Every share is a whole percent; sums and differences of doubles are not quite.
double whole_percent(double share);

// As people know it.
const std::string& shown(const Strategy& strategy);

// Whom the strategy's name and parameters let in, its constraints and segments left aside.
Exposure share(const Strategy& strategy, const Surroundings& around);

// The share, narrowed by its constraints and segments. Whether it is disabled is left to the caller.
Exposure exposure(const Strategy& strategy, const Surroundings& around);

// An environment that is on. Reasons: first what decides (joined_by_or), then each strategy's in order.
Exposure exposure(const State& state, const Surroundings& around);

}  // namespace vakt::flag
