#include "integrations/slack/connections_open.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>

namespace vakt {
namespace {

// The errors of apps.connections.open that no waiting heals.
constexpr std::array<std::string_view, 16> useless_to_retry = {
    "invalid_auth",           "not_authed",        "account_inactive",  "token_revoked",   "token_expired",
    "not_allowed_token_type", "missing_scope",     "no_permission",     "access_denied",   "team_access_not_granted",
    "org_login_required",     "ekm_access_denied", "app_not_installed", "app_uninstalled", "invalid_app_id",
    "forbidden_team"};

UrlFailed transient(std::string reason) { return {UrlFailed::Kind::transient, {}, std::move(reason)}; }

std::chrono::seconds retry_after_of(const HttpResponse& response) {
  const std::string text = response.header("retry-after");
  int seconds = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (fault != std::errc{} || end == text.data()) seconds = 30;
  return std::chrono::seconds(std::clamp(seconds, 1, 3600));
}

}  // namespace

HttpRequest open_connection_request(const std::string& api_url, const std::string& app_token) {
  HttpRequest request;
  request.method = "POST";
  request.url = api_url + "apps.connections.open";
  request.headers = {{"Authorization", "Bearer " + app_token}, {"Content-Type", "application/x-www-form-urlencoded"}};
  request.timeout = std::chrono::seconds(10);
  return request;
}

UrlAnswer read_open_answer(const HttpResult& result) {
  if (!result) return transient(result.error().text);
  if (result->status == 429) return UrlFailed{UrlFailed::Kind::retry_after, retry_after_of(*result), "ratelimited"};
  const auto answer = nlohmann::json::parse(result->body, nullptr, false);
  const auto text_of = [&](const char* key) {
    const auto found = answer.find(key);
    return found != answer.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (!answer.is_object()) return transient("HTTP status " + std::to_string(result->status));
  const std::string url = text_of("url");
  if (const auto ok = answer.find("ok"); ok != answer.end() && ok->is_boolean() && ok->get<bool>() && !url.empty())
    return UrlReady{url};
  std::string error = text_of("error").substr(0, 60);
  if (error == "ratelimited") return UrlFailed{UrlFailed::Kind::retry_after, retry_after_of(*result), error};
  if (error == "link_disabled" || error == "socket_mode_disabled" || error == "socket_mode_not_enabled")
    return UrlFailed{UrlFailed::Kind::disabled, {}, error};
  if (std::ranges::find(useless_to_retry, error) != useless_to_retry.end())
    return UrlFailed{UrlFailed::Kind::refused, {}, error};
  return transient(error.empty() ? "HTTP status " + std::to_string(result->status) : error);
}

}  // namespace vakt
