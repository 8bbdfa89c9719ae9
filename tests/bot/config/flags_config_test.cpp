#include <gmock/gmock.h>

#include <map>

#include "bot/config/config.hpp"

namespace vakt {
namespace {

using flag::ProviderKind;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

Environment env(std::map<std::string, std::string> values) {
  return [values](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional{found->second};
  };
}

flag::Settings good(const std::string& toml, std::map<std::string, std::string> values = {}) {
  auto config = read_config(toml, "vakt.toml", env(std::move(values)));
  if (config) return config->settings.flags;
  ADD_FAILURE() << config.error().text;
  return {};
}

std::string wrong(const std::string& toml, std::map<std::string, std::string> values = {}) {
  const auto config = read_config(toml, "vakt.toml", env(std::move(values)));
  return config ? "accepted" : config.error().text;
}

TEST(FlagsConfig, NothingConfiguredIsADefinitionFileBesideTheDatabase) {
  const auto flags = good("", {{"VAKT_DATABASE", "/var/lib/vakt/vakt.db"}});
  EXPECT_EQ(flags.environment, "production");
  EXPECT_THAT(flags.operators, IsEmpty());
  EXPECT_EQ(flags.second_person, flag::SecondPerson::never);
  ASSERT_THAT(flags.providers, SizeIs(1));
  EXPECT_EQ(flags.providers[0].kind, ProviderKind::flagd);
  EXPECT_EQ(flags.providers[0].environments.at("production"), "/var/lib/vakt/flags.flagd.json");
}

TEST(FlagsConfig, AnAddressAloneMakesAService) {
  const auto unleash = good("", {{"UNLEASH_URL", "https://unleash.example"},
                                 {"UNLEASH_API_TOKEN", "user:secret"},
                                 {"UNLEASH_CLIENT_TOKEN", "*:production.secret"}});
  ASSERT_THAT(unleash.providers, SizeIs(1));
  EXPECT_EQ(unleash.providers[0].kind, ProviderKind::unleash);
  EXPECT_EQ(unleash.providers[0].url, "https://unleash.example");
  EXPECT_EQ(unleash.providers[0].token, "user:secret");
  EXPECT_EQ(unleash.providers[0].client_token, "*:production.secret");
  EXPECT_EQ(unleash.providers[0].token_variable, "UNLEASH_API_TOKEN");

  const auto flipper = good("[flags]\nenvironment = \"prod\"", {{"FLIPPER_URL", "https://flipper.example"}});
  EXPECT_EQ(flipper.providers.at(0).kind, ProviderKind::flipper);
  EXPECT_EQ(flipper.providers[0].environments.at("prod"), "https://flipper.example");
}

TEST(FlagsConfig, EveryKeyIsTaken) {
  const auto flags = good(R"(
[flags]
environment = "prod"
operators = ["U1", "@platform"]
protected = ["rate-limit"]
second_person = "production"
[[flags.provider]]
name = "main"
kind = "unleash"
url = "https://unleash.example"
token_env = "MAIN_TOKEN"
client_token_env = "MAIN_CLIENT"
[[flags.provider]]
kind = "flipper"
environments = { production = "https://a.example", staging = "https://b.example" }
[[flags.strategy]]
name = "byCluster"
matches = "cluster"
[[flags.reader]]
environment = "production"
name = "prod-gcp"
context = { cluster = "prod-gcp" }
production = true
)",
                          {{"MAIN_TOKEN", "one"}, {"MAIN_CLIENT", "two"}, {"FLIPPER_API_TOKEN", "three"}});
  EXPECT_EQ(flags.environment, "prod");
  EXPECT_THAT(flags.operators, ElementsAre("U1", "@platform"));
  EXPECT_THAT(flags.protected_names, ElementsAre("rate-limit"));
  EXPECT_EQ(flags.second_person, flag::SecondPerson::production);
  ASSERT_THAT(flags.providers, SizeIs(2));
  EXPECT_EQ(flags.providers[0].name, "main");
  EXPECT_EQ(flags.providers[0].token, "one");
  EXPECT_EQ(flags.providers[0].client_token, "two");
  EXPECT_EQ(flags.providers[1].name, "flipper");
  EXPECT_EQ(flags.providers[1].token, "three");
  EXPECT_THAT(flags.providers[1].environments, SizeIs(2));
  EXPECT_EQ(flags.rules.strategies.at(0).name, "byCluster");
  EXPECT_EQ(flags.rules.audiences.at(0).context.at("cluster"), "prod-gcp");
  EXPECT_TRUE(flags.rules.audiences[0].production);
}

const std::string declared = R"([[flags.provider]]
name = "launchdarkly"
kind = "http"
environments = { production = "https://app.example/api/v2/flags/shop" }
token_env = "LD_TOKEN"
off = { method = "PATCH", url = "{base}/{name}", headers = { Authorization = "{token}" }, body = "{}", statuses = [200] }
on = { method = "PATCH", url = "{base}/{name}" }
read = { method = "GET", url = "{base}/{name}", pointer = "/on", off = "false", on = "true" }
)";

TEST(FlagsConfig, AServiceIsDescribedByItsRequests) {
  const auto one = good(declared, {{"LD_TOKEN", "api-secret"}}).providers.at(0);
  EXPECT_EQ(one.kind, ProviderKind::http);
  EXPECT_EQ(one.token, "api-secret");
  EXPECT_EQ(one.off.method, "PATCH");
  EXPECT_EQ(one.off.headers.at("Authorization"), "{token}");
  EXPECT_THAT(one.off.statuses, ElementsAre(200));
  EXPECT_THAT(one.on.statuses, IsEmpty());
  EXPECT_EQ(one.read.pointer, "/on");
  EXPECT_EQ(one.read.off, "false");
}

TEST(FlagsConfig, AnUnknownKeyNamesTheNearestAndItsLine) {
  EXPECT_THAT(wrong("[flags]\noperator = [\"U1\"]"), AllOf(HasSubstr("line 2"), HasSubstr("flags.operators")));
  EXPECT_THAT(wrong("[[flags.provider]]\nkind = \"unleash\"\nurl = \"https://a\"\ntoken_enw = \"X\""),
              HasSubstr("“token_env”"));
  EXPECT_THAT(wrong("[[flags.strategy]]\nname = \"byCluster\"\nmatch = \"cluster\""), HasSubstr("“matches”"));
  EXPECT_THAT(wrong("[[flags.reader]]\nenvironment = \"p\"\nname = \"x\"\nprodution = true"),
              HasSubstr("“production”"));
  auto misspelled = declared;
  misspelled.replace(misspelled.find("statuses"), 8, "status");
  EXPECT_THAT(wrong(misspelled), HasSubstr("“statuses”"));
}

TEST(FlagsConfig, TokensStandInTheEnvironmentAlone) {
  const auto error = wrong("[[flags.provider]]\nkind = \"unleash\"\nurl = \"https://a\"\ntoken = \"s3cret\"");
  EXPECT_THAT(error, AllOf(HasSubstr("token"), Not(HasSubstr("s3cret"))));
  EXPECT_EQ(good("[[flags.provider]]\nkind = \"unleash\"\nurl = \"https://a\"").providers.at(0).token, "");
  EXPECT_THAT(wrong("", {{"UNLEASH_URL", "https://a"}, {"UNLEASH_API_TOKEN_FILE", "/no/such/file"}}),
              HasSubstr("UNLEASH_API_TOKEN_FILE"));
}

TEST(FlagsConfig, AValueOfTheWrongTypeIsRefusedAndNotTakenForTheDefault) {
  EXPECT_THAT(wrong("[[flags.reader]]\nenvironment = \"p\"\nname = \"x\"\nproduction = \"true\""),
              HasSubstr("true or false"));
  EXPECT_THAT(wrong("[[flags.provider]]\nkind = \"unleash\"\nurl = 7"), HasSubstr("“url”"));
  EXPECT_THAT(wrong("[[flags.provider]]\nkind = \"unleash\"\nurl = \"https://a\"\ntoken_env = 1"),
              HasSubstr("“token_env”"));
  for (const auto* statuses : {"200", "[\"200\"]", "[0]", "[20]"}) {
    auto bad = declared;
    bad.replace(bad.find("[200]"), 5, statuses);
    EXPECT_THAT(wrong(bad), HasSubstr("statuses")) << statuses;
  }
  for (const auto* line : {"operators = \"U1\"", "operators = [1]", "protected = {}", "environment = \"\"",
                           "environment = 7", "second_person = \"always\"", "provider = \"unleash\"", "reader = [1]"})
    EXPECT_NE(wrong(std::string{"[flags]\n"} + line), "accepted") << line;
}

TEST(FlagsConfig, WhatIsMissingIsNamed) {
  EXPECT_THAT(wrong("[[flags.provider]]\nname = \"x\""), HasSubstr("needs a kind"));
  EXPECT_THAT(wrong("[[flags.provider]]\nkind = \"split\""), HasSubstr("\"unleash\""));
  EXPECT_THAT(wrong("[[flags.provider]]\nkind = \"unleash\""), HasSubstr("UNLEASH_URL"));
  EXPECT_THAT(wrong("[[flags.provider]]\nkind = \"flipper\""), HasSubstr("environments"));
  EXPECT_THAT(wrong("[[flags.strategy]]\nname = \"x\""), HasSubstr("matches"));
  EXPECT_THAT(wrong("[[flags.reader]]\nname = \"x\""), HasSubstr("environment"));
  for (const auto* step : {"off", "on", "read"}) {
    auto bad = declared;
    const auto from = bad.find("\n" + std::string{step} + " = ") + 1;
    bad.erase(from, bad.find('\n', from) - from + 1);
    EXPECT_THAT(wrong(bad), HasSubstr(step)) << step;
  }
  EXPECT_THAT(wrong("[[flags.provider]]\nkind = \"unleash\"\nurl = \"https://a\"\n[[flags.provider]]\nkind = "
                    "\"unleash\"\nurl = \"https://b\""),
              HasSubstr("twice"));
}

}  // namespace
}  // namespace vakt
