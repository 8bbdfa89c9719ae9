#include "integrations/http/http_server.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>
#include <thread>

namespace vakt {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

HttpAnswer handle(std::string_view path) {
  if (path == "/health") return {200, "application/json", "{\"ok\":true}"};
  if (path == "/throws") throw std::runtime_error("secret");
  return {404, "text/plain; charset=utf-8", "Nothing here.\n"};
}

class HttpServerTest : public testing::Test {
 protected:
  void SetUp() override {
    auto made = HttpServer::make(io_, "127.0.0.1:0", handle);
    ASSERT_TRUE(made) << made.error().text;
    server_ = std::move(*made);
    network_ = std::jthread([this] { io_.run(); });
  }

  void TearDown() override {
    asio::post(io_, [this] { server_->stop(); });
    network_.join();  // ends only if stop() left nothing to wait for
  }

  // Sends the bytes and reads to the end of the stream.
  std::string talk(const std::string& bytes) {
    asio::io_context io;
    tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), server_->port()});
    asio::write(socket, asio::buffer(bytes));
    std::string answer;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    return answer;
  }

  asio::io_context io_;
  std::unique_ptr<HttpServer> server_;
  std::jthread network_;
};

TEST_F(HttpServerTest, answers_a_get_without_its_query) {
  const auto answer = talk("GET /health?verbose=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_TRUE(answer.contains("Content-Type: application/json\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n{\"ok\":true}")) << answer;
}

TEST_F(HttpServerTest, answers_a_head_with_the_length_and_no_body) {
  const auto answer = talk("HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(answer.contains("Content-Length: 11\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(HttpServerTest, serves_several_requests_on_one_connection) {
  const auto answer = talk(
      "GET /health HTTP/1.1\r\nHost: x\r\n\r\nHEAD /health HTTP/1.1\r\nHost: x\r\n\r\nGET /no HTTP/1.1\r\nHost: "
      "x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answer.find("200 OK"), answer.find("HTTP/1.1") + 9);
  EXPECT_TRUE(answer.contains("{\"ok\":true}HTTP/1.1 200 OK")) << answer;
  EXPECT_TRUE(answer.contains("HTTP/1.1 404 Not Found")) << answer;
}

TEST_F(HttpServerTest, refuses_other_methods) {
  const auto answer = talk("POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 405 ")) << answer;
  EXPECT_TRUE(answer.contains("Allow: GET, HEAD\r\n")) << answer;
}

TEST_F(HttpServerTest, hides_what_a_handler_throws) {
  const auto answer = talk("GET /throws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 500 ")) << answer;
  EXPECT_FALSE(answer.contains("secret")) << answer;
}

TEST_F(HttpServerTest, hangs_up_on_nonsense_and_on_too_much) {
  EXPECT_EQ(talk("hello?\r\n\r\n"), "");
  EXPECT_EQ(talk("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"), "");
  EXPECT_EQ(talk("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n"), "");
}

TEST_F(HttpServerTest, hangs_up_on_a_request_that_does_not_end_within_five_seconds) {
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(talk("GET /health HT"), "");
  const auto took = std::chrono::steady_clock::now() - began;
  EXPECT_GT(took, std::chrono::seconds(4));
  EXPECT_LT(took, std::chrono::seconds(8));
}

TEST_F(HttpServerTest, stops_with_a_connection_open) {
  asio::io_context io;
  tcp::socket socket(io);
  socket.connect({asio::ip::address_v4::loopback(), server_->port()});
  asio::write(socket, asio::buffer(std::string_view("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")));
  char byte = 0;
  asio::read(socket, asio::buffer(&byte, 1));
}

TEST_F(HttpServerTest, says_in_a_sentence_that_the_port_is_taken) {
  asio::io_context io;
  const auto second = HttpServer::make(io, "127.0.0.1:" + std::to_string(server_->port()), handle);
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().text.contains("Another program listens on 127.0.0.1:")) << second.error().text;
}

TEST(HttpServerAddress, is_refused_in_a_sentence) {
  asio::io_context io;
  for (const auto* address : {"", "8090", ":8090", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:80x",
                              "::1:8090", "example.com:80", "[127.0.0.1]:80"}) {
    const auto server = HttpServer::make(io, address, handle);
    ASSERT_FALSE(server) << address;
    EXPECT_TRUE(server.error().text.contains("is not an address to listen on")) << address;
  }
  const auto foreign = HttpServer::make(io, "192.0.2.1:8090", handle);
  ASSERT_FALSE(foreign);
  EXPECT_TRUE(foreign.error().text.starts_with("Cannot listen on 192.0.2.1:8090")) << foreign.error().text;
}

}  // namespace
}  // namespace vakt
