// Who sees a flag now: a pure function of what its service says, with bounds and reasons. Never unsound: what cannot be
// known is cannot_tell, never "safe". The rules are Unleash's (docs.getunleash.io;
// @unleash/client-specification 6.1.0).
#pragma once

#include <string>
#include <vector>

#include "bot/flags/flag.hpp"

namespace vakt::flag {

enum class Sees : std::uint8_t { nobody, some, everybody, cannot_tell };

enum class Why : std::uint8_t {
  archived,
  environment_off,
  no_strategies,         // on without any: everybody
  strategy_everybody,    // `strategy` alone lets everybody in
  strategy_share,        // lets a share in
  strategy_targets,      // lets those in that it names
  strategy_nobody,       // lets nobody in
  strategy_unknown,      // not known here, and not described in the configuration
  parameter_unreadable,  // `detail` names it
  constraint_false,      // `detail`: the field; nobody passes it
  constraint_depends,    // `detail`: the field
  constraint_unknown,    // `detail`: an operator that is not known here
  segment_missing,
  segment_depends,  // `detail`: its name
  joined_by_or,     // `strategy` opens what `detail` (another strategy) meant to narrow: what NAV had
  parent_missing,   // `detail`: the parent, from here on
  parent_is_child,
  parent_closed,  // the parent is off (or on, where it must be off)
  parent_depends,
};

struct Reason {
  Why why;
  std::string strategy;  // as people know it; empty where none is meant
  std::string detail;
  double share = 0;  // 0..1, of strategy_share
  bool operator==(const Reason&) const = default;
};

// lo <= the share of users that see it <= hi, both in 0..1 and whole percents; of many users, as hashing spreads them.
// Reasons: what decides first (a parent, joined_by_or), then each strategy's in order.
struct Exposure {
  Sees sees = Sees::nobody;
  double lo = 0, hi = 0;
  std::vector<Reason> reasons;
  bool operator==(const Exposure&) const = default;
};

// `[[flags.strategy]]`: a strategy of the team's own that lets in whoever's context field is in its list parameter of
// the same name.
struct CustomStrategy {
  std::string name, matches;
};

// `[[flags.reader]]`: an application or a cluster that reads an environment with a context that never changes.
struct Audience {
  std::string environment, name;
  std::map<std::string, std::string> context;
  bool production = false;
};

struct ExposureRules {
  std::vector<CustomStrategy> strategies;
  std::vector<Audience> audiences;
};

// For one audience, or for anybody who reads the environment (nullptr). An environment that the flag does not have is
// as good as off.
Exposure exposure(const Flag&, const std::string& environment, const Catalog&, const ExposureRules&,
                  const Audience* audience = nullptr);

struct AudienceExposure {
  std::string audience;  // empty: nobody in particular is configured
  bool production = false;
  Exposure exposure;
};
// One for each configured audience of that environment; one without a name where none is configured.
std::vector<AudienceExposure> exposures(const Flag&, const std::string& environment, const Catalog&,
                                        const ExposureRules&);
// The one that counts: everybody, else the widest; among equally wide ones cannot_tell.
Exposure worst(const std::vector<AudienceExposure>&);

}  // namespace vakt::flag
