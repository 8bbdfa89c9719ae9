// The app manifest that a user pastes at api.slack.com, "Create an app, from a manifest": only what vakt uses. Pure;
// any thread. Source: docs.slack.dev, app manifest reference.
#pragma once

#include <string>
#include <vector>

#include "bot/settings.hpp"

namespace vakt {

// Of the settings: what the slash commands are called, and the language that the shortcuts are named in.
std::string manifest_json(const Settings& = {});

// What the bot token must carry.
std::vector<std::string> bot_scopes();

}  // namespace vakt
