#include "integrations/runtime/retry.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace vakt {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

RC_GTEST_PROP(Backoff, stays_below_its_ceiling, (std::uint64_t seed)) {
  const auto attempt = *rc::gen::inRange(0U, 200U);
  const auto ceiling = attempt < 6 ? milliseconds(500LL << attempt) : longest_backoff;
  RC_ASSERT(backoff(attempt, seed) >= milliseconds(0));
  RC_ASSERT(backoff(attempt, seed) <= ceiling);
}

TEST(Backoff, is_the_same_for_the_same_seed) { EXPECT_EQ(backoff(4, 77), backoff(4, 77)); }

TEST(Backoff, spreads_close_seeds_over_the_whole_range) {
  std::set<long> tenths;
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) tenths.insert(backoff(10, seed).count() / 3'000);
  EXPECT_GE(tenths.size(), 10U);
}

TEST(Backoff, survives_the_largest_attempt) { EXPECT_LE(backoff(~0U, 1), longest_backoff); }

TEST(RetryAfter, reads_seconds) {
  EXPECT_EQ(parse_retry_after("30"), seconds(30));
  EXPECT_EQ(parse_retry_after(" 0\t"), seconds(0));
}

TEST(RetryAfter, is_at_most_an_hour) {
  EXPECT_EQ(parse_retry_after("3601"), longest_retry_after);
  EXPECT_EQ(parse_retry_after("99999999999999999999999999"), longest_retry_after);
}

TEST(RetryAfter, refuses_everything_else) {
  for (const auto* value : {"", " ", "-1", "+1", "1.5", "1 2", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"})
    EXPECT_EQ(parse_retry_after(value), std::nullopt) << value;
}

}  // namespace
}  // namespace vakt
