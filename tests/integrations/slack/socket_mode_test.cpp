#include "integrations/slack/socket_mode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integrations/slack/socket_peer.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;
using namespace socket_action;
using ::testing::SizeIs;

UrlFailed failure(UrlFailed::Kind kind, std::chrono::seconds wait = 0s, std::string reason = "because") {
  return {kind, wait, std::move(reason)};
}

TEST(SocketMode, opens_as_many_connections_as_wanted_one_after_the_other_each_with_its_own_url) {
  SocketPeer peer(3);
  peer.start();
  EXPECT_EQ(peer.count<OpenUrl>(), 3U);
  EXPECT_EQ(peer.count<Connect>(), 3U);
  EXPECT_EQ(peer.machine.open_connections(), 3);
  ASSERT_THAT(peer.all<Online>(), SizeIs(1));
  EXPECT_TRUE(peer.all<Online>()[0].first);
  peer.advance(1h);
  EXPECT_EQ(peer.count<OpenUrl>(), 3U);
}

TEST(SocketMode, the_number_of_connections_is_brought_into_1_to_10) {
  SocketPeer none(0), many(50);
  none.start();
  many.start();
  EXPECT_EQ(none.machine.open_connections(), 1);
  EXPECT_EQ(many.machine.open_connections(), 10);
}

TEST(SocketMode, a_second_opening_waits_for_the_first) {
  SocketPeer peer(2);
  peer.answers_url = false;
  peer.start();
  peer.give(socket_input::Tick{});
  EXPECT_EQ(peer.count<OpenUrl>(), 1U);
  peer.accepts = false;
  peer.give(socket_input::UrlAnswered{1, UrlReady{"wss://a"}});
  peer.give(socket_input::Tick{});
  EXPECT_EQ(peer.count<OpenUrl>(), 1U);
}

TEST(SocketMode, a_late_answer_is_stale_and_its_url_is_never_used) {
  SocketPeer peer(1);
  peer.answers_url = false;
  peer.start();
  peer.advance(60s);
  peer.give(socket_input::UrlAnswered{1, UrlReady{"wss://stale"}});
  EXPECT_EQ(peer.count<Connect>(), 0U);
  EXPECT_GE(peer.count<OpenUrl>(), 2U);
}

// The official Node client closes first and waits 5 s.
TEST(SocketMode, at_a_refresh_the_replacement_says_hello_before_the_old_one_is_closed) {
  for (const std::string reason : {"warning", "refresh_requested", "something_new"}) {
    SocketPeer peer(1);
    peer.start();
    peer.advance(60s);
    peer.forget();
    peer.disconnect(1, reason);
    EXPECT_EQ(peer.count<Connect>(), 1U) << "at once, without a backoff";
    EXPECT_EQ(peer.machine.open_connections(), 2);
    EXPECT_EQ(peer.count<CloseGracefully>(), 0U);
    peer.advance(5s);
    ASSERT_THAT(peer.all<CloseGracefully>(), SizeIs(1));
    EXPECT_EQ(peer.all<CloseGracefully>()[0].connection, 1U);
    EXPECT_EQ(peer.all<DropTcp>()[0].connection, 1U);
    EXPECT_EQ(peer.times<DropTcp>()[0] - peer.times<CloseGracefully>()[0], 1s);
    EXPECT_EQ(peer.count<Offline>(), 0U);
    EXPECT_EQ(peer.machine.open_connections(), 1);
  }
}

TEST(SocketMode, the_old_connection_serves_on_while_its_replacement_cannot_be_had) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(60s);
  peer.next_url = failure(UrlFailed::Kind::transient);
  peer.disconnect(1, "refresh_requested");
  peer.advance(60s);
  EXPECT_EQ(peer.count<CloseGracefully>(), 0U);
  peer.envelope(1, "e1");
  peer.commit(1, "e1");
  EXPECT_EQ(peer.count<SendText>(), 1U);
  peer.next_url = UrlReady{"wss://again"};
  peer.advance(60s);
  EXPECT_EQ(peer.count<CloseGracefully>(), 1U);
  EXPECT_EQ(peer.count<Offline>(), 0U);
}

TEST(SocketMode, a_warning_followed_by_a_refresh_is_one_refresh) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(60s);
  peer.forget();
  peer.disconnect(1, "warning");
  peer.disconnect(1, "refresh_requested");
  peer.advance(30s);
  EXPECT_EQ(peer.count<Connect>(), 1U);
  EXPECT_EQ(peer.machine.open_connections(), 1);
}

TEST(SocketMode, refreshes_shortly_before_the_time_that_hello_told) {
  SocketPeer peer(1);
  peer.hello = R"({"type":"hello","num_connections":1,"debug_info":{"approximate_connection_time":18060}})";
  peer.start();
  peer.advance(18060s - 121s);
  EXPECT_EQ(peer.count<Connect>(), 1U);
  peer.advance(100s);
  EXPECT_EQ(peer.count<Connect>(), 2U);
  EXPECT_EQ(peer.count<Offline>(), 0U);
}

TEST(SocketMode, connections_opened_together_are_not_refreshed_together) {
  SocketPeer peer(2);
  peer.hello = R"({"type":"hello","debug_info":{"approximate_connection_time":18060}})";
  peer.start();
  peer.forget();
  peer.advance(18060s);
  const auto times = peer.times<OpenUrl>();
  ASSERT_THAT(times, SizeIs(2));
  EXPECT_NE(times[0], times[1]);
}

// The official Node client loses the acks that are under way.
TEST(SocketMode, an_ack_still_goes_out_on_the_draining_connection_that_delivered) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(60s);
  peer.envelope(1, "e1");
  peer.disconnect(1, "refresh_requested");
  peer.advance(4s);
  EXPECT_EQ(peer.count<CloseGracefully>(), 0U) << "it waits for the ack";
  peer.forget();
  peer.commit(1, "e1");
  ASSERT_THAT(peer.all<SendText>(), SizeIs(1));
  EXPECT_EQ(peer.all<SendText>()[0].connection, 1U);
  EXPECT_EQ(peer.count<CloseGracefully>(), 1U);
}

TEST(SocketMode, frames_on_the_draining_connection_are_delivered) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(60s);
  peer.disconnect(1, "refresh_requested");
  peer.advance(1s);
  peer.envelope(1, "late");
  ASSERT_THAT(peer.all<Deliver>(), SizeIs(1));
  EXPECT_EQ(peer.all<Deliver>()[0].connection, 1U);
}

TEST(SocketMode, a_drain_ends_even_if_an_ack_never_comes) {
  SocketPeer peer(1);
  peer.start();
  peer.advance(60s);
  peer.envelope(1, "never");
  peer.disconnect(1, "refresh_requested");
  peer.advance(12s);
  EXPECT_EQ(peer.live, std::set<ConnectionId>{2});
}

TEST(SocketMode, an_envelope_is_acknowledged_at_most_once) {
  SocketPeer peer(2);
  peer.start();
  peer.envelope(1, "e1");
  EXPECT_EQ(peer.count<SendText>(), 0U) << "not before it is committed";
  peer.commit(2, "e1");
  EXPECT_EQ(peer.count<SendText>(), 0U) << "not on another connection";
  peer.commit(1, "e1");
  peer.commit(1, "e1");
  ASSERT_THAT(peer.all<SendText>(), SizeIs(1));
  EXPECT_EQ(peer.all<SendText>()[0].text, R"({"envelope_id":"e1"})");
}

TEST(SocketMode, says_whether_an_ack_would_bring_its_answer_to_slack) {
  SocketPeer peer(1);
  peer.start();
  const auto connection = peer.all<Connect>()[0].connection;
  peer.text(connection, R"({"envelope_id":"event","type":"events_api","accepts_response_payload":false,"payload":{}})");
  peer.text(connection,
            R"({"envelope_id":"command","type":"slash_commands","accepts_response_payload":true,"payload":{}})");
  EXPECT_FALSE(peer.machine.takes_answer(connection, "event")) << "its ack carries nothing";
  EXPECT_TRUE(peer.machine.takes_answer(connection, "command"));
  EXPECT_FALSE(peer.machine.takes_answer(connection + 1, "command"));
  peer.give(socket_input::Committed{connection, "command", "{}"});
  EXPECT_FALSE(peer.machine.takes_answer(connection, "command"));
}

TEST(SocketMode, nothing_is_acknowledged_on_a_closed_connection) {
  SocketPeer peer(1);
  peer.start();
  peer.envelope(1, "e1");
  peer.cut(1);
  peer.advance(5s);
  peer.commit(1, "e1");
  EXPECT_EQ(peer.count<SendText>(), 0U);
}

TEST(SocketMode, a_repeated_envelope_is_delivered_again_and_may_be_acknowledged_again) {
  SocketPeer peer(1);
  peer.start();
  peer.envelope(1, "e1");
  peer.commit(1, "e1");
  peer.envelope(1, "e1");
  peer.commit(1, "e1");
  EXPECT_EQ(peer.count<Deliver>(), 2U);
  EXPECT_EQ(peer.count<SendText>(), 2U);
}

TEST(SocketMode, an_answer_goes_with_the_ack_where_slack_accepts_it) {
  SocketPeer peer(1);
  peer.start();
  peer.text(1, R"({"envelope_id":"yes","type":"slash_commands","accepts_response_payload":true})");
  peer.text(1, R"({"envelope_id":"no","type":"interactive","accepts_response_payload":false})");
  peer.text(1, R"({"envelope_id":"bad","type":"slash_commands"})");
  peer.commit(1, "yes", R"({"text":"hi"})");
  peer.commit(1, "no", R"({"text":"hi"})");
  peer.commit(1, "bad", R"({"text)");
  const auto sent = peer.all<SendText>();
  ASSERT_THAT(sent, SizeIs(3));
  EXPECT_EQ(sent[0].text, R"({"envelope_id":"yes","payload":{"text":"hi"}})");
  EXPECT_EQ(sent[1].text, R"({"envelope_id":"no"})");
  EXPECT_EQ(sent[2].text, R"({"envelope_id":"bad"})");
  EXPECT_EQ(peer.errors(), 1U);
}

// The official Node client dies on app_rate_limited.
TEST(SocketMode, app_rate_limited_is_delivered_like_any_envelope) {
  SocketPeer peer(1);
  peer.start();
  peer.text(1,
            R"({"envelope_id":"e","type":"events_api","payload":{"type":"app_rate_limited","minute_rate_limited":1}})");
  EXPECT_EQ(peer.count<Deliver>(), 1U);
}

TEST(SocketMode, envelopes_of_an_unknown_type_are_delivered_so_that_they_get_their_ack) {
  SocketPeer peer(1);
  peer.start();
  peer.text(1, R"({"envelope_id":"a","type":"brand_new"})");
  peer.text(1, R"({"envelope_id":"b"})");
  ASSERT_THAT(peer.all<Deliver>(), SizeIs(2));
  EXPECT_EQ(peer.all<Deliver>()[0].type, "brand_new");
  EXPECT_EQ(peer.all<Deliver>()[1].type, "");
}

TEST(SocketMode, retries_are_delivered_whatever_their_marks_say) {
  SocketPeer peer(1);
  peer.start();
  peer.text(1, R"({"envelope_id":"a","type":"events_api","retry_attempt":3,"retry_reason":"timeout"})");
  EXPECT_EQ(peer.count<Deliver>(), 1U);
}

TEST(SocketMode, nonsense_is_noticed_and_ignored) {
  SocketPeer peer(1);
  peer.start();
  for (const std::string frame : {"", "no", "[]", "{", "null", "7", R"({"type":7})", R"({"type":"news"})",
                                  R"({"envelope_id":7,"type":"events_api"})"})
    peer.text(1, frame);
  peer.text(1, std::string(200'000, '['));
  EXPECT_EQ(peer.machine.open_connections(), 1);
  EXPECT_EQ(peer.count<Deliver>(), 0U);
  EXPECT_GE(peer.count<Notice>(), 3U);
  EXPECT_LE(peer.count<Notice>(), 6U) << "a flood of them is not a flood of notices";
}

TEST(SocketMode, stop_waits_for_acks_at_most_2_s_then_closes_then_drops) {
  SocketPeer peer(2);
  peer.start();
  peer.envelope(1, "slow");
  peer.give(socket_input::Stop{});
  EXPECT_EQ(peer.all<CloseGracefully>()[0].connection, 2U) << "nothing to wait for there";
  peer.envelope(1, "new");
  EXPECT_EQ(peer.count<Deliver>(), 1U) << "new ones are left to Slack";
  peer.advance(1s);
  peer.commit(1, "slow");
  EXPECT_EQ(peer.count<SendText>(), 1U);
  EXPECT_EQ(peer.count<CloseGracefully>(), 2U);
  peer.advance(1s);
  EXPECT_EQ(peer.count<Stopped>(), 1U);
  EXPECT_TRUE(peer.live.empty());
}

TEST(SocketMode, stop_ends_within_3_s_whatever_happens) {
  for (int depth = 0; depth < 4; ++depth) {
    SocketPeer peer(2);
    peer.answers_url = depth > 0;
    peer.accepts = depth > 1;
    if (depth == 2) peer.hello.clear();
    peer.start();
    for (const ConnectionId id : std::set(peer.live)) peer.envelope(id, "never acknowledged");
    peer.silent = peer.live;
    peer.give(socket_input::Stop{});
    peer.advance(3s);
    EXPECT_EQ(peer.count<Stopped>(), 1U) << depth;
    EXPECT_TRUE(std::holds_alternative<Stopped>(peer.log.back()));
    peer.give(socket_input::UrlAnswered{1, UrlReady{"wss://late"}});
    EXPECT_TRUE(std::holds_alternative<Stopped>(peer.log.back())) << "nothing follows";
  }
}

TEST(SocketMode, wakes_up_seldom) {
  SocketPeer peer(2);
  peer.start();
  peer.advance(1h);
  EXPECT_LT(peer.ticks, 2 * 1200 + 100);
}

TEST(SocketMode, the_same_inputs_and_seed_give_the_same_actions) {
  const auto run = [](std::uint64_t seed) {
    SocketPeer peer(2, seed);
    peer.next_url = failure(UrlFailed::Kind::transient);
    peer.start();
    peer.advance(10min);
    return peer.times<OpenUrl>();
  };
  EXPECT_EQ(run(5), run(5));
  EXPECT_NE(run(5), run(6));
}

}  // namespace
}  // namespace vakt
