// When to look at a rollout again after its last stage: one week and one calendar month later, at the same time of day
// there, whatever DST does in between. Pure.
#pragma once

#include <string>

#include "bot/types.hpp"

namespace vakt::rollout {

Instant week_after(Instant, const std::string& zone);
Instant month_after(Instant, const std::string& zone);  // of a day that month lacks: its last one

}  // namespace vakt::rollout
