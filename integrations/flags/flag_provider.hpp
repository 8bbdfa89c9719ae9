// The port to a service that keeps feature flags. One adapter each: unleash, flipper, flagd (a file), http.
// Network thread only; an adapter must outlive the coroutines it returns. Adapters never retry and never decide: what
// to do next is bot/flags/flag_run.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "bot/flags/flag.hpp"
#include "bot/flags/flag_settings.hpp"

namespace boost::asio {
class io_context;
}

namespace vakt {

class HttpClient;

namespace flag {

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

class Provider {
 public:
  virtual ~Provider() = default;
  virtual const std::string& name() const = 0;
  virtual ProviderKind kind() const = 0;
  // True where served() can prove anything; false (flagd, flipper, http): what is stored is what is read.
  virtual bool tells_what_is_served() const = 0;

  virtual boost::asio::awaitable<Answer<std::vector<std::string>>> environments() = 0;
  // Every flag in one environment, with its strategies and all segments: for lists and lint.
  virtual boost::asio::awaitable<Answer<Catalog>> catalog(std::string environment) = 0;
  // One flag in all environments. Never creates it. The name must match exactly.
  virtual boost::asio::awaitable<Answer<Reading>> read(std::string name) = 0;
  // The Reading it was decided on; one request where the service can, `milliseconds` the time-out for each request.
  virtual boost::asio::awaitable<Answer<void>> carry_out(Order order, int milliseconds) = 0;
  virtual boost::asio::awaitable<ServedAnswer> served(std::string name, std::string environment) = 0;
  // Changes since the cursor ("": the last 24 hours), by anybody. Unsupported where the service keeps no events.
  virtual boost::asio::awaitable<Answer<Observations>> changes(std::string cursor, Instant now) = 0;
  // A command that a person can paste into a terminal; names the token's variable, never its value.
  virtual std::string by_hand(const Order&) const = 0;
};

std::unique_ptr<Provider> make_unleash(HttpClient&, const ProviderSettings&);
std::unique_ptr<Provider> make_flipper(HttpClient&, const ProviderSettings&);
std::unique_ptr<Provider> make_http_provider(HttpClient&, const ProviderSettings&);
std::unique_ptr<Provider> make_flagd(const ProviderSettings&);
std::unique_ptr<Provider> make_provider(HttpClient&, const ProviderSettings&);

}  // namespace flag
}  // namespace vakt
