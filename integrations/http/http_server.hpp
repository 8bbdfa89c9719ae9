// A small HTTP server for health and metrics: GET and HEAD only, no TLS, for loopback or a private network.
// Network thread only: the handler is called there and must not wait. The io_context must outlive the server.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "bot/result.hpp"

namespace boost::asio {
class io_context;
}

namespace vakt {

struct HttpAnswer {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

class HttpServer {
 public:
  // Given the path without its query. Other methods than GET and HEAD never reach it (405); what it throws is answered
  // with 500.
  using Handler = std::function<HttpAnswer(std::string_view path)>;

  // address: "127.0.0.1:8090", "[::1]:8090", "localhost:8090" or "0.0.0.0:8090"; port 0 takes a free one.
  // Errors: not an address, or one that cannot be listened on (in use, not ours, not permitted).
  static Result<std::unique_ptr<HttpServer>> make(boost::asio::io_context& io, const std::string& address,
                                                  Handler handler);

  ~HttpServer();  // stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;
  void stop();  // closes everything at once; may be called more than once

 private:
  struct Parts;
  explicit HttpServer(std::shared_ptr<Parts> parts);
  std::shared_ptr<Parts> parts_;
};

}  // namespace vakt
