#pragma once
// A TCP stream whose both directions can be stopped while the connection stays: a half-open peer.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <functional>
#include <memory>
#include <vector>

namespace workspace {

class GatedStream {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using executor_type = Socket::executor_type;
  using ErrorCode = boost::system::error_code;

  explicit GatedStream(Socket socket) : socket_(std::move(socket)), gate_(std::make_shared<Gate>()) {}

  executor_type get_executor() { return socket_.get_executor(); }
  Socket& socket() { return socket_; }

  void shut(bool on) {
    gate_->is_shut = on;
    if (!on) release();
  }

  // Closes TCP and lets whoever waits at the gate go.
  void cut() {
    ErrorCode ignored;
    socket_.close(ignored);
    gate_->is_shut = false;
    release();
  }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
        [this](auto handler, const Buffers& into) {
          auto held = std::make_shared<decltype(handler)>(std::move(handler));
          socket_.async_read_some(into, [gate = gate_, held](ErrorCode error, std::size_t size) {
            if (gate->is_shut)
              gate->waiting.push_back([held, error, size] { std::move (*held)(error, size); });
            else
              std::move (*held)(error, size);
          });
        },
        token, buffers);
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
        [this](auto handler, const Buffers& from) {
          auto held = std::make_shared<decltype(handler)>(std::move(handler));
          auto start = [this, held, from] {
            socket_.async_write_some(from,
                                     [held](ErrorCode error, std::size_t size) { std::move (*held)(error, size); });
          };
          if (gate_->is_shut)
            gate_->waiting.push_back(start);
          else
            start();
        },
        token, buffers);
  }

 private:
  struct Gate {
    bool is_shut = false;
    std::vector<std::function<void()>> waiting;
  };

  void release() {
    for (auto& one : std::exchange(gate_->waiting, {})) boost::asio::post(socket_.get_executor(), one);
  }

  Socket socket_;
  std::shared_ptr<Gate> gate_;
};

template <class Handler>
void async_teardown(boost::beast::role_type role, GatedStream& stream, Handler&& handler) {
  boost::beast::websocket::async_teardown(role, stream.socket(), std::forward<Handler>(handler));
}

inline void teardown(boost::beast::role_type role, GatedStream& stream, boost::system::error_code& error) {
  boost::beast::websocket::teardown(role, stream.socket(), error);
}

inline void beast_close_socket(GatedStream& stream) { stream.cut(); }

}  // namespace workspace
