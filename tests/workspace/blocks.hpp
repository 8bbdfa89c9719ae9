#pragma once
// Block Kit's sizes and rules, as Slack enforces them.
#include <nlohmann/json.hpp>

namespace workspace {

// Checks the blocks of a message, gives ids to those without, and throws Refused{"invalid_blocks"} with Slack's
// messages.
void check_message_blocks(nlohmann::json& blocks);

// The same for a view: Refused{"invalid_arguments"}.
void check_view(nlohmann::json& view);

}  // namespace workspace
