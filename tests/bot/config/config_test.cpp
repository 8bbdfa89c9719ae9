#include "bot/config/config.hpp"

#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>
#include <map>

namespace vakt {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Environment env(std::map<std::string, std::string> values = {}) {
  return [values](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional{found->second};
  };
}

Config good(const std::string& toml, std::map<std::string, std::string> values = {}) {
  auto config = read_config(toml, "vakt.toml", env(std::move(values)));
  if (config) return *config;
  ADD_FAILURE() << config.error().text;
  return {};
}

std::string wrong(const std::string& toml, std::map<std::string, std::string> values = {}) {
  const auto config = read_config(toml, "vakt.toml", env(std::move(values)));
  return config ? "accepted" : config.error().text;
}

TEST(Config, NoFileIsFine) {
  const auto config = good("");
  EXPECT_EQ(config.settings.announce_channel, "incidents");
  EXPECT_EQ(config.settings.oncall_group, "oncall");
  EXPECT_EQ(config.settings.normal_minutes, 30);
  EXPECT_THAT(config.settings.quiet_minutes, ElementsAre(30, 60, 0, 0));
  EXPECT_EQ(config.database, "vakt.db");
  EXPECT_EQ(config.listen, "127.0.0.1:8090");
  EXPECT_EQ(config.connections, 2);
  EXPECT_EQ(config.slack_api_url, "https://slack.com/api/");
}

TEST(Config, EveryKeyOfTheContractIsTaken) {
  const auto config = good(R"(
[bot]
timezone = "Europe/Oslo"
language = "nb"
announce_channel = "drift"
oncall_group = "vakt"
channel_prefix = "hendelse"
pin_emoji = "star"
normal_minutes = 10
escalation = ["@oncall"]
quiet_minutes = [1, 2, 3, 4]
holidays = "NO"
[storage]
database = "/x.db"
backup_before_migration = false
[record]
deleted_text_days = 1
retention_days = 0
[http]
listen = ""
[slack]
connections = 1
commands = { incident = "/hendelse", flag = "/flagg" }
[flags]
environment = "production"
[[flags.provider]]
name = "u"
kind = "unleash"
url = "https://unleash.example"
[trello]
board = "b"
[deadlines]
sev1 = "15d"
[[team]]
name = "pay"
)");
  EXPECT_EQ(config.settings.timezone, "Europe/Oslo");
  EXPECT_EQ(config.settings.language, Language::nb);
  EXPECT_EQ(config.settings.incident_command, "/hendelse");
  EXPECT_THAT(config.settings.quiet_minutes, ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(config.listen, "");
  EXPECT_FALSE(config.backup_before_migration);
}

TEST(Config, ChannelsAndGroupsAreNamedWithOrWithoutTheirSignOrById) {
  for (const std::string channel : {"#incidents", "incidents"})
    for (const std::string group : {"@oncall", "oncall"}) {
      const auto config = good("[bot]\nannounce_channel = \"" + channel + "\"\noncall_group = \"" + group + "\"");
      EXPECT_EQ(config.settings.announce_channel, "incidents");
      EXPECT_EQ(config.settings.oncall_group, "oncall");
    }
  const auto ids = good("[bot]\nannounce_channel = \"C0123456789\"\noncall_group = \"S0123456789\"");
  EXPECT_EQ(ids.settings.announce_channel, "C0123456789");
  EXPECT_EQ(ids.settings.oncall_group, "S0123456789");
  EXPECT_THAT(wrong("[bot]\noncall_group = 3"), HasSubstr("text"));
}

TEST(Config, AnUnknownKeyNamesFileLineAndTheNearest) {
  EXPECT_THAT(wrong("[bot]\ntimezon = \"UTC\"\n"),
              AllOf(HasSubstr("vakt.toml, line 2"), HasSubstr("bot.timezon"), HasSubstr("“bot.timezone”")));
  EXPECT_THAT(wrong("[storage]\ndatabse = \"x\"\n"), HasSubstr("storage.database"));
  EXPECT_THAT(wrong("[bott]\n"), HasSubstr("“bot”"));
  EXPECT_THAT(wrong("[flag]\n"), HasSubstr("“flags”"));
  EXPECT_THAT(wrong("[bto]\nx = 1\n"), HasSubstr("there is no section “bto”. The nearest is “bot”"));
  EXPECT_NE(wrong("timezone = \"UTC\"\n"), "accepted");
}

TEST(Config, QuietMinutesAreOneNumberOrFour) {
  EXPECT_THAT(good("[bot]\nquiet_minutes = 15").settings.quiet_minutes, ElementsAre(15, 15, 15, 15));
  EXPECT_THAT(good("[bot]\nquiet_minutes = 0").settings.quiet_minutes, ElementsAre(0, 0, 0, 0));
  for (const auto* value : {"-1", "[1,2,3]", "[1,2,3,4,5]", "[1,2,3,-4]", "\"30\"", "[1,2,3,\"4\"]", "1.5", "true"})
    EXPECT_THAT(wrong(std::string{"[bot]\nquiet_minutes = "} + value), HasSubstr("quiet_minutes")) << value;
}

TEST(Config, AValueOfTheWrongKindSaysWhatItMustBe) {
  EXPECT_THAT(wrong("[bot]\ntimezone = \"Mars/Olympus\""), HasSubstr("Europe/Oslo"));
  EXPECT_THAT(wrong("[bot]\ntimezone = 1"), HasSubstr("timezone"));
  EXPECT_THAT(wrong("[bot]\nlanguage = \"no\""), HasSubstr("nb"));
  EXPECT_THAT(wrong("[bot]\nannounce_channel = 3"), HasSubstr("text"));
  EXPECT_THAT(wrong("[bot]\nnormal_minutes = \"x\""), HasSubstr("whole number"));
  EXPECT_THAT(wrong("[slack]\nconnections = 0"), HasSubstr("from 1 to 10"));
  EXPECT_THAT(wrong("[slack]\ncommands = { incident = \"incident\" }"), HasSubstr("/"));
  EXPECT_THAT(wrong("[storage]\nbackup_before_migration = 1"), HasSubstr("true or false"));
  EXPECT_THAT(wrong("bot = 3"), HasSubstr("section"));
  EXPECT_THAT(wrong("[bot\n"), HasSubstr("line 1"));
}

TEST(Config, TheEnvironmentDecidesOverTheFile) {
  const auto config = good("[storage]\ndatabase = \"a.db\"",
                           {{"VAKT_DATABASE", "b.db"}, {"SLACK_BOT_TOKEN", "xoxb-1"}, {"https_proxy", "http://p:1"}});
  EXPECT_EQ(config.database, "b.db");
  EXPECT_EQ(config.bot_token, "xoxb-1");
  EXPECT_EQ(config.https_proxy, "http://p:1");
}

TEST(Config, ASecretCanStandInAFile) {
  const auto file = testing::TempDir() + "vakt_config_test_secret";
  std::ofstream{file} << "xapp-secret\n";
  EXPECT_EQ(good("", {{"SLACK_APP_TOKEN_FILE", file}}).app_token, "xapp-secret");
  EXPECT_EQ(good("", {{"SLACK_APP_TOKEN_FILE", file}, {"SLACK_APP_TOKEN", "xapp-direct"}}).app_token, "xapp-direct");
  std::remove(file.c_str());
  EXPECT_THAT(wrong("", {{"SLACK_APP_TOKEN_FILE", file}, {"SLACK_BOT_TOKEN", "xoxb-x"}}),
              AllOf(HasSubstr("SLACK_APP_TOKEN_FILE"), Not(HasSubstr("xoxb"))));
}

TEST(Config, TheClockIsForLoopbackOnly) {
  const std::string time = "2026-11-21T02:10:00Z";
  EXPECT_THAT(wrong("", {{"VAKT_CLOCK", time}}), HasSubstr("VAKT_CLOCK"));
  EXPECT_THAT(wrong("", {{"VAKT_CLOCK", time}, {"SLACK_API_URL", "https://slack.example/"}}), HasSubstr("VAKT_CLOCK"));
  for (const auto* url : {"http://127.0.0.1:9000/api", "http://localhost/", "http://[::1]:9/"})
    EXPECT_TRUE(good("", {{"VAKT_CLOCK", time}, {"SLACK_API_URL", url}}).clock) << url;
  EXPECT_THAT(wrong("", {{"VAKT_CLOCK", "noon"}, {"SLACK_API_URL", "http://localhost/"}}), HasSubstr("VAKT_CLOCK"));
}

TEST(Config, TokensAreNeverSentInTheClearToAnotherMachine) {
  for (const auto* url : {"http://slack.com/api/", "http://127.0.0.1.evil.no/", "http://localhost.evil.no/",
                          "http://localhost@evil.no/", "http://[::1].evil.no/", "ftp://localhost/", "slack.com"})
    EXPECT_THAT(wrong("", {{"SLACK_API_URL", url}}), HasSubstr("https://")) << url;
  EXPECT_EQ(good("", {{"SLACK_API_URL", "http://127.0.0.1:9/api"}}).slack_api_url, "http://127.0.0.1:9/api/");
}

TEST(Config, ItsFolderIsKnown) {
  const auto path = testing::TempDir() + "vakt-folder-test.toml";
  std::ofstream(path) << "";
  const auto config = load_config(path, env());
  std::remove(path.c_str());
  ASSERT_TRUE(config);
  EXPECT_EQ(config->folder + "/", testing::TempDir());
  EXPECT_EQ(good("").folder, ".");
}

TEST(Config, AFileThatWasAskedForMustBeThere) {
  const auto config = load_config("/nowhere/vakt.toml", env());
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().text, HasSubstr("/nowhere/vakt.toml"));
  EXPECT_FALSE(load_config("", env({{"VAKT_CONFIG", "/nowhere/other.toml"}})));
}

}  // namespace
}  // namespace vakt
