// The text of /flag as a typed command, or an error that names the nearest right form. Pure, fuzzed.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "bot/command/command.hpp"
#include "bot/flags/flag.hpp"

namespace vakt {

namespace flag_command {
struct Recent {};  // nothing typed: what changed in production in the last 24 hours
struct List {
  std::string text;  // part of a name; empty: all
};
struct Status {
  std::string name, provider;
};
struct History {
  std::string name;  // empty: all
};
struct Lint {};
struct Help {};
// Off, on, percent.
struct Change {
  flag::Action action = flag::Action::off;
  std::string name, environment, provider;       // environment, provider empty: the default
  int percent = 0;                               // 0..100
  std::optional<std::chrono::minutes> duration;  // "for 30m": 1 minute to 30 days
};
struct Undo {
  std::string name, provider;
};
}  // namespace flag_command

using FlagCommand = std::variant<flag_command::Recent, flag_command::List, flag_command::Status, flag_command::History,
                                 flag_command::Lint, flag_command::Help, flag_command::Change, flag_command::Undo>;

// /flag off NAME [ENV] [--provider P] | on NAME [ENV] [for 30m] | percent NAME N [ENV] | undo NAME | status NAME |
// list [TEXT] | history [NAME] | lint | help. A name in quotes may hold spaces or look like an option.
std::expected<FlagCommand, CommandError> parse_flag_command(std::string_view text);

// "30m", "2h", "1d", "90 min"; nothing where it is none or out of range.
std::optional<std::chrono::minutes> parse_duration(std::string_view text);

}  // namespace vakt
