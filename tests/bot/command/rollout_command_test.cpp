#include "bot/command/rollout_command.hpp"

#include <gmock/gmock.h>

namespace vakt {
namespace {

using namespace rollout_command;

template <class Command>
Command as(std::string_view text) {
  const auto parsed = parse_rollout_command(text);
  EXPECT_TRUE(parsed && std::holds_alternative<Command>(*parsed)) << text;
  return parsed && std::holds_alternative<Command>(*parsed) ? std::get<Command>(*parsed) : Command{};
}
CommandError wrong(std::string_view text) {
  const auto parsed = parse_rollout_command(text);
  EXPECT_FALSE(parsed) << text;
  return parsed ? CommandError{} : parsed.error();
}

TEST(RolloutCommand, ReadsEachForm) {
  as<List>("");
  as<List>(" list ");
  as<Help>("HELP");
  EXPECT_EQ(as<rollout_command::Status>("status 3").text, "3");
  EXPECT_EQ(as<rollout_command::Record>("record").text, "");
  EXPECT_EQ(as<Advance>("advance 3 all is well").text, "3 all is well");
  EXPECT_EQ(as<Advance>("next").text, "");
  EXPECT_EQ(as<Hold>("pause for VaNotify").text, "for VaNotify");
  EXPECT_EQ(as<Resume>("continue 3").text, "3");
  for (const auto* text : {"rollback errors", "roll back errors", "off errors", "kill errors", "Revert errors"})
    EXPECT_EQ(as<Rollback>(text).text, "errors") << text;
}

TEST(RolloutCommand, AFlagIsNamedAsFlagNamesIt) {
  const auto start = as<Start>("start \"odd name\" staging --provider own");
  EXPECT_EQ(start.flag, "odd name");
  EXPECT_EQ(start.environment, "staging");
  EXPECT_EQ(start.provider, "own");
  EXPECT_EQ(as<Start>("new checkout").environment, "");
}

TEST(RolloutCommand, HelpIsAskedForInBothLanguages) {
  for (const char* word : {"help", "Hjelp"}) as<rollout_command::Help>(word);
}

TEST(RolloutCommand, EveryRefusalNamesTheRightForm) {
  EXPECT_EQ(wrong("start").form, "start FLAG [ENVIRONMENT]");
  EXPECT_EQ(wrong("start a b c").form, "start FLAG [ENVIRONMENT]");
  EXPECT_EQ(wrong("start a for 30m").form, "start FLAG [ENVIRONMENT]");
  EXPECT_EQ(wrong("advanse").form, "advance [NUMBER] [REASON]");
  EXPECT_EQ(wrong("rolback").form, "rollback [NUMBER] [REASON]");
  EXPECT_EQ(wrong("zzzzzz").form, "help");
}

TEST(RolloutCommand, TheFirstWordIsReadAsItIsSpelled) {
  EXPECT_EQ(first_word("\"odd name\" rest of it").word, "odd name");
  EXPECT_EQ(first_word("a&amp;b why").word, "a&b");
  EXPECT_EQ(first_word("  3  why not ").word, "3");
  EXPECT_EQ(first_word("").word, "");
}

TEST(RolloutCommand, ADisciplineAndWhoSaidGo) {
  EXPECT_EQ(parse_go(" Engineering : Scott James "),
            (rollout::GoNoGo{.discipline = "Engineering", .by = "Scott James"}));
  EXPECT_EQ(parse_go("QA"), rollout::GoNoGo{.discipline = "QA"});
  EXPECT_EQ(parse_go("QA:"), rollout::GoNoGo{.discipline = "QA"});
  EXPECT_EQ(parse_go("At: 9:30"), (rollout::GoNoGo{.discipline = "At", .by = "9:30"}));
}

}  // namespace
}  // namespace vakt
