#include "bot/flags/flag_change.hpp"

namespace vakt::flag {

std::optional<double> exposed_seconds(const Change& change) {
  if (!change.exposed_since || change.progress.standing != Standing::proven) return {};
  const auto until = change.progress.served_at ? change.progress.served_at : change.progress.verified_at;
  if (!until || *until < *change.exposed_since) return {};
  return std::chrono::duration<double>(*until - *change.exposed_since).count();
}

}  // namespace vakt::flag
