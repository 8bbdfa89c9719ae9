// HTTP/1.1 and WebSocket on one loopback port, on the caller's thread: nothing happens but in step().
// Made for measuring: it answers well-behaved clients fast and gives up loudly (std::runtime_error) on all else.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace bench {

struct Request {
  std::string method, target;
  std::string authorization;
  std::string websocket_key;  // empty unless an upgrade is asked for
  std::string body;
};

class Connection {
 public:
  explicit Connection(int socket) : socket_(socket) {}
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void queue(std::string_view text);  // a WebSocket message, written by the next flush()
  void flush();

 private:
  friend class Server;
  int socket_;
  std::string in_, out_;
  bool upgraded_ = false, broken_ = false;
};

class Server {
 public:
  struct Handlers {
    std::function<std::string(const Request&)> answer;  // the body, JSON
    std::function<void(Connection&, const Request&)> opened;
    std::function<void(Connection&, std::string_view)> said;
    std::function<void(Connection&)> closed;
  };
  explicit Server(Handlers);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const { return port_; }
  // Waits for something to come and handles all of it.
  void step(int most_milliseconds);

 private:
  void ping();
  void accept();
  bool read(Connection&);
  void take_requests(Connection&);
  void take_frames(Connection&);
  void drop(Connection&);

  Handlers handlers_;
  int poll_ = -1, listener_ = -1;
  std::uint16_t port_ = 0;
  std::chrono::steady_clock::time_point pinged_{};
  std::map<int, std::unique_ptr<Connection>> connections_;
};

}  // namespace bench
