#include "integrations/http/https_client.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <latch>
#include <vector>

#include "tests/integrations/http/scripted_peer.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;
using test::PeerSession;
using test::ScriptedPeer;
using Clock = std::chrono::steady_clock;

class HttpsClientTest : public testing::Test {
 protected:
  void use(HttpsClientOptions options) { client_ = make_https_client(io_, std::move(options)); }

  // Runs the network until every request that was sent has its answer.
  void settle() {
    io_.restart();
    while (answers_ < sent_ && io_.run_one_for(10s) > 0) {
    }
    ASSERT_EQ(answers_, sent_);
  }

  void run_for(std::chrono::milliseconds time) {
    io_.restart();
    io_.run_for(time);
  }

  std::shared_ptr<std::optional<HttpResult>> send(HttpRequest request) {
    auto slot = std::make_shared<std::optional<HttpResult>>();
    ++sent_;
    client_->send(std::move(request), [this, slot](HttpResult result) {
      EXPECT_FALSE(slot->has_value());
      *slot = std::move(result);
      ++answers_;
    });
    EXPECT_FALSE(slot->has_value());
    return slot;
  }

  HttpResult get(const std::string& url) { return finish({"GET", url}); }
  HttpResult post(const std::string& url) { return finish({"POST", url, {}, "{}"}); }

  HttpResult finish(HttpRequest request) {
    const auto slot = send(std::move(request));
    settle();
    return slot->value_or(std::unexpected(HttpError{HttpFault::stopped, "no answer"}));
  }

  boost::asio::io_context io_;
  std::unique_ptr<HttpsClient> client_ = make_https_client(io_, {});
  int sent_ = 0;
  int answers_ = 0;
};

void echo(PeerSession& session) {
  while (const auto request = session.read())
    session.answer(std::string(request->method_string()) + " " + std::string(request->target()) + " " +
                   request->body());
}

void expect_fault(const HttpResult& result, HttpFault fault) {
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().fault, fault) << result.error().text;
  EXPECT_FALSE(result.error().text.contains("secret")) << result.error().text;
}

TEST_F(HttpsClientTest, reuses_one_connection) {
  ScriptedPeer peer(echo);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(post(peer.url("/a?b"))->body, "POST /a?b {}");
  EXPECT_EQ(get(peer.url("/c"))->body, "GET /c ");
  EXPECT_EQ(peer.connections(), 1);
}

// So that a look every few seconds keeps more than one alive, and an order does not meet one that is about to close.
TEST_F(HttpsClientTest, a_get_takes_the_longest_unused_connection_and_a_post_the_newest) {
  ScriptedPeer peer([](PeerSession& session) {
    while (session.read()) session.answer(std::to_string(session.number));
  });
  const auto one = send({"GET", peer.url("/")}), other = send({"GET", peer.url("/")});
  settle();
  const auto newest = post(peer.url("/"))->body;
  const auto oldest = get(peer.url("/"))->body;
  EXPECT_NE(oldest, newest);
  EXPECT_EQ(get(peer.url("/"))->body, newest);
  EXPECT_EQ(post(peer.url("/"))->body, newest);
  EXPECT_EQ(peer.connections(), 2);
}

TEST_F(HttpsClientTest, expects_no_body_after_a_head) {
  ScriptedPeer peer([](PeerSession& session) {
    while (session.read()) session.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
  });
  EXPECT_EQ(finish({"HEAD", peer.url("/")})->header("content-length"), "9");
  EXPECT_EQ(finish({"HEAD", peer.url("/")})->body, "");
  EXPECT_EQ(peer.connections(), 1);
}

TEST_F(HttpsClientTest, opens_at_most_six_connections_and_queues_the_rest) {
  std::atomic<int> at_once = 0;
  std::atomic<int> most = 0;
  ScriptedPeer peer([&](PeerSession& session) {
    while (session.read()) {
      most = std::max<int>(most, ++at_once);
      std::this_thread::sleep_for(20ms);
      --at_once;
      session.answer("");
    }
  });
  std::vector<std::shared_ptr<std::optional<HttpResult>>> slots;
  for (int i = 0; i < 30; ++i) slots.push_back(send({"POST", peer.url("/")}));
  settle();
  for (const auto& slot : slots) EXPECT_TRUE((*slot)->has_value());
  EXPECT_EQ(peer.connections(), 6);
  EXPECT_EQ(most, 6);
}

TEST_F(HttpsClientTest, closes_a_connection_that_was_not_used_for_long) {
  use({.idle_for = 50ms});
  std::latch closed(1);
  ScriptedPeer peer([&](PeerSession& session) {
    echo(session);
    if (session.number == 0) closed.count_down();
  });
  ASSERT_TRUE(get(peer.url("/")));
  run_for(200ms);
  closed.wait();
  ASSERT_TRUE(get(peer.url("/")));
  EXPECT_EQ(peer.connections(), 2);
}

TEST_F(HttpsClientTest, notices_that_the_server_closed_an_idle_connection) {
  ScriptedPeer peer([](PeerSession& session) {
    session.read();
    session.answer("once");
  });
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(post(peer.url("/"))->body, "once");
    run_for(50ms);
  }
  EXPECT_EQ(peer.connections(), 3);
}

TEST_F(HttpsClientTest, repeats_a_get_once_if_a_reused_connection_ends_without_an_answer) {
  ScriptedPeer peer([](PeerSession& session) {
    session.read();
    session.answer("first");
    if (session.number == 0)
      session.read();
    else
      echo(session);
  });
  EXPECT_EQ(get(peer.url("/"))->body, "first");
  EXPECT_EQ(get(peer.url("/"))->body, "first");
  EXPECT_EQ(peer.connections(), 2);
}

TEST_F(HttpsClientTest, does_not_repeat_a_post_nor_a_get_on_a_new_connection) {
  ScriptedPeer peer([](PeerSession& session) {
    if (session.number > 0) {
      session.read();
      return;
    }
    session.read();
    session.answer("first");
    session.read();
  });
  EXPECT_TRUE(get(peer.url("/")));
  expect_fault(post(peer.url("/secret")), HttpFault::broken);
  expect_fault(get(peer.url("/secret")), HttpFault::broken);
  EXPECT_EQ(peer.connections(), 2);
}

TEST_F(HttpsClientTest, gives_up_at_the_timeout_and_leaves_that_connection) {
  ScriptedPeer peer([](PeerSession& session) {
    session.read();
    if (session.number > 0)
      session.answer("second");
    else
      session.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");
    session.read();
  });
  const auto began = Clock::now();
  expect_fault(finish({"GET", peer.url("/secret"), {}, "", 100ms}), HttpFault::timed_out);
  EXPECT_LT(Clock::now() - began, 2s);
  EXPECT_EQ(get(peer.url("/"))->body, "second");
}

TEST_F(HttpsClientTest, calls_a_request_that_never_left_the_queue_unreachable) {
  use({.connections_an_origin = 1});
  ScriptedPeer peer([](PeerSession& session) {
    while (session.read()) {
    }
  });
  const auto sent = send({"POST", peer.url("/"), {}, "", 300ms});
  const auto queued = send({"POST", peer.url("/"), {}, "", 100ms});
  settle();
  expect_fault(**sent, HttpFault::timed_out);
  expect_fault(**queued, HttpFault::unreachable);
  EXPECT_FALSE((*queued)->error().may_have_happened());
}

TEST_F(HttpsClientTest, calls_a_closed_port_unreachable) {
  std::string url;
  {
    ScriptedPeer peer(echo);
    url = peer.url("/secret");
  }
  expect_fault(post(url), HttpFault::unreachable);
}

TEST_F(HttpsClientTest, calls_an_answer_that_is_cut_short_broken) {
  ScriptedPeer peer([](PeerSession& session) {
    session.read();
    session.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");
  });
  expect_fault(get(peer.url("/secret")), HttpFault::broken);
  EXPECT_EQ(peer.connections(), 1);
}

TEST_F(HttpsClientTest, calls_garbage_broken) {
  ScriptedPeer peer([](PeerSession& session) {
    session.read();
    session.send("220 mail.example.com ESMTP\r\n");
    session.read();
  });
  expect_fault(get(peer.url("/secret")), HttpFault::broken);
}

TEST_F(HttpsClientTest, refuses_an_answer_that_is_too_large) {
  ScriptedPeer peer([](PeerSession& session) {
    session.read();
    session.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
    for (int i = 0; i < 17; ++i) session.send(chunk);
    session.read();
  });
  expect_fault(get(peer.url("/secret")), HttpFault::too_large);
}

TEST_F(HttpsClientTest, reads_chunks_and_sends_a_large_body) {
  ScriptedPeer peer([&](PeerSession& session) {
    session.read();
    session.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
    std::this_thread::sleep_for(20ms);
    session.send("1\r\nc\r\n0\r\n\r\n");
    session.answer("stray");
    session.read();
  });
  EXPECT_EQ(get(peer.url("/"))->body, "abc");
  ScriptedPeer echoing([](PeerSession& session) {
    while (const auto request = session.read()) session.answer(request->body());
  });
  EXPECT_EQ(finish({"POST", echoing.url("/"), {}, std::string(900'000, 'z')})->body.size(), 900'000U);
}

TEST_F(HttpsClientTest, takes_an_early_answer_and_does_not_reuse_that_connection) {
  ScriptedPeer peer([](PeerSession& session) {
    session.send("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n");
    std::this_thread::sleep_for(200ms);
  });
  const auto result = finish({"POST", peer.url("/"), {}, std::string(15'000'000, 'z')});
  ASSERT_TRUE(result) << result.error().text;
  EXPECT_EQ(result->status, 413);
}

TEST_F(HttpsClientTest, refuses_urls_that_it_may_not_call) {
  for (const auto* url :
       {"http://example.com/secret", "http://192.0.2.1/secret", "ftp://127.0.0.1/secret", "wss://example.com/secret",
        "secret", "", "http://127.0.0.1@example.com/secret", "http://127.0.0.1.example.com/secret"})
    expect_fault(get(url), HttpFault::bad_url);
  expect_fault(finish({"GET", "https://127.0.0.1:1/", {{"X", "secret\r\nY: 1"}}, ""}), HttpFault::bad_url);
}

TEST_F(HttpsClientTest, stop_answers_everything_and_lets_the_network_end) {
  use({.connections_an_origin = 1});
  ScriptedPeer peer([](PeerSession& session) {
    while (session.read()) {
    }
  });
  const auto first = send({"POST", peer.url("/secret")});
  const auto queued = send({"POST", peer.url("/secret")});
  run_for(50ms);
  client_->stop();
  expect_fault(**first, HttpFault::stopped);
  expect_fault(**queued, HttpFault::stopped);
  expect_fault(get(peer.url("/secret")), HttpFault::stopped);
  const auto began = Clock::now();
  io_.restart();
  io_.run();
  EXPECT_LT(Clock::now() - began, 2s);
}

TEST_F(HttpsClientTest, may_be_destroyed_while_it_works_and_from_a_callback) {
  ScriptedPeer peer([](PeerSession& session) {
    while (session.read()) session.answer("");
  });
  bool called = false;
  client_->send({"GET", peer.url("/")}, [&](HttpResult) { called = true; });
  client_.reset();
  run_for(50ms);
  EXPECT_FALSE(called);
  use({});
  client_->send({"GET", peer.url("/")}, [&](HttpResult) {
    called = true;
    client_.reset();
  });
  run_for(100ms);
  EXPECT_TRUE(called);
}

}  // namespace
}  // namespace vakt
