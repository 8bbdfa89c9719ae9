// Who passes a constraint or a segment: evaluated exactly where the context fixes its field. Pure.
#pragma once

#include <map>
#include <string>

#include "bot/flags/flag.hpp"
#include "bot/flags/truth.hpp"

namespace vakt::flag {

// The fields that never change; what it does not name may be anything, or missing.
using Context = std::map<std::string, std::string>;

// The value that the context fixes; nullptr where it does not (also without a context).
const std::string* fixed_value(const Context* context, const std::string& field);

// Whether a list of Unleash's ("a, b") names that value.
Truth in_list(const std::string& list, const std::string& value);

Truth passes(const Constraint& constraint, const Context* context);

}  // namespace vakt::flag
