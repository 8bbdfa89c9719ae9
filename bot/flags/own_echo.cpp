#include "bot/flags/own_echo.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace vakt::flag {

namespace {

using namespace std::chrono_literals;

constexpr auto clock_difference = 30s;  // between us and the service, generously
constexpr int any_number = std::numeric_limits<int>::max();

// What it was before the order; nothing where that was not read.
const State* read_before(const Change& change) { return change.before ? &change.state_before : nullptr; }

// The service shows all that the flag is since: that it is as ordered, and nothing else.
bool is_as_ordered(const Change& change, const State& seen) {
  if (change.state_after) return seen == *change.state_after;
  if (const auto* before = read_before(change))
    if (const auto after = state_after(change.wanted, *before)) return seen == *after;
  return is_as_wanted(change.wanted, seen);
}

// How many changes of strategies by which `before` becomes what a restore puts back.
int strategies_restored(const Change& change, const State* before) {
  if (!before || !change.wanted.restored) return any_number;
  const auto &from = before->strategies, &to = change.wanted.restored->strategies;
  return from == to ? 0 : static_cast<int>(std::max(from.size(), to.size()));
}

// How often the service tells of such a change for that order. The words are Unleash's events, and flagd's of before
// its states were kept; other services tell of none.
int told_for(const Change& change, const std::string& what) {
  const auto* before = read_before(change);
  const auto action = change.wanted.action;
  const bool ends_on = ends_enabled(change.wanted);
  const bool turns = !before || before->enabled != ends_on;
  if (what == "feature-environment-enabled" || what == "state ENABLED") return ends_on && turns ? 1 : 0;
  if (what == "feature-environment-disabled" || what == "state DISABLED") return !ends_on && turns ? 1 : 0;
  if (what == "definition changed")
    return (action == Action::percent || action == Action::restore) && (!before || !turns) ? 1 : 0;
  if (!what.starts_with("feature-strategy-")) return 0;
  if (action == Action::restore) return strategies_restored(change, before);
  if (what == "feature-strategy-update") return action == Action::percent ? 1 : 0;
  // On, where no strategy is enabled: Unleash adds one.
  const bool had_one = before && std::ranges::any_of(before->strategies, [](const auto& one) { return !one.disabled; });
  return what == "feature-strategy-add" && action == Action::on && !had_one ? 1 : 0;
}

bool is_in_time(const Change& change, Instant at, Instant now) {
  const auto& progress = change.progress;
  const auto until = progress.stored_at     ? *progress.stored_at
                     : progress.verified_at ? *progress.verified_at
                     : change.is_over()     ? change.requested_at
                                            : now;
  return at >= change.requested_at - clock_difference && at <= until + clock_difference;
}

// The most sightings like this one that can be that order; 0: it is another's.
int most_of(const Change& change, const Sighting& sighting, Instant now) {
  const auto& [provider, seen] = sighting;
  if (!concerns(change, provider, seen) || !may_have_changed(change.progress)) return 0;
  if (!is_in_time(change, seen.at, now)) return 0;
  const int most = seen.state ? is_as_ordered(change, *seen.state) : told_for(change, seen.what);
  return most > 0 && change.progress.sent_again ? any_number : most;  // it may have arrived twice
}

}  // namespace

bool may_have_changed(const Progress& progress) {
  return !progress.was_so_already && progress.standing != Standing::asked && progress.standing != Standing::failed;
}

bool concerns(const Change& change, const std::string& provider, const Observation& seen) {
  return change.wanted.name == seen.name && change.progress.provider == provider &&
         (seen.environment.empty() || seen.environment == change.wanted.environment);
}

// The earliest sighting goes to the earliest order that can have caused it and is not used up.
std::vector<bool> own_echoes(const std::vector<Sighting>& sightings, const std::vector<Change>& changes, Instant now) {
  std::vector<std::size_t> by_time(sightings.size());
  std::iota(by_time.begin(), by_time.end(), std::size_t{0});
  std::ranges::stable_sort(by_time, {}, [&](std::size_t i) { return sightings[i].observation.at; });
  std::vector<const Change*> orders;
  orders.reserve(changes.size());
  for (const auto& change : changes) orders.push_back(&change);
  std::ranges::stable_sort(orders, {}, &Change::requested_at);

  std::vector<bool> ours(sightings.size(), false);
  std::map<std::pair<const Change*, std::string>, int> used;  // by what was told; "": a look at all of it
  for (const auto i : by_time) {
    const auto& seen = sightings[i].observation;
    for (const auto* order : orders) {
      const int most = most_of(*order, sightings[i], now);
      if (most == 0) continue;
      int& so_far = used[{order, seen.state ? std::string{} : seen.what}];
      if (so_far >= most) continue;
      ++so_far;
      ours[i] = true;
      break;
    }
  }
  return ours;
}

}  // namespace vakt::flag
