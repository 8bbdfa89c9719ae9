#include "integrations/flags/unleash_json.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "bot/time/zones.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag::unleash {
namespace {

using json_read::at;
using json_read::text;
using json_read::truth;
using nlohmann::json;

// Absent or null is fine; anything else must be what it should be.
bool boolean_or_absent(const json& value, bool& out) {
  if (value.is_null()) return true;
  if (!value.is_boolean()) return false;
  out = value.get<bool>();
  return true;
}

Constraint constraint_of(const json& from) {
  Constraint made{text(from, "contextName"), text(from, "operator"), {}, {}, false, false, true};
  made.readable = !made.field.empty() && !made.op.empty() && boolean_or_absent(at(from, "inverted"), made.inverted) &&
                  boolean_or_absent(at(from, "caseInsensitive"), made.case_insensitive);
  const json& values = at(from, "values");
  if (!values.is_array() && !values.is_null()) made.readable = false;
  if (values.is_array()) {
    for (const json& value : values) {
      if (!value.is_string()) made.readable = false;
      made.values.push_back(text(value));
    }
  }
  const json& value = at(from, "value");
  if (value.is_string() || value.is_number()) {
    made.value = value.is_string() ? text(value) : json_read::dump(value);
  } else if (!value.is_null()) {
    made.readable = false;
  }
  return made;
}

std::vector<Constraint> constraints_of(const json& from) {
  std::vector<Constraint> made;
  if (from.is_array()) {
    std::ranges::transform(from, std::back_inserter(made), constraint_of);
  } else if (!from.is_null()) {
    made.push_back(Constraint{});
    made.back().readable = false;
  }
  return made;
}

bool read_parameters(const json& from, std::map<std::string, std::string>& into) {
  if (from.is_null()) return true;
  if (!from.is_object()) return false;
  for (const auto& [key, value] : from.items()) {
    if (value.is_structured()) return false;
    into[key] = value.is_string() ? text(value) : value.is_null() ? std::string() : json_read::dump(value);
  }
  return true;
}

bool segment_id(const json& value, int& id) {
  if (!value.is_number_integer()) return false;
  const auto number = value.get<long long>();
  if (number < 0 || number > std::numeric_limits<int>::max()) return false;
  id = static_cast<int>(number);
  return true;
}

bool read_segment_ids(const json& from, std::vector<int>& into) {
  if (from.is_null()) return true;
  if (!from.is_array()) return false;
  return std::ranges::all_of(from, [&into](const json& value) {
    int id = 0;
    if (!segment_id(value, id)) return false;
    into.push_back(id);
    return true;
  });
}

Strategy strategy_of(const json& from) {
  Strategy made;
  made.name = text(from, "name");
  made.constraints = constraints_of(at(from, "constraints"));
  made.readable = !made.name.empty() && read_parameters(at(from, "parameters"), made.parameters) &&
                  read_segment_ids(at(from, "segments"), made.segments) &&
                  boolean_or_absent(at(from, "disabled"), made.disabled);
  return made;
}

// False where it cannot be told whether the flag is on, or what narrows it.
bool read_state(const json& from, State& into) {
  const json& enabled = at(from, "enabled");
  const json& strategies = at(from, "strategies");
  if (!enabled.is_boolean() || !strategies.is_array()) return false;
  into.enabled = enabled.get<bool>();
  std::ranges::transform(strategies, std::back_inserter(into.strategies), strategy_of);
  return true;
}

bool read_common(const json& from, Flag& into) {
  into.name = text(from, "name");
  into.project = text(from, "project");
  if (into.name.empty()) return false;
  const json& parents = at(from, "dependencies");
  if (!parents.is_array()) return parents.is_null();
  for (const json& parent : parents) {
    Parent made{text(parent, "feature"), true, {}};
    if (made.name.empty() || !boolean_or_absent(at(parent, "enabled"), made.enabled)) return false;
    if (const json& variants = at(parent, "variants"); variants.is_array())
      for (const json& variant : variants) made.variants.push_back(text(variant));
    into.parents.push_back(std::move(made));
  }
  return true;
}

bool read_segments_of(const json& list, std::map<int, Segment>& into) {
  if (!list.is_array()) return false;
  for (const json& one : list) {
    int id = 0;
    if (segment_id(at(one, "id"), id)) into[id] = {text(one, "name"), constraints_of(at(one, "constraints"))};
  }
  return true;
}

// Those that change who sees a flag; the words are the same from 4 to 8.
bool changes_exposure(std::string_view type) {
  static constexpr std::array<std::string_view, 26> those{"feature-environment-enabled",
                                                          "feature-environment-disabled",
                                                          "feature-strategy-add",
                                                          "feature-strategy-update",
                                                          "feature-strategy-remove",
                                                          "feature-updated",
                                                          "feature-archived",
                                                          "feature-revived",
                                                          "feature-deleted",
                                                          "feature-import",
                                                          "features-imported",
                                                          "feature-project-change",
                                                          "feature-dependency-added",
                                                          "feature-dependency-removed",
                                                          "feature-dependencies-removed",
                                                          "segment-created",
                                                          "segment-updated",
                                                          "segment-deleted",
                                                          "segment-import",
                                                          "project-environment-added",
                                                          "project-environment-removed",
                                                          "release-plan-milestone-started",
                                                          "release-plan-added",
                                                          "release-plan-removed",
                                                          "environment-import",
                                                          "drop-features"};
  return std::ranges::find(those, type) != those.end();
}

}  // namespace

std::optional<Flag> read_feature(std::string_view body) {
  const json from = json_read::parse(body);
  Flag made;
  const json& environments = at(from, "environments");
  if (!read_common(from, made) || !environments.is_array() || !boolean_or_absent(at(from, "archived"), made.archived))
    return {};
  for (const json& environment : environments) {
    const std::string name = text(environment, "name");
    if (name.empty() || !read_state(environment, made.states[name])) return {};
  }
  if (const json& children = at(from, "children"); children.is_array())
    for (const json& child : children) made.children.push_back(text(child));
  return made;
}

std::optional<ClientFeatures> read_client_features(std::string_view body) {
  const json from = json_read::parse(body);
  const json& features = at(from, "features");
  if (!features.is_array()) return {};
  ClientFeatures made;
  made.environment = text(at(from, "query"), "environment");
  for (const json& feature : features) {
    Flag flag;
    if (!read_common(feature, flag) || !read_state(feature, flag.states[made.environment])) return {};
    made.catalog.flags.insert_or_assign(flag.name, std::move(flag));
  }
  for (const auto& [name, flag] : made.catalog.flags)
    for (const Parent& parent : flag.parents)
      if (const auto found = made.catalog.flags.find(parent.name); found != made.catalog.flags.end())
        found->second.children.push_back(name);
  if (const json& segments = at(from, "segments"); !segments.is_null())
    if (!read_segments_of(segments, made.catalog.segments)) return {};
  return made;
}

std::optional<std::vector<Listed>> read_list(std::string_view body) {
  const json from = json_read::parse(body);
  const json& features = at(from, "features");
  if (!features.is_array()) return {};
  std::vector<Listed> made;
  for (const json& one : features)
    made.push_back(
        {text(one, "name"), text(one, "project"), truth(one, "archived") || at(one, "archivedAt").is_string()});
  return made;
}

std::optional<std::string> read_project_of(std::string_view body) {
  std::string project = text(json_read::parse(body), "project");
  if (project.empty()) return {};
  return project;
}

std::optional<std::map<int, Segment>> read_segments(std::string_view body) {
  const json from = json_read::parse(body);
  std::map<int, Segment> made;
  if (!read_segments_of(at(from, "segments"), made)) return {};
  return made;
}

std::optional<std::vector<std::string>> read_projects(std::string_view body) {
  const json from = json_read::parse(body);
  const json& projects = at(from, "projects");
  if (!projects.is_array()) return {};
  std::vector<std::string> made;
  for (const json& one : projects)
    if (std::string id = text(one, "id"); !id.empty()) made.push_back(std::move(id));
  return made;
}

std::optional<std::vector<std::string>> read_environments(std::string_view body) {
  const json from = json_read::parse(body);
  const json& environments = at(from, "environments");
  if (!environments.is_array()) return {};
  std::vector<std::string> made;
  for (const json& one : environments) {
    std::string name = text(one, "name");
    // One that is hidden from new projects may still be read by old ones: switching it off stops no evaluation.
    const bool in_use = truth(one, "enabled") || json_read::number(one, "projectCount") > 0;
    if (!name.empty() && in_use) made.push_back(std::move(name));
  }
  return made;
}

std::optional<EventPage> read_events(std::string_view body) {
  const json from = json_read::parse(body);
  const json& events = at(from, "events");
  if (!events.is_array()) return {};
  EventPage made{{}, events.size()};
  for (const json& one : events) {
    Event event{json_read::number(one, "id"), {}, false};
    const auto moment = from_iso_utc(text(one, "createdAt"));
    if (event.id <= 0 || !moment) continue;
    event.change = {*moment,
                    text(one, "featureName"),
                    text(one, "project"),
                    text(one, "environment"),
                    text(one, "type"),
                    text(one, "createdBy"),
                    {}};
    if (event.change.what == "feature-environment-enabled") event.change.enabled = true;
    if (event.change.what == "feature-environment-disabled" || event.change.what == "feature-archived")
      event.change.enabled = false;
    event.about_flags = changes_exposure(event.change.what);
    made.events.push_back(std::move(event));
  }
  return made;
}

Refusal read_refusal(std::string_view body) {
  const json from = json_read::parse(body);
  const json& detail = json_read::first(at(from, "details"));
  Refusal made{text(from, "name"), text(detail, "message"), text(from, "permission")};
  if (made.message.empty()) made.message = text(from, "message");
  if (made.permission.empty()) made.permission = text(json_read::first(at(from, "permissions")));
  // Version 6 and later name it in the sentence alone: … you need the "UPDATE_FEATURE_ENVIRONMENT" permission.
  if (const auto quote = made.message.find("need the \""); made.permission.empty() && quote != std::string::npos)
    made.permission = made.message.substr(quote + 10, made.message.find('"', quote + 10) - quote - 10);
  std::ranges::replace_if(made.message, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  constexpr std::size_t longest = 200;
  if (made.message.size() > longest) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(made.message[end]) & 0xC0) == 0x80) --end;
    made.message = made.message.substr(0, end) + "…";
  }
  return made;
}

}  // namespace vakt::flag::unleash
