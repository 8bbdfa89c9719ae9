// An order for a flag given at a terminal: carried out, proven, left for the record. Main thread.
#pragma once

#include <optional>
#include <string>

#include "bot/config/config.hpp"
#include "bot/flags/flag_run.hpp"

namespace vakt::cli {

struct OrderOptions {
  bool json = false;
  std::optional<Instant> restore_at{};
  std::string reason{};
};

// A wanted without a key gets one. Returns the exit code: 0 proven, 1 nothing was changed, 3 not proven.
int carry_out_order(const Config&, flag::Wanted, const OrderOptions&);

std::string terminal_user();  // "terminal:NAME"
std::string new_key();        // "terminal:…", never the same twice

// Asked of the person at the terminal; a script says --yes.
bool agrees(const std::string& question, const std::string& right_answer);

}  // namespace vakt::cli
