// What has to be sent to Unleash to set a rollout, or to put a flag back as a snapshot shows it. Pure; any thread.
// Trap: `on` in an environment without an enabled strategy silently adds flexibleRollout 100 %.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "integrations/flags/flag_provider.hpp"

namespace vakt::flag::unleash {

// One request, its path below …/features/NAME/environments/ENVIRONMENT/.
struct Step {
  std::string method, path, body;
  bool operator==(const Step&) const = default;
};

// What is kept of a feature's body: environments with their strategies as Unleash wrote them. "" where it is none.
std::string snapshot_of(std::string_view feature_body);

// Sets the one enabled gradual strategy, then turns on what was off where anybody is to see it. Refused where there is
// none, or more than one.
Answer<std::vector<Step>> percent_steps(std::string_view feature_body, const std::string& environment, int percent);

// In this order: off first where it was off; strategies; on last where it was on. Empty: it is as it was.
// Strategies that others added meanwhile are left alone while the flag goes off, and are a refusal where it would go
// on.
Answer<std::vector<Step>> restore_steps(std::string_view snapshot, std::string_view feature_body,
                                        const std::string& environment);

}  // namespace vakt::flag::unleash
