#include "bot/cli/flag_print_json.hpp"

#include <nlohmann/json.hpp>

#include "bot/flags/flag_lint.hpp"
#include "bot/time/zones.hpp"

namespace vakt::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string printed(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

Json when(const std::optional<Instant>& at) { return at ? Json(iso_utc(*at)) : Json(nullptr); }

const char* sees(flag::Sees seen) {
  static constexpr const char* words[]{"nobody", "some", "everybody", "cannot_tell"};
  return words[static_cast<std::size_t>(seen)];
}

const char* action(flag::Action done) {
  static constexpr const char* words[]{"off", "on", "percent", "restore"};
  return words[static_cast<std::size_t>(done)];
}

const char* standing(flag::Standing stands) {
  static constexpr const char* words[]{"asked", "under_way", "unknown", "proven", "stopped", "overruled", "failed"};
  return words[static_cast<std::size_t>(stands)];
}

const char* finding(flag::Finding found) {
  static constexpr const char* words[]{"unconstrained_beside_narrower", "on_without_strategies",
                                       "all_strategies_disabled", "shared_environment", "unknown_strategy"};
  return words[static_cast<std::size_t>(found)];
}

const char* why(flag::Why reason) {
  static constexpr const char* words[]{
      "archived",           "environment_off",    "no_strategies",    "strategy_everybody",   "strategy_share",
      "strategy_targets",   "strategy_nobody",    "strategy_unknown", "parameter_unreadable", "constraint_false",
      "constraint_depends", "constraint_unknown", "segment_missing",  "segment_depends",      "joined_by_or",
      "parent_missing",     "parent_is_child",    "parent_closed",    "parent_depends"};
  return words[static_cast<std::size_t>(reason)];
}

Json audiences_json(const std::vector<flag::AudienceExposure>& exposures) {
  Json list = Json::array();
  for (const auto& [audience, production, exposure] : exposures) {
    Json reasons = Json::array();
    for (const auto& reason : exposure.reasons)
      reasons.push_back({{"why", why(reason.why)}, {"strategy", reason.strategy}, {"detail", reason.detail}});
    list.push_back({{"audience", audience.empty() ? Json(nullptr) : Json(audience)},
                    {"sees", sees(exposure.sees)},
                    {"low", exposure.lo},
                    {"high", exposure.hi},
                    {"why", reasons}});
  }
  return list;
}

}  // namespace

std::string progress_json(const inbound::FlagProgress& told) {
  const auto& p = told.progress;
  return printed({{"name", told.wanted.name},
                  {"environment", told.wanted.environment},
                  {"provider", p.provider},
                  {"change", action(told.wanted.action)},
                  {"standing", standing(p.standing)},
                  {"requested_at", iso_utc(told.requested_at)},
                  {"stored_at", when(p.stored_at)},
                  {"verified_at", when(p.verified_at)},
                  {"served_at", when(p.served_at)},
                  {"was_so_already", p.was_so_already},
                  {"sent_again", p.sent_again},
                  {"problem", p.problem.empty() ? Json(nullptr) : Json(p.problem)},
                  {"candidates", p.candidates},
                  {"also_at", p.also_at},
                  {"by_hand", p.by_hand}});
}

std::string list_json(const Settings& settings, const inbound::FlagsRead& read) {
  const auto& environment = read.asked.environment;
  Json list = Json::array();
  for (const auto& answer : read.answers) {
    if (!answer.catalog) continue;
    for (const auto& [name, flag] : answer.catalog->flags) {
      if (name.find(read.asked.context) == std::string::npos) continue;
      const auto widest = flag::worst(flag::exposures(flag, environment, *answer.catalog, settings.flags.rules));
      const auto state = flag.states.find(environment);
      list.push_back({{"provider", answer.provider},
                      {"name", name},
                      {"project", flag.project},
                      {"environment", environment},
                      {"enabled", state != flag.states.end() && state->second.enabled},
                      {"sees", sees(widest.sees)},
                      {"low", widest.lo},
                      {"high", widest.hi}});
    }
  }
  return printed(list);
}

std::string lint_json(const Settings& settings, const inbound::FlagsRead& read) {
  Json list = Json::array();
  for (const auto& answer : read.answers) {
    if (!answer.catalog) continue;
    for (const auto& environment : answer.environments)
      for (const auto& [name, flag] : answer.catalog->flags)
        for (const auto& row : flag::lint(flag, environment, *answer.catalog, settings.flags.rules))
          list.push_back({{"provider", answer.provider},
                          {"name", row.flag},
                          {"project", row.project},
                          {"environment", row.environment},
                          {"finding", finding(row.finding)},
                          {"strategy", row.detail},
                          {"other", row.other}});
  }
  return printed(list);
}

std::string status_json(const Settings& settings, const inbound::FlagsRead& read) {
  Json list = Json::array();
  for (const auto& answer : read.answers) {
    if (!answer.reading) continue;
    const auto& [flag, catalog, snapshot] = *answer.reading;
    Json environments = Json::array();
    for (const auto& [environment, state] : flag.states)
      environments.push_back(
          {{"environment", environment},
           {"enabled", state.enabled},
           {"audiences", audiences_json(flag::exposures(flag, environment, catalog, settings.flags.rules))}});
    list.push_back({{"provider", answer.provider},
                    {"name", flag.name},
                    {"project", flag.project},
                    {"archived", flag.archived},
                    {"environments", environments}});
  }
  return printed(list);
}

}  // namespace vakt::cli
