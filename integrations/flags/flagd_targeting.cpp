#include "integrations/flags/flagd_targeting.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "integrations/flags/service_fault.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag::flagd {
namespace {

using nlohmann::json;

constexpr long long greatest_weight = 2147483647;  // their sum; more is an error to flagd

Strategy strategy(std::string name, std::string shown) {
  Strategy made;
  made.name = std::move(name);
  made.shown = std::move(shown);
  return made;
}

Strategy unknown_targeting() { return strategy("flagd.targeting", "targeting"); }

Shows shows_of_variant(const json& flag, const std::string& variant) {
  const json& variants = json_read::at(flag, "variants");
  return variants.is_object() && variants.contains(variant) ? shows(variants.at(variant)) : Shows::unknown;
}

Strategy by_default(const json& flag) {
  const std::string variant = json_read::text(flag, "defaultVariant");
  if (variant.empty()) return strategy("flagd.codeDefault", "the default in the application's code");
  const std::string shown = "defaultVariant " + variant;
  switch (shows_of_variant(flag, variant)) {
    case Shows::on:
      return strategy("default", shown);
    case Shows::off:
      return even_share(shown, 0);
    case Shows::unknown:
      break;
  }
  return strategy("flagd.variant", shown);
}

// {"var": "email"}: where it is missing, flagd takes the default variant.
bool is_variable(const json& by) { return by.is_object() && by.size() == 1 && by.contains("var"); }

// flagd's own way to bucket, written out: the flag's key and the targeting key.
bool is_targeting_key(const json& by) {
  static const json written =
      json::parse(R"({"cat": [{"var": "$flagd.flagKey"}, {"var": "targetingKey"}]})", nullptr, false);
  return by == written || by == json{{"var", "targetingKey"}};
}

// Nobody knows how users spread over the values of a field: some of them, and who lacks it is not among them.
Strategy by_field(double percent) {
  Strategy made = even_share("fractional", percent);
  made.parameters["stickiness"] = "field of the targeting";
  return made;
}

Strategy by_share(const json& flag, const Fractional& fractional) {
  long long on = 0, whole = 0;
  for (const auto& [variant, weight] : fractional.buckets) {
    const Shows shown = shows_of_variant(flag, variant);
    if (shown == Shows::unknown) return unknown_targeting();
    whole += weight;
    if (shown == Shows::on) on += weight;
  }
  if (whole > greatest_weight) return unknown_targeting();
  if (whole == 0) return by_default(flag);
  const double percent = 100.0 * static_cast<double>(on) / static_cast<double>(whole);
  if (fractional.by == Fractional::By::targeting_key) return even_share("fractional", percent);
  // Who lacks the field gets the default variant.
  switch (shows_of_variant(flag, json_read::text(flag, "defaultVariant"))) {
    case Shows::off:
      return by_field(percent);
    case Shows::on:
      if (on == whole) return even_share("fractional", percent);
      break;
    case Shows::unknown:
      break;
  }
  return unknown_targeting();
}

}  // namespace

Shows shows(const json& value) {
  if (value.is_boolean()) return value.get<bool>() ? Shows::on : Shows::off;
  if (value.is_number()) return value == 0 ? Shows::off : Shows::on;
  if (value.is_string()) {
    std::string word = value.get<std::string>();
    std::ranges::transform(word, word.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    constexpr std::array<std::string_view, 7> closed{"", "off", "false", "disabled", "no", "none", "0"};
    return std::ranges::find(closed, word) == closed.end() ? Shows::on : Shows::off;
  }
  const bool holds_something = (value.is_object() || value.is_array()) && !value.empty();
  return holds_something ? Shows::on : Shows::unknown;
}

std::optional<Fractional> fractional_of(const json& flag) {
  const json& targeting = json_read::at(flag, "targeting");
  const json& list = json_read::at(targeting, "fractional");
  if (!targeting.is_object() || targeting.size() != 1 || !list.is_array() || list.empty()) return {};
  Fractional read;
  std::size_t first = 0;
  if (!list[0].is_array()) {
    first = 1;
    if (is_variable(list[0]) && !is_targeting_key(list[0]))
      read.by = Fractional::By::field;
    else if (!is_targeting_key(list[0]))
      return {};
  }
  for (std::size_t i = first; i < list.size(); ++i) {
    const json& entry = list[i];
    if (!entry.is_array() || entry.empty() || entry.size() > 2 || !entry[0].is_string()) return {};
    Bucket bucket{entry[0].get<std::string>()};
    if (entry.size() == 2) {
      if (!entry[1].is_number_integer()) return {};
      const auto weight = entry[1].get<double>();
      if (weight > static_cast<double>(greatest_weight)) return {};
      bucket.weight = std::max(0LL, static_cast<long long>(weight));
    }
    read.buckets.push_back(std::move(bucket));
  }
  if (read.buckets.empty()) return {};
  return read;
}

State state_of(const json& flag) {
  const std::string written = json_read::text(flag, "state");
  if (written != "ENABLED" && written != "DISABLED") return unread("a state that is neither ENABLED nor DISABLED");
  const json& targeting = json_read::at(flag, "targeting");
  const bool targeted = !(targeting.is_null() || (targeting.is_object() && targeting.empty()));
  State state{.enabled = written == "ENABLED"};
  if (!targeted)
    state.strategies.push_back(by_default(flag));
  else if (const auto fractional = fractional_of(flag))
    state.strategies.push_back(by_share(flag, *fractional));
  else
    state.strategies.push_back(unknown_targeting());
  return state;
}

}  // namespace vakt::flag::flagd
