#include <gmock/gmock.h>

#include <map>

#include "bot/config/config.hpp"

namespace vakt {
namespace {

using action::ListRef;
using action::ListRole;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

Result<Config> read(const std::string& toml, const std::map<std::string, std::string>& values) {
  return read_config(toml, "vakt.toml", [values](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional{found->second};
  });
}

Config good(const std::string& toml, const std::map<std::string, std::string>& values = {}) {
  auto config = read(toml, values);
  if (config) return *config;
  ADD_FAILURE() << config.error().text;
  return {};
}

std::string wrong(const std::string& toml, const std::map<std::string, std::string>& values = {}) {
  const auto config = read(toml, values);
  return config ? "accepted" : config.error().text;
}

TEST(ActionsConfig, WithoutAnythingThereIsOneTeamForAll) {
  const auto config = good("[bot]\ntimezone = \"Europe/Oslo\"");
  const auto& actions = config.settings.actions;
  ASSERT_THAT(actions.teams, SizeIs(1));
  EXPECT_EQ(actions.teams[0].name, "");
  EXPECT_EQ(actions.teams[0].channel, "") << "the announce channel";
  EXPECT_EQ(actions.teams[0].timezone, "Europe/Oslo");
  EXPECT_EQ(actions.teams[0].digest, action::WeeklyTime{});
  EXPECT_EQ(actions.teams[0].board.name, "");
  EXPECT_EQ(actions.teams[0].label, "KM");
  EXPECT_EQ(actions.holidays, action::Holidays::none);
  EXPECT_EQ(actions.poll_every, std::chrono::seconds{60});
  EXPECT_FALSE(actions.trello);
  EXPECT_EQ(config.settings.action_command, "/action");
  EXPECT_EQ(config.trello_api_url, "https://api.trello.com/1/");
  EXPECT_THAT(config.not_yet, IsEmpty());
}

const std::string full = R"([bot]
timezone = "Europe/Oslo"
holidays = "NO"
[slack]
commands = { action = "/tiltak", rollout = "/utrulling" }
[trello]
board = "Drift"
list_todo = "To do"
lists_doing = ["Doing", "Review"]
lists_done = ["Done"]
label = "DR"
poll_seconds = 30
[trello.members]
U123 = "@Kari"
W9A = "per"
[deadlines]
sev1 = "15d"
sev2 = "4w"
)";

TEST(ActionsConfig, EveryKeyOfTrelloAndDeadlinesIsTaken) {
  const auto settings = good(full).settings;
  const auto& actions = settings.actions;
  EXPECT_EQ(settings.action_command, "/tiltak");
  EXPECT_EQ(settings.rollout_command, "/utrulling");
  ASSERT_THAT(actions.teams, SizeIs(1));
  EXPECT_EQ(actions.teams[0].board.name, "Drift");
  EXPECT_THAT(actions.teams[0].board.lists,
              ElementsAre(ListRef{"To do", ListRole::todo, {}}, ListRef{"Doing", ListRole::doing, {}},
                          ListRef{"Review", ListRole::doing, {}}, ListRef{"Done", ListRole::done, {}}));
  EXPECT_EQ(actions.teams[0].label, "DR");
  EXPECT_EQ(actions.poll_every, std::chrono::seconds{30});
  EXPECT_THAT(actions.members, ElementsAre(Pair("U123", "kari"), Pair("W9A", "per")));
  EXPECT_THAT(actions.deadlines, ElementsAre(15, 28, std::nullopt, std::nullopt));
  EXPECT_EQ(actions.holidays, action::Holidays::norway);
}

TEST(ActionsConfig, ATeamStartsWithWhatTrelloSaysAndHasItsOwn) {
  const auto teams = good(full + R"([[team]]
name = "Betaling"
channel = "#betaling"
lead = "U777"
digest = "fri 14:30"
timezone = "America/New_York"
closed_days = ["2026-12-24", 2026-12-31]
board = "Pay"
list_todo = "Inbox"
lists_done = ["Ferdig"]
label = "BT"
[[team]]
name = "Søk"
digest = ""
board = ""
)")
                         .settings.actions.teams;
  ASSERT_THAT(teams, SizeIs(2));
  EXPECT_EQ(teams[0].name, "Betaling");
  EXPECT_EQ(teams[0].channel, "betaling");
  EXPECT_EQ(teams[0].lead, "U777");
  EXPECT_EQ(teams[0].digest, (action::WeeklyTime{std::chrono::Friday, 14, 30}));
  EXPECT_EQ(teams[0].timezone, "America/New_York");
  EXPECT_THAT(teams[0].closed_days, ElementsAre(std::chrono::December / 24 / 2026, std::chrono::December / 31 / 2026));
  EXPECT_EQ(teams[0].board.name, "Pay");
  EXPECT_EQ(action::todo_list(teams[0]), "Inbox");
  EXPECT_THAT(teams[0].board.lists, SizeIs(4)) << "Doing and Review as [trello] has them";
  EXPECT_EQ(teams[0].label, "BT");
  EXPECT_EQ(teams[1].digest, std::nullopt);
  EXPECT_EQ(teams[1].board.name, "") << "no cards";
  EXPECT_EQ(teams[1].timezone, "Europe/Oslo");
  EXPECT_EQ(teams[1].label, "DR");
}

TEST(ActionsConfig, AnUnknownKeyNamesItsLineAndTheNearest) {
  EXPECT_THAT(wrong("[trello]\nbord = \"x\""), AllOf(HasSubstr("vakt.toml, line 2"), HasSubstr("“trello.board”")));
  EXPECT_THAT(wrong("[[team]]\nname = \"a\"\n\n[[team]]\nname = \"b\"\nlabl = \"X\""),
              AllOf(HasSubstr("line 6"), HasSubstr("“team.label”")));
  EXPECT_THAT(wrong("[deadlines]\nsev5 = \"15d\""), HasSubstr("“deadlines.sev"));
  EXPECT_THAT(wrong("[trelo]\n"), HasSubstr("“trello”"));
  EXPECT_THAT(wrong("[team]\nname = \"a\""), HasSubstr("[[team]]"));
}

TEST(ActionsConfig, AValueThatIsNoneIsRefusedAndNotTakenForTheDefault) {
  for (const auto* line :
       {"board = 1", "list_todo = [\"a\"]", "list_todo = \"\"", "lists_done = \"Done\"", "lists_doing = [1]",
        "poll_seconds = 9", "poll_seconds = 3601", "poll_seconds = \"60\"", "label = 3", "members = []"})
    EXPECT_THAT(wrong(std::string{"[trello]\n"} + line), HasSubstr("line 2")) << line;
  for (const auto* line : {"kari = \"kari\"", "U1 = \"\"", "U1 = 3", "U123 = \"kari\"\nU456 = \"Kari\""})
    EXPECT_THAT(wrong(std::string{"[trello.members]\n"} + line), HasSubstr("trello.members")) << line;
  for (const auto* line :
       {"sev1 = 15", "sev1 = \"15\"", "sev1 = \"0d\"", "sev1 = \"-1d\"", "sev1 = \"15m\"", "sev1 = \"99999999999d\""})
    EXPECT_THAT(wrong(std::string{"[deadlines]\n"} + line), HasSubstr("days or weeks")) << line;
  for (const auto* line :
       {"channel = \"\"", "lead = \"@kari\"", "digest = \"mon\"", "digest = \"mon 9\"", "digest = \"mon 24:00\"",
        "digest = \"man 09:00\"", "digest = \"mon 09:0\"", "digest = 9", "timezone = \"Oslo\"",
        "closed_days = \"2026-12-24\"", "closed_days = [\"24.12.\"]", "closed_days = [2026]"})
    EXPECT_THAT(wrong(std::string{"[[team]]\nname = \"a\"\n"} + line), HasSubstr("line 3")) << line;
  EXPECT_THAT(wrong("[bot]\nholidays = \"SE\""), HasSubstr("\"NO\""));
  EXPECT_THAT(wrong("[trello]\nlist_todo = \"A\"\nlists_done = [\"A\"]"),
              AllOf(HasSubstr("line 1"), HasSubstr("two roles")));
  EXPECT_THAT(wrong("[[team]]\nname = \"a\"\nlists_done = [\"A\", \"A\"]"), HasSubstr("two roles"));
  EXPECT_EQ(wrong("[trello]\nlists_done = [\"A\"]\n[[team]]\nname = \"a\"\nlist_todo = \"A\"\nlists_done = [\"B\"]"),
            "accepted");
}

TEST(ActionsConfig, TeamsHaveNamesOfTheirOwn) {
  EXPECT_THAT(wrong("[[team]]\nlabel = \"X\""), AllOf(HasSubstr("line 1"), HasSubstr("needs a name")));
  EXPECT_THAT(wrong("[[team]]\nname = \"Drift\"\n[[team]]\nname = \"DRIFT\""), HasSubstr("another one has"));
}

TEST(ActionsConfig, KeyAndTokenStandInTheEnvironmentAlone) {
  const auto config = good("", {{"TRELLO_API_KEY", "k"}, {"TRELLO_API_TOKEN", "t"}});
  EXPECT_TRUE(config.settings.actions.trello);
  EXPECT_EQ(config.trello_key, "k");
  EXPECT_EQ(config.trello_token, "t");
  EXPECT_FALSE(good("", {{"TRELLO_API_KEY", "k"}}).settings.actions.trello);
  EXPECT_THAT(wrong("[trello]\ntoken = \"s3cret\""), AllOf(HasSubstr("trello.token"), Not(HasSubstr("s3cret"))));
  EXPECT_THAT(wrong("", {{"TRELLO_API_TOKEN_FILE", "/no/such/file"}}), HasSubstr("TRELLO_API_TOKEN_FILE"));
}

TEST(ActionsConfig, TrellosAddressIsEncryptedOrThisMachines) {
  EXPECT_EQ(good("", {{"TRELLO_API_URL", "http://127.0.0.1:9999/1"}}).trello_api_url, "http://127.0.0.1:9999/1/");
  EXPECT_THAT(wrong("", {{"TRELLO_API_URL", "http://trello.example/"}}), HasSubstr("TRELLO_API_URL"));
}

}  // namespace
}  // namespace vakt
