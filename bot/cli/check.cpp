// vakt check: every token, scope, the database and the clock, a line each: ok, or what to do.
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <sstream>

#include "bot/cli/commands.hpp"
#include "integrations/http/https_client.hpp"
#include "integrations/runtime/identity.hpp"
#include "integrations/slack/connections_open.hpp"
#include "integrations/slack/manifest.hpp"
#include "storage/sqlite/probe.hpp"
#include "storage/sqlite/reader.hpp"

namespace vakt::cli {

namespace {

struct Report {
  bool good = true;
  void ok(const std::string& what) { std::cout << "ok    " << what << "\n"; }
  void wrong(const std::string& what) {
    good = false;
    std::cout << "WRONG " << what << "\n";
  }
};

void check_scopes(const std::string& granted, Report& report) {
  if (granted.empty()) return report.ok("bot scopes: Slack did not list them here");
  std::vector<std::string> have;
  std::istringstream in{granted};
  for (std::string scope; std::getline(in, scope, ',');) {
    std::erase(scope, ' ');
    have.push_back(scope);
  }
  bool all = true;
  for (const auto& scope : bot_scopes()) {
    if (std::ranges::find(have, scope) != have.end()) continue;
    all = false;
    report.wrong("bot scope missing: " + scope +
                 ". Paste `vakt manifest` at the app's page again and reinstall the app.");
  }
  if (all) report.ok("bot scopes: all there");
}

void check_slack(const Config& config, Report& report) {
  if (config.app_token.empty())
    report.wrong("SLACK_APP_TOKEN is not set (an app-level token, xapp-…, with connections:write)");
  if (config.bot_token.empty()) return report.wrong("SLACK_BOT_TOKEN is not set (the Bot User OAuth Token, xoxb-…)");
  boost::asio::io_context io;
  const auto http = make_https_client(io, {.https_proxy = config.https_proxy, .no_proxy = config.no_proxy});
  const auto answer = auth_test(io, *http, config);
  if (!answer) return report.wrong("bot token: " + answer.error().first.text);
  report.ok("bot token: " + answer->self.team_url);
  check_scopes(answer->scopes, report);
  if (config.app_token.empty()) return;
  std::optional<HttpResult> opened;
  http->send({.method = "POST",
              .url = config.slack_api_url + "apps.connections.open",
              .headers = {{"authorization", "Bearer " + config.app_token},
                          {"content-type", "application/x-www-form-urlencoded"}}},
             [&](HttpResult result) { opened = std::move(result); });
  io.restart();
  while (!opened && io.run_one_for(std::chrono::seconds{11}) > 0) {
  }
  if (!opened || !*opened)
    report.wrong("app token: " + (opened ? opened->error().text : std::string{"Slack did not answer."}));
  else if ((*opened)->body.find("\"ok\":true") == std::string::npos)
    report.wrong(
        "app token: Slack refuses it. It must be an app-level token (xapp-…) with connections:write, and Socket Mode "
        "must be on.");
  else
    report.ok("app token: Socket Mode opens");
}

void check_database(const Config& config, Report& report) {
  try {
    const auto reader = open_reader(config.database);
    if (const auto writable = prove_writable(config.database); !writable)
      return report.wrong("database: " + writable.error().text);
    report.ok("database: " + config.database + ", " + std::to_string(reader->incidents(false).size()) + " incidents");
  } catch (const StorageError& error) {
    report.wrong(std::string{"database: "} + error.what() + " (`vakt run` makes one where there is none.)");
  }
}

}  // namespace

int check(const Config& config) {
  Report report;
  check_slack(config, report);
  check_database(config, report);
  report.ok("time zone: " + config.settings.timezone);
  for (const auto& key : config.not_yet)
    report.ok("configuration: \"" + key + "\" is for a part that this version does not have; no effect");
  return report.good ? 0 : failed("Something is not right: see the lines marked WRONG.");
}

}  // namespace vakt::cli
