// Rollouts as JSON, as `vakt rollout list --json` and `status --json` spell them. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "bot/rollouts/rollout.hpp"

namespace vakt {

std::string rollouts_json(const std::vector<rollout::Rollout>&, Instant now);
std::string rollout_json(const rollout::Rollout&, Instant now);

}  // namespace vakt
