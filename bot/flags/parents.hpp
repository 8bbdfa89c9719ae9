// Where a flag's parents leave it open. A parent of a parent closes it, so nothing is ever followed further. Pure.
#pragma once

#include <string>

#include "bot/flags/strategy.hpp"

namespace vakt::flag {

// `own` narrowed by the parents, joined by AND. Their reasons come first, for they close what a strategy opens.
Exposure under_parents(Exposure own, const Flag& flag, const std::string& environment, const Surroundings& around);

}  // namespace vakt::flag
