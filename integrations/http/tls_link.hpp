// A byte stream to the host of a URL: verified TLS, or plain TCP to loopback, straight or through a proxy's CONNECT.
// Network thread only. One read and one write may be under way at the same time; the object may be destroyed during
// either.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <string>

#include "integrations/http/http.hpp"
#include "integrations/http/proxy.hpp"
#include "integrations/http/url.hpp"

namespace boost::asio::ssl {
class context;
}

namespace vakt {

// The roots we trust, loaded once and shared by all links.
using TlsTrust = std::shared_ptr<boost::asio::ssl::context>;

// The system's roots, or those that SSL_CERT_FILE and SSL_CERT_DIR name; TLS 1.2 or later. Throws where OpenSSL itself
// cannot start.
TlsTrust system_trust();

class TlsLink {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  template <class T>
  using Outcome = boost::asio::awaitable<std::expected<T, HttpError>>;

  TlsLink(boost::asio::any_io_executor executor, TlsTrust trust);
  ~TlsLink();  // drops
  TlsLink(const TlsLink&) = delete;
  TlsLink& operator=(const TlsLink&) = delete;

  // Once per object. Faults: bad_url (plain text beyond loopback), unreachable (also when late, or refused by the
  // proxy), untrusted, stopped (dropped meanwhile).
  Outcome<void> connect(Url url, ProxyChoice proxy, Deadline deadline);

  // At least one byte, or 0 at the end of the stream. The buffer must outlive the call. Faults: broken (also when cut
  // without a TLS goodbye), stopped.
  Outcome<std::size_t> read_some(char* buffer, std::size_t size);

  // All bytes or an error. Faults: broken, stopped.
  Outcome<void> write(std::string bytes);

  // Says goodbye in TLS, then drops; at the deadline it drops in any case. Not while a read or write is under way.
  boost::asio::awaitable<void> shutdown(Deadline deadline);

  // Closes TCP at once; whatever is under way ends with `stopped`. May be called at any time, more than once.
  void drop();

  bool open() const;  // connected, not yet dropped; the other side may have gone all the same

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vakt
