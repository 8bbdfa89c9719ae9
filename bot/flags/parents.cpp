#include "bot/flags/parents.hpp"

#include <algorithm>

namespace vakt::flag {

namespace {

Exposure closed(Why why, const std::string& parent) { return {Sees::nobody, 0, 0, {{why, {}, parent, 0}}}; }

// For whom one parent leaves its child open.
Exposure opens(const Parent& parent, const std::string& environment, const Surroundings& around) {
  const auto found = around.catalog.flags.find(parent.name);
  if (found == around.catalog.flags.end() || found->second.archived) return closed(Why::parent_missing, parent.name);
  const auto& flag = found->second;
  if (!flag.parents.empty()) return closed(Why::parent_is_child, parent.name);

  const std::vector<Reason> depends{{Why::parent_depends, {}, parent.name, 0}};
  const auto state = flag.states.find(environment);
  if (state == flag.states.end())  // required off: served as off, or not at all, which closes the child
    return parent.enabled ? closed(Why::parent_closed, parent.name) : Exposure{Sees::cannot_tell, 0, 1, depends};

  Exposure seen = state->second.enabled ? exposure(state->second, around) : Exposure{};
  seen.reasons.clear();
  if (!parent.enabled) {
    seen = {seen.sees, whole_percent(1 - seen.hi), whole_percent(1 - seen.lo), {}};
    if (seen.sees == Sees::everybody)
      seen.sees = Sees::nobody;
    else if (seen.sees == Sees::nobody)
      seen.sees = Sees::everybody;
  } else if (!parent.variants.empty() && seen.sees != Sees::nobody) {
    seen.lo = 0;  // who gets which variant is not told here
    if (seen.sees == Sees::everybody) seen.sees = Sees::some;
  }
  if (seen.sees == Sees::nobody) return closed(Why::parent_closed, parent.name);
  if (seen.sees != Sees::everybody) seen.reasons = depends;
  return seen;
}

}  // namespace

Exposure under_parents(Exposure own, const Flag& flag, const std::string& environment, const Surroundings& around) {
  if (own.sees == Sees::nobody) return own;
  std::vector<Reason> reasons;
  for (const auto& parent : flag.parents) {
    auto open = opens(parent, environment, around);
    if (open.sees == Sees::nobody) return open;
    if (open.sees == Sees::everybody) continue;
    if (own.sees == Sees::everybody || open.sees == Sees::cannot_tell) own.sees = open.sees;
    own.lo = std::max(0.0, whole_percent(own.lo + open.lo - 1));  // all that is certain of two shares at once
    own.hi = std::min(own.hi, open.hi);
    reasons.insert(reasons.end(), open.reasons.begin(), open.reasons.end());
  }
  own.reasons.insert(own.reasons.begin(), reasons.begin(), reasons.end());
  return own;
}

}  // namespace vakt::flag
