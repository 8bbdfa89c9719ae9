// vakt flag: reads its arguments, changes or shows, and leaves what it did for the record.
#include <algorithm>
#include <iostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/flag_commands.hpp"
#include "bot/cli/flag_orders.hpp"
#include "bot/cli/flag_print.hpp"
#include "bot/cli/flag_service.hpp"
#include "bot/command/flag_command.hpp"
#include "bot/view/flag_view.hpp"
#include "integrations/runtime/system_clock.hpp"
#include "storage/sqlite/reader.hpp"

namespace vakt::cli {

namespace {

effect::ReadFlags asked(const FlagArguments& arguments, const std::string& purpose) {
  return {
      .purpose = purpose, .provider = arguments.provider, .name = arguments.name, .environment = arguments.environment};
}

int turn_off(const Config& config, const FlagArguments& arguments) {
  const auto& guarded = config.settings.flags.protected_names;
  if (std::ranges::find(guarded, arguments.name) != guarded.end() && !arguments.yes &&
      !agrees("\"" + arguments.name + "\" is protected: turning it off does harm. Type its name to go on: ",
              arguments.name))
    return failed("\"" + arguments.name +
                  "\" is protected ([flags] protected): add --yes to turn it off all the same.");
  return carry_out_order(config,
                         {.provider = arguments.provider,
                          .name = arguments.name,
                          .environment = arguments.environment,
                          .action = flag::Action::off},
                         {.json = arguments.json});
}

// On, or wider: shown first, then agreed to.
int widen(const Config& config, const FlagArguments& arguments, flag::Action action) {
  const auto duration = arguments.duration.empty() ? std::nullopt : parse_duration(arguments.duration);
  if (!arguments.duration.empty() && !duration) return failed("--for takes a time as 30m, 2h or 1d.");
  inbound::FlagsRead read;
  {
    FlagService service{config};
    read = service.read(asked(arguments, "confirm"));
  }
  const auto found = std::ranges::find_if(read.answers, [](const auto& answer) { return answer.reading.has_value(); });
  if (found == read.answers.end()) return failed(not_found_line(read));
  const auto state = found->reading->flag.states.find(arguments.environment);
  if (state == found->reading->flag.states.end())
    return failed("The flag has no environment \"" + arguments.environment + "\". Name one with --environment.");
  flag::Wanted wanted{.provider = found->provider,
                      .name = arguments.name,
                      .environment = arguments.environment,
                      .action = action,
                      .percent = arguments.percent.value_or(0),
                      .shown = state->second};
  if (!arguments.json) print_before_and_after(std::cout, config.settings, *found->reading, wanted);
  if (!arguments.yes && !agrees("Type the flag's name to go on: ", arguments.name))
    return failed("Nothing was changed. Look at who will see it, then add --yes.");
  const auto restore_at = duration ? std::optional{system_now() + *duration} : std::nullopt;
  return carry_out_order(config, std::move(wanted), {.json = arguments.json, .restore_at = restore_at});
}

int undo(const Config& config, const FlagArguments& arguments) {
  std::vector<flag::Change> changes;
  try {
    changes = open_reader(config.database)->flag_changes(arguments.name);
  } catch (const StorageError& error) {
    return failed(std::string{"What to undo stands in the database, and it cannot be read: "} + error.what() +
                  " `vakt flag on` turns the flag on without it.");
  }
  const auto* done = flag::latest_to_undo(changes, arguments.provider, arguments.environment);
  if (!done) return failed("vakt has changed nothing of this flag there. `vakt flag history NAME` shows what it did.");
  if (done->undone_by != 0) return failed("The last change of this flag there was put back already.");
  if (done->snapshot.empty())
    return failed(
        "What the flag was before is not known: it was turned off before it could be read. `vakt flag on` turns it on "
        "as it is set up now.");
  flag::Wanted wanted{.provider = done->progress.provider,
                      .name = arguments.name,
                      .environment = arguments.environment,
                      .action = flag::Action::restore,
                      .snapshot = done->snapshot,
                      .shown = done->state_after,
                      .restored = done->state_before};
  if (!arguments.yes &&
      !agrees("This puts it back as it was" +
                  (done->before ? " (seen by " + view::audience_words(config.settings, *done->before) + ")" : "") +
                  ". Type the flag's name to go on: ",
              arguments.name))
    return failed("Nothing was changed. Add --yes to put it back as it was.");
  return carry_out_order(config, std::move(wanted), {.json = arguments.json});
}

int history(const Config& config, const FlagArguments& arguments) {
  try {
    print_history(std::cout, config.settings, open_reader(config.database)->flag_changes(arguments.name),
                  arguments.json);
    return 0;
  } catch (const StorageError& error) {
    return failed(error.what());
  }
}

int show(const Config& config, const FlagArguments& arguments) {
  FlagService service{config};
  const auto read = service.read(asked(arguments, arguments.verb));
  if (arguments.verb == "list") return print_list(std::cout, config.settings, read, arguments.json);
  if (arguments.verb == "lint") return print_lint(std::cout, config.settings, read, arguments.json);
  return print_status(std::cout, config.settings, read, arguments.json);
}

}  // namespace

int flag(const Config& config, const FlagArguments& given) {
  auto arguments = given;
  if (arguments.environment.empty()) arguments.environment = config.settings.flags.environment;
  const auto& verb = arguments.verb;
  if (verb == "history") return history(config, arguments);
  if (verb == "list" || verb == "lint") return show(config, arguments);
  if (arguments.name.empty()) {
    std::cerr << "vakt flag " << verb << " needs the name of a flag. `vakt flag list` shows them.\n";
    return 2;
  }
  if (verb != "on" && verb != "percent" && !arguments.duration.empty()) {
    std::cerr << "--for goes with on and percent: vakt puts back what it widened, and turns nothing on by itself.\n";
    return 2;
  }
  if (verb != "percent" && arguments.percent) {
    std::cerr << "--percent goes with `vakt flag percent NAME`.\n";
    return 2;
  }
  if (verb == "status") return show(config, arguments);
  if (verb == "off") return turn_off(config, arguments);
  if (verb == "undo") return undo(config, arguments);
  if (verb == "on") return widen(config, arguments, flag::Action::on);
  if (!arguments.percent) {
    std::cerr << "vakt flag percent needs --percent N, a whole number from 0 to 100.\n";
    return 2;
  }
  return widen(config, arguments, flag::Action::percent);
}

}  // namespace vakt::cli
