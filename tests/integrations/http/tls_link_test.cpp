#include "integrations/http/tls_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <functional>

#include "tests/integrations/http/tls_peer.hpp"

namespace vakt {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

struct Link : ::testing::Test {
  asio::io_context context;

  // Runs until that coroutine has ended (at most 20 s).
  void run(std::function<asio::awaitable<void>()> body) {
    bool ended = false;
    asio::co_spawn(context, std::move(body), [&](const std::exception_ptr& fault) {
      ended = true;
      context.stop();
      if (fault) std::rethrow_exception(fault);
    });
    context.restart();
    context.run_for(20s);
    ASSERT_TRUE(ended);
  }

  std::unique_ptr<TlsLink> link() { return std::make_unique<TlsLink>(context.get_executor(), system_trust()); }

  std::expected<void, HttpError> connect(TlsLink& link, const std::string& text, ProxyChoice proxy = {},
                                         Clock::duration limit = 5s) {
    std::expected<void, HttpError> outcome;
    run([&]() -> asio::awaitable<void> {
      const Url url = parse_url(text).value();
      const auto deadline = Clock::now() + limit;
      outcome = co_await link.connect(url, proxy, deadline);
    });
    return outcome;
  }

  std::string exchange(TlsLink& link, const std::string& bytes) {
    std::string answer;
    run([&]() -> asio::awaitable<void> {
      const auto written = co_await link.write(bytes);
      if (!written) answer = "not written";
      char buffer[4096];
      const auto size = co_await link.read_some(buffer, sizeof buffer);
      if (written)
        answer = size ? std::string(buffer, *size) : "fault " + std::to_string(static_cast<int>(size.error().fault));
    });
    return answer;
  }

  std::string fault(HttpFault kind) const { return "fault " + std::to_string(static_cast<int>(kind)); }
};

TEST_F(Link, a_good_certificate_named_by_SSL_CERT_FILE_is_accepted_and_bytes_flow) {
  const auto certificate = make_certificate("DNS:localhost");
  const TrustedRoot root(certificate);
  TlsPeer peer(context, certificate);
  const auto stream = link();
  const auto outcome = connect(*stream, "https://localhost:" + std::to_string(peer.port()) + "/");
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_TRUE(stream->open());
  EXPECT_EQ(exchange(*stream, "hello"), "hello");
  EXPECT_EQ(peer.server_name, "localhost");
  EXPECT_EQ(exchange(*stream, "bye"), "") << "the end of the stream";
}

TEST_F(Link, an_address_is_checked_against_the_addresses_of_the_certificate) {
  const auto certificate = make_certificate("IP:127.0.0.1");
  const TrustedRoot root(certificate);
  TlsPeer peer(context, certificate);
  const auto stream = link();
  EXPECT_TRUE(connect(*stream, "https://127.0.0.1:" + std::to_string(peer.port()) + "/"));
  EXPECT_EQ(exchange(*stream, "hello"), "hello");
  EXPECT_EQ(peer.server_name, "") << "an address is no server name";
}

TEST_F(Link, an_unknown_authority_is_refused) {
  const TrustedRoot root(make_certificate("DNS:localhost"));
  TlsPeer peer(context, make_certificate("DNS:localhost"));
  const auto stream = link();
  const auto outcome = connect(*stream, "https://localhost:" + std::to_string(peer.port()) + "/");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().fault, HttpFault::untrusted);
  EXPECT_FALSE(outcome.error().may_have_happened());
  EXPECT_FALSE(stream->open());
}

TEST_F(Link, a_certificate_for_another_host_is_refused) {
  const auto certificate = make_certificate("DNS:elsewhere.test");
  const TrustedRoot root(certificate);
  TlsPeer peer(context, certificate);
  const auto stream = link();
  const auto outcome = connect(*stream, "https://localhost:" + std::to_string(peer.port()) + "/");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().fault, HttpFault::untrusted);
  EXPECT_THAT(outcome.error().text, HasSubstr("another host"));
}

TEST_F(Link, tls_below_1_2_is_refused) {
  const auto certificate = make_certificate("DNS:localhost");
  const TrustedRoot root(certificate);
  TlsPeer peer(context, certificate);
  SSL_CTX_set_security_level(peer.tls().native_handle(), 0);
  SSL_CTX_set_max_proto_version(peer.tls().native_handle(), TLS1_1_VERSION);
  const auto stream = link();
  const auto outcome = connect(*stream, "https://localhost:" + std::to_string(peer.port()) + "/");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().fault, HttpFault::unreachable);
}

TEST_F(Link, a_cut_without_goodbye_is_told_from_an_end) {
  const auto certificate = make_certificate("DNS:localhost");
  const TrustedRoot root(certificate);
  TlsPeer peer(context, certificate);
  const auto stream = link();
  ASSERT_TRUE(connect(*stream, "https://localhost:" + std::to_string(peer.port()) + "/"));
  EXPECT_EQ(exchange(*stream, "cut"), fault(HttpFault::broken));
}

TEST_F(Link, plain_text_beyond_loopback_is_refused_before_anything_is_looked_up) {
  const auto stream = link();
  const auto outcome = connect(*stream, "http://slack.test/");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().fault, HttpFault::bad_url);
}

TEST_F(Link, nobody_listening_is_unreachable) {
  tcp::acceptor closed(context, {asio::ip::address_v4::loopback(), 0});
  const auto port = closed.local_endpoint().port();
  closed.close();
  const auto stream = link();
  const auto outcome = connect(*stream, "http://127.0.0.1:" + std::to_string(port) + "/");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().fault, HttpFault::unreachable);
}

TEST_F(Link, a_handshake_that_never_ends_is_ended_by_the_deadline) {
  tcp::acceptor silent(context, {asio::ip::address_v4::loopback(), 0});
  const auto stream = link();
  const auto begun = Clock::now();
  const auto outcome =
      connect(*stream, "https://localhost:" + std::to_string(silent.local_endpoint().port()) + "/", {}, 300ms);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().fault, HttpFault::unreachable);
  EXPECT_LT(Clock::now() - begun, 3s);
}

TEST_F(Link, shutdown_ends_at_its_deadline_when_the_peer_says_nothing) {
  const auto certificate = make_certificate("DNS:localhost");
  const TrustedRoot root(certificate);
  asio::ssl::context tls(asio::ssl::context::tls_server);
  tls.use_certificate_chain(asio::buffer(certificate.certificate));
  tls.use_private_key(asio::buffer(certificate.key), asio::ssl::context::pem);
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  asio::ssl::stream<tcp::socket> mute(context, tls);
  acceptor.async_accept(mute.next_layer(), [&](boost::system::error_code) {
    mute.async_handshake(asio::ssl::stream_base::server, [](boost::system::error_code) {});
  });
  const auto stream = link();
  ASSERT_TRUE(connect(*stream, "https://localhost:" + std::to_string(acceptor.local_endpoint().port()) + "/"));
  const auto begun = Clock::now();
  run([&]() -> asio::awaitable<void> {
    const auto deadline = Clock::now() + 200ms;
    co_await stream->shutdown(deadline);
  });
  EXPECT_LT(Clock::now() - begun, 3s);
  EXPECT_FALSE(stream->open());
}

TEST_F(Link, drop_ends_a_read_with_stopped) {
  const auto certificate = make_certificate("DNS:localhost");
  const TrustedRoot root(certificate);
  TlsPeer peer(context, certificate);
  const auto stream = link();
  ASSERT_TRUE(connect(*stream, "https://localhost:" + std::to_string(peer.port()) + "/"));
  asio::post(context, [&] { asio::post(context, [&] { stream->drop(); }); });
  HttpFault seen = HttpFault::bad_url;
  run([&]() -> asio::awaitable<void> {
    char byte;
    const auto size = co_await stream->read_some(&byte, 1);
    if (!size) seen = size.error().fault;
  });
  EXPECT_EQ(seen, HttpFault::stopped);
}

TEST_F(Link, may_be_destroyed_while_it_reads) {
  const auto certificate = make_certificate("DNS:localhost");
  const TrustedRoot root(certificate);
  TlsPeer peer(context, certificate);
  auto stream = link();
  ASSERT_TRUE(connect(*stream, "https://localhost:" + std::to_string(peer.port()) + "/"));
  asio::post(context, [&] { asio::post(context, [&] { stream.reset(); }); });
  run([&]() -> asio::awaitable<void> {
    char byte;
    const auto size = co_await stream->read_some(&byte, 1);
    EXPECT_FALSE(size);
  });
}

// A proxy that reads the head of one request, gives that answer, and if it is 200 joins both sides.
asio::awaitable<void> serve_proxy(tcp::acceptor& acceptor, std::string answer, std::uint16_t target,
                                  std::string& seen) {
  auto client = co_await acceptor.async_accept(asio::use_awaitable);
  std::string bytes(4096, ' ');
  auto buffer = asio::buffer(bytes);
  const auto size = co_await client.async_read_some(buffer, asio::use_awaitable);
  seen = bytes.substr(0, size);
  tcp::socket server(client.get_executor());
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), target);
  if (target != 0) co_await server.async_connect(endpoint, asio::use_awaitable);
  const auto reply = asio::buffer(answer);
  co_await asio::async_write(client, reply, asio::use_awaitable);
  if (target == 0) co_return;
  const auto pump = [](tcp::socket& from, tcp::socket& to) -> asio::awaitable<void> {
    std::string piece(4096, ' ');
    while (true) {
      const auto room = asio::buffer(piece);
      const auto [fault, count] = co_await from.async_read_some(room, TlsPeer::result);
      if (fault) co_return;
      const auto part = asio::buffer(piece.data(), count);
      co_await asio::async_write(to, part, TlsPeer::result);
    }
  };
  asio::co_spawn(client.get_executor(), pump(server, client), asio::detached);
  co_await pump(client, server);
}

TEST_F(Link, goes_through_a_proxy_and_checks_the_certificate_of_the_real_host) {
  const auto certificate = make_certificate("DNS:slack.test");
  const TrustedRoot root(certificate);
  TlsPeer peer(context, certificate);
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  std::string seen;
  asio::co_spawn(context, serve_proxy(acceptor, "HTTP/1.1 200 OK\r\n\r\n", peer.port(), seen), asio::detached);
  const auto stream = link();
  const auto outcome =
      connect(*stream, "https://slack.test/", Proxy{"127.0.0.1", acceptor.local_endpoint().port(), "Basic eA=="});
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(seen, "CONNECT slack.test:443 HTTP/1.1\r\nHost: slack.test:443\r\nProxy-Authorization: Basic eA==\r\n\r\n");
  EXPECT_EQ(exchange(*stream, "hello"), "hello");
  stream->drop();
  context.restart();
  context.run_for(50ms);
}

TEST_F(Link, a_proxy_that_refuses_is_unreachable_and_names_the_setting_for_407) {
  for (const std::string answer :
       {"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "HTTP/1.1 403 No\r\n\r\n", "nonsense\r\n\r\n", ""}) {
    tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
    std::string seen;
    asio::co_spawn(context, serve_proxy(acceptor, answer, 0, seen), asio::detached);
    const auto stream = link();
    const auto outcome =
        connect(*stream, "https://slack.test/", Proxy{"127.0.0.1", acceptor.local_endpoint().port(), ""});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().fault, HttpFault::unreachable);
    EXPECT_EQ(outcome.error().text.contains("HTTPS_PROXY"), answer.contains("407"));
  }
}

}  // namespace
}  // namespace vakt
