// A feature flag as its service describes it, in words that all services share. Plain values; no thread rule.
// Names of strategies, operators and parameters are Unleash's (docs.getunleash.io, "Activation strategies"); the
// adapters of other services translate into them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/types.hpp"

namespace vakt::flag {

struct Constraint {
  std::string field;  // of the context: "userId", "appName", or one of the team's own
  std::string op;     // "IN", "NOT_IN", "STR_CONTAINS", "NUM_GT", "DATE_AFTER", "SEMVER_EQ" …
  std::vector<std::string> values;
  std::string value;
  bool inverted = false, case_insensitive = false;
  bool readable = true;  // false: the service's description of it could not be understood
  bool operator==(const Constraint&) const = default;
};

struct Strategy {
  std::string name;   // "default", "flexibleRollout", …
  std::string shown;  // what its service calls it, where that is another name; else empty
  std::map<std::string, std::string> parameters;
  std::vector<Constraint> constraints;  // joined by AND, with the segments'
  std::vector<int> segments;            // ids in Catalog::segments
  bool disabled = false;
  bool readable = true;
  bool operator==(const Strategy&) const = default;
};

struct Segment {
  std::string name;
  std::vector<Constraint> constraints;  // joined by AND
};

// This flag is on only where the parent is on (or off, or gives one of those variants).
struct Parent {
  std::string name;
  bool enabled = true;
  std::vector<std::string> variants;
  bool operator==(const Parent&) const = default;
};

// One flag in one environment.
struct State {
  bool enabled = false;
  std::vector<Strategy> strategies;  // joined by OR; none: on for everybody while enabled
  bool operator==(const State&) const = default;
};

struct Flag {
  std::string name, project;  // project empty where the service has none
  bool archived = false;
  std::vector<Parent> parents;          // joined by AND
  std::vector<std::string> children;    // flags that name this one as their parent
  std::map<std::string, State> states;  // by environment
  bool operator==(const Flag&) const = default;
};

// What evaluating a flag may need besides the flag: its parents, and the segments.
struct Catalog {
  std::map<std::string, Flag> flags;
  std::map<int, Segment> segments;
};

// What an order does to a flag.
enum class Action : std::uint8_t { off, on, percent, restore };

// A change that the service says was made, by us or by anybody.
struct Observation {
  Instant at{};
  std::string name, project, environment;  // environment empty: all of them
  std::string what;                        // the service's own word: "feature-environment-enabled" …
  std::string by;                          // as far as the service knows; a token's owner, never a person in chat
  std::optional<bool> enabled;             // what it is since, where the change was on or off
  std::optional<State> state = {};         // all that it is there since, where the service shows that
};

// Where it was seen.
struct Sighting {
  std::string provider;
  Observation observation;
};

}  // namespace vakt::flag
