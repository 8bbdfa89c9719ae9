// Flipper: one base URL for each environment; no events, no environments and no tokens of its own.
#include <optional>

#include "integrations/flags/flipper_api.hpp"
#include "integrations/flags/service_fault.hpp"
#include "integrations/http/await_send.hpp"

namespace vakt::flag {
namespace {

namespace asio = boost::asio;

class Flipper : public Provider {
 public:
  Flipper(HttpClient& http, const ProviderSettings& settings)
      : http_(http), settings_(settings), addresses_(addresses(settings)) {}

  const std::string& name() const override { return settings_.name; }
  ProviderKind kind() const override { return ProviderKind::flipper; }
  bool tells_what_is_served() const override { return false; }

  asio::awaitable<Answer<std::vector<std::string>>> environments() override {
    std::vector<std::string> names;
    for (const auto& [environment, base] : addresses_) names.push_back(environment);
    co_return names;
  }

  asio::awaitable<Answer<Catalog>> catalog(std::string environment) override {
    const auto base = addresses_.find(environment);
    if (base == addresses_.end()) co_return std::unexpected(no_such_environment(environment, settings_));
    const HttpResult result = co_await await_send(http_, flipper::get_features(base->second, settings_.token));
    const auto features = flipper::read_features(result, host_of(base->second));
    if (!features) co_return std::unexpected(features.error());
    Catalog all;
    for (const auto& feature : *features) {
      Flag& flag = all.flags[feature.key];
      flag.name = feature.key;
      flag.states[environment] = flipper::state_of(feature.gates);
    }
    co_return all;
  }

  asio::awaitable<Answer<Reading>> read(std::string name) override {
    std::vector<HttpRequest> requests;
    for (const auto& [environment, base] : addresses_)
      requests.push_back(flipper::get_feature(base, settings_.token, name));
    if (requests.empty()) co_return std::unexpected(no_such_environment("production", settings_));
    if (name.empty()) co_return std::unexpected(no_such_flag(name, settings_.name));
    const auto results = co_await await_all(http_, std::move(requests));

    Reading reading{.flag = {.name = name}};
    std::map<std::string, flipper::Gates> gates;
    std::optional<ProviderError> fault;
    auto result = results.begin();
    for (const auto& [environment, base] : addresses_) {
      const auto feature = flipper::read_feature(*result++, host_of(base), name);
      if (feature) {
        gates[environment] = feature->gates;
        reading.flag.states[environment] = flipper::state_of(feature->gates);
      } else if (feature.error().fault != Fault::not_found) {
        // One environment that is away must not stop what can be done in another.
        reading.flag.states[environment] = unread(feature.error().text);
        fault = feature.error();
      }
    }
    if (gates.empty()) co_return std::unexpected(fault ? *fault : no_such_flag(name, settings_.name));
    reading.snapshot = flipper::snapshot_of(gates);
    co_return reading;
  }

  asio::awaitable<Answer<void>> carry_out(Order order, int milliseconds) override {
    const auto found = addresses_.find(order.environment);
    if (found == addresses_.end()) co_return std::unexpected(no_such_environment(order.environment, settings_));
    const std::string& base = found->second;
    const std::string host = host_of(base);
    const std::chrono::milliseconds timeout(milliseconds);
    if (order.name.empty()) co_return std::unexpected(no_such_flag(order.name, host));

    // Any write creates a flag that was not there.
    HttpRequest look = flipper::get_feature(base, settings_.token, order.name);
    look.timeout = timeout;
    const HttpResult looked = co_await await_send(http_, std::move(look));
    const auto feature = flipper::read_feature(looked, host, order.name);
    if (!feature) co_return std::unexpected(before_sending(feature.error()));

    const auto wanted = flipper::wanted_gates(order, feature->gates);
    if (!wanted) co_return std::unexpected(wanted.error());
    const auto calls = flipper::plan(feature->gates, *wanted);
    for (std::size_t i = 0; i < calls.size(); ++i) {
      HttpRequest request = flipper::request_for(calls[i], base, settings_.token, order.name);
      request.timeout = timeout;
      const HttpResult result = co_await await_send(http_, std::move(request));
      const auto done = flipper::read_done(result, host);
      if (done) continue;
      if (i == 0) co_return std::unexpected(done.error());
      co_return std::unexpected(ProviderError{Fault::uncertain,
                                              "Only " + std::to_string(i) + " of " + std::to_string(calls.size()) +
                                                  " steps were carried out. " + done.error().text,
                                              {}});
    }
    co_return Answer<void>();
  }

  asio::awaitable<ServedAnswer> served(std::string, std::string) override {
    co_return ServedAnswer{Served::unknown, "Flipper cannot tell what applications have in their caches."};
  }

  asio::awaitable<Answer<Observations>> changes(std::string, Instant) override {
    co_return std::unexpected(ProviderError{Fault::unsupported, "Flipper keeps no events.", {}});
  }

  std::string by_hand(const Order& order) const override {
    const auto base = addresses_.find(order.environment);
    if (base == addresses_.end()) return {};
    const auto wanted = flipper::wanted_gates(order, {});
    if (!wanted) return {};
    // What is there now is not known here: to restore, every gate is put back into a wiped flag.
    const flipper::Gates now{.readable = order.action != Action::restore};
    std::string line;
    for (const auto& call : flipper::plan(now, *wanted))
      line += (line.empty() ? "" : " && ") + flipper::curl_for(call, base->second, settings_, order.name);
    return line;
  }

 private:
  HttpClient& http_;
  const ProviderSettings settings_;
  const std::map<std::string, std::string> addresses_;
};

}  // namespace

std::unique_ptr<Provider> make_flipper(HttpClient& http, const ProviderSettings& settings) {
  return std::make_unique<Flipper>(http, settings);
}

}  // namespace vakt::flag
