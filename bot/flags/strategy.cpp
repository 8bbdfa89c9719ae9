#include "bot/flags/strategy.hpp"

#include <algorithm>
#include <cmath>

namespace vakt::flag {

namespace {

// What its constraints and segments, joined by AND, do to a strategy.
struct Narrowing {
  Truth truth = Truth::yes;
  std::vector<Reason> reasons;  // where it is `no`: that one alone
};

void narrow(Narrowing& all, Truth truth, Reason reason) {
  if (all.truth == Truth::no || truth == Truth::yes) return;
  all.truth = all_of(all.truth, truth);
  if (all.truth == Truth::no) all.reasons.clear();
  if (std::ranges::find(all.reasons, reason) == all.reasons.end()) all.reasons.push_back(std::move(reason));
}

void narrow_by(Narrowing& all, const Constraint& constraint, const std::string& strategy, const Context* context,
               const std::string* segment) {
  const Truth truth = passes(constraint, context);
  Reason reason{Why::constraint_depends, strategy, constraint.field, 0};
  if (truth == Truth::no) reason.why = Why::constraint_false;
  if (truth == Truth::unknown) reason = {Why::constraint_unknown, strategy, constraint.op, 0};
  if (truth == Truth::depends && segment != nullptr) reason = {Why::segment_depends, strategy, *segment, 0};
  narrow(all, truth, std::move(reason));
}

Narrowing narrowing(const Strategy& strategy, const Surroundings& around) {
  Narrowing all;
  for (const auto& constraint : strategy.constraints)
    narrow_by(all, constraint, shown(strategy), around.context, nullptr);
  for (const int id : strategy.segments) {
    const auto found = around.catalog.segments.find(id);
    if (found == around.catalog.segments.end()) {
      narrow(all, Truth::unknown, {Why::segment_missing, shown(strategy), std::to_string(id), 0});
      continue;
    }
    for (const auto& constraint : found->second.constraints)
      narrow_by(all, constraint, shown(strategy), around.context, &found->second.name);
  }
  return all;
}

// "`a` opens what `b` meant to narrow", for the first that lets everybody in and each that does not.
std::vector<Reason> joined_by_or(const std::vector<std::pair<const Strategy*, Exposure>>& all) {
  std::vector<Reason> reasons;
  const auto opens = [](const auto& one) { return one.second.sees == Sees::everybody; };
  const auto opener = std::ranges::find_if(all, opens);
  for (const auto& one : all) {
    if (opens(one)) continue;
    Reason reason{Why::joined_by_or, shown(*opener->first), shown(*one.first), 0};
    if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(std::move(reason));
  }
  return reasons;
}

}  // namespace

double whole_percent(double share) { return std::round(share * 100) / 100; }

Exposure exposure(const Strategy& strategy, const Surroundings& around) {
  auto mine = share(strategy, around);
  if (mine.sees == Sees::nobody || !strategy.readable) return mine;
  auto narrowed = narrowing(strategy, around);
  if (narrowed.truth == Truth::yes) return mine;
  if (narrowed.truth == Truth::no) return {Sees::nobody, 0, 0, std::move(narrowed.reasons)};
  const bool unknown = narrowed.truth == Truth::unknown || mine.sees == Sees::cannot_tell;
  std::vector<Reason> reasons;
  if (mine.sees != Sees::everybody) reasons = std::move(mine.reasons);
  reasons.insert(reasons.end(), narrowed.reasons.begin(), narrowed.reasons.end());
  return {unknown ? Sees::cannot_tell : Sees::some, 0, mine.hi, std::move(reasons)};
}

Exposure exposure(const State& state, const Surroundings& around) {
  std::vector<std::pair<const Strategy*, Exposure>> all;
  for (const auto& strategy : state.strategies)
    if (!strategy.disabled) all.emplace_back(&strategy, exposure(strategy, around));
  if (all.empty()) return {Sees::everybody, 1, 1, {{Why::no_strategies, {}, {}, 0}}};

  const auto any = [&](Sees sees) {
    return std::ranges::any_of(all, [&](auto& one) { return one.second.sees == sees; });
  };
  Exposure whole;
  if (any(Sees::everybody)) {
    whole.sees = Sees::everybody;
    whole.reasons = joined_by_or(all);
  } else if (any(Sees::cannot_tell)) {
    whole.sees = Sees::cannot_tell;
  } else if (any(Sees::some)) {
    whole.sees = Sees::some;
  }
  for (auto& [strategy, one] : all) {
    whole.lo = std::max(whole.lo, one.lo);
    whole.hi = std::min(1.0, whole_percent(whole.hi + one.hi));
    whole.reasons.insert(whole.reasons.end(), one.reasons.begin(), one.reasons.end());
  }
  return whole;
}

}  // namespace vakt::flag
