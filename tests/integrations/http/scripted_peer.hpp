// A loopback server for tests: each connection runs a script on a thread of its own, reading requests with Beast and
// writing raw bytes.
#pragma once

#include <sys/socket.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace vakt::test {

using PeerRequest = boost::beast::http::request<boost::beast::http::string_body>;

class PeerSession {
 public:
  PeerSession(boost::asio::ip::tcp::socket socket, int its_number) : number(its_number), socket_(std::move(socket)) {}

  const int number;  // of this connection, from 0

  // Nothing once the client has closed, or the test is over.
  std::optional<PeerRequest> read() {
    PeerRequest request;
    boost::system::error_code error;
    boost::beast::http::read(socket_, buffer_, request, error);
    if (error) return std::nullopt;
    return request;
  }

  void send(std::string_view bytes) {
    boost::system::error_code error;
    boost::asio::write(socket_, boost::asio::buffer(bytes), error);
  }

  void answer(std::string_view body) {
    send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
  }

  void end() { ::shutdown(socket_.native_handle(), SHUT_RDWR); }

 private:
  boost::asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
};

class ScriptedPeer {
 public:
  using Script = std::function<void(PeerSession&)>;

  explicit ScriptedPeer(Script script)
      : script_(std::move(script)),
        acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}),
        accepting_([this] { accept(); }) {}

  ~ScriptedPeer() {
    over_ = true;
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
    accepting_.join();
    for (auto& session : sessions_) session->end();
    threads_.clear();
  }

  std::string url(const std::string& target) const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + target;
  }
  int connections() const { return connections_; }

 private:
  void accept() {
    while (!over_) {
      boost::system::error_code error;
      auto socket = acceptor_.accept(error);
      if (error) return;
      auto session = std::make_shared<PeerSession>(std::move(socket), connections_++);
      sessions_.push_back(session);
      threads_.emplace_back([this, session] {
        script_(*session);
        session->end();
      });
    }
  }

  Script script_;
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::atomic<int> connections_ = 0;
  std::atomic<bool> over_ = false;
  std::list<std::shared_ptr<PeerSession>> sessions_;
  std::list<std::jthread> threads_;
  std::jthread accepting_;
};

}  // namespace vakt::test
