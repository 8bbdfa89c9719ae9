// The form in which one entry of the timeline gets the wording, time and presence that documents give it. Pure.
#pragma once

#include <string>

#include "bot/incident/entry.hpp"
#include "bot/settings.hpp"
#include "bot/view/blocks.hpp"

namespace vakt::view {

// "~2026-11-21 09:20:04" in the settings' zone; as it is typed.
std::string time_as_typed(Instant, bool approximate, const Settings&);

Modal timeline_edit_form(const Settings&, const Entry&);

}  // namespace vakt::view
