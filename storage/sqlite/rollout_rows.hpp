// Rollouts as rows, for the ledger and the reader alike. Internal to storage/sqlite; the thread of the connection.
#pragma once

#include <optional>
#include <vector>

#include "bot/rollouts/rollout.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/damage.hpp"

namespace vakt::sqlite {

void write_rollout(Connection&, const rollout::Rollout&);  // by id
std::optional<rollout::Rollout> read_rollout(Connection&, rollout::Id);
std::vector<rollout::Rollout> read_rollouts(Connection&, LeftOut&);           // newest first, at most 500
std::vector<rollout::Rollout> read_rollouts_followed(Connection&, LeftOut&);  // by id

}  // namespace vakt::sqlite
