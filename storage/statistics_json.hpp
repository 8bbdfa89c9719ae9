// Figures over incidents as JSON, for `vakt stats --json`. Pure.
#pragma once

#include <string>

#include "bot/record/statistics.hpp"

namespace vakt {

std::string statistics_json(const statistics::Statistics&);

}  // namespace vakt
