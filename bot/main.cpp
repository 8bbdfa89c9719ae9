// The roof: reads the command line and hands over to one command.
#include <CLI/CLI.hpp>
#include <csignal>
#include <functional>
#include <iostream>
#include <optional>

#include "bot/cli/commands.hpp"
#include "bot/cli/flag_commands.hpp"
#include "bot/cli/rollout_commands.hpp"
#include "bot/spelling.hpp"
#include "integrations/runtime/log.hpp"
#include "integrations/slack/manifest.hpp"

namespace {

// Of a word that is no command, before CLI11 says only that one is missing; nothing where it is one.
std::optional<int> no_command(const CLI::App& app, const std::string& word) {
  const auto commands = app.get_subcommands(std::function<bool(const CLI::App*)>{});
  const auto near = vakt::nearest(commands, word, &CLI::App::get_name);
  if (near != commands.end() && (*near)->get_name() == word) return {};
  std::cerr << "There is no command \"" << word << "\". "
            << (near == commands.end() ? std::string{} : "Did you mean `vakt " + (*near)->get_name() + "`? ")
            << "`vakt --help` lists them.\n";
  return 2;
}

std::string incident_number(const std::string& text) {
  const bool digits = !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
  return digits && text.find_first_not_of('0') != std::string::npos
             ? std::string{}
             : "\"" + text + "\" is no incident's number: `vakt incidents` lists them.";
}

int wrong_usage(const CLI::App& app, const CLI::ParseError& error) { return app.exit(error) == 0 ? 0 : 2; }

}  // namespace

int main(int argc, char** argv) {
  using namespace vakt;
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a full disk, not a reason to die
  CLI::App app{"vakt: a self-hosted incident bot for Slack"};
  app.require_subcommand(1);
  app.fallthrough();
  std::string config_file, since, target, digest_at, team;
  cli::Export wanted;
  bool open_only = false, overdue = false, json = false;
  app.add_option("--config", config_file, "configuration file (TOML)");

  app.add_subcommand("run", "connect and serve until SIGINT or SIGTERM");
  app.add_subcommand("check", "every token, scope and service: ok, or what to do");
  app.add_subcommand("manifest", "the Slack app manifest to paste");
  app.add_subcommand("version", "this program's version");
  auto* list = app.add_subcommand("incidents", "list incidents");
  list->add_flag("--open", open_only, "only open ones");
  list->add_flag("--json", json, "as JSON");
  auto* exporting = app.add_subcommand("export", "one incident's record, or a document about it");
  exporting->add_option("NUMBER", wanted.number, "the incident's number")->required()->check(incident_number);
  exporting->add_option("--format", wanted.format, "json, markdown or html")
      ->check(CLI::IsMember({"json", "markdown", "html"}));
  exporting->add_option("--template", wanted.template_name, "oslo, nav, va-release-plan, or a file: a post-mortem");
  exporting->add_flag("--check", wanted.check, "fail where sections of the post-mortem are empty");
  auto* items = app.add_subcommand("actions", "list action items");
  auto* only_overdue = items->add_flag("--overdue", overdue, "only open ones whose day has passed");
  items->add_flag("--open", open_only, "only those that are not closed")->excludes(only_overdue);
  items->add_flag("--json", json, "as JSON");
  auto* digesting = app.add_subcommand("digest", "the weekly digest as it would be sent, without sending it");
  digesting->add_option("--at", digest_at,
                        "2026-11-23T08:00:00Z, or \"2026-11-23 09:00\" in the team's zone; else now");
  digesting->add_option("--team", team, "only this team's");
  app.add_subcommand("stats", "how many incidents there were, how long they took, and what is still open")
      ->add_flag("--json", json, "as JSON");
  auto* auditing = app.add_subcommand("audit", "every command with its outcome");
  auditing->add_option("--since", since, "a day or time in UTC");
  auditing->add_flag("--json", json, "as JSON");
  auto* backing_up = app.add_subcommand("backup", "a consistent copy of the database, also while vakt runs");
  backing_up->add_option("FILE", target, "must not exist yet")->required();

  cli::FlagArguments flags;
  auto* flagging = app.add_subcommand("flag", "the kill switch; works without Slack and without `vakt run`");
  flagging->add_option("VERB", flags.verb, "list, status, lint, history, off, on, percent or undo")
      ->required()
      ->check(CLI::IsMember({"list", "status", "lint", "history", "off", "on", "percent", "undo"}));
  flagging->add_option("NAME", flags.name, "the flag's exact name");
  flagging->add_option("--environment", flags.environment, "where; else [flags] environment");
  flagging->add_option("--provider", flags.provider, "which flag service; else the first that has it");
  flagging->add_option("--percent", flags.percent, "percent: share of users, 0 to 100")->check(CLI::Range(0, 100));
  flagging->add_option("--for", flags.duration, "on, percent: put back after that time: 30m, 2h, 1d");
  flagging->add_flag("--yes", flags.yes, "do not ask");
  flagging->add_flag("--json", flags.json, "as JSON");

  cli::RolloutArguments rollouts;
  auto* rolling = app.add_subcommand("rollout", "a flag widened stage by stage, from a terminal");
  rolling->add_option("VERB", rollouts.verb, "list, status, start, record, advance, resume, hold, rollback or export")
      ->required()
      ->check(CLI::IsMember({"list", "status", "start", "record", "advance", "resume", "hold", "rollback", "export"}));
  rolling->add_option("ROLLOUT", rollouts.which, "its number or its flag's name; of start: the flag");
  rolling->add_option("REASON", rollouts.why, "advance, resume, hold, rollback: why, as --reason");
  rolling->add_option("--environment", rollouts.environment, "start: where; else [flags] environment");
  rolling->add_option("--provider", rollouts.provider, "start: which flag service; else the first that has it");
  rolling->add_option("--channel", rollouts.channel, "start: where it is told of; else the announce channel");
  rolling->add_option("--stages", rollouts.stages, "start: \"10 % for 7d, 25 % for 2d, 100 %\"");
  rolling->add_option("--least-users", rollouts.least_users, "start: fewer at a stage are too few to tell anything");
  rolling->add_option("--criterion", rollouts.criteria, "start: a success criterion; may be repeated")
      ->allow_extra_args(false);
  rolling->add_option("--dashboard", rollouts.dashboards, "start: may be repeated")->allow_extra_args(false);
  rolling->add_option("--watcher", rollouts.watchers, "start: who watches; may be repeated")->allow_extra_args(false);
  rolling->add_option("--go", rollouts.go, "start: \"Discipline: name\"; may be repeated")->allow_extra_args(false);
  rolling->add_option("--users", rollouts.users, "record: unique users, as 170 or ~170");
  rolling->add_option("--metric", rollouts.metrics, "record: \"criterion=value\"; may be repeated")
      ->allow_extra_args(false);
  rolling->add_option("--downstream", rollouts.downstream, "record: a downstream effect");
  rolling->add_option("--errors", rollouts.errors, "record: errors logged");
  rolling->add_option("--changes", rollouts.changes, "record: changes needed");
  rolling->add_option("--reason", rollouts.reason, "the same, where it begins with a dash");
  rolling->add_flag("--yes", rollouts.yes, "do not ask");
  rolling->add_flag("--json", rollouts.json, "list, status: as JSON");
  rolling->add_flag("--check", rollouts.check, "export: fails while a place is not filled in");

  if (argc > 1 && argv[1][0] != '-')
    if (const auto code = no_command(app, argv[1])) return *code;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return wrong_usage(app, error);
  }
  if (app.got_subcommand("version")) {
    std::cout << "vakt " VAKT_VERSION "\n";
    return 0;
  }
  try {
    const auto config = load_config(config_file, process_environment());
    if (!config) return cli::failed(config.error().text);
    if (app.got_subcommand("manifest")) {
      std::cout << manifest_json(config->settings) << "\n";
      return 0;
    }
    if (app.got_subcommand("run")) return cli::run(*config);
    if (app.got_subcommand("check")) return cli::check(*config);
    if (app.got_subcommand("incidents")) return cli::incidents(*config, open_only, json);
    if (app.got_subcommand("export")) return cli::export_record(*config, wanted);
    if (app.got_subcommand("actions"))
      return cli::actions(*config,
                          overdue     ? cli::ItemsListed::overdue
                          : open_only ? cli::ItemsListed::open
                                      : cli::ItemsListed::all,
                          json);
    if (app.got_subcommand("digest")) return cli::digest(*config, digest_at, team);
    if (app.got_subcommand("stats")) return cli::stats(*config, json);
    if (app.got_subcommand("audit")) return cli::audit(*config, since, json);
    if (app.got_subcommand("flag")) return cli::flag(*config, flags);
    if (app.got_subcommand("rollout")) return cli::rollout(*config, rollouts);
    return cli::backup_database(*config, target);
  } catch (const std::exception& error) {
    return cli::failed(without_secrets(error.what()));
  }
}
