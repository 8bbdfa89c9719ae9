// A feature in Flipper's JSON -> its gates. Pure; any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "integrations/flags/flipper_api.hpp"

namespace vakt::flag::flipper {

// readable is false where a value is of no known form, or where the gates do not explain Flipper's own "state".
Gates read_gates(const nlohmann::json& feature);

}  // namespace vakt::flag::flipper
