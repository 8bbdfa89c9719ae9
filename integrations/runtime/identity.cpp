#include "integrations/runtime/identity.hpp"

#include <boost/asio/io_context.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "integrations/http/http_date.hpp"
#include "integrations/runtime/log.hpp"
#include "integrations/runtime/retry.hpp"
#include "integrations/slack/slack_api.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

std::string text_of(const nlohmann::json& body, const char* key) {
  const auto found = body.find(key);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

}  // namespace

ApiAnswer ask(boost::asio::io_context& io, HttpClient& http, const Config& config, const ApiCall& call,
              HttpHeaders* headers, const std::function<bool()>& give_up) {
  const auto result = std::make_shared<std::optional<HttpResult>>();  // may be answered after we gave up
  http.send(request_for(call, config.slack_api_url, config.bot_token),
            [result](HttpResult answer) { *result = std::move(answer); });
  const auto deadline = std::chrono::steady_clock::now() + 11s;
  while (!*result && std::chrono::steady_clock::now() < deadline && !give_up()) {
    io.restart();
    io.run_one_for(50ms);
  }
  if (!*result) return {ApiAnswer::Kind::uncertain, "Slack did not answer."};
  if (headers && **result) *headers = (**result)->headers;
  return read_answer(call.method, **result);
}

std::expected<AuthTest, std::pair<Error, bool>> auth_test(boost::asio::io_context& io, HttpClient& http,
                                                          const Config& config, const std::function<bool()>& give_up) {
  HttpHeaders headers;
  const auto answer = ask(io, http, config, form_call("auth.test", {}), &headers, give_up);
  if (answer.kind == ApiAnswer::Kind::refused)
    return std::unexpected(std::pair{Error{sentence_for(answer.error, "auth.test", answer.needed)}, false});
  if (answer.kind != ApiAnswer::Kind::ok) return std::unexpected(std::pair{Error{answer.error}, true});
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  if (!body.is_object()) return std::unexpected(std::pair{Error{"Slack's auth.test answered nonsense."}, true});
  AuthTest out;
  out.self = {text_of(body, "user_id"), text_of(body, "bot_id"), text_of(body, "url")};
  if (!out.self.team_url.empty() && !out.self.team_url.ends_with('/')) out.self.team_url += '/';
  out.team = text_of(body, "team");
  const HttpResponse shell{200, headers, {}};
  out.scopes = shell.header("x-oauth-scopes");
  out.slack_time = http_date(shell.header("date"));
  return out;
}

Result<Self> ask_identity(boost::asio::io_context& io, HttpClient& http, const Config& config, std::uint64_t seed,
                          const std::function<bool()>& give_up) {
  for (unsigned attempt = 0;; ++attempt) {
    const auto answer = auth_test(io, http, config, give_up);
    if (answer) return answer->self;
    if (give_up()) return std::unexpected(Error{"Stopped before Slack could be reached."});
    const auto& [error, again] = answer.error();
    if (!again) return std::unexpected(error);
    log(LogLevel::warning, "Slack cannot be asked who we are, trying again: " + error.text);
    const auto until = std::chrono::steady_clock::now() + backoff(attempt, seed + attempt);
    // The health page is answered meanwhile, and who cannot be reached is no reason to stay deaf to a signal.
    while (std::chrono::steady_clock::now() < until) {
      if (give_up()) return std::unexpected(Error{"Stopped before Slack could be reached."});
      io.restart();
      if (io.run_one_for(50ms) == 0) std::this_thread::sleep_for(50ms);
    }
  }
}

}  // namespace vakt
