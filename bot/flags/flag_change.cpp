#include "bot/flags/flag_change.hpp"

namespace vakt::flag {

const Change* latest_to_undo(const std::vector<Change>& changes, const std::string& provider,
                             const std::string& environment) {
  const Change* latest = nullptr;
  for (const auto& change : changes) {
    if (change.progress.standing != Standing::proven || change.undoes != 0 || change.progress.was_so_already) continue;
    if (!provider.empty() && change.progress.provider != provider) continue;
    if (!environment.empty() && change.wanted.environment != environment) continue;
    if (!latest || change.requested_at > latest->requested_at) latest = &change;
  }
  return latest;
}

std::optional<double> exposed_seconds(const Change& change) {
  if (!change.exposed_since || change.progress.standing != Standing::proven) return {};
  const auto until = change.progress.served_at ? change.progress.served_at : change.progress.verified_at;
  if (!until || *until < *change.exposed_since) return {};
  return std::chrono::duration<double>(*until - *change.exposed_since).count();
}

}  // namespace vakt::flag
