#include "bot/flags/flag_lint.hpp"

#include <algorithm>

#include "bot/flags/strategy.hpp"

namespace vakt::flag {

namespace {

using Evaluated = std::pair<const Strategy*, Exposure>;

// Alone it lets in everybody, or everybody who has an id.
bool unconstrained(const Evaluated& one) {
  if (one.second.sees == Sees::everybody) return true;
  const auto& reasons = one.second.reasons;
  return reasons.size() == 1 && reasons[0].why == Why::strategy_share && reasons[0].share >= 1;
}

// Those of the environment's audiences that the flag lets in while it is on, if production and others are among them.
std::string shared_by(const State& state, const std::string& environment, const Catalog& catalog,
                      const ExposureRules& rules) {
  std::string names;
  bool production = false, others = false;
  for (const auto& audience : rules.audiences) {
    if (audience.environment != environment) continue;
    if (exposure(state, {catalog, rules, &audience.context}).sees == Sees::nobody) continue;
    (audience.production ? production : others) = true;
    names += (names.empty() ? "" : ", ") + audience.name;
  }
  return production && others ? names : std::string{};
}

}  // namespace

std::vector<LintRow> lint(const Flag& flag, const std::string& environment, const Catalog& catalog,
                          const ExposureRules& rules) {
  const auto found = flag.states.find(environment);
  if (flag.archived || found == flag.states.end()) return {};
  const auto& state = found->second;

  std::vector<LintRow> rows;
  const auto add = [&](Finding finding, std::string detail, std::string other) {
    LintRow row{flag.name, flag.project, environment, finding, std::move(detail), std::move(other)};
    if (std::ranges::find(rows, row) == rows.end()) rows.push_back(std::move(row));
  };

  std::vector<Evaluated> live;
  for (const auto& strategy : state.strategies)
    if (!strategy.disabled) live.emplace_back(&strategy, exposure(strategy, {catalog, rules, nullptr}));
  if (const auto opener = std::ranges::find_if(live, unconstrained); opener != live.end())
    for (const auto& one : live)
      if (!unconstrained(one)) add(Finding::unconstrained_beside_narrower, shown(*opener->first), shown(*one.first));

  if (state.enabled && state.strategies.empty()) add(Finding::on_without_strategies, {}, {});
  if (!state.strategies.empty() && live.empty()) add(Finding::all_strategies_disabled, {}, {});
  if (const auto names = shared_by(state, environment, catalog, rules); !names.empty())
    if (state.enabled || !live.empty()) add(Finding::shared_environment, names, {});
  for (const auto& [strategy, seen] : live)
    if (share(*strategy, {catalog, rules, nullptr}).reasons.front().why == Why::strategy_unknown)
      add(Finding::unknown_strategy, shown(*strategy), {});
  return rows;
}

}  // namespace vakt::flag
