// The HTTPS client of all adapters: keeps connections alive and reuses them, so that a kill switch pays no TLS
// handshake. Network thread only: send(), stop() and the callbacks all happen there. The io_context must outlive the
// client.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "integrations/http/http.hpp"
#include "integrations/http/tls_link.hpp"

namespace boost::asio {
class io_context;
}

namespace vakt {

struct HttpsClientOptions {
  std::string https_proxy;                     // as in the HTTPS_PROXY variable, "" for none
  std::string no_proxy;                        // as in NO_PROXY
  std::size_t connections_an_origin = 6;       // further requests wait for one of them, in order
  std::chrono::milliseconds idle_for{50'000};  // an unused connection is closed after that
};

class HttpsClient : public HttpClient {
 public:
  virtual TlsTrust trust() const = 0;
  // Answers every request that is waiting or under way with HttpFault::stopped before it returns, closes all
  // connections, and answers later requests with `stopped` too. Destruction closes them without an answer.
  virtual void stop() = 0;
};

// send() answers each request once, never before it has returned. Redirects are not followed. Bodies: at most 16 MB.
// A GET or HEAD is tried once more, on a new connection, if a reused one ended without a byte of an answer; nothing
// else is tried again. Throws where OpenSSL cannot start.
std::unique_ptr<HttpsClient> make_https_client(boost::asio::io_context& io, HttpsClientOptions options);

}  // namespace vakt
