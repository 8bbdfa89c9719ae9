// vakt check: tokens, scopes, clock, channel, group, database and health page, a line each: ok, or what to do.
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <set>
#include <sstream>

#include "bot/cli/commands.hpp"
#include "bot/cli/flag_service.hpp"
#include "integrations/http/http_server.hpp"
#include "integrations/http/https_client.hpp"
#include "integrations/runtime/identity.hpp"
#include "integrations/slack/manifest.hpp"
#include "integrations/slack/slack_api.hpp"
#include "integrations/trello/trello_check.hpp"
#include "storage/sqlite/probe.hpp"
#include "storage/sqlite/reader.hpp"

namespace vakt::cli {

namespace {

struct Report {
  bool good = true;
  void ok(const std::string& what) { std::cout << "ok    " << what << "\n"; }
  void note(const std::string& what) { std::cout << "look  " << what << "\n"; }  // works, but not as it might
  void wrong(const std::string& what) {
    good = false;
    std::cout << "WRONG " << what << "\n";
  }
};

constexpr std::chrono::seconds most_drift{5};
constexpr const char* reinstall = " Paste `vakt manifest` at the app's page again and reinstall the app.";

// What Slack lets us see of the installed manifest is the scopes; the rest is the reader's to compare.
void check_scopes(const std::string& granted, Report& report) {
  if (granted.empty()) return report.note("scopes: Slack did not list them, so they were not compared");
  std::set<std::string> have;
  std::istringstream in{granted};
  for (std::string scope; std::getline(in, scope, ',');) {
    std::erase(scope, ' ');
    have.insert(scope);
  }
  for (const auto& scope : bot_scopes()) {
    if (have.erase(scope))
      report.ok("scope " + scope);
    else
      report.wrong("scope " + scope + " is missing." + reinstall);
  }
  for (const auto& scope : have) report.note("scope " + scope + " is granted, and vakt has no use for it");
  report.note(
      "installed manifest: the scopes above were compared with ours. Events, slash commands, shortcuts and Delayed "
      "Events cannot be seen with these tokens: compare them with `vakt manifest` at the app's page.");
}

void check_clock(const std::optional<Instant>& slack_time, Report& report) {
  if (!slack_time) return report.note("clock: Slack sent no time to compare with");
  // Slack's is cut to the second.
  const auto ahead =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now() - *slack_time).count();
  const auto drift = std::abs(ahead);
  if (drift < most_drift.count()) return report.ok("clock: within " + std::to_string(drift + 1) + " s of Slack's");
  report.note("clock: " + std::to_string(drift) + " s " + (ahead > 0 ? "ahead of" : "behind") +
              " Slack's. Times that vakt gives are off by that: switch on NTP.");
}

class Asking {
 public:
  explicit Asking(const Config& config)
      : config_(config),
        http_(make_https_client(io_, {.https_proxy = config.https_proxy, .no_proxy = config.no_proxy})) {}

  auto who_we_are() { return auth_test(io_, *http_, config_); }
  ApiAnswer ask(const std::string& method, const Form& fields) {
    return vakt::ask(io_, *http_, config_, form_call(method, fields));
  }
  std::optional<HttpResult> send(HttpRequest request) {
    const auto got = std::make_shared<std::optional<HttpResult>>();
    http_->send(std::move(request), [got](HttpResult result) { *got = std::move(result); });
    io_.restart();
    while (!*got && io_.run_one_for(std::chrono::seconds{11}) > 0) {
    }
    return *got;
  }

 private:
  boost::asio::io_context io_;
  const Config& config_;
  std::unique_ptr<HttpsClient> http_;
};

void check_announce_channel(Asking& slack, const Config& config, Report& report) {
  const auto& name = config.settings.announce_channel;
  if (name.empty()) return report.ok("announce channel: none");
  Form fields{{"exclude_archived", "true"}, {"limit", "999"}, {"types", "public_channel,private_channel"}};
  for (int page = 0; page < 100; ++page) {
    const auto answer = slack.ask("conversations.list", fields);
    if (answer.kind != ApiAnswer::Kind::ok)
      return report.note("announce channel " + name + ": " +
                         sentence_for(answer.error, "conversations.list", answer.needed));
    if (const auto found = find_channel(answer.body, name))
      return found->member ? report.ok("announce channel " + found->name + ": vakt is in it")
                           : report.ok("announce channel " + found->name + ": vakt joins it with the first incident");
    fields.resize(3);
    fields.emplace_back("cursor", next_cursor(answer.body));
    if (fields.back().second.empty()) break;
  }
  report.note("announce channel " + name +
              ": there is none that vakt can see. Incidents are announced where they are declared. Create it, invite "
              "vakt, or set announce_channel.");
}

void check_oncall(Asking& slack, const Config& config, Report& report) {
  const auto& group = config.settings.oncall_group;
  if (group.empty()) return report.ok("on-call group: none");
  const auto answer = slack.ask("usergroups.list", {{"include_users", "true"}});
  if (answer.kind != ApiAnswer::Kind::ok)
    return report.note("on-call group @" + group + ": " + sentence_for(answer.error, "usergroups.list", answer.needed));
  const auto groups = groups_of(answer.body);
  const auto found = groups.find(group);
  if (found == groups.end())
    return report.note("on-call group @" + group +
                       ": there is none. Nobody but the caller is invited. Create it, or set oncall_group.");
  if (found->second.empty()) return report.note("on-call group @" + group + ": nobody is in it");
  report.ok("on-call group @" + group + ": " + std::to_string(found->second.size()) + " to invite");
}

void check_app_token(Asking& slack, const Config& config, Report& report) {
  const auto opened = slack.send({.method = "POST",
                                  .url = config.slack_api_url + "apps.connections.open",
                                  .headers = {{"authorization", "Bearer " + config.app_token},
                                              {"content-type", "application/x-www-form-urlencoded"}}});
  if (!opened || !*opened)
    report.wrong("app token: " + (opened ? opened->error().text : std::string{"Slack did not answer."}));
  else if (read_answer("apps.connections.open", *opened).kind != ApiAnswer::Kind::ok)
    report.wrong(
        "app token: Slack refuses it. It must be an app-level token (xapp-…) with connections:write, and Socket Mode "
        "must be on.");
  else
    report.ok("app token: Socket Mode opens");
}

void check_slack(const Config& config, Report& report) {
  if (config.app_token.empty())
    report.wrong("SLACK_APP_TOKEN is not set (an app-level token, xapp-…, with connections:write)");
  if (config.bot_token.empty()) return report.wrong("SLACK_BOT_TOKEN is not set (the Bot User OAuth Token, xoxb-…)");
  if (config.app_token.starts_with("xoxb-"))
    report.wrong("app token: SLACK_APP_TOKEN holds a bot token (xoxb-…); it takes the app-level one (xapp-…)");
  if (config.bot_token.starts_with("xapp-"))
    return report.wrong("bot token: SLACK_BOT_TOKEN holds an app-level token (xapp-…); it takes the bot's (xoxb-…)");
  Asking slack{config};
  const auto answer = slack.who_we_are();
  if (!answer) return report.wrong("bot token: " + answer.error().first.text);
  report.ok("bot token: team " + answer->team + ", " + answer->self.team_url + ", as " + answer->self.user);
  if (!config.app_token.empty() && !config.app_token.starts_with("xoxb-")) check_app_token(slack, config, report);
  check_scopes(answer->scopes, report);
  check_clock(answer->slack_time, report);
  check_announce_channel(slack, config, report);
  check_oncall(slack, config, report);
}

// Free, or held by a vakt that runs.
void check_health_page(const Config& config, Report& report) {
  if (config.listen.empty()) return report.ok("health page: none");
  boost::asio::io_context io;
  const auto server = HttpServer::make(io, config.listen, [](std::string_view) { return HttpAnswer{}; });
  if (server) return report.ok("health page: " + config.listen + " is free");
  const auto answer = Asking{config}.send({.method = "GET", .url = "http://" + config.listen + "/healthz"});
  if (answer && *answer && (*answer)->status == 200 && (*answer)->body == "ok\n")
    return report.ok("health page: a vakt serves http://" + config.listen + "/healthz");
  report.wrong("health page: " + server.error().text);
}

void check_database(const Config& config, Report& report) {
  try {
    const auto reader = open_reader(config.database);
    if (const auto writable = prove_writable(config.database); !writable)
      return report.wrong("database: " + writable.error().text);
    report.ok("database: " + config.database + ", incidents: " + std::to_string(reader->incidents(false).size()));
  } catch (const StorageError& error) {
    report.wrong(std::string{"database: "} + error.what() + " (`vakt run` makes one where there is none.)");
  }
}

// Where no service is configured there is a definition file, once somebody makes one.
bool is_unused_default(const Config& config) {
  const auto& providers = config.settings.flags.providers;
  if (providers.size() != 1 || providers[0].kind != flag::ProviderKind::flagd) return false;
  return std::ranges::none_of(providers[0].environments,
                              [](const auto& file) { return std::filesystem::exists(file.second); });
}

void check_flags(const Config& config, Report& report) {
  const auto& flags = config.settings.flags;
  if (is_unused_default(config))
    return report.ok(
        "flags: no service is configured (UNLEASH_URL, FLIPPER_URL or [[flags.provider]]), and there is no " +
        flags.providers[0].environments.begin()->second);
  FlagService service{config};
  const auto read = service.read({.purpose = "list", .environment = flags.environment});
  for (const auto& answer : read.answers)
    if (!answer.error.empty())
      report.wrong("flags: " + answer.provider + ": " + answer.error);
    else
      report.ok("flags: " + answer.provider + ", " + std::to_string(answer.catalog ? answer.catalog->flags.size() : 0) +
                " flags in " + flags.environment);
}

// What new cards bear where their board has it.
std::vector<std::string> card_labels() {
  using enum action::Kind;
  std::vector<std::string> labels;
  for (const auto kind : {prevent, mitigate, detect, process}) labels.emplace_back(action::name(kind));
  for (const auto priority : {Severity::sev1, Severity::sev2, Severity::sev3, Severity::sev4})
    labels.emplace_back(action::priority_name(priority));
  return labels;
}

void check_cards(const Config& config, Report& report) {
  const auto& actions = config.settings.actions;
  const bool boards =
      std::ranges::any_of(actions.teams, [](const action::Team& team) { return !team.board.name.empty(); });
  if (config.trello_key.empty() != config.trello_token.empty())
    return report.wrong(std::string{"trello: "} +
                        (config.trello_key.empty() ? "TRELLO_API_KEY is not set" : "TRELLO_API_TOKEN is not set") +
                        ", and both are needed. Until then action items are kept and reminded of without cards.");
  if (!actions.trello && boards)
    return report.note("trello: a board is configured, and TRELLO_API_KEY and TRELLO_API_TOKEN are not set: no cards");
  if (!actions.trello) return report.ok("trello: not configured; action items are kept without cards");
  boost::asio::io_context io;
  const auto http = make_https_client(io, {.https_proxy = config.https_proxy, .no_proxy = config.no_proxy});
  std::vector<trello::CheckLine> lines;
  boost::asio::co_spawn(
      io,
      trello::check_trello(*http, trello::access_of(config.trello_api_url, config.trello_key, config.trello_token),
                           actions, card_labels()),
      [&](const std::exception_ptr& fault, std::vector<trello::CheckLine> told) {
        if (fault) std::rethrow_exception(fault);
        lines = std::move(told);
        http->stop();
      });
  io.run();
  for (const auto& line : lines) {
    using enum trello::CheckLine::Kind;
    if (line.kind == ok)
      report.ok(line.text);
    else if (line.kind == look)
      report.note(line.text);
    else
      report.wrong(line.text);
  }
}

}  // namespace

int check(const Config& config) {
  Report report;
  check_slack(config, report);
  check_database(config, report);
  check_flags(config, report);
  check_cards(config, report);
  check_health_page(config, report);
  report.ok("time zone: " + config.settings.timezone);
  for (const auto& key : config.not_yet)
    report.ok("configuration: \"" + key + "\" is for a part that this version does not have; no effect");
  return report.good ? 0 : failed("Something is not right: see the lines marked WRONG.");
}

}  // namespace vakt::cli
