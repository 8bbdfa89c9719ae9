#include "integrations/flags/flagd_watch.hpp"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>

#include "integrations/flags/flagd_targeting.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag::flagd {
namespace {

using nlohmann::json;

// FNV-1a, 64 bits: the same in every build, as cursors outlive programs.
std::string hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), hash, 16).ptr;
  return {digits.data(), end};
}

std::string seen_of(json flag) {
  const std::string state = json_read::text(flag, "state");
  if (flag.is_object()) flag.erase("state");
  const char* letter = state == "ENABLED" ? "e" : state == "DISABLED" ? "d" : "?";
  return letter + hash_of(json_read::dump(flag));
}

std::string state_in(const std::string& seen) {
  if (seen.starts_with('e')) return "state ENABLED";
  return seen.starts_with('d') ? "state DISABLED" : "state unreadable";
}

std::optional<bool> enabled_in(const std::string& seen) {
  if (seen.starts_with('e')) return true;
  if (seen.starts_with('d')) return false;
  return {};
}

}  // namespace

Sight sight_of(const json& flags, std::string stamp) {
  Sight sight{.stamp = std::move(stamp), .flags = {}, .states = {}};
  for (const auto& [name, flag] : flags.items()) {
    sight.flags[name] = seen_of(flag);
    sight.states[name] = state_of(flag);
  }
  return sight;
}

Sights sights_in(const std::string& cursor) {
  Sights sights;
  const json all = json_read::parse(cursor);
  if (!all.is_object()) return sights;
  for (const auto& [environment, one] : all.items()) {
    const json& flags = json_read::at(one, "flags");
    if (!flags.is_object()) continue;
    Sight& sight = sights[environment];
    sight.stamp = json_read::text(one, "stamp");
    for (const auto& [name, seen] : flags.items()) sight.flags[name] = json_read::text(seen);
  }
  return sights;
}

std::string cursor_of(const Sights& sights) {
  json all = json::object();
  for (const auto& [environment, sight] : sights)
    all[environment] = {{"stamp", sight.stamp}, {"flags", json(sight.flags)}};
  return json_read::dump(all);
}

std::vector<Observation> differences(const Sight& before, const Sight& after, const std::string& environment,
                                     Instant at) {
  std::vector<Observation> all;
  const auto add = [&](const std::string& name, std::string what, std::optional<bool> enabled) {
    all.push_back({.at = at,
                   .name = name,
                   .project = {},
                   .environment = environment,
                   .what = std::move(what),
                   .by = {},
                   .enabled = enabled});
    if (const auto state = after.states.find(name); state != after.states.end()) all.back().state = state->second;
  };
  for (const auto& [name, seen] : after.flags) {
    const auto old = before.flags.find(name);
    if (old == before.flags.end())
      add(name, "added", enabled_in(seen));
    else if (old->second.substr(0, 1) != seen.substr(0, 1))
      add(name, state_in(seen), enabled_in(seen));
    else if (old->second != seen)
      add(name, "definition changed", {});
  }
  for (const auto& [name, seen] : before.flags)
    if (!after.flags.contains(name)) add(name, "removed", {});
  return all;
}

}  // namespace vakt::flag::flagd
