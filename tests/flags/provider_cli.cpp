// One call of a flag provider's port, for tests against real services: prints the answer as one line of JSON.
//   vakt-provider [--token T] [--token-variable V] [--client-token T] [--environment E=URL]... KIND URL CALL
//   [ARGUMENT...]
// KIND: unleash | flipper | flagd    URL "-": none
// CALL: environments | catalog ENV | read NAME | off|on NAME ENV | percent NAME ENV N | restore NAME ENV SNAPSHOT
//       served NAME ENV | changes CURSOR | by_hand ACTION NAME ENV [PERCENT|SNAPSHOT] | serve (one call a line on
//       stdin, as a JSON array)
// Off, on, percent and restore take the project from a reading of the flag first; --project P gives another.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bot/time/zones.hpp"
#include "integrations/flags/flag_provider.hpp"
#include "integrations/http/https_client.hpp"

namespace {

using namespace vakt;
using namespace vakt::flag;
using nlohmann::json;
namespace asio = boost::asio;

constexpr const char* faults[] = {"not_found",   "no_environment", "refused",  "needs_approval",
                                  "unsupported", "unreachable",    "uncertain"};
constexpr const char* served_words[] = {"off", "on", "unknown"};

json shown(const Constraint& c) {
  return {{"field", c.field},       {"op", c.op},
          {"values", c.values},     {"value", c.value},
          {"inverted", c.inverted}, {"case_insensitive", c.case_insensitive},
          {"readable", c.readable}};
}
json shown(const Strategy& s) {
  json constraints = json::array();
  for (const auto& one : s.constraints) constraints.push_back(shown(one));
  return {
      {"name", s.name},         {"shown", s.shown},       {"parameters", s.parameters}, {"constraints", constraints},
      {"segments", s.segments}, {"disabled", s.disabled}, {"readable", s.readable}};
}
json shown(const Flag& f) {
  json states = json::object(), parents = json::array();
  for (const auto& [environment, state] : f.states) {
    json strategies = json::array();
    for (const auto& one : state.strategies) strategies.push_back(shown(one));
    states[environment] = {{"enabled", state.enabled}, {"strategies", strategies}};
  }
  for (const auto& one : f.parents)
    parents.push_back({{"name", one.name}, {"enabled", one.enabled}, {"variants", one.variants}});
  return {{"name", f.name},     {"project", f.project},   {"archived", f.archived},
          {"parents", parents}, {"children", f.children}, {"states", states}};
}
json shown(const Catalog& c) {
  json flags = json::object(), segments = json::object();
  for (const auto& [name, flag] : c.flags) flags[name] = shown(flag);
  for (const auto& [id, segment] : c.segments) {
    json constraints = json::array();
    for (const auto& one : segment.constraints) constraints.push_back(shown(one));
    segments[std::to_string(id)] = {{"name", segment.name}, {"constraints", constraints}};
  }
  return {{"flags", flags}, {"segments", segments}};
}
json shown(const Observation& o) {
  json enabled = o.enabled ? json(*o.enabled) : json();
  return {{"at", iso_utc(o.at)}, {"name", o.name}, {"project", o.project}, {"environment", o.environment},
          {"what", o.what},      {"by", o.by},     {"enabled", enabled}};
}
json shown(const ProviderError& e) {
  return {{"fault", faults[static_cast<int>(e.fault)]}, {"text", e.text}, {"link", e.link}};
}

struct Options {
  std::string kind, url, project;
  bool has_project = false;
  ProviderSettings settings;
};

Action action_of(const std::string& word) {
  return word == "on"        ? Action::on
         : word == "percent" ? Action::percent
         : word == "restore" ? Action::restore
                             : Action::off;
}

asio::awaitable<json> call(Provider& provider, const Options& options, std::vector<std::string> words) {
  words.resize(5);
  const std::string &what = words[0], &name = words[1];
  const auto start = std::chrono::steady_clock::now();
  json made = json::object();
  const auto put = [&](const char* key, const auto& answer) {
    if (!answer) {
      made["error"] = shown(answer.error());
    } else {
      made[key] = shown(*answer);
    }
  };
  if (what == "environments") {
    const auto answer = co_await provider.environments();
    if (answer) made["environments"] = *answer;
    if (!answer) made["error"] = shown(answer.error());
  } else if (what == "catalog") {
    const auto answer = co_await provider.catalog(name);
    put("catalog", answer);
  } else if (what == "read") {
    const auto answer = co_await provider.read(name);
    if (!answer) made["error"] = shown(answer.error());
    if (answer)
      made = {{"flag", shown(answer->flag)}, {"catalog", shown(answer->catalog)}, {"snapshot", answer->snapshot}};
  } else if (what == "served") {
    const auto answer = co_await provider.served(name, words[2]);
    made = {{"served", served_words[static_cast<int>(answer.served)]}, {"why", answer.why}};
  } else if (what == "changes") {
    const auto now = std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now());
    const auto answer = co_await provider.changes(name, now);
    if (!answer) made["error"] = shown(answer.error());
    if (answer) {
      made = {{"changes", json::array()}, {"cursor", answer->cursor}};
      for (const auto& one : answer->changes) made["changes"].push_back(shown(one));
    }
  } else if (what == "by_hand") {
    Order order{action_of(name), words[2], options.project, words[3], 0, {}};
    if (name == "percent") order.percent = std::stoi(words[4]);
    if (name == "restore") order.snapshot = words[4];
    made["by_hand"] = provider.by_hand(order);
  } else {
    Order order{action_of(what), name, options.project, words[2], 0, {}};
    if (what == "percent") order.percent = std::stoi(words[3]);
    if (what == "restore") order.snapshot = words[3];
    if (!options.has_project) {
      const auto before = co_await provider.read(name);
      if (before) order.project = before->flag.project;
    }
    const auto sent = std::chrono::steady_clock::now();
    const int milliseconds = words[4].empty() ? 3000 : std::stoi(words[4]);
    const auto answer = co_await provider.carry_out(order, milliseconds);
    made["done"] = answer.has_value();
    if (!answer) made["error"] = shown(answer.error());
    made["carried_out_ms"] = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - sent).count();
  }
  made["ms"] = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  co_return made;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  Options options;
  options.settings.token_variable = "UNLEASH_API_TOKEN";
  std::vector<std::string> rest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string(); };
    if (words[i] == "--token") {
      options.settings.token = value();
    } else if (words[i] == "--token-variable") {
      options.settings.token_variable = value();
    } else if (words[i] == "--client-token") {
      options.settings.client_token = value();
    } else if (words[i] == "--project") {
      options.project = value();
      options.has_project = true;
    } else if (words[i] == "--environment") {
      const std::string pair = value();
      options.settings.environments[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
    } else {
      rest.insert(rest.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      break;
    }
  }
  const std::map<std::string, ProviderKind> kinds{
      {"unleash", ProviderKind::unleash}, {"flipper", ProviderKind::flipper}, {"flagd", ProviderKind::flagd}};
  if (rest.size() < 3 || !kinds.contains(rest[0])) {
    std::cerr << "usage: vakt-provider [OPTIONS] KIND URL CALL [ARGUMENT...]\n";
    return 2;
  }
  options.settings.name = rest[0];
  options.settings.kind = kinds.at(rest[0]);
  if (rest[1] != "-") options.settings.url = rest[1];
  rest.erase(rest.begin(), rest.begin() + 2);

  asio::io_context io;
  const auto open = asio::make_work_guard(io);  // between two calls too
  const auto http = make_https_client(io, {});
  const auto provider = make_provider(*http, options.settings);
  const auto run = [&](const std::vector<std::string>& one) {
    bool done = false;
    asio::co_spawn(io, call(*provider, options, one), [&done](const std::exception_ptr& broken, const json& answer) {
      done = true;
      if (broken) std::rethrow_exception(broken);
      std::cout << answer.dump(-1, ' ', false, json::error_handler_t::replace) << std::endl;
    });
    // Connections are kept alive, and would keep run() running.
    while (!done) io.run_one();
  };
  try {
    if (rest[0] != "serve") {
      run(rest);
    } else {
      for (std::string line; std::getline(std::cin, line);) run(json::parse(line).get<std::vector<std::string>>());
    }
    http->stop();
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
