// The release plan of a rollout in Markdown: the headings, their order and the wording of VA.gov's release plan, filled
// with what was recorded. What only people know stands as [FILL_IN]. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/rollouts/rollout.hpp"

namespace vakt::rollout {

struct ReleasePlan {
  std::string markdown;
  std::vector<std::string> unfilled;  // "Stage B: 25% of users: Number of unique users", in their order
};

// names: of people, by id. zone: of its days.
ReleasePlan release_plan(const Rollout&, const std::map<std::string, std::string>& names, const std::string& zone);

}  // namespace vakt::rollout
