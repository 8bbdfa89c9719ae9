#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "integrations/flags/flipper_api.hpp"
#include "integrations/flags/service_fault.hpp"
#include "integrations/http/url.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag::flipper {
namespace {

using nlohmann::json;

Strategy strategy(std::string name, std::string shown, std::map<std::string, std::string> parameters = {}) {
  Strategy made;
  made.name = std::move(name);
  made.shown = std::move(shown);
  made.parameters = std::move(parameters);
  return made;
}

Strategy rollout(const char* gate, const std::string& percentage) {
  double percent = 100;
  std::from_chars(percentage.data(), percentage.data() + percentage.size(), percent);
  return even_share(gate, percent);
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

std::optional<std::vector<std::string>> texts(const json& value) {
  if (!value.is_array()) return {};
  std::vector<std::string> all;
  for (const json& one : value) all.push_back(json_read::text(one));
  return all;
}

Call form(std::string method, std::string gate, const std::string& field, const std::string& value) {
  return {std::move(method), std::move(gate), field + "=" + percent_encoded(value)};
}

// Unregistered here may be registered in the applications, which share the storage.
Call group(std::string method, const std::string& name) {
  Call call = form(std::move(method), "groups", "name", name);
  call.body += "&allow_unregistered_groups=true";
  return call;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

void set_percentage(std::vector<Call>& calls, const char* gate, const std::string& now, const std::string& wanted) {
  if (now != wanted) calls.push_back(form("POST", gate, "percentage", wanted.empty() ? "0" : wanted));
}

ProviderError unsupported(std::string text) { return {Fault::unsupported, std::move(text), {}}; }

}  // namespace

State state_of(const Gates& gates) {
  if (!gates.readable) return unread("gates that vakt cannot read");
  State state;
  auto& all = state.strategies;
  if (gates.boolean) all.push_back(strategy("default", "boolean"));
  if (!gates.actors.empty()) all.push_back(strategy("userWithId", "actors", {{"userIds", joined(gates.actors)}}));
  if (!gates.percentage_of_actors.empty()) all.push_back(rollout("percentage_of_actors", gates.percentage_of_actors));
  if (!gates.percentage_of_time.empty()) all.push_back(rollout("percentage_of_time", gates.percentage_of_time));
  if (!gates.groups.empty())
    all.push_back(strategy("flipper.groups", "groups: " + joined(gates.groups), {{"groups", joined(gates.groups)}}));
  if (!gates.expression.empty()) all.push_back(strategy("flipper.expression", "expression"));
  for (const auto& gate : gates.unknown) all.push_back(strategy("flipper." + gate, gate));
  state.enabled = !all.empty();
  return state;
}

std::string snapshot_of(const std::map<std::string, Gates>& environments) {
  json all = json::object();
  for (const auto& [environment, gates] : environments)
    all[environment] = {{"boolean", gates.boolean},
                        {"percentage_of_actors", gates.percentage_of_actors},
                        {"percentage_of_time", gates.percentage_of_time},
                        {"actors", gates.actors},
                        {"groups", gates.groups},
                        {"expression", gates.expression},
                        {"unknown", gates.unknown},
                        {"readable", gates.readable}};
  return json_read::dump(all);
}

Answer<Gates> gates_in(const std::string& snapshot, const std::string& environment) {
  const json all = json_read::parse(snapshot);
  const json& one = json_read::at(all, environment);
  const auto actors = texts(json_read::at(one, "actors"));
  const auto groups = texts(json_read::at(one, "groups"));
  const auto unknown = texts(json_read::at(one, "unknown"));
  if (!actors || !groups || !unknown || !json_read::truth(one, "readable"))
    return std::unexpected(
        unsupported("What the flag was before is not known well enough to put it back: set its "
                    "gates in Flipper by hand."));
  if (!unknown->empty())
    return std::unexpected(unsupported("The flag had gates that vakt cannot put back (" + joined(*unknown) +
                                       "): nothing was changed; set its gates in Flipper by hand."));
  Gates gates;
  gates.boolean = json_read::truth(one, "boolean");
  gates.percentage_of_actors = json_read::text(one, "percentage_of_actors");
  gates.percentage_of_time = json_read::text(one, "percentage_of_time");
  gates.actors = *actors;
  gates.groups = *groups;
  gates.expression = json_read::text(one, "expression");
  return gates;
}

Answer<Gates> wanted_gates(const Order& order, const Gates& now) {
  Gates wanted;
  switch (order.action) {
    case Action::off:
      return wanted;
    case Action::on:
      wanted.boolean = true;
      return wanted;
    case Action::restore:
      return gates_in(order.snapshot, order.environment);
    case Action::percent:
      break;
  }
  if (order.percent <= 0)
    return std::unexpected(unsupported("0 percent is off in Flipper: turn the flag off instead."));
  if (order.percent > 100) return std::unexpected(unsupported("A percentage is at most 100."));
  if (!now.readable || !now.unknown.empty())
    return std::unexpected(unsupported("The flag has gates that vakt cannot read: set the percentage in Flipper."));
  if (!now.percentage_of_time.empty())
    return std::unexpected(unsupported("The flag is also on for " + now.percentage_of_time +
                                       " % of the time, whatever the percentage of actors: turn it off first."));
  wanted = now;
  wanted.boolean = false;
  wanted.percentage_of_actors = std::to_string(order.percent);
  return wanted;
}

std::vector<Call> plan(const Gates& now, const Gates& wanted) {
  if (wanted == Gates{}) return {{"DELETE", "boolean", {}}};
  std::vector<Call> calls;
  Gates there = now;
  // Both wipe every other gate.
  if (wanted.boolean && !now.boolean) {
    calls.push_back({"POST", "boolean", {}});
    there = Gates{.boolean = true};
  } else if (now.boolean != wanted.boolean || !now.readable || !now.unknown.empty()) {
    calls.push_back({"DELETE", "boolean", {}});
    if (wanted.boolean) calls.push_back({"POST", "boolean", {}});
    there = Gates{.boolean = wanted.boolean};
  }
  for (const auto& name : there.groups)
    if (!contains(wanted.groups, name)) calls.push_back(group("DELETE", name));
  for (const auto& id : there.actors)
    if (!contains(wanted.actors, id)) calls.push_back(form("DELETE", "actors", "flipper_id", id));
  if (!there.expression.empty() && wanted.expression.empty()) calls.push_back({"DELETE", "expression", {}});
  set_percentage(calls, "percentage_of_actors", there.percentage_of_actors, wanted.percentage_of_actors);
  set_percentage(calls, "percentage_of_time", there.percentage_of_time, wanted.percentage_of_time);
  for (const auto& id : wanted.actors)
    if (!contains(there.actors, id)) calls.push_back(form("POST", "actors", "flipper_id", id));
  for (const auto& name : wanted.groups)
    if (!contains(there.groups, name)) calls.push_back(group("POST", name));
  if (!wanted.expression.empty() && wanted.expression != there.expression)
    calls.push_back({"POST", "expression", wanted.expression, true});
  return calls;
}

}  // namespace vakt::flag::flipper
