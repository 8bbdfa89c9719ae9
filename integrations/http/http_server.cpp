#include "integrations/http/http_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <charconv>
#include <chrono>
#include <exception>
#include <optional>
#include <set>
#include <utility>

namespace vakt {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

using namespace std::chrono_literals;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr auto longest_read = 5s;
constexpr auto longest_write = 10s;
constexpr auto pause_after_failure = 100ms;  // accept fails at once, again and again, when file descriptors run out
constexpr std::size_t most_connections = 32;
constexpr std::uint32_t largest_header = 8 * 1024;
constexpr std::size_t largest_body = 1024;

using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

void pass_on(const std::exception_ptr& thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

std::optional<tcp::endpoint> parse_endpoint(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  std::uint16_t port = 0;
  const char* const last = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data() + colon + 1, last, port);
  if (fault != std::errc{} || rest != last) return std::nullopt;
  std::string host = text.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  error_code invalid;
  const auto address = asio::ip::make_address(host, invalid);
  if (invalid || address.is_v6() != bracketed) return std::nullopt;
  return tcp::endpoint(address, port);
}

Response answer(const Request& request, const HttpServer::Handler& handler) {
  HttpAnswer made;
  const bool reads = request.method() == http::verb::get || request.method() == http::verb::head;
  const std::string_view target(request.target());
  try {
    made = reads ? handler(target.substr(0, target.find('?')))
                 : HttpAnswer{405, "text/plain; charset=utf-8", "Only GET and HEAD are answered here.\n"};
  } catch (const std::exception&) {
    made = {500, "text/plain; charset=utf-8", "The answer could not be made.\n"};
  }
  Response response(static_cast<http::status>(made.status), request.version());
  response.set(http::field::content_type, made.content_type);
  response.set(http::field::cache_control, "no-store");
  if (!reads) response.set(http::field::allow, "GET, HEAD");
  response.keep_alive(request.keep_alive() && reads);
  response.content_length(made.body.size());
  if (request.method() != http::verb::head) response.body() = std::move(made.body);
  return response;
}

// Keeps a stream in the set of those to close at stop().
class Listed {
 public:
  Listed(std::set<beast::tcp_stream*>& streams, beast::tcp_stream& stream) : streams_(streams), stream_(&stream) {
    streams_.insert(stream_);
  }
  ~Listed() { streams_.erase(stream_); }
  Listed(const Listed&) = delete;
  Listed& operator=(const Listed&) = delete;

 private:
  std::set<beast::tcp_stream*>& streams_;
  beast::tcp_stream* stream_;
};

}  // namespace

struct HttpServer::Parts {
  Parts(asio::io_context& io, Handler made_by) : acceptor(io), pause(io), handler(std::move(made_by)) {}

  tcp::acceptor acceptor;
  asio::steady_timer pause;
  Handler handler;
  std::set<beast::tcp_stream*> open;

  static asio::awaitable<void> listen(std::shared_ptr<Parts> parts);
  static asio::awaitable<void> serve(std::shared_ptr<Parts> parts, tcp::socket socket);
};

asio::awaitable<void> HttpServer::Parts::serve(std::shared_ptr<Parts> parts, tcp::socket socket) {
  beast::tcp_stream stream(std::move(socket));
  const Listed listed(parts->open, stream);
  beast::flat_buffer buffer(largest_header + largest_body);
  for (bool more = true; more && parts->acceptor.is_open();) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(largest_header);
    parser.body_limit(largest_body);
    stream.expires_after(longest_read);
    const auto [unread, size] = co_await http::async_read(stream, buffer, parser, as_result);
    if (unread || !parts->acceptor.is_open()) break;
    const Request request = parser.release();
    Response response = answer(request, parts->handler);
    more = response.keep_alive();
    const bool head = request.method() == http::verb::head;
    http::response_serializer<http::string_body> serializer(response);
    serializer.split(head);
    stream.expires_after(longest_write);
    error_code unsent;
    std::size_t count = 0;
    if (head)
      std::tie(unsent, count) = co_await http::async_write_header(stream, serializer, as_result);
    else
      std::tie(unsent, count) = co_await http::async_write(stream, serializer, as_result);
    if (unsent) break;
  }
  error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<void> HttpServer::Parts::listen(std::shared_ptr<Parts> parts) {
  while (parts->acceptor.is_open()) {
    auto [failed, socket] = co_await parts->acceptor.async_accept(as_result);
    if (!parts->acceptor.is_open()) co_return;
    if (failed) {
      parts->pause.expires_after(pause_after_failure);
      co_await parts->pause.async_wait(as_result);
    } else if (parts->open.size() < most_connections) {
      asio::co_spawn(parts->acceptor.get_executor(), serve(parts, std::move(socket)), pass_on);
    }
  }
}

Result<std::unique_ptr<HttpServer>> HttpServer::make(asio::io_context& io, const std::string& address,
                                                     Handler handler) {
  const auto endpoint = parse_endpoint(address);
  if (!endpoint)
    return std::unexpected(
        Error{"\"" + address + "\" is not an address to listen on: write it as 127.0.0.1:8090 or [::1]:8090."});
  auto parts = std::make_shared<Parts>(io, std::move(handler));
  error_code fault;
  parts->acceptor.open(endpoint->protocol(), fault);
  if (!fault) parts->acceptor.set_option(tcp::acceptor::reuse_address(true), fault);
  if (!fault) parts->acceptor.bind(*endpoint, fault);
  if (!fault) parts->acceptor.listen(asio::socket_base::max_listen_connections, fault);
  if (fault == asio::error::address_in_use)
    return std::unexpected(
        Error{"Another program listens on " + address + " already: stop it, or choose another port."});
  if (fault) return std::unexpected(Error{"Cannot listen on " + address + ": " + fault.message() + "."});
  asio::co_spawn(io, Parts::listen(parts), pass_on);
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
}

HttpServer::HttpServer(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}
HttpServer::~HttpServer() { stop(); }

std::uint16_t HttpServer::port() const {
  error_code closed;
  return parts_->acceptor.local_endpoint(closed).port();
}

void HttpServer::stop() {
  error_code ignored;
  parts_->acceptor.close(ignored);
  parts_->pause.cancel();
  for (auto* stream : parts_->open) stream->close();
}

}  // namespace vakt
