#include "server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <iostream>
#include <optional>

#include "socket.hpp"

namespace workspace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

using Incoming = http::request<http::string_body>;
using Outgoing = http::response<http::string_body>;

Request as_request(const Incoming& in) {
  Request out;
  out.method = std::string(in.method_string());
  std::string target(in.target());
  auto question = target.find('?');
  out.path = target.substr(0, question);
  if (question != std::string::npos) out.query = form_fields(std::string_view(target).substr(question + 1));
  for (const auto& field : in) {
    std::string name(field.name_string());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    out.headers[name] = std::string(field.value());
  }
  out.body = in.body();
  return out;
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(House& house, Routes& routes, tcp::socket socket)
      : house_(house), routes_(routes), socket_(std::move(socket)) {}

  void read() {
    parser_.emplace();
    parser_->body_limit(64UL * 1024 * 1024);
    http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return self->close();
      self->handle(self->parser_->release());
    });
  }

 private:
  void handle(Incoming request) {
    keep_alive_ = request.keep_alive();
    Request simple = as_request(request);
    if (simple.path.starts_with("/socket")) return upgrade(request, simple);
    // An answer is given once; a second one has nowhere to go.
    auto answered = std::make_shared<bool>(false);
    routes_.answer(simple, [self = shared_from_this(), answered](const Response& response) {
      if (!std::exchange(*answered, true)) self->write(response);
    });
  }

  void upgrade(const Incoming& request, const Request& simple) {
    auto ticket = simple.query.find("ticket");
    bool good = beast::websocket::is_upgrade(request) && ticket != simple.query.end() &&
                house_.tickets.erase(ticket->second) > 0;
    if (good) return serve_socket(house_, std::move(socket_), request);
    Response refused;
    refused.status = 403;
    refused.body = R"({"ok":false,"error":"this ticket is not good any more"})";
    write(refused);
  }

  void write(const Response& response) {
    if (response.drop) return close();
    out_ = Outgoing(http::int_to_status(static_cast<unsigned>(response.status)), 11);
    out_.result(static_cast<unsigned>(response.status));
    out_.set(http::field::content_type, response.type);
    out_.set(http::field::cache_control, "no-store");
    for (const auto& [name, value] : response.headers) out_.set(name, value);
    out_.keep_alive(keep_alive_);
    out_.body() = response.body;
    out_.prepare_payload();
    http::async_write(socket_, out_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error || !self->keep_alive_) return self->close();
      self->read();
    });
  }

  void close() {
    beast::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  House& house_;
  Routes& routes_;
  tcp::socket socket_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  Outgoing out_;
  bool keep_alive_ = true;
};

}  // namespace

struct Server::Parts {
  asio::io_context context{1};
  tcp::acceptor acceptor{context};

  void accept(House& house, Routes& routes) {
    acceptor.async_accept([this, &house, &routes](beast::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error) {
        beast::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        std::make_shared<Session>(house, routes, std::move(socket))->read();
      }
      accept(house, routes);
    });
  }
};

Server::Server() : parts_(std::make_unique<Parts>()) {}
Server::~Server() = default;

After Server::after() {
  return [this](long long ms, std::function<void()> then) {
    auto timer = std::make_shared<asio::steady_timer>(parts_->context, std::chrono::milliseconds(ms));
    timer->async_wait([timer, then = std::move(then)](beast::error_code error) {
      if (!error) then();
    });
  };
}

unsigned short Server::listen(unsigned short port) {
  tcp::endpoint here(asio::ip::address_v4::loopback(), port);
  parts_->acceptor.open(here.protocol());
  parts_->acceptor.set_option(asio::socket_base::reuse_address(true));
  parts_->acceptor.bind(here);
  parts_->acceptor.listen(asio::socket_base::max_listen_connections);
  return parts_->acceptor.local_endpoint().port();
}

void Server::run(House& house, Routes& routes) {
  asio::signal_set signals(parts_->context, SIGTERM, SIGINT);
  signals.async_wait([this](beast::error_code, int) { parts_->context.stop(); });
  parts_->accept(house, routes);
  while (!parts_->context.stopped()) {
    try {
      parts_->context.run();
    } catch (const Refused& refused) {
      std::cerr << "refused: " << refused.code << "\n";
    } catch (const std::exception& wrong) {
      std::cerr << "wrong: " << wrong.what() << "\n";
    }
  }
}

}  // namespace workspace
