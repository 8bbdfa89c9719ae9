#include "integrations/runtime/budget.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr auto window = 60s;
constexpr auto post_spacing = 1s;
constexpr std::size_t many_channels = 1'000;

// Source: docs.slack.dev, Web API rate limits, and the page of each method. Sorted by name.
constexpr auto tiers = std::to_array<std::pair<std::string_view, Tier>>({
    {"apps.connections.open", Tier::tier1},  // documented as tier 3, but storms of it are answered with 429
    {"auth.test", Tier::lookup},
    {"bookmarks.add", Tier::tier2},
    {"bookmarks.edit", Tier::tier2},
    {"bookmarks.list", Tier::tier3},
    {"chat.delete", Tier::tier3},
    {"chat.getPermalink", Tier::lookup},
    {"chat.postEphemeral", Tier::tier4},
    {"chat.postMessage", Tier::post},
    {"chat.update", Tier::tier3},
    {"conversations.archive", Tier::tier2},
    {"conversations.create", Tier::tier2},
    {"conversations.history", Tier::tier3},
    {"conversations.info", Tier::tier3},
    {"conversations.invite", Tier::tier3},
    {"conversations.join", Tier::tier3},
    {"conversations.list", Tier::tier2},
    {"conversations.members", Tier::tier4},
    {"conversations.open", Tier::tier3},
    {"conversations.rename", Tier::tier2},
    {"conversations.replies", Tier::tier3},
    {"conversations.setPurpose", Tier::tier2},
    {"conversations.setTopic", Tier::tier2},
    {"conversations.unarchive", Tier::tier2},
    {"files.completeUploadExternal", Tier::tier4},
    {"files.getUploadURLExternal", Tier::tier4},
    {"files.info", Tier::tier4},
    {"pins.add", Tier::tier2},
    {"pins.list", Tier::tier2},
    {"pins.remove", Tier::tier2},
    {"reactions.add", Tier::tier3},
    {"reactions.remove", Tier::tier2},
    {"team.info", Tier::tier3},
    {"usergroups.list", Tier::tier2},
    {"usergroups.users.list", Tier::tier2},
    {"users.conversations", Tier::tier3},
    {"users.info", Tier::tier4},
    {"users.list", Tier::tier2},
    {"users.lookupByEmail", Tier::tier3},
    {"views.open", Tier::tier4},
    {"views.publish", Tier::tier4},
    {"views.push", Tier::tier4},
    {"views.update", Tier::tier4},
});
static_assert(std::ranges::is_sorted(tiers, {}, &std::pair<std::string_view, Tier>::first));

}  // namespace

Tier tier_of(std::string_view method) {
  const auto found = std::ranges::lower_bound(tiers, method, {}, &std::pair<std::string_view, Tier>::first);
  return found != tiers.end() && found->first == method ? found->second : Tier::tier2;
}

std::size_t calls_a_minute(Tier tier) {
  switch (tier) {
    case Tier::tier1:
      return 1;
    case Tier::tier2:
      return 20;
    case Tier::tier3:
      return 50;
    case Tier::tier4:
      return 100;
    case Tier::post:
      return 240;
    case Tier::lookup:
      return 100;
  }
  std::unreachable();
}

Budget::Spent& Budget::spent(std::string_view method) {
  const auto found = methods_.find(method);
  return found != methods_.end() ? found->second : methods_[std::string(method)];
}

std::optional<Budget::Delay> Budget::reserve(std::string_view method, std::string_view channel, Moment now) {
  const Tier tier = tier_of(method);
  Spent& calls = spent(method);
  while (!calls.last_minute.empty() && calls.last_minute.front() + window <= now) calls.last_minute.pop_front();

  Moment earliest = std::max(now, calls.blocked);
  if (calls.last_minute.size() >= calls_a_minute(tier))
    earliest = std::max(earliest, calls.last_minute.front() + window);

  Moment whole = now;
  if (tier == Tier::post) {
    const auto found = channels_.find(channel);
    if (found != channels_.end()) whole = std::max(whole, found->second);
    earliest = std::max(earliest, whole - (post_burst - 1) * post_spacing);
  }
  if (earliest > now) return std::chrono::ceil<Delay>(earliest - now);

  calls.last_minute.push_back(now);
  if (tier == Tier::post) {
    forget_quiet_channels(now);
    channels_.insert_or_assign(std::string(channel), whole + post_spacing);
  }
  return std::nullopt;
}

void Budget::blocked_until(std::string_view method, Moment until) {
  Spent& calls = spent(method);
  calls.blocked = std::max(calls.blocked, until);
}

void Budget::forget_quiet_channels(Moment now) {
  if (channels_.size() < many_channels) return;
  std::erase_if(channels_, [now](const auto& entry) { return entry.second <= now; });
}

}  // namespace vakt
