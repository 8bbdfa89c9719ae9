#include "tests/bench/server.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <stdexcept>

#include "tests/bench/websocket.hpp"

namespace bench {

namespace {

constexpr std::chrono::seconds ping_every{5};  // clients take a silent server for a dead one

void watch(int poll, int socket) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = socket;
  if (::epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event) != 0) throw std::runtime_error("epoll_ctl failed");
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// The request at the front of `bytes`, taken off; nothing while it is not there as a whole.
std::optional<Request> take_request(std::string& bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  Request request;
  request.method = bytes.substr(0, bytes.find(' '));
  request.target =
      bytes.substr(request.method.size() + 1, bytes.find(' ', request.method.size() + 1) - request.method.size() - 1);
  std::size_t length = 0;
  for (std::size_t at = bytes.find("\r\n") + 2; at < end + 2;) {
    const auto stop = bytes.find("\r\n", at);
    const auto colon = bytes.find(':', at);
    const auto name = lower(bytes.substr(at, colon - at));
    const auto value =
        bytes.substr(bytes.find_first_not_of(' ', colon + 1), stop - bytes.find_first_not_of(' ', colon + 1));
    if (name == "authorization") request.authorization = value;
    if (name == "sec-websocket-key") request.websocket_key = value;
    if (name == "content-length") length = std::stoul(value);
    if (name == "transfer-encoding") throw std::runtime_error("A client sends chunks, which this server does not read");
    at = stop + 2;
  }
  if (bytes.size() < end + 4 + length) return std::nullopt;
  request.body = bytes.substr(end + 4, length);
  bytes.erase(0, end + 4 + length);
  return request;
}

}  // namespace

Connection::~Connection() { ::close(socket_); }

void Connection::queue(std::string_view text) { websocket::append_frame(out_, websocket::Opcode::text, text, false); }

// The socket blocks: what is in flight is small enough for its buffer, and its reader reads.
void Connection::flush() {
  for (std::size_t sent = 0; sent < out_.size() && !broken_;) {
    const auto size = ::send(socket_, out_.data() + sent, out_.size() - sent, MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    broken_ = size <= 0;
    if (!broken_) sent += static_cast<std::size_t>(size);
  }
  out_.clear();
}

Server::Server(Handlers handlers) : handlers_(std::move(handlers)) {
  poll_ = ::epoll_create1(EPOLL_CLOEXEC);
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("No loopback port can be opened");
  port_ = ntohs(address.sin_port);
  watch(poll_, listener_);
}

Server::~Server() {
  ::close(listener_);
  ::close(poll_);
}

void Server::step(int most_milliseconds) {
  ping();
  std::array<epoll_event, 32> events{};
  const int count = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), most_milliseconds);
  for (int i = 0; i < count; ++i) {
    const int socket = events[static_cast<std::size_t>(i)].data.fd;
    if (socket == listener_) {
      accept();
      continue;
    }
    Connection& connection = *connections_.at(socket);
    if (!read(connection)) {
      drop(connection);
      continue;
    }
    if (!connection.upgraded_) take_requests(connection);
    if (connection.upgraded_) take_frames(connection);
    connection.flush();
  }
}

void Server::ping() {
  const auto now = std::chrono::steady_clock::now();
  if (now - pinged_ < ping_every) return;
  pinged_ = now;
  for (auto& [socket, connection] : connections_) {
    if (!connection->upgraded_) continue;
    websocket::append_frame(connection->out_, websocket::Opcode::ping, "ping", false);
    connection->flush();
  }
}

void Server::accept() {
  const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (socket < 0) return;
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connections_.emplace(socket, std::make_unique<Connection>(socket));
  watch(poll_, socket);
}

bool Server::read(Connection& connection) {
  std::array<char, 64 * 1024> buffer{};
  const auto size = ::recv(connection.socket_, buffer.data(), buffer.size(), 0);
  if (size > 0) connection.in_.append(buffer.data(), static_cast<std::size_t>(size));
  return size > 0;
}

void Server::take_requests(Connection& connection) {
  while (const auto request = take_request(connection.in_)) {
    if (request->websocket_key.empty()) {
      const auto body = handlers_.answer(*request);
      connection.out_ += "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: " +
                         std::to_string(body.size()) + "\r\n\r\n" + body;
      continue;
    }
    connection.out_ +=
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
        websocket::accept_for(request->websocket_key) + "\r\n\r\n";
    connection.upgraded_ = true;
    return handlers_.opened(connection, *request);
  }
}

void Server::take_frames(Connection& connection) {
  std::size_t position = 0;
  while (const auto frame = websocket::next_frame(connection.in_, position)) {
    if (frame->opcode == websocket::Opcode::text) handlers_.said(connection, frame->payload);
    if (frame->opcode == websocket::Opcode::ping)
      websocket::append_frame(connection.out_, websocket::Opcode::pong, frame->payload, false);
    if (frame->opcode == websocket::Opcode::close)
      websocket::append_frame(connection.out_, websocket::Opcode::close, frame->payload, false);
  }
  connection.in_.erase(0, position);
}

void Server::drop(Connection& connection) {
  if (connection.upgraded_) handlers_.closed(connection);
  // Closing is not enough while a program that is just being started still holds a copy.
  ::epoll_ctl(poll_, EPOLL_CTL_DEL, connection.socket_, nullptr);
  connections_.erase(connection.socket_);
}

}  // namespace bench
