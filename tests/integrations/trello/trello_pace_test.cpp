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

HttpResult limited(HttpHeaders headers = {}) { return HttpResponse{429, std::move(headers), "{}"}; }

TEST(Pace, WaitsOneWindowAfterEach429HoweverManyInARow) {
  Pace pace{{}};
  Instant now = start;
  for (int i = 0; i < 20; ++i) {
    pace.heard(limited(), Verdict::rate_limited, now);
    EXPECT_EQ(pace.earliest(now) - now, 10s) << i;
    now = pace.earliest(now);
  }
  pace.heard(with({}), Verdict::ok, now);
  EXPECT_LE(pace.earliest(now), now);
}

TEST(Pace, WaitsAsLongAsA429AsksFor) {
  const auto waited = [](HttpHeaders headers) {
    Pace pace{{}};
    pace.heard(limited(std::move(headers)), Verdict::rate_limited, start);
    return pace.earliest(start) - start;
  };
  EXPECT_EQ(waited({{"retry-after", "3"}}), 3s);
  EXPECT_EQ(waited({{"retry-after", "42"}}), 42s);
  EXPECT_EQ(waited({{"retry-after", "0"}}), 1s) << "never at once";
  EXPECT_EQ(waited({{"retry-after", "86400"}}), 300s) << "never for a day";
  for (const char* none : {"", "soon", "-1", "Sun, 22 Nov 2026 10:00:00 GMT"})
    EXPECT_EQ(waited({{"retry-after", none}}), 10s) << none;
  const std::string key = "x-rate-limit-api-key-", token = "x-rate-limit-api-token-";
  EXPECT_EQ(waited({{token + "remaining", "0"}, {token + "interval-ms", "4000"}}), 4s);
  EXPECT_EQ(waited({{token + "remaining", "0"}, {token + "interval-ms", "4000"}, {"retry-after", "7"}}), 7s);
  EXPECT_EQ(waited({{token + "remaining", "0"},
                    {token + "interval-ms", "4000"},
                    {key + "remaining", "0"},
                    {key + "interval-ms", "9000"}}),
            9s);
  EXPECT_EQ(waited({{key + "remaining", "200"}, {key + "interval-ms", "2000"}}), 10s) << "not that one's limit";
}

TEST(Pace, A429DoesNotShortenALongerWait) {
  Pace pace{{}};
  pace.heard(limited({{"retry-after", "60"}}), Verdict::rate_limited, start);
  pace.heard(limited({{"retry-after", "2"}}), Verdict::rate_limited, start + 1s);
  EXPECT_EQ(pace.earliest(start + 1s), start + 60s);
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
