// The app manifest that a user pastes at api.slack.com, "Create an app, from a manifest": only what vakt uses. Pure;
// any thread. Source: docs.slack.dev, app manifest reference.
#pragma once

#include <string>
#include <vector>

#include "bot/types.hpp"

namespace vakt {

// commands: with their slash, as "/incident". The shortcuts are named in the language that vakt speaks.
std::string manifest_json(const std::vector<std::string>& commands = {"/incident"}, Language = Language::en);

// What the bot token must carry.
std::vector<std::string> bot_scopes();

}  // namespace vakt
