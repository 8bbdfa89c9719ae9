// What vakt knows of flags that were exposed: for how long, how much of it before anybody noticed, and which strategy
// opened them. Pure.
#pragma once

#include <string>
#include <vector>

#include "bot/flags/flag_change.hpp"
#include "bot/postmortem/durations.hpp"

namespace vakt::postmortem {

// A paragraph of Markdown for each flag that was turned off and had been open.
std::vector<std::string> exposures(const Record&, const std::vector<flag::Change>&, const Settings&, const Quoting&,
                                   Language);

}  // namespace vakt::postmortem
