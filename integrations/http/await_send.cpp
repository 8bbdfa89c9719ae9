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

asio::awaitable<std::vector<HttpResult>> await_all(HttpClient& http, std::vector<HttpRequest> requests) {
  if (requests.empty()) co_return std::vector<HttpResult>();
  const auto start = [&http](auto handler, std::vector<HttpRequest> given) {
    struct Gathering {
      decltype(handler) done;
      std::vector<HttpResult> answers;
      std::size_t missing;
    };
    auto all =
        std::make_shared<Gathering>(Gathering{std::move(handler), std::vector<HttpResult>(given.size()), given.size()});
    for (std::size_t i = 0; i < given.size(); ++i)
      http.send(std::move(given[i]), [all, i](HttpResult result) {
        all->answers[i] = std::move(result);
        if (--all->missing == 0) std::move(all->done)(std::move(all->answers));
      });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::vector<HttpResult>)>(
      start, asio::use_awaitable, std::move(requests));
}

}  // namespace vakt
