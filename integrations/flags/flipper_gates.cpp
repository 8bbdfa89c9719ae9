#include "integrations/flags/flipper_gates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "integrations/json/json_read.hpp"

namespace vakt::flag::flipper {
namespace {

using nlohmann::json;

// Adapters of Flipper store values as texts; some versions answer with those.
std::optional<bool> truth(const json& value) {
  if (value.is_null()) return false;
  if (value.is_boolean()) return value.get<bool>();
  if (value == 1 || value == "1" || value == "true") return true;
  if (value == 0 || value == "0" || value == "false" || value == "") return false;
  return {};
}

std::string canonical(double share) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), share).ptr;
  return {text.data(), end};
}

// "" is closed; nothing: unreadable.
std::optional<std::string> percentage(const json& value) {
  if (value.is_null() || value == "") return "";
  double share = -1;
  if (value.is_number()) share = value.get<double>();
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), share);
    if (fault != std::errc{} || end != text.data() + text.size()) return {};
  }
  if (!(share >= 0 && share <= 100)) return {};
  return share == 0 ? "" : canonical(share);
}

std::optional<std::vector<std::string>> names(const json& value) {
  std::vector<std::string> found;
  if (value.is_null()) return found;
  if (!value.is_array()) return {};
  for (const json& one : value) {
    if (!one.is_string()) return {};
    found.push_back(one.get<std::string>());
  }
  std::ranges::sort(found);
  return found;
}

template <class T>
void take(T& into, std::optional<T> value, Gates& gates) {
  if (value)
    into = std::move(*value);
  else
    gates.readable = false;
}

bool is_closed(const json& value) {
  return value.is_null() || value == false || value == 0 || value == "" || value == "0" || value == "false" ||
         ((value.is_array() || value.is_object()) && value.empty());
}

bool any_open(const Gates& gates) {
  return gates.boolean || !gates.percentage_of_actors.empty() || !gates.percentage_of_time.empty() ||
         !gates.actors.empty() || !gates.groups.empty() || !gates.expression.empty() || !gates.unknown.empty();
}

}  // namespace

Gates read_gates(const json& feature) {
  Gates gates;
  const json& list = json_read::at(feature, "gates");
  if (!list.is_array()) gates.readable = false;
  for (const json& gate : list) {
    const std::string key = json_read::text(gate, "key");
    const json& value = json_read::at(gate, "value");
    if (key == "boolean")
      take(gates.boolean, truth(value), gates);
    else if (key == "percentage_of_actors")
      take(gates.percentage_of_actors, percentage(value), gates);
    else if (key == "percentage_of_time")
      take(gates.percentage_of_time, percentage(value), gates);
    else if (key == "actors")
      take(gates.actors, names(value), gates);
    else if (key == "groups")
      take(gates.groups, names(value), gates);
    else if (key == "expression")
      gates.expression = is_closed(value) ? "" : json_read::dump(value);
    else if (!is_closed(value))
      gates.unknown.push_back(key);
  }
  const std::string state = json_read::text(feature, "state");
  if ((state == "off") == any_open(gates)) gates.readable = false;
  return gates;
}

}  // namespace vakt::flag::flipper
