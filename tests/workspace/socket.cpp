#include "socket.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <iostream>

#include "gated_stream.hpp"

namespace workspace {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using Upgrade = beast::http::request<beast::http::string_body>;

class Connection final : public Wire, public std::enable_shared_from_this<Connection> {
 public:
  Connection(House& house, asio::ip::tcp::socket socket)
      : house_(house), stream_(GatedStream(std::move(socket))), timer_(stream_.get_executor()) {}

  void start(const Upgrade& upgrade) {
    stream_.read_message_max(16UL * 1024 * 1024);
    stream_.auto_fragment(false);
    stream_.async_accept(upgrade, [self = shared_from_this()](beast::error_code error) {
      if (error) return;
      self->open_ = true;
      self->house_.delivery.opened(self);
      self->read();
      self->ping();
    });
  }

  void send(const std::string& text, bool binary) override {
    out_.emplace_back(text, binary);
    write();
  }

  void close() override {
    closing_ = true;
    write();
  }

  void cut() override {
    stream_.next_layer().cut();
    finish();
  }

  void half_open(bool on) override { stream_.next_layer().shut(on); }

 private:
  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return self->finish();
      std::string text = beast::buffers_to_string(self->buffer_.data());
      self->buffer_.consume(self->buffer_.size());
      try {
        self->house_.delivery.received(*self, text);
      } catch (const Refused& refused) {
        std::cerr << "an ack was refused: " << refused.code << "\n";
      } catch (const std::exception& wrong) {
        std::cerr << "an ack could not be used: " << wrong.what() << "\n";
      }
      self->read();
    });
  }

  void write() {
    if (writing_ || !open_) return;
    if (out_.empty()) {
      if (std::exchange(closing_, false)) shut_down();
      return;
    }
    writing_ = true;
    stream_.binary(out_.front().second);
    stream_.async_write(asio::buffer(out_.front().first),
                        [self = shared_from_this()](beast::error_code error, std::size_t) {
                          self->writing_ = false;
                          if (error) return self->finish();
                          self->out_.pop_front();
                          self->write();
                        });
  }

  void shut_down() {
    stream_.async_close(websocket::close_code::normal,
                        [self = shared_from_this()](beast::error_code) { self->finish(); });
    // A peer that never answers the close is cut off.
    house_.after(2000, [weak = weak_from_this()] {
      if (auto self = weak.lock()) self->cut();
    });
  }

  void ping() {
    timer_.expires_after(std::chrono::seconds(10));
    timer_.async_wait([self = shared_from_this()](beast::error_code error) {
      if (error || !self->open_) return;
      self->stream_.async_ping("local", [self](beast::error_code failed) {
        if (!failed) self->ping();
      });
    });
  }

  void finish() {
    if (!std::exchange(open_, false)) return;
    timer_.cancel();
    house_.delivery.closed(this);
    out_.clear();
    beast::error_code ignored;
    stream_.next_layer().socket().close(ignored);
  }

  House& house_;
  websocket::stream<GatedStream, false> stream_;
  asio::steady_timer timer_;
  beast::flat_buffer buffer_;
  std::deque<std::pair<std::string, bool>> out_;
  bool open_ = false, writing_ = false, closing_ = false;
};

}  // namespace

void serve_socket(House& house, asio::ip::tcp::socket socket, const Upgrade& upgrade) {
  std::make_shared<Connection>(house, std::move(socket))->start(upgrade);
}

}  // namespace workspace
