#include "bot/cli/flag_orders.hpp"

#include <pwd.h>
#include <unistd.h>

#include <iostream>
#include <random>

#include "bot/cli/commands.hpp"
#include "bot/cli/flag_print.hpp"
#include "bot/cli/flag_service.hpp"
#include "storage/sqlite/inbox.hpp"

namespace vakt::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 30s;  // for a proof; the service may have done it all the same
constexpr int not_proven = 3;

// Waits for the brain in the database; what cannot be left there is said, not lost in silence.
void leave_for_the_record(const Config& config, inbound::FlagProgress told, const OrderOptions& options) {
  told.by = terminal_user();
  told.restore_at = options.restore_at;
  told.reason = options.reason;
  if (const auto left = leave_in_inbox(config.database, told); !left)
    std::cerr << "NOT RECORDED: " << left.error().text << "\n";
}

}  // namespace

std::string terminal_user() {
  const auto* user = getpwuid(getuid());
  return "terminal:" + (user ? std::string{user->pw_name} : std::to_string(getuid()));
}

std::string new_key() {
  std::random_device random;
  return "terminal:" + std::to_string(random()) + std::to_string(random());
}

bool agrees(const std::string& question, const std::string& right_answer) {
  if (!isatty(STDIN_FILENO)) return false;
  std::cout << question << std::flush;
  std::string typed;
  return std::getline(std::cin, typed) && typed == right_answer;
}

int carry_out_order(const Config& config, flag::Wanted wanted, const OrderOptions& options) {
  FlagService service{config};
  if (wanted.key.empty()) wanted.key = new_key();
  const auto last = service.carry_out(std::move(wanted), patience, [&](const inbound::FlagProgress& told) {
    if (!options.json) print_step(std::cout, told);
  });
  leave_for_the_record(config, last, options);
  print_outcome(std::cout, config.settings, last, options.json);
  switch (last.progress.standing) {
    case flag::Standing::proven:
      return 0;
    case flag::Standing::failed:
      return failed(failure_line(last));
    default:
      std::cerr << not_proven_line(last) << "\n";
      return not_proven;
  }
}

}  // namespace vakt::cli
