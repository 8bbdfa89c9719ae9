// vakt flag …: the kill switch from a terminal. Works without Slack and without `vakt run`, and where the database
// cannot be opened. Main thread. Exit codes as all commands, and 3: sent, but not proven.
#pragma once

#include <optional>
#include <string>

#include "bot/config/config.hpp"

namespace vakt::cli {

struct FlagArguments {
  std::string verb;  // list, status, lint, history, off, on, percent, undo
  std::string name, environment, provider, duration;
  std::optional<int> percent;
  bool yes = false, json = false;
};

int flag(const Config&, const FlagArguments&);

}  // namespace vakt::cli
