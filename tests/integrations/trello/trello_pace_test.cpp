#include "integrations/trello/trello_pace.hpp"

#include <gtest/gtest.h>

namespace vakt::trello {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{1'000'000s};
const HttpResult silence = std::unexpected(HttpError{HttpFault::unreachable, "no"});

HttpResult with(HttpHeaders headers) { return HttpResponse{200, std::move(headers), "{}"}; }

TEST(Pace, StaysBelowTheWindowOfAToken) {
  Pace pace{{}};
  for (std::size_t i = 0; i < Pace::most_in_window; ++i) {
    EXPECT_LE(pace.earliest(start), start);
    pace.sent(start);
  }
  EXPECT_EQ(pace.earliest(start), start + 10s);
  EXPECT_LE(pace.earliest(start + 10s), start + 10s);
}

TEST(Pace, WaitsLongerWithEach429InARow) {
  Pace pace{{}};
  Instant now = start;
  std::chrono::microseconds waited{};
  for (const auto expected : {10s, 20s, 40s, 80s, 160s, 300s, 300s}) {
    pace.heard(HttpResponse{429, {}, ""}, Verdict::rate_limited, now);
    waited = pace.earliest(now) - now;
    EXPECT_EQ(waited, expected);
    now += waited;
  }
  pace.heard(with({}), Verdict::ok, now);
  pace.heard(HttpResponse{429, {}, ""}, Verdict::rate_limited, now);
  EXPECT_EQ(pace.earliest(now), now + 10s);
}

TEST(Pace, LeavesAServiceThatIsAwayAlone) {
  Pace pace{{}};
  Instant now = start;
  int asked = 0;
  for (; now < start + 1h; ++asked) {
    pace.sent(now);
    pace.heard(silence, Verdict::not_sent, now);
    now = std::max(now, pace.earliest(now));
  }
  EXPECT_LT(asked, 80);
  EXPECT_GT(asked, 50) << "and comes back within a minute";
}

TEST(Pace, WaitsWhereTrelloSaysThatLittleRemains) {
  for (const std::string whose : {"key", "token"}) {
    const std::string prefix = "x-rate-limit-api-" + whose + "-";
    Pace pace{{}};
    pace.heard(with({{prefix + "remaining", "6"}, {prefix + "interval-ms", "10000"}}), Verdict::ok, start);
    EXPECT_LE(pace.earliest(start), start);
    pace.heard(with({{prefix + "remaining", "5"}, {prefix + "interval-ms", "10000"}}), Verdict::ok, start);
    EXPECT_EQ(pace.earliest(start), start + 10s);
    for (const char* nonsense : {"", "x", "-", "5x", "99999999999999999999"}) {
      Pace other{{}};
      other.heard(with({{prefix + "remaining", nonsense}}), Verdict::ok, start);
      EXPECT_LE(other.earliest(start), start) << nonsense;
    }
  }
}

}  // namespace
}  // namespace vakt::trello
