// One HTTP request and its answer, and the client port that the adapters use.
// The client is used from the network thread only; callbacks run on that thread.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace vakt {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;  // "GET", "POST", …
  std::string url;     // http:// (loopback only) or https://
  HttpHeaders headers;
  std::string body;
  std::chrono::milliseconds timeout{10'000};  // for the whole exchange, connecting included
};

struct HttpResponse {
  int status = 0;
  HttpHeaders headers;  // names in lower case
  std::string body;

  // The value of the first header of that (lower-case) name, or "".
  std::string header(const std::string& name) const {
    for (const auto& [key, value] : headers)
      if (key == name) return value;
    return {};
  }
};

enum class HttpFault {
  bad_url,      // not an URL we may call (unknown scheme, http:// beyond loopback)
  unreachable,  // no connection, so the request was certainly not carried out
  untrusted,    // the certificate or its host name was refused, nothing was sent
  timed_out,    // no answer in time: the request may have been carried out
  broken,       // the connection ended or spoke nonsense after the request was sent: it may have been carried out
  too_large,    // the answer is larger than we accept: the request was carried out
  stopped,      // the client is shutting down
};

struct HttpError {
  HttpFault fault;
  std::string text;  // for people; holds the host, never a path, query or header
  bool may_have_happened() const {
    return fault == HttpFault::timed_out || fault == HttpFault::broken || fault == HttpFault::too_large;
  }
};

using HttpResult = std::expected<HttpResponse, HttpError>;

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  virtual void send(HttpRequest request, std::function<void(HttpResult)> done) = 0;
};

}  // namespace vakt
