// Short ways to write flags, for the tests of this folder.
#pragma once

#include <sstream>

#include "bot/flags/exposure.hpp"

namespace vakt::flag {

inline Strategy strategy(std::string name, std::map<std::string, std::string> parameters = {},
                         std::vector<Constraint> constraints = {}) {
  Strategy made;
  made.name = std::move(name);
  made.parameters = std::move(parameters);
  made.constraints = std::move(constraints);
  return made;
}
inline Strategy rollout(const std::string& percent, const std::string& stickiness = "default",
                        const std::string& group = "g") {
  return strategy("flexibleRollout", {{"rollout", percent}, {"stickiness", stickiness}, {"groupId", group}});
}
inline Strategy by_cluster(const std::string& list) { return strategy("byCluster", {{"cluster", list}}); }

inline Constraint constraint(std::string field, std::string op, std::vector<std::string> values) {
  Constraint made;
  made.field = std::move(field);
  made.op = std::move(op);
  made.values = std::move(values);
  return made;
}
inline Constraint compared(std::string field, std::string op, std::string value) {
  auto made = constraint(std::move(field), std::move(op), {});
  made.value = std::move(value);
  return made;
}

inline Flag flag_with(std::vector<Strategy> strategies, bool enabled = true) {
  Flag flag;
  flag.name = "f";
  flag.states["production"] = {enabled, std::move(strategies)};
  return flag;
}

inline ExposureRules nav() {
  return {{{"byCluster", "cluster"}},
          {{"production", "dev-gcp", {{"cluster", "dev-gcp"}}, false},
           {"production", "prod-gcp", {{"cluster", "prod-gcp"}}, true}}};
}

inline std::vector<Why> whys(const Exposure& seen) {
  std::vector<Why> all;
  for (const auto& reason : seen.reasons) all.push_back(reason.why);
  return all;
}

// "some 0..0.5"
inline std::string in_short(const Exposure& seen) {
  constexpr const char* words[] = {"nobody", "some", "everybody", "cannot_tell"};
  std::ostringstream text;
  text << words[static_cast<int>(seen.sees)] << ' ' << seen.lo << ".." << seen.hi;
  return text.str();
}

}  // namespace vakt::flag
