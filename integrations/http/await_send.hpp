// HttpClient::send as something to co_await. Network thread only; the client must outlive the exchange.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "integrations/http/http.hpp"

namespace vakt {

boost::asio::awaitable<HttpResult> await_send(HttpClient& http, HttpRequest request);

}  // namespace vakt
