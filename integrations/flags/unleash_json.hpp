// Untrusted JSON of Unleash's Admin API and client API, versions 4 to 8, -> plain values. What is missing or of a wrong
// type where it decides who sees a flag makes the constraint or the strategy unreadable, or the whole answer nothing:
// never "nobody". Pure; any thread. Shapes: docs.getunleash.io, "API reference"; recorded on 4.19 to 7.4.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bot/flags/flag.hpp"

namespace vakt::flag::unleash {

// GET /api/admin/projects/:project/features/:name
std::optional<Flag> read_feature(std::string_view body);

// GET /api/client/features: what applications get. `environment` is the one the answer says it is for; empty: none.
struct ClientFeatures {
  std::string environment;
  Catalog catalog;
};
std::optional<ClientFeatures> read_client_features(std::string_view body);

// Any list of flags: a search, a project's, the archive's.
struct Listed {
  std::string name, project;  // project empty where the list is one project's
  bool archived = false;
};
std::optional<std::vector<Listed>> read_list(std::string_view body);

// GET /api/admin/features/:name (version 4): the flag's project.
std::optional<std::string> read_project_of(std::string_view body);

std::optional<std::map<int, Segment>> read_segments(std::string_view body);        // GET /api/admin/segments
std::optional<std::vector<std::string>> read_projects(std::string_view body);      // GET /api/admin/projects: ids
std::optional<std::vector<std::string>> read_environments(std::string_view body);  // GET /api/admin/environments

struct Event {
  long long id = 0;
  Observation change;
  bool about_flags = false;  // false: nothing that changes who sees a flag
};
struct EventPage {
  std::vector<Event> events;  // newest first, as Unleash gives them; those without an id or a time are left out
  std::size_t listed = 0;     // how many there were
};
std::optional<EventPage> read_events(std::string_view body);

// What an error's body says of itself; empty where it is not Unleash's. `message` is cut to one short line.
struct Refusal {
  std::string name;     // "NotFoundError", "PermissionError", …
  std::string message;  // may quote what was sent
  std::string permission;
};
Refusal read_refusal(std::string_view body);

}  // namespace vakt::flag::unleash
