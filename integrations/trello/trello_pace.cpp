#include "integrations/trello/trello_pace.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "integrations/runtime/retry.hpp"

namespace vakt::trello {
namespace {

using std::chrono::milliseconds;

milliseconds doubled(milliseconds first, milliseconds most, int times) {
  return std::min(most, first * (1 << std::min(times, 12)));
}

std::optional<int> number(const HttpResponse& response, const std::string& name) {
  const std::string text = response.header(name);
  int made = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), made);
  if (text.empty() || end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
  return made;
}

// The longest window of a limit of which next to nothing remains; nothing: they leave enough, or are not told.
std::optional<milliseconds> window_to_wait_out(const HttpResponse& response) {
  std::optional<milliseconds> longest;
  for (const std::string whose : {"key", "token"}) {
    const std::string prefix = "x-rate-limit-api-" + whose + "-";
    const auto remaining = number(response, prefix + "remaining");
    if (!remaining || *remaining > Pace::spared) continue;
    const milliseconds interval{std::clamp(number(response, prefix + "interval-ms").value_or(10'000), 0, 60'000)};
    longest = std::max(longest.value_or(interval), interval);
  }
  return longest;
}

}  // namespace

Instant Pace::earliest(Instant now) {
  while (!recent_.empty() && recent_.front() + times_.window <= now) recent_.pop_front();
  return recent_.size() < most_in_window ? blocked_ : std::max(blocked_, recent_.front() + times_.window);
}

void Pace::sent(Instant now) { recent_.push_back(now); }

void Pace::heard(const HttpResult& result, Verdict verdict, Instant now) {
  if (verdict == Verdict::rate_limited) {
    blocked_ = std::max(blocked_, now + asked_for(result));
    return;
  }
  if (verdict == Verdict::not_sent || verdict == Verdict::uncertain) {
    blocked_ = std::max(blocked_, now + doubled(times_.away, times_.away_most, away_in_a_row_++));
    return;
  }
  away_in_a_row_ = 0;
  if (!result) return;
  if (const auto window = window_to_wait_out(*result)) blocked_ = std::max(blocked_, now + *window);
}

milliseconds Pace::asked_for(const HttpResult& result) const {
  if (!result) return times_.window;
  const auto told = parse_retry_after(result->header("retry-after"));
  const auto asked = told ? milliseconds{*told} : window_to_wait_out(*result).value_or(times_.window);
  // One that asks for nothing is left a moment all the same.
  return std::clamp(asked, times_.away, times_.limited_most);
}

}  // namespace vakt::trello
