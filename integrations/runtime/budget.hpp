// How often each Slack method may be called, and how often a channel may be posted to, so that we stay below Slack's
// limits. Pure: time comes in as a value that never goes back. Used from one thread, the network thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace vakt {

// Calls a minute: tier1 1, tier2 20, tier3 50, tier4 100, post 240 (Slack says "several hundred"), lookup 100
// ("hundreds").
enum class Tier { tier1, tier2, tier3, tier4, post, lookup };

// A method that the table does not know counts as tier2.
Tier tier_of(std::string_view method);
std::size_t calls_a_minute(Tier tier);

class Budget {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  using Delay = std::chrono::milliseconds;  // over 0, rounded up

  // What a channel takes at once before it is held to one post a second.
  static constexpr int post_burst = 3;

  // Nothing: go now, the call is counted. A Delay: do not call, nothing is counted, ask again after that long.
  // channel matters to chat.postMessage only. Callers keep the order of one channel's posts by asking for them in turn.
  std::optional<Delay> reserve(std::string_view method, std::string_view channel, Moment now);

  // After a 429: no call of the method before that moment (Retry-After holds for a method and a workspace).
  void blocked_until(std::string_view method, Moment until);

 private:
  struct Spent {
    std::deque<Moment> last_minute;  // oldest first, never more than the tier allows
    Moment blocked = Moment::min();
  };

  Spent& spent(std::string_view method);
  void forget_quiet_channels(Moment now);

  std::map<std::string, Spent, std::less<>> methods_;
  std::map<std::string, Moment, std::less<>> channels_;  // when the channel's burst is whole again
};

}  // namespace vakt
