// An HttpClient that answers from a table, as a service on the network would: later, and each request once.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "integrations/http/http.hpp"

namespace vakt {

class AnsweringClient : public HttpClient {
 public:
  void send(HttpRequest request, std::function<void(HttpResult)> done) override {
    const auto from = request.url.find('/', request.url.find("//") + 2);
    const std::string line = request.method + " " + request.url.substr(from);
    lines.push_back(line);
    const auto found = answers.find(line);
    HttpResult result = found == answers.end() ? HttpResult(otherwise) : found->second;
    if (found != answers.end() && changes.contains(line)) found->second = changes[line];
    requests.push_back(std::move(request));
    boost::asio::post(io, [done = std::move(done), result = std::move(result)]() mutable { done(std::move(result)); });
  }

  void answer(const std::string& line, int status, std::string body = {}) {
    answers.insert_or_assign(line, HttpResponse{status, {}, std::move(body)});
  }
  // From the second time on.
  void then(const std::string& line, int status, std::string body = {}) {
    changes.insert_or_assign(line, HttpResponse{status, {}, std::move(body)});
  }

  template <class T>
  T run(boost::asio::awaitable<T> work) {
    std::optional<T> made;
    boost::asio::co_spawn(io, std::move(work), [&made](const std::exception_ptr& broken, T result) {
      if (broken) std::rethrow_exception(broken);
      made.emplace(std::move(result));
    });
    io.restart();
    io.run();
    return std::move(made).value();
  }

  boost::asio::io_context io;
  std::map<std::string, HttpResult> answers, changes;  // by "METHOD /path?query"
  HttpResponse otherwise{404, {}, R"({"name":"NotFoundError","message":"not available"})"};
  std::vector<std::string> lines;
  std::vector<HttpRequest> requests;
};

}  // namespace vakt
