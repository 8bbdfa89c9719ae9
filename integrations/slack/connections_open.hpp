// `apps.connections.open`: asks Slack for the URL of one new Socket Mode connection. Pure; any thread.
// Source: docs.slack.dev/reference/methods/apps.connections.open.
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "integrations/http/http.hpp"

namespace vakt {

struct UrlReady {
  std::string url;  // good for one connection; holds a ticket, so it is never logged
};
struct UrlFailed {
  enum class Kind {
    transient,    // try again after a backoff
    retry_after,  // Slack says how long to wait
    disabled,     // Socket Mode is switched off: poll slowly
    refused,      // the token or the app is not good: trying again is useless
  };
  Kind kind = Kind::transient;
  std::chrono::seconds retry_after{0};
  std::string reason;  // Slack's error code or a sentence; no secret
};
using UrlAnswer = std::variant<UrlReady, UrlFailed>;

// api_url ends with '/'.
HttpRequest open_connection_request(const std::string& api_url, const std::string& app_token);

UrlAnswer read_open_answer(const HttpResult& result);

}  // namespace vakt
