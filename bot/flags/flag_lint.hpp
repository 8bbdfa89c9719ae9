// Finds what opens a flag wider than somebody meant: what NAV had on 27.10.2022. Pure.
#pragma once

#include <string>
#include <vector>

#include "bot/flags/exposure.hpp"

namespace vakt::flag {

enum class Finding : std::uint8_t {
  unconstrained_beside_narrower,  // `detail`: the strategy that opens; `other`: the one it makes useless
  on_without_strategies,          // on, and so on for everybody
  all_strategies_disabled,        // the next "on" silently adds 100 %
  shared_environment,             // lets in production and other audiences at once: `detail` names them
  unknown_strategy,               // nobody can tell whom it lets in
};

struct LintRow {
  std::string flag, project, environment;
  Finding finding;
  std::string detail, other;
  bool operator==(const LintRow&) const = default;
};

// One flag in one environment. Findings about flags that are off are kept: they tell what turning on would do.
std::vector<LintRow> lint(const Flag&, const std::string& environment, const Catalog&, const ExposureRules&);

}  // namespace vakt::flag
