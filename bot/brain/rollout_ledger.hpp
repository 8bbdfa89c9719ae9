// What the ledger keeps of rollouts. Same thread and errors as the ledger that it is part of.
#pragma once

#include <optional>
#include <vector>

#include "bot/rollouts/rollout.hpp"

namespace vakt {

class RolloutLedger {
 public:
  virtual ~RolloutLedger() = default;

  virtual rollout::Id next_rollout() = 0;
  virtual void save_rollout(const rollout::Rollout&) = 0;  // by id
  virtual std::optional<rollout::Rollout> rollout(rollout::Id) = 0;
  virtual std::vector<rollout::Rollout> rollouts() = 0;  // newest first, at most 500
  // Those that a change of their flag concerns: all but the rolled back ones, of any age; by id.
  virtual std::vector<rollout::Rollout> rollouts_followed() = 0;
};

}  // namespace vakt
