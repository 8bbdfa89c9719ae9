// Flags as JSON for scripts. Times are UTC, ISO 8601 with microseconds; shares are 0..1. Pure.
#pragma once

#include <string>

#include "bot/inbound.hpp"
#include "bot/settings.hpp"

namespace vakt::cli {

// {"name","environment","provider","change","standing","requested_at","stored_at","verified_at","served_at","problem","by_hand"}
std::string progress_json(const inbound::FlagProgress&);
// [{"provider","name","project","environment","enabled","sees","low","high"}]
std::string list_json(const Settings&, const inbound::FlagsRead&);
// [{"provider","name","project","environment","finding","strategy","other"}]
std::string lint_json(const Settings&, const inbound::FlagsRead&);
// [{"provider","name","project","archived","environments":[{"environment","enabled","audiences":[{"audience","sees","low","high","why":[…]}]}]}]
std::string status_json(const Settings&, const inbound::FlagsRead&);

}  // namespace vakt::cli
