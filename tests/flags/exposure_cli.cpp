// Prints who sees a flag, for tests that compare it with Unleash's own: one JSON object a line in, one a line out.
//   in:  {"name", "features": [as /api/client/features serves them], "segments": [], "custom": {"byCluster":
//   "cluster"},
//         "contexts": [null | {"userId": "7", …}, …]}
//   out: [{"sees", "lo", "hi", "reasons": [number of Why]}, …], one for each context; null: none is fixed
#include <iostream>
#include <nlohmann/json.hpp>

#include "bot/flags/exposure.hpp"

namespace {

using nlohmann::json;
using namespace vakt::flag;

std::string text(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

Constraint constraint_of(const json& from) {
  Constraint constraint{.field = from.at("contextName"), .op = from.at("operator"), .values = {}, .value = {}};
  for (const auto& value : from.value("values", json::array())) constraint.values.push_back(text(value));
  if (from.contains("value")) constraint.value = text(from["value"]);
  constraint.inverted = from.value("inverted", false);
  constraint.case_insensitive = from.value("caseInsensitive", false);
  return constraint;
}

Strategy strategy_of(const json& from) {
  Strategy strategy{.name = from.at("name"), .shown = {}, .parameters = {}, .constraints = {}, .segments = {}};
  const auto parameters = from.value("parameters", json::object());
  for (const auto& [name, value] : parameters.items()) strategy.parameters[name] = text(value);
  for (const auto& constraint : from.value("constraints", json::array()))
    strategy.constraints.push_back(constraint_of(constraint));
  strategy.segments = from.value("segments", std::vector<int>{});
  return strategy;
}

Flag flag_of(const json& from) {
  Flag flag;
  flag.name = from.at("name");
  for (const auto& parent : from.value("dependencies", json::array()))
    flag.parents.push_back(
        {parent.at("feature"), parent.value("enabled", true), parent.value("variants", std::vector<std::string>{})});
  auto& state = flag.states["production"];
  state.enabled = from.at("enabled");
  for (const auto& strategy : from.value("strategies", json::array()))
    state.strategies.push_back(strategy_of(strategy));
  return flag;
}

json answer(const json& question) {
  Catalog catalog;
  ExposureRules rules;
  for (const auto& feature : question.at("features")) catalog.flags[feature.at("name")] = flag_of(feature);
  for (const auto& from : question.value("segments", json::array())) {
    auto& segment = catalog.segments[from.at("id")];
    segment.name = "segment " + from.at("id").dump();
    for (const auto& constraint : from.at("constraints")) segment.constraints.push_back(constraint_of(constraint));
  }
  const auto custom = question.value("custom", json::object());
  for (const auto& [name, matches] : custom.items()) rules.strategies.push_back({name, matches});

  const auto& flag = catalog.flags[question.at("name")];  // one that is not served is as good as off
  json answers = json::array();
  for (const auto& context : question.at("contexts")) {
    Audience audience{"production", "reader", {}, true};
    if (context.is_object())
      for (const auto& [field, value] : context.items()) audience.context[field] = text(value);
    const auto seen = exposure(flag, "production", catalog, rules, context.is_null() ? nullptr : &audience);
    constexpr const char* words[] = {"nobody", "some", "everybody", "cannot_tell"};
    json reasons = json::array();
    for (const auto& reason : seen.reasons) reasons.push_back(static_cast<int>(reason.why));
    answers.push_back(
        {{"sees", words[static_cast<int>(seen.sees)]}, {"lo", seen.lo}, {"hi", seen.hi}, {"reasons", reasons}});
  }
  return answers;
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(json::parse(line)).dump() << '\n';
}
