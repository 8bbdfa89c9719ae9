#include "integrations/runtime/budget.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace vakt {
namespace {

using namespace std::chrono_literals;
using Moment = Budget::Moment;

constexpr Moment start{1'000'000s};

// Waits as told until the call may go, and answers when it went.
Moment go(Budget& budget, const std::string& method, const std::string& channel, Moment now) {
  while (const auto delay = budget.reserve(method, channel, now)) now += *delay;
  return now;
}

std::size_t most_in(const std::vector<Moment>& calls, Budget::Moment::duration span) {
  std::size_t most = 0;
  for (auto first = calls.begin(); first != calls.end(); ++first)
    most = std::max(
        most, static_cast<std::size_t>(std::distance(first, std::lower_bound(first, calls.end(), *first + span))));
  return most;
}

std::vector<std::chrono::milliseconds> gaps() {
  const auto gap = rc::gen::map(rc::gen::inRange(0, 3'000), [](int ms) { return std::chrono::milliseconds(ms); });
  return *rc::gen::container<std::vector<std::chrono::milliseconds>>(200, gap);
}

RC_GTEST_PROP(BudgetProperty, no_minute_holds_more_calls_than_the_tier, ()) {
  const std::string method = *rc::gen::element<std::string>(
      "apps.connections.open", "conversations.create", "chat.update", "users.info", "chat.postMessage", "a.new.method");
  Budget budget;
  std::vector<Moment> calls;
  Moment now = start;
  const auto shrink = *rc::gen::inRange(1, 100);
  for (const auto gap : gaps()) {
    now = go(budget, method, "C" + std::to_string(calls.size() % 50), now + gap / shrink);
    calls.push_back(now);
  }
  RC_ASSERT(most_in(calls, 60s) <= calls_a_minute(tier_of(method)));
}

RC_GTEST_PROP(BudgetProperty, posts_to_a_channel_keep_their_order_and_spacing, ()) {
  Budget budget;
  std::vector<Moment> calls;
  Moment asked = start;
  for (const auto gap : gaps()) {
    asked += gap;
    calls.push_back(go(budget, "chat.postMessage", "C1", std::max(asked, calls.empty() ? asked : calls.back())));
  }
  RC_ASSERT(std::ranges::is_sorted(calls));
  for (const auto span : {1s, 10s, 30s})
    RC_ASSERT(most_in(calls, span) <= static_cast<std::size_t>(span / 1s + Budget::post_burst - 1));
}

TEST(Budget, lets_the_first_call_go_at_once) {
  Budget budget;
  EXPECT_EQ(budget.reserve("users.info", "", start), std::nullopt);
}

TEST(Budget, says_how_long_a_full_tier_lasts_and_counts_nothing_meanwhile) {
  Budget budget;
  for (int i = 0; i < 20; ++i) ASSERT_EQ(budget.reserve("pins.add", "", start + i * 1s), std::nullopt);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(budget.reserve("pins.add", "", start + 20s), 40s);
  EXPECT_EQ(budget.reserve("pins.add", "", start + 60s), std::nullopt);
  EXPECT_EQ(budget.reserve("pins.add", "", start + 60s), 1s);
}

TEST(Budget, rounds_a_delay_up) {
  Budget budget;
  ASSERT_EQ(budget.reserve("apps.connections.open", "", start), std::nullopt);
  EXPECT_EQ(budget.reserve("apps.connections.open", "", start + 60s - 1ns), 1ms);
}

TEST(Budget, counts_each_method_for_itself) {
  Budget budget;
  for (int i = 0; i < 20; ++i) ASSERT_EQ(budget.reserve("pins.add", "", start), std::nullopt);
  EXPECT_NE(budget.reserve("pins.add", "", start), std::nullopt);
  EXPECT_EQ(budget.reserve("bookmarks.add", "", start), std::nullopt);
}

TEST(Budget, takes_a_short_burst_of_posts_then_one_a_second) {
  Budget budget;
  for (int i = 0; i < Budget::post_burst; ++i) EXPECT_EQ(budget.reserve("chat.postMessage", "C1", start), std::nullopt);
  EXPECT_EQ(budget.reserve("chat.postMessage", "C1", start), 1s);
  EXPECT_EQ(budget.reserve("chat.postMessage", "C1", start + 1s), std::nullopt);
  EXPECT_EQ(budget.reserve("chat.postMessage", "C1", start + 1s), 1s);
}

TEST(Budget, holds_back_one_channel_only) {
  Budget budget;
  while (!budget.reserve("chat.postMessage", "C1", start)) {
  }
  EXPECT_EQ(budget.reserve("chat.postMessage", "C2", start), std::nullopt);
}

TEST(Budget, keeps_the_spacing_with_thousands_of_channels) {
  Budget budget;
  Moment now = start;
  for (int i = 0; i < 3'000; ++i) now = go(budget, "chat.postMessage", "C" + std::to_string(i), now);
  while (!budget.reserve("chat.postMessage", "C2999", now)) {
  }
  EXPECT_NE(budget.reserve("chat.postMessage", "C2999", now), std::nullopt);
}

TEST(Budget, waits_out_a_429_of_the_method_and_of_no_other) {
  Budget budget;
  budget.blocked_until("chat.update", start + 30s);
  budget.blocked_until("chat.update", start + 10s);
  EXPECT_EQ(budget.reserve("chat.update", "", start), 30s);
  EXPECT_EQ(budget.reserve("chat.update", "", start + 30s), std::nullopt);
  EXPECT_EQ(budget.reserve("chat.postMessage", "C1", start), std::nullopt);
}

TEST(Tier, treats_an_unknown_method_with_care) {
  EXPECT_EQ(tier_of("no.such.method"), Tier::tier2);
  EXPECT_EQ(tier_of(""), Tier::tier2);
  EXPECT_EQ(tier_of("views.update"), Tier::tier4);
}

}  // namespace
}  // namespace vakt
