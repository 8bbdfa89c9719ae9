// The operators that order numbers, dates and versions. Unknown where official SDKs may read a value differently. Pure.
#pragma once

#include <string>

#include "bot/flags/flag.hpp"
#include "bot/flags/truth.hpp"

namespace vakt::flag {

// Each takes the value that the context fixes; `inverted` is left to the caller. Never depends.
Truth compares_numbers(const Constraint& constraint, const std::string& fixed);   // NUM_…
Truth compares_dates(const Constraint& constraint, const std::string& fixed);     // DATE_…
Truth compares_versions(const Constraint& constraint, const std::string& fixed);  // SEMVER_…

}  // namespace vakt::flag
