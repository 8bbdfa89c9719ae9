#include "integrations/http/tls_link.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <vector>

namespace vakt {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t largest_proxy_answer = 16 * 1024;

// Runs `late` at the deadline unless it is destroyed first, even where the timer's handler was already queued.
class Alarm {
 public:
  template <class F>
  Alarm(const asio::any_io_executor& executor, Clock::time_point deadline, F late)
      : timer_(executor, deadline), armed_(std::make_shared<bool>(true)) {
    timer_.async_wait([armed = armed_, late = std::move(late)](error_code fault) {
      if (!fault && *armed) late();
    });
  }
  ~Alarm() { *armed_ = false; }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

 private:
  asio::steady_timer timer_;
  std::shared_ptr<bool> armed_;
};

}  // namespace

struct TlsLink::Impl {
  Impl(asio::any_io_executor executor, TlsTrust trust)
      : trust_(std::move(trust)), stream(std::move(executor), *trust_) {}

  TlsTrust trust_;
  asio::ssl::stream<tcp::socket> stream;
  std::string name;  // host for error texts
  bool secure = false;
  bool connected = false;
  bool dropped = false;
  bool late = false;
  bool wrong_host = false;

  tcp::socket& socket() { return stream.next_layer(); }

  void close() {
    error_code ignored;
    socket().close(ignored);
  }

  std::unexpected<HttpError> fault(HttpFault kind, const std::string& what) const {
    if (dropped && !late)
      return std::unexpected(HttpError{HttpFault::stopped, "The connection to " + name + " was given up."});
    return std::unexpected(HttpError{kind, name + ": " + (late ? "no connection in time" : what)});
  }
};

namespace {

struct Resolved {
  error_code fault;
  std::vector<tcp::endpoint> endpoints;
};

// getaddrinfo cannot be cancelled, so the deadline ends the waiting, not the look-up.
asio::awaitable<Resolved> resolve(asio::any_io_executor executor, std::string host, std::uint16_t port,
                                  Clock::time_point deadline) {
  auto resolver = std::make_shared<tcp::resolver>(executor);
  auto timer = std::make_shared<asio::steady_timer>(executor, deadline);
  auto result = std::make_shared<Resolved>();
  result->fault = asio::error::timed_out;
  const std::string service = std::to_string(port);
  resolver->async_resolve(host, service, tcp::resolver::numeric_service,
                          [resolver, timer, result](error_code fault, const tcp::resolver::results_type& found) {
                            result->fault = fault;
                            for (const auto& entry : found) result->endpoints.push_back(entry.endpoint());
                            timer->cancel();
                          });
  if (result->endpoints.empty()) co_await timer->async_wait(as_result);
  co_return *result;
}

}  // namespace

TlsTrust system_trust() {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                       asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  context->set_default_verify_paths();
  context->set_verify_mode(asio::ssl::verify_peer);
  return context;
}

namespace {

template <class I>
asio::awaitable<std::expected<void, HttpError>> connect_tcp(std::shared_ptr<I> impl, std::string host,
                                                            std::uint16_t port, bool only_loopback,
                                                            Clock::time_point deadline) {
  const auto executor = impl->socket().get_executor();
  const Resolved found = co_await resolve(executor, host, port, deadline);
  if (impl->dropped) co_return impl->fault(HttpFault::stopped, "");
  if (found.fault)
    co_return impl->fault(HttpFault::unreachable,
                          "the name " + host + " cannot be resolved (" + found.fault.message() + ")");
  error_code last = asio::error::host_not_found;
  std::size_t left = found.endpoints.size();
  for (const auto& endpoint : found.endpoints) {
    const auto share =
        std::max<Clock::duration>(deadline - Clock::now(), Clock::duration::zero()) / static_cast<std::int64_t>(left--);
    if (only_loopback && !endpoint.address().is_loopback()) continue;
    impl->close();
    {
      Alarm alarm(executor, Clock::now() + share, [impl] { impl->close(); });
      std::tie(last) = co_await impl->socket().async_connect(endpoint, as_result);
    }
    if (impl->dropped) co_return impl->fault(HttpFault::stopped, "");
    if (!last && impl->socket().is_open()) {
      error_code ignored;
      impl->socket().set_option(tcp::no_delay(true), ignored);
      impl->socket().set_option(asio::socket_base::keep_alive(true), ignored);
      co_return std::expected<void, HttpError>{};
    }
  }
  const std::string why = last == asio::error::operation_aborted ? "no answer in time" : last.message();
  co_return impl->fault(HttpFault::unreachable, "no connection to " + host + " (" + why + ")");
}

template <class I>
asio::awaitable<std::expected<void, HttpError>> tunnel(std::shared_ptr<I> impl, Url url, Proxy proxy) {
  std::string request = "CONNECT " + url.host_and_port() + " HTTP/1.1\r\nHost: " + url.host_and_port() + "\r\n";
  if (!proxy.authorization.empty()) request += "Proxy-Authorization: " + proxy.authorization + "\r\n";
  request += "\r\n";
  const auto bytes = asio::buffer(request);
  const auto [unsent, sent] = co_await asio::async_write(impl->socket(), bytes, as_result);
  if (unsent) co_return impl->fault(HttpFault::unreachable, "the proxy hung up");
  std::string answer;
  std::array<char, 1024> piece{};
  while (!answer.contains("\r\n\r\n")) {
    const auto room = asio::buffer(piece);
    const auto [unread, size] = co_await impl->socket().async_read_some(room, as_result);
    if (unread || answer.size() + size > largest_proxy_answer)
      co_return impl->fault(HttpFault::unreachable, "the proxy gave no usable answer");
    answer.append(piece.data(), size);
  }
  const bool http = answer.starts_with("HTTP/1.1 ") || answer.starts_with("HTTP/1.0 ");
  const std::string status = http ? answer.substr(9, 3) : "";
  if (status == "407")
    co_return impl->fault(HttpFault::unreachable, "the proxy wants other credentials (407): check HTTPS_PROXY");
  if (!status.starts_with('2'))
    co_return impl->fault(HttpFault::unreachable,
                          "the proxy refused the connection" + (http ? " (" + answer.substr(9, 3) + ")" : ""));
  if (!answer.ends_with("\r\n\r\n")) co_return impl->fault(HttpFault::unreachable, "the proxy spoke out of turn");
  co_return std::expected<void, HttpError>{};
}

template <class I>
asio::awaitable<std::expected<void, HttpError>> handshake(std::shared_ptr<I> impl, Url url) {
  SSL* ssl = impl->stream.native_handle();
  error_code not_address;
  asio::ip::make_address(url.host, not_address);
  if (not_address) SSL_set_tlsext_host_name(ssl, url.host.c_str());
  static constexpr unsigned char http_1_1[] = "\x08http/1.1";
  SSL_set_alpn_protos(ssl, http_1_1, 9);
  impl->stream.set_verify_mode(asio::ssl::verify_peer);
  impl->stream.set_verify_callback([raw = impl.get(), check = asio::ssl::host_name_verification(url.host)](
                                       bool trusted, asio::ssl::verify_context& chain) {
    const bool good = check(trusted, chain);
    if (trusted && !good) raw->wrong_host = true;
    return good;
  });
  const auto [failed] = co_await impl->stream.async_handshake(asio::ssl::stream_base::client, as_result);
  if (!failed) co_return std::expected<void, HttpError>{};
  if (impl->wrong_host) co_return impl->fault(HttpFault::untrusted, "the certificate is for another host");
  if (const long verdict = SSL_get_verify_result(ssl); verdict != X509_V_OK)
    co_return impl->fault(HttpFault::untrusted, std::string("the certificate is not trusted (") +
                                                    X509_verify_cert_error_string(verdict) + ")");
  co_return impl->fault(HttpFault::unreachable, "TLS could not be agreed (" + failed.message() + ")");
}

template <class I>
asio::awaitable<std::expected<void, HttpError>> connect_all(std::shared_ptr<I> impl, Url url, ProxyChoice proxy,
                                                            Clock::time_point deadline) {
  impl->name = url.host;
  if (!url.permitted())
    co_return impl->fault(HttpFault::bad_url, "plain http:// and ws:// are allowed to this machine only");
  if (impl->dropped) co_return impl->fault(HttpFault::stopped, "");
  impl->secure = url.secure();
  const auto executor = impl->socket().get_executor();
  const std::string host = proxy ? proxy->host : url.host;
  const std::uint16_t port = proxy ? proxy->port : url.port;
  auto outcome = co_await connect_tcp(impl, host, port, !impl->secure, deadline);
  if (!outcome) co_return outcome;
  Alarm alarm(executor, deadline, [impl] {
    impl->late = true;
    impl->close();
  });
  if (proxy) {
    const Proxy& through = *proxy;
    outcome = co_await tunnel(impl, url, through);
  }
  if (outcome && impl->secure) outcome = co_await handshake(impl, url);
  if (outcome && (impl->late || impl->dropped)) outcome = impl->fault(HttpFault::unreachable, "");
  impl->connected = outcome.has_value();
  if (!outcome) impl->close();
  co_return outcome;
}

template <class I>
asio::awaitable<std::expected<std::size_t, HttpError>> read_once(std::shared_ptr<I> impl, char* data,
                                                                 std::size_t size) {
  const auto buffer = asio::buffer(data, size);
  error_code failed;
  std::size_t count = 0;
  if (impl->secure)
    std::tie(failed, count) = co_await impl->stream.async_read_some(buffer, as_result);
  else
    std::tie(failed, count) = co_await impl->socket().async_read_some(buffer, as_result);
  if (failed == asio::error::eof && !impl->dropped) co_return std::size_t{0};
  if (failed) co_return impl->fault(HttpFault::broken, "the connection broke (" + failed.message() + ")");
  co_return count;
}

template <class I>
asio::awaitable<std::expected<void, HttpError>> write_all(std::shared_ptr<I> impl, std::string bytes) {
  const auto buffer = asio::buffer(bytes);
  error_code failed;
  std::size_t count = 0;
  if (impl->secure)
    std::tie(failed, count) = co_await asio::async_write(impl->stream, buffer, as_result);
  else
    std::tie(failed, count) = co_await asio::async_write(impl->socket(), buffer, as_result);
  if (failed) co_return impl->fault(HttpFault::broken, "the connection broke (" + failed.message() + ")");
  co_return std::expected<void, HttpError>{};
}

template <class I>
asio::awaitable<void> say_goodbye(std::shared_ptr<I> impl, Clock::time_point deadline) {
  if (impl->secure && impl->connected && !impl->dropped) {
    const auto executor = impl->socket().get_executor();
    Alarm alarm(executor, deadline, [impl] { impl->close(); });
    co_await impl->stream.async_shutdown(as_result);
  }
  impl->dropped = true;
  impl->close();
}

}  // namespace

TlsLink::TlsLink(asio::any_io_executor executor, TlsTrust trust)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(trust))) {}
TlsLink::~TlsLink() { drop(); }

// These only start the coroutine: it holds the state by itself, so a link may go while an operation is under way.
TlsLink::Outcome<void> TlsLink::connect(Url url, ProxyChoice proxy, Deadline deadline) {
  return connect_all(impl_, std::move(url), std::move(proxy), deadline);
}
TlsLink::Outcome<std::size_t> TlsLink::read_some(char* buffer, std::size_t size) {
  return read_once(impl_, buffer, size);
}
TlsLink::Outcome<void> TlsLink::write(std::string bytes) { return write_all(impl_, std::move(bytes)); }
asio::awaitable<void> TlsLink::shutdown(Deadline deadline) { return say_goodbye(impl_, deadline); }

void TlsLink::drop() {
  impl_->dropped = true;
  impl_->close();
}

bool TlsLink::open() const { return impl_->connected && !impl_->dropped; }

}  // namespace vakt
