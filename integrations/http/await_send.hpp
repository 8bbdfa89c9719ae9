// HttpClient::send as something to co_await. Network thread only; the client must outlive the exchange.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <vector>

#include "integrations/http/http.hpp"

namespace vakt {

boost::asio::awaitable<HttpResult> await_send(HttpClient& http, HttpRequest request);

// All of them at once; the answers in the order of the requests, when the last one is there.
boost::asio::awaitable<std::vector<HttpResult>> await_all(HttpClient& http, std::vector<HttpRequest> requests);

}  // namespace vakt
