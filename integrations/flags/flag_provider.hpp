// The port to a service that keeps feature flags. One adapter each: unleash, flipper, flagd (a file), http.
// Network thread only; an adapter must outlive the coroutines it returns. Adapters never retry and never decide: what
// to do next is bot/flags/flag_run.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "bot/flags/flag.hpp"
#include "bot/flags/flag_settings.hpp"
#include "bot/flags/provider_answers.hpp"

namespace boost::asio {
class io_context;
}

namespace vakt {

class HttpClient;

namespace flag {

class Provider {
 public:
  virtual ~Provider() = default;
  virtual const std::string& name() const = 0;
  virtual ProviderKind kind() const = 0;
  // True where served() can prove anything; false (flagd, flipper, http): what is stored is what is read.
  virtual bool tells_what_is_served() const = 0;

  // What makes the first order quick: names known, connections open. Nothing depends on it.
  virtual boost::asio::awaitable<void> prepare(std::string environment);
  // True where an off changes nothing else and needs nothing read first: it may be sent while the flag is being read.
  virtual bool can_turn_off_unread(const std::string& /*name*/, const std::string& /*environment*/) const {
    return false;
  }

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
