// What an order of vakt's for a flag, once it is over, means for a rollout: shared by the brain and by the command
// line, which shows what waits in the inbox. Pure.
#pragma once

#include <string>
#include <vector>

#include "bot/flags/flag_change.hpp"
#include "bot/inbound.hpp"
#include "bot/rollouts/rollout_life.hpp"

namespace vakt {

struct Followed {
  enum class What : std::uint8_t { nothing, began, resumed, not_advanced, changed_by_hand, rolled_back } what;
  rollout::Rollout rollout;  // as it is then
};
Followed follow(const rollout::Rollout&, const flag::Change& over, Instant now, const std::string& zone);

// Rollouts as they will be once `vakt run` has taken what the command line left.
std::vector<rollout::Rollout> with_left(std::vector<rollout::Rollout>, const std::vector<inbound::FlagProgress>&,
                                        const std::string& zone);

}  // namespace vakt
