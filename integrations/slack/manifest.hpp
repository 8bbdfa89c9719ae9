// The app manifest that a user pastes at api.slack.com, "Create an app, from a manifest": only what vakt uses. Pure;
// any thread. Source: docs.slack.dev, app manifest reference.
#pragma once

#include <string>
#include <vector>

namespace vakt {

// commands: with their slash, as "/incident".
std::string manifest_json(const std::vector<std::string>& commands = {"/incident"});

// What the bot token must carry.
std::vector<std::string> bot_scopes();

}  // namespace vakt
