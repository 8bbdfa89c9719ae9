// vakt-flag-call KIND ADDRESSES VERB [ARGUMENT…]: one call to a flag service, its answer as one line of JSON. For
// tests. ADDRESSES: "production=URL,staging=URL", or one URL or file, which is production. The token: $PROVIDER_TOKEN.
//   read NAME | catalog ENV | off NAME ENV | on NAME ENV | percent NAME ENV N | restore NAME ENV SNAPSHOT
//   changes CURSOR | by-hand ACTION NAME ENV [PERCENT|SNAPSHOT]
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "integrations/flags/flag_provider.hpp"
#include "integrations/http/https_client.hpp"

namespace {

using namespace vakt;
using namespace vakt::flag;
using nlohmann::json;

constexpr const char* faults[] = {"not_found",   "no_environment", "refused",  "needs_approval",
                                  "unsupported", "unreachable",    "uncertain"};

json told(const ProviderError& error) {
  return {{"fault", faults[static_cast<int>(error.fault)]}, {"text", error.text}};
}

json told(const Flag& flag) {
  json states = json::object();
  for (const auto& [environment, state] : flag.states) {
    json strategies = json::array();
    for (const auto& strategy : state.strategies)
      strategies.push_back({{"name", strategy.name},
                            {"shown", strategy.shown},
                            {"parameters", json(strategy.parameters)},
                            {"readable", strategy.readable}});
    states[environment] = {{"enabled", state.enabled}, {"strategies", strategies}};
  }
  return {{"name", flag.name}, {"states", states}};
}

std::map<std::string, std::string> addresses_of(const std::string& text) {
  std::map<std::string, std::string> addresses;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string part = text.substr(at, text.find(',', at) - at);
    const auto equals = part.find('=');
    if (equals == std::string::npos)
      addresses["production"] = part;
    else
      addresses[part.substr(0, equals)] = part.substr(equals + 1);
    at += part.size() + 1;
  }
  return addresses;
}

std::unique_ptr<Provider> provider_of(const std::string& kind, HttpClient& http, const ProviderSettings& settings) {
  if (kind == "flipper") return make_flipper(http, settings);
  if (kind == "flagd") return make_flagd(settings);
  throw std::runtime_error("no such kind of provider: " + kind);
}

Order order_of(const std::string& action, const std::vector<std::string>& words) {
  Order order{.action = Action::off, .name = words.at(0), .project = {}, .environment = words.at(1)};
  if (action == "on") order.action = Action::on;
  if (action == "percent") {
    order.action = Action::percent;
    order.percent = std::stoi(words.at(2));
  }
  if (action == "restore") {
    order.action = Action::restore;
    order.snapshot = words.at(2);
  }
  return order;
}

boost::asio::awaitable<json> call(Provider& provider, std::string verb, std::vector<std::string> words) {
  const Instant now = std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now());
  if (verb == "read") {
    const auto reading = co_await provider.read(words.at(0));
    if (!reading) co_return told(reading.error());
    json answer = told(reading->flag);
    answer["snapshot"] = reading->snapshot;
    co_return answer;
  }
  if (verb == "catalog") {
    const auto catalog = co_await provider.catalog(words.at(0));
    if (!catalog) co_return told(catalog.error());
    json all = json::object();
    for (const auto& [name, flag] : catalog->flags) all[name] = told(flag);
    co_return all;
  }
  if (verb == "changes") {
    const std::string cursor = words.empty() ? std::string() : words[0];
    const auto observed = co_await provider.changes(cursor, now);
    if (!observed) co_return told(observed.error());
    json changes = json::array();
    for (const auto& one : observed->changes)
      changes.push_back({{"name", one.name}, {"environment", one.environment}, {"what", one.what}});
    co_return json{{"changes", changes}, {"cursor", observed->cursor}};
  }
  if (verb == "by-hand") {
    const std::string action = words.at(0);
    words.erase(words.begin());
    co_return json{{"command", provider.by_hand(order_of(action, words))}};
  }
  const auto done = co_await provider.carry_out(order_of(verb, words), 3000);
  co_return done ? json{{"done", true}} : told(done.error());
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() < 3) {
    std::cerr << "usage: vakt-flag-call KIND ADDRESSES VERB [ARGUMENT…]\n";
    return 2;
  }
  boost::asio::io_context io;
  const auto http = make_https_client(io, {});
  ProviderSettings settings{.name = words[0], .environments = addresses_of(words[1])};
  if (const char* token = std::getenv("PROVIDER_TOKEN")) settings.token = token;
  settings.token_variable = "PROVIDER_TOKEN";
  const auto provider = provider_of(words[0], *http, settings);
  boost::asio::co_spawn(io, call(*provider, words[2], {words.begin() + 3, words.end()}),
                        [&](std::exception_ptr fault, json answer) {
                          if (fault) std::rethrow_exception(fault);
                          std::cout << answer.dump() << '\n';
                          http->stop();
                        });
  io.run();
}
