// The machine when things go wrong, and what it does as time passes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integrations/slack/socket_mode.hpp"
#include "tests/integrations/slack/socket_peer.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;
using namespace socket_action;
using ::testing::HasSubstr;
using ::testing::SizeIs;

UrlFailed failure(UrlFailed::Kind kind, std::chrono::seconds wait = 0s, std::string reason = "because") {
  return {kind, wait, std::move(reason)};
}

// The official Node client takes 12 s.
TEST(SocketModeUpkeep, a_half_open_connection_is_seen_within_10_s) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(100s + 700ms);
  const auto went_silent = peer.now;
  peer.silent.insert(1);
  peer.forget();
  peer.advance(30s);
  ASSERT_THAT(peer.all<DropTcp>(), SizeIs(1));
  EXPECT_LE(peer.times<DropTcp>()[0] - went_silent, 10s);
  EXPECT_EQ(peer.machine.open_connections(), 1);
}

TEST(SocketModeUpkeep, offline_counts_from_the_moment_something_was_last_heard) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(100s);
  peer.envelope(1, "last");
  const auto last = peer.now;
  peer.silent.insert(1);
  peer.advance(30s);
  ASSERT_THAT(peer.all<Offline>(), SizeIs(1));
  EXPECT_EQ(peer.all<Offline>()[0].since, last);
  ASSERT_THAT(peer.all<Online>(), SizeIs(2));
  EXPECT_FALSE(peer.all<Online>()[1].first);
}

TEST(SocketModeUpkeep, a_late_tick_is_not_taken_for_silence_of_the_peer) {
  SocketPeer peer(1);
  peer.start();
  peer.now += 60s;
  peer.give(socket_input::Tick{});
  EXPECT_EQ(peer.count<DropTcp>(), 0U);
  peer.advance(30s);
  EXPECT_EQ(peer.count<DropTcp>(), 0U);
}

TEST(SocketModeUpkeep, an_idle_connection_is_pinged_every_3_s_and_kept) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(10min);
  EXPECT_NEAR(static_cast<double>(peer.count<SendPing>()), 200, 2);
  EXPECT_EQ(peer.count<Connect>(), 1U);
}

TEST(SocketModeUpkeep, a_connection_without_hello_is_dropped_after_10_s) {
  SocketPeer peer(1);
  peer.hello.clear();
  peer.start();
  peer.advance(10s);
  EXPECT_EQ(peer.count<DropTcp>(), 1U);
  EXPECT_EQ(peer.count<Online>(), 0U);
}

TEST(SocketModeUpkeep, a_connection_that_does_not_open_is_dropped_after_10_s) {
  SocketPeer peer(1);
  peer.accepts = false;
  peer.start();
  peer.advance(10s);
  EXPECT_EQ(peer.count<DropTcp>(), 1U);
}

// One official client starts a reconnect loop of its own for each refused upgrade.
TEST(SocketModeUpkeep, refused_upgrades_lead_to_one_slowing_series_of_attempts) {
  SocketPeer peer(2, 7);
  peer.accepts = false;
  peer.start();
  for (ConnectionId id = 1; id <= 40; ++id) {
    while (peer.count<Connect>() < id) peer.advance(100ms);
    peer.cut(id);
    EXPECT_LE(peer.count<OpenUrl>(), id);
  }
  EXPECT_GT(peer.now - SteadyInstant(1h), 4min);
}

// The official Node client gives up once apps.connections.open has failed often enough.
TEST(SocketModeUpkeep, attempts_never_cease_and_wait_30_s_at_most) {
  SocketPeer peer(1);
  peer.next_url = failure(UrlFailed::Kind::transient);
  peer.start();
  peer.advance(24h);
  const auto times = peer.times<OpenUrl>();
  ASSERT_GT(times.size(), 2000U);
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_LE(times[i] - times[i - 1], 30s + 1ms);
  peer.next_url = UrlReady{"wss://back"};
  peer.advance(30s + 1ms);
  EXPECT_EQ(peer.machine.open_connections(), 1);
}

TEST(SocketModeUpkeep, the_backoff_is_kept_across_hello_until_a_connection_has_lived_30_s) {
  SocketPeer peer(1, 3);
  peer.start();
  for (ConnectionId id = 1; id <= 30; ++id) {
    while (peer.count<Connect>() < id) peer.advance(50ms);
    peer.cut(id);
  }
  EXPECT_GT(peer.now - SteadyInstant(1h), 3min) << "a flapping connection is slowed down";
  peer.advance(5min);
  peer.cut(31);
  peer.forget();
  peer.advance(1s);
  EXPECT_EQ(peer.count<Connect>(), 1U) << "a connection that lived is replaced within 1 s";
}

TEST(SocketModeUpkeep, connections_that_are_sent_away_right_after_hello_do_not_make_a_tight_loop) {
  SocketPeer peer(1);
  peer.start();
  for (int i = 0; i < 1000; ++i) {
    if (!peer.live.empty()) peer.disconnect(*peer.live.rbegin(), "refresh_requested");
    peer.advance(100ms);
  }
  EXPECT_LT(peer.count<OpenUrl>(), 40U);
}

TEST(SocketModeUpkeep, retry_after_is_honoured_also_for_a_refresh) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(60s);
  peer.next_url = failure(UrlFailed::Kind::retry_after, 45s);
  peer.disconnect(1, "refresh_requested");
  peer.forget();
  peer.next_url = UrlReady{"wss://later"};
  peer.advance(44s);
  EXPECT_EQ(peer.count<OpenUrl>(), 0U);
  peer.advance(1s);
  EXPECT_EQ(peer.count<OpenUrl>(), 1U);
}

// The official Node client reconnects every 5 s for ever.
TEST(SocketModeUpkeep, too_many_websockets_means_fewer_and_slow_attempts) {
  SocketPeer peer(2);
  peer.hello.clear();
  peer.start();
  peer.text(1, R"({"type":"hello","num_connections":10})");
  peer.disconnect(2, "too_many_websockets");
  EXPECT_EQ(peer.machine.open_connections(), 1);
  for (int i = 0; i < 36'000; ++i) {
    peer.advance(100ms);
    for (const ConnectionId id : std::set(peer.live))
      if (id != 1) peer.disconnect(id, "too_many_websockets");
  }
  EXPECT_LT(peer.count<OpenUrl>(), 20U) << "in an hour";
  EXPECT_TRUE(peer.live.contains(1)) << "the one that serves is left alone";
  EXPECT_EQ(peer.count<Offline>(), 0U);
}

TEST(SocketModeUpkeep, a_refresh_while_slack_is_crowded_makes_room_first) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(60s);
  peer.hello.clear();
  peer.disconnect(1, "refresh_requested");
  peer.disconnect(2, "too_many_websockets");
  peer.hello = R"({"type":"hello"})";
  peer.advance(20s);
  EXPECT_EQ(peer.live, std::set<ConnectionId>{3});
}

// Some official clients leak sockets up to the cap.
TEST(SocketModeUpkeep, ten_connections_are_refreshed_without_ever_holding_eleven) {
  SocketPeer peer(10);
  peer.start();
  peer.advance(60s);
  for (ConnectionId id = 1; id <= 10; ++id) peer.disconnect(id, "refresh_requested");
  for (int i = 0; i < 1200; ++i) {
    peer.advance(100ms);
    ASSERT_LE(peer.live.size(), 10U);
  }
  EXPECT_EQ(peer.machine.open_connections(), 10);
  EXPECT_EQ(*peer.live.begin(), 11U) << "all ten are new";
}

TEST(SocketModeUpkeep, link_disabled_is_told_once_and_polled_slowly) {
  SocketPeer peer(2);
  peer.start();
  peer.disconnect(1, "link_disabled");
  peer.disconnect(2, "link_disabled");
  peer.next_url = failure(UrlFailed::Kind::disabled);
  peer.forget();
  peer.advance(10min);
  EXPECT_LE(peer.count<OpenUrl>(), 10U);
  EXPECT_GE(peer.count<OpenUrl>(), 9U);
  EXPECT_EQ(peer.errors(), 0U);
  peer.next_url = UrlReady{"wss://on"};
  peer.advance(61s);
  EXPECT_EQ(peer.machine.open_connections(), 2);
}

TEST(SocketModeUpkeep, a_refused_token_is_fatal_once_and_ends_the_attempts) {
  SocketPeer peer(2);
  peer.next_url = failure(UrlFailed::Kind::refused, 0s, "invalid_auth");
  peer.start();
  peer.advance(24h);
  EXPECT_EQ(peer.count<OpenUrl>(), 1U);
  ASSERT_THAT(peer.all<Fatal>(), SizeIs(1));
  EXPECT_THAT(peer.all<Fatal>()[0].sentence, HasSubstr("invalid_auth"));
  peer.give(socket_input::Stop{});
  EXPECT_EQ(peer.count<Stopped>(), 1U);
}

TEST(SocketModeUpkeep, warns_once_when_slack_counts_more_connections_than_we_have) {
  SocketPeer peer(2);
  peer.hello = R"({"type":"hello","num_connections":2})";
  peer.start();
  EXPECT_EQ(peer.errors(), 1U) << "the first hello told of two, and we had one";
  peer.advance(60s);
  peer.disconnect(1, "warning");
  EXPECT_EQ(peer.errors(), 1U);
}

TEST(SocketModeUpkeep, a_count_that_still_holds_what_broke_just_now_is_no_warning) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(60s);
  peer.hello = R"({"type":"hello","num_connections":2})";
  peer.cut(1);
  peer.advance(5s);
  EXPECT_EQ(peer.machine.open_connections(), 1);
  EXPECT_EQ(peer.errors(), 0U);
}

}  // namespace
}  // namespace vakt
