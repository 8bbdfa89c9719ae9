// Which of the changes that a flag service tells of are vakt's own orders arriving there. Pure. What an order cannot
// have caused, or caused already, is somebody else's: no change by hand may ever be taken for ours.
#pragma once

#include <string>
#include <vector>

#include "bot/flags/flag_change.hpp"

namespace vakt::flag {

// It may have changed something at the service.
bool may_have_changed(const Progress&);
// That flag there.
bool concerns(const Change&, const std::string& provider, const Observation&);

// For each sighting, in any order, whether it is an order of ours.
std::vector<bool> own_echoes(const std::vector<Sighting>&, const std::vector<Change>&, Instant now);

}  // namespace vakt::flag
