#include "integrations/slack/connections_open.hpp"

#include <gtest/gtest.h>

namespace vakt {
namespace {

HttpResult answer(int status, std::string body, HttpHeaders headers = {}) {
  return HttpResponse{status, std::move(headers), std::move(body)};
}

UrlFailed failed(const HttpResult& result) { return std::get<UrlFailed>(read_open_answer(result)); }

TEST(ConnectionsOpen, sends_the_token_in_the_header_only) {
  const auto request = open_connection_request("https://slack.com/api/", "xapp-1");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://slack.com/api/apps.connections.open");
  EXPECT_EQ(request.headers.at(0).second, "Bearer xapp-1");
  EXPECT_EQ(request.body, "");
}

TEST(ConnectionsOpen, reads_the_url) {
  EXPECT_EQ(std::get<UrlReady>(read_open_answer(answer(200, R"({"ok":true,"url":"wss://a/?ticket=t"})"))).url,
            "wss://a/?ticket=t");
}

TEST(ConnectionsOpen, auth_errors_are_final) {
  for (const char* error :
       {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type", "missing_scope"})
    EXPECT_EQ(failed(answer(200, std::string(R"({"ok":false,"error":")") + error + "\"}")).kind,
              UrlFailed::Kind::refused)
        << error;
}

TEST(ConnectionsOpen, a_429_tells_how_long_to_wait) {
  const auto told = failed(answer(429, "", {{"retry-after", "45"}}));
  EXPECT_EQ(told.kind, UrlFailed::Kind::retry_after);
  EXPECT_EQ(told.retry_after.count(), 45);
  EXPECT_EQ(failed(answer(429, "")).retry_after.count(), 30);
  EXPECT_EQ(failed(answer(429, "", {{"retry-after", "-5"}})).retry_after.count(), 1);
}

TEST(ConnectionsOpen, all_else_is_tried_again) {
  for (const auto& result :
       {answer(500, "oops"), answer(200, ""), answer(200, "[]"), answer(200, R"({"ok":true})"),
        answer(200, R"({"ok":true,"url":7})"), answer(200, R"({"ok":false,"error":"internal_error"})"),
        answer(200, R"({"ok":false})"), HttpResult(std::unexpected(HttpError{HttpFault::unreachable, "gone"}))})
    EXPECT_EQ(failed(result).kind, UrlFailed::Kind::transient);
}

}  // namespace
}  // namespace vakt
