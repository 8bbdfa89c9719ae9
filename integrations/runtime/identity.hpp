// Asks Slack who we are (auth.test), before the network thread starts. Main thread; runs the given context while it
// waits.
#pragma once

#include <cstdint>
#include <functional>

#include "bot/config/config.hpp"
#include "integrations/http/http.hpp"
#include "integrations/slack/slack_api.hpp"

namespace boost::asio {
class io_context;
}

namespace vakt {

struct AuthTest {
  Self self;
  std::string team;                   // its name
  std::string scopes;                 // of the bot token, as Slack's x-oauth-scopes header lists them
  std::optional<Instant> slack_time;  // of the answer's Date header, to the second
};
// One call of the Web API, waited for: 11 s at most, or until `give_up` says so.
ApiAnswer ask(
    boost::asio::io_context&, HttpClient&, const Config&, const ApiCall&, HttpHeaders* headers = nullptr,
    const std::function<bool()>& give_up = [] { return false; });

// One call. Errors: a sentence for people; also once `give_up` says so.
std::expected<AuthTest, std::pair<Error, bool /*worth another try*/>> auth_test(
    boost::asio::io_context&, HttpClient&, const Config&, const std::function<bool()>& give_up = [] { return false; });

// Until Slack answers; errors: the token is refused, or `give_up` said so.
Result<Self> ask_identity(boost::asio::io_context&, HttpClient&, const Config&, std::uint64_t seed,
                          const std::function<bool()>& give_up);

}  // namespace vakt
