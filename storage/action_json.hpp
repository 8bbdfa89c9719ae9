// Action items as JSON, as the record and `vakt actions --json` spell them. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "bot/actions/action_item.hpp"

namespace vakt {

std::string items_json(const std::vector<action::Item>&);

}  // namespace vakt
