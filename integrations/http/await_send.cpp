#include "integrations/http/await_send.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>

namespace vakt {

namespace asio = boost::asio;

asio::awaitable<HttpResult> await_send(HttpClient& http, HttpRequest request) {
  const auto start = [&http](auto handler, HttpRequest given) {
    // std::function copies what it holds; a handler can only be moved.
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    http.send(std::move(given), [shared](HttpResult result) { std::move (*shared)(std::move(result)); });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(HttpResult)>(start, asio::use_awaitable,
                                                                                           std::move(request));
}

}  // namespace vakt
