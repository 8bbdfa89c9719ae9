// How flags and their changes are printed at a terminal: for people, or as JSON. Each returns the exit code where it
// can fail.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "bot/flags/flag_change.hpp"
#include "bot/inbound.hpp"
#include "bot/settings.hpp"

namespace vakt::cli {

void print_step(std::ostream&, const inbound::FlagProgress&);
void print_outcome(std::ostream&, const Settings&, const inbound::FlagProgress&, bool json);
std::string failure_line(const inbound::FlagProgress&);
std::string not_proven_line(const inbound::FlagProgress&);  // with the command to run by hand
std::string not_found_line(const inbound::FlagsRead&);

void print_before_and_after(std::ostream&, const Settings&, const flag::Reading&, const flag::Wanted&);
void print_history(std::ostream&, const Settings&, const std::vector<flag::Change>&, bool json);
int print_list(std::ostream&, const Settings&, const inbound::FlagsRead&, bool json);
int print_lint(std::ostream&, const Settings&, const inbound::FlagsRead&, bool json);
int print_status(std::ostream&, const Settings&, const inbound::FlagsRead&, bool json);

}  // namespace vakt::cli
