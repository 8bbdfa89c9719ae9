// Figures over incidents as people see them: a table for a terminal, and a month's summary for the announce channel.
// Pure.
#pragma once

#include "bot/record/statistics.hpp"
#include "bot/settings.hpp"
#include "bot/view/blocks.hpp"

namespace vakt::view {

std::string statistics_table(const Settings&, const statistics::Statistics&);

// One of the month; of items and post-mortems as they are now. `all` covers at least that month.
Message month_summary(const Settings&, const statistics::Row& month, const statistics::Statistics& all);

}  // namespace vakt::view
