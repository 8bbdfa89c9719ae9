#include "integrations/flags/unleash_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vakt::flag::unleash {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

Access access() {
  ProviderSettings settings;
  settings.token = "user:secret";
  settings.token_variable = "UNLEASH_API_TOKEN";
  return access_of(settings, "https://unleash.example.org/");
}
Order order(Action action = Action::off, std::string name = "f") {
  return {action, std::move(name), "default", "production"};
}
HttpResult http(int status, std::string body) { return HttpResponse{status, {}, std::move(body)}; }
ProviderError error(int status, std::string body) {
  return done_of(access(), http(status, std::move(body)), "https://link").error();
}
ProviderError error(HttpFault fault) {
  return done_of(access(), std::unexpected(HttpError{fault, "unleash.example.org: no"}), "").error();
}

TEST(UnleashApi, TheUrlMayBeTheOneThatSdksUse) {
  EXPECT_EQ(access_of({}, "https://u.example.org/api/").base, "https://u.example.org");
  EXPECT_EQ(access_of({}, "https://u.example.org/eu/api").base, "https://u.example.org/eu");
  EXPECT_EQ(access_of({}, "http://localhost:4242").host, "localhost:4242");
}

TEST(UnleashApi, AToggleIsOnePostWithTheRawToken) {
  const HttpRequest off = change(access(), order(), toggle(Action::off), 1500);
  EXPECT_EQ(off.method, "POST");
  EXPECT_EQ(off.url, "https://unleash.example.org/api/admin/projects/default/features/f/environments/production/off");
  EXPECT_THAT(off.headers, ElementsAre(Pair("Authorization", "user:secret")));
  EXPECT_EQ(off.body, "");
  EXPECT_EQ(off.timeout, std::chrono::milliseconds{1500});
  EXPECT_TRUE(change(access(), order(), toggle(Action::on), 1).url.ends_with("/production/on"));
}

TEST(UnleashApi, NamesAreEncodedWhereverTheyStand) {
  const HttpRequest odd = change(access(), {Action::off, "a/b c%d'?", "p#q", "x&y"}, toggle(Action::off), 1);
  EXPECT_TRUE(odd.url.ends_with("/projects/p%23q/features/a%2Fb%20c%25d%27%3F/environments/x%26y/off")) << odd.url;
  EXPECT_EQ(search_path("a&b", true, 100),
            "/api/admin/search/features?query=a%26b&archived=IS%3Atrue&limit=100&offset=100");
  EXPECT_EQ(client_path("pro d", "a+b"), "/api/client/features?environment=pro%20d&namePrefix=a%2Bb");
  EXPECT_FALSE(is_path_part(""));
  EXPECT_FALSE(is_path_part("."));
  EXPECT_FALSE(is_path_part(".."));
  EXPECT_TRUE(is_path_part("..."));
}

TEST(UnleashApi, AnEmptyAnswerOf200IsDone) {
  EXPECT_TRUE(done_of(access(), http(200, ""), ""));
  EXPECT_TRUE(done_of(access(), http(200, R"({"id":"1"})"), ""));
  EXPECT_EQ(error(200, "<html>Log in</html>").fault, Fault::uncertain);
  EXPECT_EQ(error(200, "ok").fault, Fault::uncertain);
}

TEST(UnleashApi, WhatWasCertainlyNotDoneIsToldApartFromWhatMayLand) {
  EXPECT_EQ(error(HttpFault::unreachable).fault, Fault::unreachable);
  EXPECT_EQ(error(HttpFault::untrusted).fault, Fault::unreachable);
  EXPECT_EQ(error(HttpFault::bad_url).fault, Fault::unreachable);
  EXPECT_EQ(error(429, "").fault, Fault::unreachable);
  for (const HttpFault fault : {HttpFault::timed_out, HttpFault::broken, HttpFault::too_large, HttpFault::stopped})
    EXPECT_EQ(error(fault).fault, Fault::uncertain);
  for (const int status : {100, 302, 500, 502, 503, 504, 418, 400})
    EXPECT_EQ(error(status, "").fault, Fault::uncertain);
}

// Recorded on 7.4.1 and 4.19.5.
TEST(UnleashApi, ATokenThatMayNotIsTold) {
  for (const char* body :
       {R"({"id":"x","name":"UnauthorizedError","message":"You must log in to use Unleash."})", "Unauthorized",
        R"({"type":"password","path":"/auth/simple/login","message":"You must sign in order to use Unleash"})"})
    EXPECT_THAT(error(401, body).text, AllOf(HasSubstr("401"), HasSubstr("personal access token of an Editor"),
                                             HasSubstr("UNLEASH_API_TOKEN"), Not(HasSubstr("secret"))));
  const auto sdk = error(403, R"({"message":"invalid token: expected a different token type for this endpoint"})");
  EXPECT_EQ(sdk.fault, Fault::refused);
  EXPECT_THAT(sdk.text, HasSubstr("SDK"));
  const auto viewer = error(
      403,
      R"({"name":"PermissionError","message":"…","details":[{"message":"To perform this action, you need the \"UPDATE_FEATURE_ENVIRONMENT\" permission."}]})");
  EXPECT_EQ(viewer.fault, Fault::refused);
  EXPECT_THAT(viewer.text, HasSubstr("UPDATE_FEATURE_ENVIRONMENT"));
}

TEST(UnleashApi, EnforcedChangeRequestsLeadIntoUnleash) {
  for (
      const char* body :
      {R"({"name":"PermissionError","message":"…","permissions":["SKIP_CHANGE_REQUEST"]})",
       R"({"permission":"SKIP_CHANGE_REQUEST","message":"You need permission=SKIP_CHANGE_REQUEST to perform this action"})",
       R"({"message":"Change requests are enabled for this environment"})"}) {
    EXPECT_EQ(error(403, body).fault, Fault::needs_approval) << body;
    EXPECT_EQ(error(409, body).fault, Fault::needs_approval) << body;
    EXPECT_EQ(error(403, body).link, "https://link");
  }
  EXPECT_EQ(error(409, R"({"name":"NameExistsError","message":"exists"})").fault, Fault::unsupported);
}

TEST(UnleashApi, WhatIsNotThereIsTold) {
  EXPECT_EQ(
      error(404, R"({"name":"NotFoundError","message":"There's no feature named \"x\" in project \"y\"."})").fault,
      Fault::not_found);
  EXPECT_EQ(error(404, R"({"message":"Not found"})").fault, Fault::not_found);
  EXPECT_EQ(error(404, "<html>nginx</html>").fault, Fault::uncertain);
  EXPECT_EQ(error(403, R"({"isJoi":true,"name":"InvalidOperationError","details":[{"message":"…"}]})").fault,
            Fault::not_found)
      << "version 4, of a flag of another project";
  const auto archived = error(400, R"({"name":"ArchivedFeatureError","message":"Cannot perform this"})");
  EXPECT_EQ(archived.fault, Fault::unsupported);
  EXPECT_THAT(archived.text, HasSubstr("archived"));
}

HttpResult client(const std::string& environment, const std::string& features) {
  return http(200, R"({"version":2,"features":[)" + features + R"(],"query":{"environment":")" + environment + "\"}}");
}
ServedAnswer served(const HttpResult& result) { return served_of(access(), result, "f", "production"); }

TEST(UnleashApi, ServedIsProvenByTheEnvironmentAndTheFlagAlone) {
  const std::string off = R"({"name":"f","enabled":false,"strategies":[]})";
  const std::string on = R"({"name":"f","enabled":true,"strategies":[]})";
  const std::string longer = R"({"name":"ff","enabled":false,"strategies":[]})";
  EXPECT_EQ(served(client("production", longer + "," + off)).served, Served::off);
  EXPECT_EQ(served(client("production", on)).served, Served::on);
  const HttpResult unknown[] = {client("production", ""),
                                client("production", longer),
                                client("development", off),
                                client("Production", off),
                                client("", off),
                                http(200, R"({"version":2,"features":[)" + off + R"(],"query":{}})"),
                                http(200, R"({"version":2,"features":[)" + off + "]}"),
                                http(200, "<html>"),
                                http(304, ""),
                                http(401, ""),
                                http(500, ""),
                                std::unexpected(HttpError{HttpFault::timed_out, "no answer"})};
  for (const HttpResult& one : unknown) {
    EXPECT_EQ(served(one).served, Served::unknown);
    EXPECT_NE(served(one).why, "");
  }
}

TEST(UnleashApi, ByHandIsOneSafeLine) {
  EXPECT_EQ(by_hand(access(), order()),
            "curl -sS -i -X POST -H \"Authorization: $UNLEASH_API_TOKEN\" "
            "'https://unleash.example.org/api/admin/projects/default/features/f/environments/production/off'");
  const auto odd = by_hand(access(), order(Action::on, "$(rm -rf /)'\";\n`x`"));
  EXPECT_THAT(odd, Not(HasSubstr("rm -rf")));
  EXPECT_THAT(odd, Not(HasSubstr("\n")));
  EXPECT_THAT(odd, HasSubstr("%24%28rm%20-rf%20%2F%29%27%22%3B%0A%60x%60/environments/production/on'"));
  EXPECT_THAT(by_hand(access(), order(Action::percent)),
              "# open https://unleash.example.org/projects/default/features/f and change it there");
  ProviderSettings settings;
  settings.token_variable = "X$(y)";
  EXPECT_THAT(by_hand(access_of(settings, "https://u"), order()), HasSubstr("$UNLEASH_API_TOKEN\""));
}

}  // namespace
}  // namespace vakt::flag::unleash
