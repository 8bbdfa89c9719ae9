// Any service with a REST API: off, on and read-back as the configuration declares them.
#include <optional>

#include "integrations/flags/declared_http.hpp"
#include "integrations/flags/service_fault.hpp"
#include "integrations/http/await_send.hpp"

namespace vakt::flag {
namespace {

namespace asio = boost::asio;
using declared::Filling;
using declared::Reads;

ProviderError unsupported(std::string text) { return {Fault::unsupported, std::move(text), {}}; }

class DeclaredHttp : public Provider {
 public:
  DeclaredHttp(HttpClient& http, const ProviderSettings& settings)
      : http_(http), settings_(settings), addresses_(addresses(settings)) {}

  const std::string& name() const override { return settings_.name; }
  ProviderKind kind() const override { return ProviderKind::http; }
  bool tells_what_is_served() const override { return false; }

  asio::awaitable<Answer<std::vector<std::string>>> environments() override {
    std::vector<std::string> names;
    for (const auto& [environment, base] : addresses_) names.push_back(environment);
    co_return names;
  }

  asio::awaitable<Answer<Catalog>> catalog(std::string) override {
    co_return std::unexpected(unsupported("\"" + settings_.name +
                                          "\" is reached by declared requests, which cannot "
                                          "list flags: name one."));
  }

  asio::awaitable<Answer<Reading>> read(std::string name) override {
    if (name.empty()) co_return std::unexpected(no_such_flag(name, settings_.name));
    if (settings_.read.step.method.empty()) co_return nothing_read(name);
    std::vector<HttpRequest> requests;
    for (const auto& [environment, base] : addresses_) {
      auto request = declared::request_for(settings_.read.step, {base, name, environment}, settings_.token);
      if (!request) co_return std::unexpected(request.error());
      request->timeout = read_timeout;
      requests.push_back(std::move(*request));
    }
    if (requests.empty()) co_return std::unexpected(no_such_environment("production", settings_));
    const auto results = co_await await_all(http_, std::move(requests));

    Reading reading{.flag = {.name = name}};
    std::map<std::string, Reads> found;
    std::optional<ProviderError> fault;
    auto result = results.begin();
    for (const auto& [environment, base] : addresses_) {
      const auto reads = read_one(*result++, {base, name, environment});
      if (reads) {
        found[environment] = *reads;
        reading.flag.states[environment] = declared::state_of(*reads);
      } else if (reads.error().fault != Fault::not_found) {
        // One environment that is away must not stop what can be done in another.
        reading.flag.states[environment] = unread(reads.error().text);
        fault = reads.error();
      }
    }
    if (found.empty()) co_return std::unexpected(fault ? *fault : no_such_flag(name, settings_.name));
    reading.snapshot = declared::snapshot_of(found);
    co_return reading;
  }

  asio::awaitable<Answer<void>> carry_out(Order order, int milliseconds) override {
    const auto base = addresses_.find(order.environment);
    if (base == addresses_.end()) co_return std::unexpected(no_such_environment(order.environment, settings_));
    if (order.name.empty()) co_return std::unexpected(no_such_flag(order.name, settings_.name));
    const HttpStep* step = step_of(order);
    if (!step)
      co_return std::unexpected(unsupported(order.action == Action::percent
                                                ? "Declared requests know on and off, no percentages."
                                                : "What the flag was before could not be read, so it cannot be put "
                                                  "back: turn it on or off."));
    auto request = declared::request_for(*step, {base->second, order.name, order.environment}, settings_.token);
    if (!request) co_return std::unexpected(request.error());
    request->timeout = std::chrono::milliseconds(milliseconds);
    const HttpResult result = co_await await_send(http_, std::move(*request));
    if (!result) co_return std::unexpected(fault_of(result.error()));
    if (declared::is_success(*step, result->status)) co_return Answer<void>();
    const std::string host = host_of(base->second);
    if (result->status == 404) co_return std::unexpected(no_such_flag(order.name, host));
    co_return std::unexpected(fault_of(result->status, host));
  }

  asio::awaitable<ServedAnswer> served(std::string, std::string) override {
    co_return ServedAnswer{Served::unknown, "Declared requests cannot tell what applications get."};
  }

  asio::awaitable<Answer<Observations>> changes(std::string, Instant) override {
    co_return std::unexpected(unsupported("Declared requests cannot ask for events."));
  }

  std::string by_hand(const Order& order) const override {
    const auto base = addresses_.find(order.environment);
    const HttpStep* step = step_of(order);
    if (base == addresses_.end() || !step || step->method.empty()) return {};
    return declared::curl_for(*step, {base->second, order.name, order.environment}, settings_.token_variable);
  }

 private:
  Answer<Reads> read_one(const HttpResult& result, const Filling& filling) const {
    if (!result) return std::unexpected(fault_of(result.error()));
    if (declared::is_success(settings_.read.step, result->status))
      return declared::read_back(settings_.read, filling, result->body);
    const std::string host = host_of(filling.base);
    if (result->status == 404) return std::unexpected(no_such_flag(filling.name, host));
    return std::unexpected(fault_of(result->status, host));
  }

  // Without a read-back nothing can be proven, but off must go out all the same.
  Reading nothing_read(const std::string& name) const {
    Reading reading{.flag = {.name = name}};
    for (const auto& [environment, base] : addresses_)
      reading.flag.states[environment] = unread("vakt's settings describe no request that reads it");
    return reading;
  }

  // Nothing where the order cannot be carried out.
  const HttpStep* step_of(const Order& order) const {
    switch (order.action) {
      case Action::off:
        return &settings_.off;
      case Action::on:
        return &settings_.on;
      case Action::percent:
        return nullptr;
      case Action::restore:
        break;
    }
    const Reads before = declared::was(order.snapshot, order.environment);
    if (before == Reads::unreadable) return nullptr;
    return before == Reads::on ? &settings_.on : &settings_.off;
  }

  HttpClient& http_;
  const ProviderSettings settings_;
  const std::map<std::string, std::string> addresses_;
};

}  // namespace

std::unique_ptr<Provider> make_http_provider(HttpClient& http, const ProviderSettings& settings) {
  return std::make_unique<DeclaredHttp>(http, settings);
}

}  // namespace vakt::flag
