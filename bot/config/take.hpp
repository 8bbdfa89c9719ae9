// How a key of the configuration file takes its value. Internal to bot/config.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "bot/config/config.hpp"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace vakt {

// An error's sentence ("must be …"), or nothing.
using Take = std::function<std::string(const toml::node&, Config&)>;

// The keys of [trello], [deadlines], [[team]] and [bot] holidays, by their full names. Those of [[team]] are taken into
// the last team that was begun.
const std::map<std::string, Take>& action_keys();
// An error's sentence about what [trello] and each [[team]] say taken together, or nothing; of the one taken last.
std::string wrong_lists(const Config&);
std::string wrong_team(const Config&);
// Trello's address, key and token from the environment.
Result<void> complete_actions(const Environment&, Config&);
// By the whole host: http://127.0.0.1.example.com is not this machine.
bool is_loopback(const std::string& url);

// "15d", "4w" in days; nothing for what is none.
std::optional<int> days_in(std::string_view text);

// The keys of [postmortem], by their full names.
const std::map<std::string, Take>& postmortem_keys();

// The keys of [flags], by their full names.
const std::map<std::string, Take>& flag_keys();
// Tokens from the environment, and a provider where the file names none.
Result<void> complete_flags(const Environment&, Config&);

}  // namespace vakt
