// What changed in definition files since they were last looked at: edits by hand as well as our own. Pure; any thread.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "integrations/flags/flag_provider.hpp"

namespace vakt::flag::flagd {

inline constexpr std::size_t greatest_cursor = 1 << 20;  // bytes

// What was seen of one file: a stamp, and for each flag a letter for its state and a hash of all the rest.
struct Sight {
  std::string stamp;
  std::map<std::string, std::string> flags;
  std::map<std::string, State> states;  // of the newest look alone: no cursor holds them
};
using Sights = std::map<std::string, Sight>;  // by environment

Sight sight_of(const nlohmann::json& flags, std::string stamp);
// Nothing where the cursor is none of ours.
Sights sights_in(const std::string& cursor);
std::string cursor_of(const Sights& sights);

// `at` and `environment` stand in each; `what` is "state DISABLED", "definition changed", "added" or "removed".
std::vector<Observation> differences(const Sight& before, const Sight& after, const std::string& environment,
                                     Instant at);

}  // namespace vakt::flag::flagd
