#include "integrations/trello/trello_pace.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

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

}  // namespace

Instant Pace::earliest(Instant now) {
  while (!recent_.empty() && recent_.front() + times_.window <= now) recent_.pop_front();
  return recent_.size() < most_in_window ? blocked_ : std::max(blocked_, recent_.front() + times_.window);
}

void Pace::sent(Instant now) { recent_.push_back(now); }

void Pace::heard(const HttpResult& result, Verdict verdict, Instant now) {
  if (verdict == Verdict::rate_limited) {
    blocked_ = std::max(blocked_, now + doubled(times_.limited, times_.limited_most, limited_in_a_row_++));
    return;
  }
  if (verdict == Verdict::not_sent || verdict == Verdict::uncertain) {
    blocked_ = std::max(blocked_, now + doubled(times_.away, times_.away_most, away_in_a_row_++));
    return;
  }
  limited_in_a_row_ = away_in_a_row_ = 0;
  if (!result) return;
  for (const std::string whose : {"key", "token"}) {
    const std::string prefix = "x-rate-limit-api-" + whose + "-";
    const auto remaining = number(*result, prefix + "remaining");
    if (!remaining || *remaining > spared) continue;
    const milliseconds interval{std::clamp(number(*result, prefix + "interval-ms").value_or(10'000), 0, 60'000)};
    blocked_ = std::max(blocked_, now + interval);
  }
}

}  // namespace vakt::trello
