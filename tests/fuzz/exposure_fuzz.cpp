// Any bytes as what a flag service says of a flag: never a crash, never long, and bounds that agree with their word.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "bot/flags/flag_lint.hpp"

namespace {

using namespace vakt::flag;

// Words between NUL bytes, one after the other; empty when they are used up.
struct Words {
  std::string_view rest;
  std::string next() {
    const auto end = rest.find('\0');
    const std::string word(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return word;
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Words words{{reinterpret_cast<const char*>(data), size}};
  Strategy strategy;
  strategy.name = words.next();
  for (const auto* name : {"rollout", "percentage", "stickiness", "groupId", "userIds", "IPs", "cluster"})
    strategy.parameters[name] = words.next();
  Constraint constraint;
  constraint.field = "x";
  constraint.op = words.next();
  constraint.value = words.next();
  constraint.values = {words.next(), words.next()};
  constraint.case_insensitive = size % 2 == 0;
  if (!constraint.op.empty()) strategy.constraints.push_back(constraint);

  Flag flag;
  flag.states["production"] = {true, {strategy}};
  Audience audience{"production", "a", {}, true};
  for (const auto* field : {"x", "userId", "sessionId", "remoteAddress", "cluster", "currentTime"})
    audience.context[field] = words.next();
  const ExposureRules rules{{{"byCluster", "cluster"}}, {audience}};
  for (const auto* who : {&rules.audiences[0], static_cast<const Audience*>(nullptr)}) {
    const auto seen = exposure(flag, "production", {}, rules, who);
    if (!(0 <= seen.lo && seen.lo <= seen.hi && seen.hi <= 1)) std::abort();
    if ((seen.sees == Sees::everybody) != (seen.lo == 1) || (seen.sees == Sees::nobody) != (seen.hi == 0)) std::abort();
  }
  (void)lint(flag, "production", {}, rules);
  return 0;
}
