#include "integrations/slack/slack_socket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <deque>
#include <list>
#include <optional>
#include <vector>

namespace vakt {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;
using ::testing::ElementsAre;

// A WebSocket server on loopback (Beast's, so not the engine under test) that says hello and keeps what it is sent.
class Server : public HttpClient {
 public:
  explicit Server(asio::io_context& context)
      : context_(context), acceptor_(context, {asio::ip::address_v4::loopback(), 0}) {
    accept();
  }

  struct Peer {
    explicit Peer(tcp::socket socket) : stream(std::move(socket)) {}
    boost::beast::websocket::stream<tcp::socket> stream;
    boost::beast::flat_buffer buffer;
    std::vector<std::string> received;
    std::deque<std::string> unsent;
    bool ended = false;
  };
  std::list<Peer> peers;
  std::string answer;  // of apps.connections.open, where set

  void send(HttpRequest request, std::function<void(HttpResult)> done) override {
    EXPECT_EQ(request.url, "http://127.0.0.1/api/apps.connections.open");
    const std::string url = "ws://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/link?ticket=1";
    HttpResult result = HttpResponse{200, {}, answer.empty() ? R"({"ok":true,"url":")" + url + "\"}" : answer};
    asio::post(context_, [done = std::move(done), result = std::move(result)] { done(result); });
  }

  static void say(Peer& peer, std::string text) {
    peer.unsent.push_back(std::move(text));
    if (peer.unsent.size() == 1) write(peer);
  }

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code fault, tcp::socket socket) {
      if (fault) return;
      auto& peer = peers.emplace_back(std::move(socket));
      peer.stream.async_accept([&peer](boost::system::error_code refused) {
        if (refused) return;
        say(peer, R"({"type":"hello","num_connections":1})");
        read(peer);
      });
      accept();
    });
  }
  static void read(Peer& peer) {
    peer.stream.async_read(peer.buffer, [&peer](boost::system::error_code fault, std::size_t) {
      if (fault) {
        peer.ended = true;
        return;
      }
      const auto bytes = peer.buffer.cdata();
      peer.received.emplace_back(static_cast<const char*>(bytes.data()), bytes.size());
      peer.buffer.clear();
      read(peer);
    });
  }
  static void write(Peer& peer) {
    peer.stream.async_write(asio::buffer(peer.unsent.front()), [&peer](boost::system::error_code fault, std::size_t) {
      peer.unsent.pop_front();
      if (!fault && !peer.unsent.empty()) write(peer);
    });
  }

  asio::io_context& context_;
  tcp::acceptor acceptor_;
};

struct SocketOfSlack : ::testing::Test, SlackSocketObserver {
  asio::io_context context;
  Server server{context};
  std::unique_ptr<SlackSocket> socket;
  std::vector<Delivery> deliveries;
  std::vector<std::string> errors;
  int onlines = 0, offlines = 0, fatals = 0;
  bool acks_at_once = false;

  void delivered(Delivery delivery) override {
    deliveries.push_back(delivery);
    if (acks_at_once) socket->ack(delivery.connection, delivery.envelope_id, "");
  }
  void online(Instant since, bool) override {
    ++onlines;
    EXPECT_LT(std::chrono::abs(std::chrono::system_clock::now() - since), 5s);
  }
  void offline(Instant) override { ++offlines; }
  void notice(bool is_error, std::string sentence) override {
    if (is_error) errors.push_back(std::move(sentence));
  }
  void fatal(std::string) override { ++fatals; }

  void start(int connections) {
    socket = SlackSocket::make(context, server,
                               {.api_url = "http://127.0.0.1/api/",
                                .app_token = "xapp-1",
                                .connections = connections,
                                .https_proxy = "",
                                .no_proxy = "",
                                .seed = 1},
                               *this);
    socket->start();
  }
  // Runs the context until that holds, 15 s at most.
  bool eventually(const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + 15s;
    while (!holds() && std::chrono::steady_clock::now() < end) {
      context.restart();
      context.run_one_for(100ms);
    }
    return holds();
  }
  bool stops() {
    bool stopped = false;
    socket->stop([&] { stopped = true; });
    return eventually([&] { return stopped; });
  }
};

TEST_F(SocketOfSlack, delivers_acknowledges_after_the_commit_and_stops) {
  start(2);
  ASSERT_TRUE(eventually([&] { return socket->open_connections() == 2; }));
  EXPECT_EQ(onlines, 1);
  auto& peer = server.peers.back();
  const std::string frame =
      R"({"envelope_id":"e1","type":"slash_commands","accepts_response_payload":true,"payload":{}})";
  Server::say(peer, frame);
  ASSERT_TRUE(eventually([&] { return deliveries.size() == 1; }));
  EXPECT_EQ(deliveries[0].text, frame);
  EXPECT_EQ(deliveries[0].type, "slash_commands");
  EXPECT_TRUE(peer.received.empty());
  socket->ack(deliveries[0].connection, "e1", R"({"text":"hi"})");
  ASSERT_TRUE(eventually([&] { return !peer.received.empty(); }));
  EXPECT_THAT(peer.received, ElementsAre(R"({"envelope_id":"e1","payload":{"text":"hi"}})"));
  EXPECT_TRUE(stops());
  EXPECT_TRUE(stops()) << "a second time at once";
  EXPECT_EQ(socket->open_connections(), 0);
}

TEST_F(SocketOfSlack, an_observer_may_acknowledge_from_within_the_delivery) {
  acks_at_once = true;
  start(1);
  ASSERT_TRUE(eventually([&] { return socket->open_connections() == 1; }));
  for (int i = 0; i < 100; ++i)
    Server::say(server.peers.front(), R"({"envelope_id":"e)" + std::to_string(i) + R"(","type":"events_api"})");
  EXPECT_TRUE(eventually([&] { return server.peers.front().received.size() == 100; }));
  EXPECT_TRUE(stops());
}

TEST_F(SocketOfSlack, a_refresh_leaves_no_moment_without_a_connection) {
  start(1);
  ASSERT_TRUE(eventually([&] { return socket->open_connections() == 1; }));
  Server::say(server.peers.front(), R"({"type":"disconnect","reason":"refresh_requested"})");
  EXPECT_TRUE(eventually([&] { return server.peers.size() == 2 && server.peers.front().ended; }));
  EXPECT_EQ(offlines, 0);
  EXPECT_FALSE(server.peers.back().ended);
  EXPECT_TRUE(stops());
}

TEST_F(SocketOfSlack, a_cut_connection_is_replaced) {
  start(1);
  ASSERT_TRUE(eventually([&] { return socket->open_connections() == 1; }));
  server.peers.front().stream.next_layer().close();
  EXPECT_TRUE(eventually([&] { return onlines == 2; }));
  EXPECT_EQ(offlines, 1);
  EXPECT_TRUE(stops());
}

TEST_F(SocketOfSlack, a_refused_token_is_fatal_and_stop_still_ends) {
  server.answer = R"({"ok":false,"error":"invalid_auth"})";
  start(2);
  EXPECT_TRUE(eventually([&] { return fatals == 1; }));
  EXPECT_TRUE(stops());
}

TEST_F(SocketOfSlack, plain_ws_beyond_loopback_is_never_opened) {
  server.answer = R"({"ok":true,"url":"ws://wss.slack.test/link"})";
  start(1);
  EXPECT_TRUE(eventually([&] { return !errors.empty(); }));
  EXPECT_EQ(onlines, 0);
  EXPECT_TRUE(stops());
}

TEST_F(SocketOfSlack, may_be_destroyed_at_any_time) {
  for (int rounds = 0; rounds < 40; ++rounds) {
    start(2);
    for (int i = 0; i < rounds; ++i) {
      context.restart();
      context.run_one_for(2ms);
    }
    socket.reset();
  }
  context.restart();
  context.run_for(100ms);
}

}  // namespace
}  // namespace vakt
