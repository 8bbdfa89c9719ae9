// The form in which one entry of the timeline gets the wording, time and presence that documents give it. Pure.
#pragma once

#include <string>

#include "bot/incident/entry.hpp"
#include "bot/settings.hpp"
#include "bot/view/blocks.hpp"

namespace vakt::view {

// An entry as documents have it: the curated wording and time where a person gave them.
const std::string& shown_text(const Entry&);  // mrkdwn
Instant shown_at(const Entry&);
bool shown_approximate(const Entry&);

// "~2026-11-21 09:20:04" in the settings' zone; as it is typed.
std::string typed_form(Instant, bool approximate, const Settings&);

Modal timeline_edit_form(const Settings&, const Entry&);

}  // namespace vakt::view
