// vakt rollout: shows rollouts, and leaves what is asked of them for `vakt run`.
#include <algorithm>
#include <charconv>
#include <iostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/flag_orders.hpp"
#include "bot/cli/flag_print.hpp"
#include "bot/cli/flag_service.hpp"
#include "bot/cli/rollout_commands.hpp"
#include "bot/command/rollout_command.hpp"
#include "bot/decide/rollout_following.hpp"
#include "bot/flags/percentages.hpp"
#include "bot/postmortem/release_plan.hpp"
#include "bot/postmortem/sections.hpp"
#include "bot/texts/document_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/rollout_view.hpp"
#include "integrations/runtime/templates.hpp"
#include "storage/rollout_json.hpp"
#include "storage/sqlite/inbox.hpp"
#include "storage/sqlite/reader.hpp"

namespace vakt::cli {

namespace {

using rollout::Rollout;

// As they will be once `vakt run` has taken what was left; newest first.
struct Known {
  std::vector<Rollout> rollouts;
  std::map<std::string, std::string> names;
  std::size_t waiting = 0;  // what is asked of rollouts and is not shown yet
};

Known known(const Config& config) {
  const auto reader = open_reader(config.database);
  Known out{.rollouts = reader->rollouts(), .names = reader->names()};
  std::vector<inbound::FlagProgress> orders;
  for (auto& row : reader->inbox()) {
    if (!row.damage.empty()) continue;
    if (auto* order = std::get_if<inbound::FlagProgress>(&row.left))
      orders.push_back(std::move(*order));
    else
      ++out.waiting;
  }
  out.rollouts = with_left(std::move(out.rollouts), orders, config.settings.timezone);
  return out;
}

const Rollout* meant(const Known& all, const std::string& which) {
  rollout::Id id = 0;
  const auto [end, error] = std::from_chars(which.data(), which.data() + which.size(), id);
  const bool number = error == std::errc{} && end == which.data() + which.size();
  for (const auto& one : all.rollouts)
    if (number ? one.id == id : one.flag == which) return &one;
  return nullptr;
}

int wrong_usage(const std::string& sentence) {
  std::cerr << sentence << "\n";
  return 2;
}

int leave(const Config& config, rollout::Asked asked) {
  const auto left = leave_in_inbox(
      config.database, inbound::RolloutAsked{.what = std::move(asked), .by = terminal_user(), .at = now_of(config)});
  if (!left) return failed("NOT RECORDED: " + left.error().text);
  std::cout << "Left for `vakt run`, which takes it within seconds while it runs, else when it is next started.\n";
  return 0;
}

int list(const Config& config, const Known& all, const RolloutArguments& arguments) {
  const auto& which = arguments.which;
  if (arguments.json) {
    const auto now = now_of(config);
    std::cout << (which.empty() ? rollouts_json(all.rollouts, now) : rollout_json(*meant(all, which), now)) << "\n";
    return 0;
  }
  for (const auto& one : all.rollouts)
    if (which.empty() || meant(all, which) == &one)
      std::cout << view::rollout_line(config.settings, one, now_of(config), all.names) << "\n\n";
  if (all.rollouts.empty()) std::cerr << "There is no rollout yet. `vakt rollout start` plans one.\n";
  if (all.waiting) std::cout << all.waiting << " more to be taken by `vakt run`.\n";
  return 0;
}

// The flag as a service has it, with that environment; else why not was said.
std::optional<std::pair<std::string, flag::Reading>> read_flag(const Config& config, const std::string& provider,
                                                               const std::string& name,
                                                               const std::string& environment) {
  FlagService service{config};
  const auto read =
      service.read({.purpose = "confirm", .provider = provider, .name = name, .environment = environment});
  const auto found = std::ranges::find_if(read.answers, [](const auto& answer) { return answer.reading.has_value(); });
  if (found == read.answers.end()) return failed(not_found_line(read)), std::nullopt;
  if (!found->reading->flag.states.contains(environment)) {
    failed("The flag has no environment \"" + environment + "\". Name one with --environment.");
    return std::nullopt;
  }
  return std::pair{found->provider, *found->reading};
}

int start(const Config& config, const RolloutArguments& arguments) {
  if (arguments.which.empty() || arguments.stages.empty())
    return wrong_usage("vakt rollout start FLAG --stages \"10 % for 7d, 25 % for 2d, 50 % for 1d, 100 %\"");
  auto stages = rollout::parse_stages(arguments.stages);
  if (!stages) return failed(view::stages_wrong(config.settings, stages.error()));
  if (!arguments.least_users.empty()) {
    const auto least = rollout::parse_users(arguments.least_users);
    if (!least) return failed("--least-users takes a whole number.");
    for (auto& stage : *stages) stage.least_users = least->count;
  }
  const auto environment = arguments.environment.empty() ? config.settings.flags.environment : arguments.environment;
  const auto found = read_flag(config, arguments.provider, arguments.which, environment);
  if (!found) return 1;
  if (!flag::sets_percentages(config.settings.flags, found->first))
    return failed(readable(fill(rollout_texts(config.settings.language).no_percentages,
                                {{}, code(arguments.which), escaped(found->first)}),
                           {}));
  Rollout plan{.flag = arguments.which, .environment = environment, .provider = found->first};
  if (const auto all = known(config); const auto* other = rollout::live_one(all.rollouts, plan)) {
    auto terminal = config.settings;
    terminal.rollout_command = "vakt rollout";
    return failed(readable(view::rollout_under_way(terminal, *other), {}));
  }
  plan.stages = *std::move(stages);
  plan.criteria = arguments.criteria;
  plan.dashboards = arguments.dashboards;
  plan.watchers = arguments.watchers;
  for (const auto& line : arguments.go) plan.go_no_go.push_back(parse_go(line));
  plan.channel = arguments.channel;
  plan.runs.resize(plan.stages.size());
  return leave(config, rollout::asked::Start{std::move(plan)});
}

int record(const Config& config, const RolloutArguments& arguments, const Rollout& rollout) {
  const auto users = rollout::parse_users(arguments.users);
  if (!users) return wrong_usage("vakt rollout record needs --users N, as 170 or ~170.");
  rollout::Record record{.users = users->count,
                         .about = users->about,
                         .downstream = arguments.downstream,
                         .errors = arguments.errors,
                         .changes = arguments.changes,
                         .by = terminal_user(),
                         .at = now_of(config)};
  for (const auto& metric : arguments.metrics) {
    const auto equals = metric.find('=');
    if (equals == std::string::npos) return wrong_usage("--metric takes \"criterion=value\".");
    record.metrics.push_back({metric.substr(0, equals), metric.substr(equals + 1)});
  }
  if (rollout.stage < 0)
    return failed(readable(view::rollout_refused(config.settings, rollout, rollout::Refusal::not_begun), {}));
  return leave(config, rollout::asked::Report{rollout.id, std::move(record)});
}

// The next stage, or the same again: shown first, then agreed to, done and proven here.
int go_on(const Config& config, const RolloutArguments& arguments, const Rollout& rollout) {
  const auto now = now_of(config);
  const auto step =
      arguments.verb == "resume" ? rollout::resume_step(rollout, now) : rollout::advance_step(rollout, now);
  if (!step) return failed(readable(view::rollout_refused(config.settings, rollout, step.error()), {}));
  if (!step->needs_reason.empty() && arguments.reason.empty())
    return failed(readable(view::rollout_why(config.settings, step->needs_reason), {}) +
                  " Say why behind its number, or with --reason TEXT.");
  const auto found = read_flag(config, rollout.provider, rollout.flag, rollout.environment);
  if (!found) return 1;
  flag::Wanted wanted{.key = rollout::change_key({rollout.id, step->stage}, new_key()),
                      .provider = rollout.provider,
                      .name = rollout.flag,
                      .environment = rollout.environment,
                      .action = flag::Action::percent,
                      .percent = rollout.stages[static_cast<std::size_t>(step->stage)].percent,
                      .shown = found->second.flag.states.at(rollout.environment)};
  print_before_and_after(std::cout, config.settings, found->second, wanted);
  if (!arguments.yes && !agrees("Type the flag's name to go on: ", rollout.flag))
    return failed("Nothing was changed. Look at who will see it, then add --yes.");
  return carry_out_order(config, std::move(wanted), {.reason = arguments.reason});
}

// Off needs no database: a flag's name will do.
int roll_back(const Config& config, const RolloutArguments& arguments, const Rollout* rollout) {
  flag::Wanted wanted{
      .provider = arguments.provider,
      .name = arguments.which,
      .environment = arguments.environment.empty() ? config.settings.flags.environment : arguments.environment,
      .action = flag::Action::off};
  if (rollout) {
    wanted.provider = rollout->provider;
    wanted.name = rollout->flag;
    wanted.environment = rollout->environment;
  }
  return carry_out_order(config, std::move(wanted), {.reason = arguments.reason});
}

int export_plan(const Config& config, const Known& all, const Rollout& rollout, bool check) {
  const auto from = find_template(config.folder, "va-release-plan");
  if (!from) return failed(from.error().text);
  const auto plan = postmortem::write_release_plan(rollout, all.names, *from, config.settings);
  if (!plan) return failed(plan.error().text);
  std::cout << plan->markdown;
  const auto unfilled = postmortem::unfilled_places(plan->markdown);
  if (unfilled.empty()) return 0;
  const auto& text = document_texts(config.settings.language);
  std::cerr << fill(unfilled.size() == 1 ? text.one_unfilled : text.unfilled, {std::to_string(unfilled.size())})
            << "\n";
  for (const auto& place : unfilled) std::cerr << "  " << place << "\n";
  return check ? 1 : 0;
}

}  // namespace

int rollout(const Config& config, const RolloutArguments& typed) {
  auto arguments = typed;
  for (const auto& word : typed.why) arguments.reason += (arguments.reason.empty() ? "" : " ") + word;
  const auto& verb = arguments.verb;
  if (arguments.which.empty() && verb != "list" && verb != "status")
    return wrong_usage("vakt rollout " + verb + " needs a rollout's number. `vakt rollout list` shows them.");
  Known all;
  try {
    if (verb == "start") return start(config, arguments);
    all = known(config);
  } catch (const StorageError& error) {
    if (verb != "rollback") return failed(error.what());
    std::cerr << error.what() << " Turning the flag of that name off all the same.\n";
    return roll_back(config, arguments, nullptr);
  }
  const auto* found = meant(all, arguments.which);
  if (verb == "rollback") return roll_back(config, arguments, found);
  const bool lists = verb == "list" || verb == "status";
  if (lists && arguments.which.empty()) return list(config, all, arguments);
  if (!found) return failed("There is no rollout " + arguments.which + ". `vakt rollout list` shows them.");
  if (lists) return list(config, all, arguments);
  if (verb == "record") return record(config, arguments, *found);
  if (verb == "hold") return leave(config, rollout::asked::Hold{found->id, arguments.reason});
  if (verb == "export") return export_plan(config, all, *found, arguments.check);
  return go_on(config, arguments, *found);
}

}  // namespace vakt::cli
