// The http provider, declared for LaunchDarkly, against a loopback server that answers as its REST API documents
// (apidocs.launchdarkly.com, "Feature flags": get, and semantic patch).
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "integrations/flags/flag_provider.hpp"
#include "integrations/http/https_client.hpp"
#include "tests/integrations/http/scripted_peer.hpp"

namespace vakt::flag {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using test::PeerRequest;
using test::PeerSession;
using test::ScriptedPeer;

class LaunchDarkly {
 public:
  void serve(PeerSession& session) {
    while (const auto request = session.read()) {
      const auto [status, body] = answer(*request);
      session.send("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: application/json\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body);
    }
  }

  std::vector<std::string> log() {
    const std::lock_guard guard(mutex_);
    return std::exchange(log_, {});
  }

 private:
  std::pair<int, std::string> answer(const PeerRequest& request) {
    const std::lock_guard guard(mutex_);
    const std::string target(request.target());
    log_.push_back(std::string(request.method_string()) + " " + target +
                   (request.body().empty() ? "" : " " + request.body()));
    if (request["Authorization"] != "api-s3cret") return {401, R"({"code":"unauthorized","message":"Invalid key"})"};
    const std::string path = "/api/v2/flags/shop/";
    const std::string name = target.substr(path.size(), target.find('?') - path.size());
    if (!target.starts_with(path) || name != "new-checkout")
      return {404, R"({"code":"not_found","message":"Unknown feature flag key"})"};
    if (request.method_string() == "PATCH") {
      if (request["Content-Type"] != "application/json; domain-model=launchdarkly.semanticpatch")
        return {400, R"({"code":"invalid_request","message":"invalid patch"})"};
      const json patch = json::parse(request.body(), nullptr, false);
      const std::string environment = patch.value("environmentKey", "");
      if (!on_.contains(environment)) return {400, R"({"code":"invalid_request","message":"unknown environment"})"};
      on_[environment] = patch["instructions"][0]["kind"] == "turnFlagOn";
    }
    json environments = json::object();
    for (const auto& [environment, on] : on_) environments[environment] = {{"on", on}, {"archived", false}};
    return {200, json{{"key", name}, {"kind", "boolean"}, {"environments", environments}}.dump()};
  }

  std::mutex mutex_;
  std::map<std::string, bool> on_{{"production", true}, {"test", false}};
  std::vector<std::string> log_;
};

// As the README shows it.
ProviderSettings settings_for(const std::string& base) {
  const std::map<std::string, std::string> headers{
      {"Authorization", "{token}"}, {"Content-Type", "application/json; domain-model=launchdarkly.semanticpatch"}};
  const auto patch = [](const std::string& kind) {
    return R"({"environmentKey":"{environment}","comment":"by vakt","instructions":[{"kind":")" + kind + R"("}]})";
  };
  return {.name = "launchdarkly",
          .kind = ProviderKind::http,
          .environments = {{"production", base}, {"test", base}},
          .token = "api-s3cret",
          .token_variable = "LAUNCHDARKLY_API_TOKEN",
          .off = {"PATCH", "{base}/{name}", headers, patch("turnFlagOff"), {}},
          .on = {"PATCH", "{base}/{name}", headers, patch("turnFlagOn"), {}},
          .read = {.step = {"GET", "{base}/{name}?env={environment}", {{"Authorization", "{token}"}}, {}, {}},
                   .pointer = "/environments/{environment}/on"}};
}

class HttpProviderTest : public testing::Test {
 protected:
  template <class T>
  T get(asio::awaitable<T> call) {
    std::optional<T> found;
    io_.restart();
    asio::co_spawn(io_, std::move(call), [&](const std::exception_ptr& fault, T answer) {
      if (fault) std::rethrow_exception(fault);
      found = std::move(answer);
    });
    while (!found && io_.run_one_for(std::chrono::seconds(10)) > 0) {
    }
    return std::move(found.value());
  }
  Answer<void> carry_out(Action action, const std::string& name = "new-checkout", std::string snapshot = {},
                         const std::string& environment = "production") {
    return get(provider_->carry_out({.action = action,
                                     .name = name,
                                     .project = {},
                                     .environment = environment,
                                     .percent = 5,
                                     .snapshot = std::move(snapshot)},
                                    3000));
  }
  void use(ProviderSettings settings) { provider_ = make_http_provider(*http_, settings); }

  LaunchDarkly service_;
  ScriptedPeer peer_{[this](PeerSession& session) { service_.serve(session); }};
  asio::io_context io_;
  std::unique_ptr<HttpsClient> http_ = make_https_client(io_, {});
  std::unique_ptr<Provider> provider_ = make_http_provider(*http_, settings_for(peer_.url("/api/v2/flags/shop")));
};

TEST_F(HttpProviderTest, off_is_exactly_one_semantic_patch) {
  ASSERT_TRUE(carry_out(Action::off));
  EXPECT_EQ(service_.log(),
            std::vector<std::string>{R"(PATCH /api/v2/flags/shop/new-checkout {"environmentKey":"production",)"
                                     R"("comment":"by vakt","instructions":[{"kind":"turnFlagOff"}]})"});
}

TEST_F(HttpProviderTest, reads_each_environment_and_restores_what_was) {
  auto reading = get(provider_->read("new-checkout"));
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->flag.states.at("production").enabled);
  EXPECT_FALSE(reading->flag.states.at("test").enabled);
  const std::string snapshot = reading->snapshot;
  ASSERT_TRUE(carry_out(Action::off));
  EXPECT_FALSE(get(provider_->read("new-checkout"))->flag.states.at("production").enabled);
  ASSERT_TRUE(carry_out(Action::restore, "new-checkout", snapshot));
  reading = get(provider_->read("new-checkout"));
  EXPECT_TRUE(reading->flag.states.at("production").enabled);
  ASSERT_TRUE(carry_out(Action::on, "new-checkout", {}, "test"));
  ASSERT_TRUE(carry_out(Action::restore, "new-checkout", snapshot, "test"));
  EXPECT_FALSE(get(provider_->read("new-checkout"))->flag.states.at("test").enabled);
}

TEST_F(HttpProviderTest, faults_are_told_apart) {
  EXPECT_EQ(carry_out(Action::off, "typo").error().fault, Fault::not_found);
  EXPECT_EQ(get(provider_->read("typo")).error().fault, Fault::not_found);
  EXPECT_EQ(carry_out(Action::percent).error().fault, Fault::unsupported);
  EXPECT_EQ(carry_out(Action::restore).error().fault, Fault::unsupported);
  EXPECT_EQ(carry_out(Action::off, "new-checkout", {}, "moon").error().fault, Fault::no_environment);
  EXPECT_EQ(carry_out(Action::off, "").error().fault, Fault::not_found);
  EXPECT_EQ(get(provider_->catalog("production")).error().fault, Fault::unsupported);
  EXPECT_EQ(get(provider_->changes("", Instant())).error().fault, Fault::unsupported);
  EXPECT_EQ(get(provider_->served("new-checkout", "production")).served, Served::unknown);

  auto settings = settings_for(peer_.url("/api/v2/flags/shop"));
  settings.token = "wrong-t0ken";
  use(settings);
  const auto refused = carry_out(Action::off);
  EXPECT_EQ(refused.error().fault, Fault::refused);
  EXPECT_FALSE(refused.error().text.contains("t0ken"));
  EXPECT_EQ(get(provider_->read("new-checkout")).error().fault, Fault::refused);
}

TEST_F(HttpProviderTest, an_environment_that_is_away_is_not_taken_for_off) {
  auto settings = settings_for(peer_.url("/api/v2/flags/shop"));
  settings.environments["test"] = "http://127.0.0.1:1";
  use(settings);
  const auto reading = get(provider_->read("new-checkout"));
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->flag.states.at("test").enabled);
  EXPECT_FALSE(reading->flag.states.at("test").strategies.at(0).readable);
  EXPECT_EQ(carry_out(Action::off, "new-checkout", {}, "test").error().fault, Fault::unreachable);
}

TEST_F(HttpProviderTest, without_a_read_back_off_goes_out_and_is_never_proven) {
  auto settings = settings_for(peer_.url("/api/v2/flags/shop"));
  settings.read = {};
  use(settings);
  const auto reading = get(provider_->read("new-checkout"));
  ASSERT_TRUE(reading);
  EXPECT_FALSE(reading->flag.states.at("production").strategies.at(0).readable);
  EXPECT_TRUE(carry_out(Action::off));
}

TEST_F(HttpProviderTest, by_hand_names_the_variable) {
  const std::string line = provider_->by_hand({.action = Action::off,
                                               .name = "it's",
                                               .project = {},
                                               .environment = "production",
                                               .percent = 0,
                                               .snapshot = {}});
  EXPECT_EQ(line,
            "curl -fsS -X PATCH -H 'Authorization: '\"$LAUNCHDARKLY_API_TOKEN\" -H 'Content-Type: application/json; "
            "domain-model=launchdarkly.semanticpatch' --data-raw "
            R"('{"environmentKey":"production","comment":"by vakt","instructions":[{"kind":"turnFlagOff"}]}' )" +
                peer_.url("/api/v2/flags/shop/it%27s"));
}

}  // namespace
}  // namespace vakt::flag
