// What is asked of a flag service, and what it answers, in words that all services share. Plain values; no thread rule.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "bot/flags/flag.hpp"

namespace vakt::flag {

enum class Fault : std::uint8_t {
  not_found,       // no such flag here: nothing was changed
  no_environment,  // the flag is here, the environment is not: nothing was changed
  refused,         // the token may not (401, 403): nothing was changed
  needs_approval,  // a change request is enforced: nothing was changed; `link` leads to it
  unsupported,     // this service or this flag cannot do that: nothing was changed
  unreachable,     // the request was certainly not carried out
  uncertain,       // it may have been carried out, or may still be: timed out, 5xx, nonsense
};

struct ProviderError {
  Fault fault = Fault::uncertain;
  std::string text;  // what happened, for people, in English; names the host, never a token, a path or a query
  std::string link;
};

template <class T>
using Answer = std::expected<T, ProviderError>;

// A flag with what evaluating it needs, and what puts it back as it was.
struct Reading {
  Flag flag;
  Catalog catalog;       // its parents and segments
  std::string snapshot;  // opaque to everybody but the adapter that made it; holds no secret
};

// What applications get, as far as the service tells (Unleash: the client API).
enum class Served : std::uint8_t {
  off,      // proven: the answer is for that environment, holds the flag, and it is not enabled
  on,       // the answer is for that environment, and it is enabled
  unknown,  // anything else: `text` of Service says what
};
struct ServedAnswer {
  Served served = Served::unknown;
  std::string why;  // where unknown: for people, in English
};

struct Observations {
  std::vector<Observation> changes;  // oldest first
  std::string cursor;                // to go on from
};

struct Order {
  Action action = Action::off;
  std::string name, project, environment;  // project as read; empty where the service has none
  int percent = 0;                         // 0..100
  std::string snapshot;                    // of a restore
};

}  // namespace vakt::flag
