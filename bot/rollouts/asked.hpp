// What is asked of a rollout without touching its flag: it may wait in the inbox until `vakt run` takes it. Plain
// values.
#pragma once

#include <variant>

#include "bot/rollouts/rollout.hpp"

namespace vakt::rollout {

namespace asked {
struct Start {
  Rollout plan;  // its id is given when it is taken
  bool operator==(const Start&) const = default;
};
struct Report {
  Id id = 0;
  Record record;
  bool operator==(const Report&) const = default;
};
struct Hold {
  Id id = 0;
  std::string reason;
  bool operator==(const Hold&) const = default;
};
}  // namespace asked

using Asked = std::variant<asked::Start, asked::Report, asked::Hold>;

}  // namespace vakt::rollout
