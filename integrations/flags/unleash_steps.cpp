#include "integrations/flags/unleash_steps.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "integrations/http/url.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag::unleash {
namespace {

using json_read::at;
using json_read::text;
using json_read::truth;
using nlohmann::json;

std::unexpected<ProviderError> fault(Fault what, std::string why) {
  return std::unexpected(ProviderError{what, std::move(why), {}});
}

// Nothing where the body holds no such environment.
const json* environment_of(const json& feature, const std::string& name) {
  const json& environments = at(feature, "environments");
  if (!environments.is_array()) return nullptr;
  const auto found = std::ranges::find_if(environments, [&](const json& one) { return text(one, "name") == name; });
  if (found == environments.end() || !at(*found, "enabled").is_boolean() || !at(*found, "strategies").is_array())
    return nullptr;
  return &*found;
}

std::unexpected<ProviderError> unreadable() {
  return fault(Fault::unsupported, "Unleash's description of the flag could not be read. Nothing was changed.");
}

constexpr std::array<std::string_view, 8> written{"name",        "title",    "disabled", "parameters",
                                                  "constraints", "segments", "variants", "sortOrder"};

// What may be sent of a strategy; only what that version of Unleash told of.
json body_of(const json& strategy) {
  json body = json::object();
  for (const std::string_view key : written)
    if (const json& value = at(strategy, key); !value.is_null()) body[std::string(key)] = value;
  return body;
}

json or_else(const json& value, json otherwise) { return value.is_null() ? std::move(otherwise) : value; }

json plain_constraints(const json& constraints) {
  json made = json::array();
  if (!constraints.is_array()) return constraints;
  for (const json& one : constraints)
    made.push_back({{"field", at(one, "contextName")},
                    {"op", at(one, "operator")},
                    {"values", or_else(at(one, "values"), json::array())},
                    {"value", or_else(at(one, "value"), "")},
                    {"inverted", truth(one, "inverted")},
                    {"case", truth(one, "caseInsensitive")}});
  return made;
}

// Two strategies with the same of this let the same people in.
json meaning(const json& strategy) {
  json segments = or_else(at(strategy, "segments"), json::array());
  if (segments.is_array()) std::sort(segments.begin(), segments.end());
  return {{"name", at(strategy, "name")},
          {"disabled", truth(strategy, "disabled")},
          {"parameters", or_else(at(strategy, "parameters"), json::object())},
          {"constraints", plain_constraints(or_else(at(strategy, "constraints"), json::array()))},
          {"segments", std::move(segments)},
          {"variants", or_else(at(strategy, "variants"), json::array())}};
}

bool some_enabled(const json& strategies) {
  return std::ranges::any_of(strategies, [](const json& one) { return !truth(one, "disabled"); });
}

// The strategy that `on` adds by itself.
bool is_automatic(const json& strategy) {
  const json parameters = at(strategy, "parameters");
  return text(strategy, "name") == "flexibleRollout" && text(parameters, "rollout") == "100" &&
         !truth(strategy, "disabled") && meaning(strategy)["constraints"].empty() &&
         meaning(strategy)["segments"].empty();
}

// The name of the parameter that holds the share; nothing where it is no gradual strategy.
std::optional<std::string> share_parameter(const std::string& strategy) {
  if (strategy == "flexibleRollout") return "rollout";
  if (strategy == "gradualRolloutRandom" || strategy == "gradualRolloutUserId" || strategy == "gradualRolloutSessionId")
    return "percentage";
  return {};
}

std::string strategy_path(const json& strategy) { return "strategies/" + percent_encoded(text(strategy, "id")); }

}  // namespace

std::string snapshot_of(std::string_view feature_body) {
  const json from = json_read::parse(feature_body);
  if (!at(from, "environments").is_array()) return {};
  json kept = json::array();
  for (const json& one : from["environments"]) {
    json strategies = json::array();
    if (const json& listed = at(one, "strategies"); listed.is_array()) {
      for (const json& strategy : listed) {
        strategies.push_back(body_of(strategy));
        strategies.back()["id"] = at(strategy, "id");
      }
    }
    kept.push_back({{"name", at(one, "name")}, {"enabled", at(one, "enabled")}, {"strategies", std::move(strategies)}});
  }
  return json_read::dump({{"environments", std::move(kept)}});
}

Answer<std::vector<Step>> percent_steps(std::string_view feature_body, const std::string& environment, int percent) {
  const json feature = json_read::parse(feature_body);
  const json* now = environment_of(feature, environment);
  if (!now) return unreadable();
  const json* chosen = nullptr;
  std::string names;
  int gradual = 0;
  for (const json& one : (*now)["strategies"]) {
    if (truth(one, "disabled")) continue;
    const std::string name = text(one, "name");
    names += (names.empty() ? "" : ", ") + name;
    if (!share_parameter(name)) continue;
    ++gradual;
    chosen = &one;
  }
  if (gradual == 0) {
    const std::string why = names.empty()
                                ? "The flag has no enabled strategy there"
                                : "None of the flag's enabled strategies there has a percentage (" + names + ")";
    return fault(Fault::unsupported, why + ": there is no rollout to set. Add a gradual rollout in Unleash first.");
  }
  if (gradual > 1)
    return fault(Fault::unsupported, "The flag has " + std::to_string(gradual) +
                                         " gradual rollouts there, joined by OR (" + names +
                                         "): which one is meant cannot be told. Change it in Unleash.");
  if (text(*chosen, "id").empty()) return unreadable();
  const std::string pointer = "/parameters/" + share_parameter(text(*chosen, "name")).value_or("");
  json change = {{"op", "add"}, {"path", pointer}, {"value", std::to_string(percent)}};  // add: or replace
  const json patch = json::array({std::move(change)});
  std::vector<Step> steps{{"PATCH", strategy_path(*chosen), json_read::dump(patch)}};
  if (percent > 0 && !truth(*now, "enabled")) steps.push_back({"POST", "on", {}});  // off, nobody would see its share
  return steps;
}

Answer<std::vector<Step>> restore_steps(std::string_view snapshot, std::string_view feature_body,
                                        const std::string& environment) {
  const json before = json_read::parse(snapshot);
  const json feature = json_read::parse(feature_body);
  const json* then = environment_of(before, environment);
  const json* now = environment_of(feature, environment);
  if (!then) return fault(Fault::unsupported, "What the flag was there before was not kept. Nothing was changed.");
  if (!now) return unreadable();

  std::vector<const json*> left;  // strategies of now that no strategy of then accounts for
  for (const json& one : (*now)["strategies"]) left.push_back(&one);
  const auto take = [&left](auto&& fits) -> const json* {
    const auto found = std::ranges::find_if(left, [&](const json* one) { return fits(*one); });
    if (found == left.end()) return nullptr;
    const json* taken = *found;
    left.erase(found);
    return taken;
  };

  std::vector<Step> changes;
  std::vector<const json*> gone;
  for (const json& wanted : (*then)["strategies"]) {
    const std::string id = text(wanted, "id");
    if (const json* same = take([&](const json& one) { return !id.empty() && text(one, "id") == id; })) {
      if (meaning(*same) != meaning(wanted))
        changes.push_back({"PUT", strategy_path(wanted), json_read::dump(body_of(wanted))});
    } else {
      gone.push_back(&wanted);
    }
  }
  // One that was removed and added again has another id.
  for (const json* wanted : gone)
    if (!take([&](const json& one) { return meaning(one) == meaning(*wanted); }))
      changes.push_back({"POST", "strategies", json_read::dump(body_of(*wanted))});

  const bool was_on = truth(*then, "enabled");
  const bool added_by_on = !some_enabled((*then)["strategies"]);
  for (const json* extra : left) {
    if (added_by_on && is_automatic(*extra)) {
      // On without a strategy means everybody, and so does the one that `on` adds: it has to stay while on.
      if (!was_on) changes.push_back({"DELETE", strategy_path(*extra), {}});
    } else if (was_on && !truth(*extra, "disabled")) {
      return fault(Fault::unsupported, "Meanwhile somebody added the strategy " + text(*extra, "name") +
                                           " there: turned on again, the flag would be open to others than before. "
                                           "Nothing was changed. Decide in Unleash.");
    }
  }

  std::vector<Step> steps;
  const bool is_on = truth(*now, "enabled");
  if (!was_on && is_on) steps.push_back({"POST", "off", {}});
  std::ranges::move(changes, std::back_inserter(steps));
  if (was_on && (!is_on || !steps.empty())) steps.push_back({"POST", "on", {}});
  return steps;
}

}  // namespace vakt::flag::unleash
