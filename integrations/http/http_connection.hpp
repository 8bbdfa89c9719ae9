// One keep-alive connection to an origin, carrying one exchange after the other. It reads all the time, so it notices
// at once when the other side closes it between two exchanges. Network thread only. Held by shared_ptr; its coroutines
// hold it too.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "integrations/http/response_reader.hpp"
#include "integrations/http/tls_link.hpp"

namespace vakt {

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  struct Exchange {
    std::string bytes;  // the whole request
    bool head = false;  // its method is HEAD
  };

  struct Outcome {
    HttpResult result;
    bool reusable = false;   // open and idle: begin() may be called again
    bool untouched = false;  // failed after connecting, without one byte of an answer
  };

  // ended: once for each begin(), unless dropped. gone: an idle connection was closed by the other side. Both may call
  // back into it.
  struct Listener {
    std::function<void(Outcome)> ended;
    std::function<void()> gone;
  };

  HttpConnection(boost::asio::any_io_executor executor, TlsTrust trust, Url url, ProxyChoice proxy);

  void listen(Listener listener);

  // Connects first if it has to, until that deadline. Only while idle. Reading the answer has no deadline of its own:
  // drop() ends it.
  void begin(Exchange exchange, TlsLink::Deadline connect_by);

  // Closes at once; neither `ended` nor `gone` is called afterwards.
  void drop();

  bool writing_began() const {
    return writing_began_;
  }  // of the exchange under way: from then on it may be carried out

 private:
  boost::asio::awaitable<void> serve(std::shared_ptr<HttpConnection> self, TlsLink::Deadline connect_by);
  boost::asio::awaitable<void> write(std::shared_ptr<HttpConnection> self, std::string bytes);
  void take_in(std::expected<std::size_t, HttpError> got);
  void end(Outcome outcome);

  boost::asio::any_io_executor executor_;
  TlsLink link_;
  Url url_;
  ProxyChoice proxy_;
  Listener listener_;
  std::optional<Exchange> exchange_;
  std::optional<ResponseReader> reader_;
  std::array<char, 16 * 1024> piece_{};
  bool started_ = false;
  bool writing_ = false;
  bool writing_began_ = false;
};

}  // namespace vakt
