// How a key of the configuration file takes its value. Internal to bot/config.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "bot/config/config.hpp"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace vakt {

// An error's sentence ("must be …"), or nothing.
using Take = std::function<std::string(const toml::node&, Config&)>;

// The keys of [flags], by their full names.
const std::map<std::string, Take>& flag_keys();
// Tokens from the environment, and a provider where the file names none.
Result<void> complete_flags(const Environment&, Config&);

}  // namespace vakt
