// vakt rollout …: rollouts from a terminal. What changes the flag is done and proven here, also without Slack and
// without `vakt run`; everything is left for `vakt run` to take into the record. Main thread. Exit codes as all
// commands, and 3: sent, but not proven.
#pragma once

#include <string>
#include <vector>

#include "bot/config/config.hpp"

namespace vakt::cli {

struct RolloutArguments {
  std::string verb;   // list, status, start, record, advance, resume, hold, rollback, export
  std::string which;  // a number, or a flag's name; of start: the flag
  std::string environment, provider, channel, stages, least_users, reason;
  std::vector<std::string> why;  // a reason without its option, as it is typed in Slack
  std::vector<std::string> criteria, dashboards, watchers, go;
  std::string users, downstream, errors, changes;
  std::vector<std::string> metrics;  // "criterion=value"
  bool yes = false, check = false, json = false;
};

int rollout(const Config&, const RolloutArguments&);

}  // namespace vakt::cli
