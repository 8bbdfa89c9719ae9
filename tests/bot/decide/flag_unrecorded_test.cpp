#include <gmock/gmock.h>

#include "tests/bot/brain/flag_stage.hpp"

namespace vakt::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

Inbound typed(const std::string& text, const std::string& command = "/flag") {
  auto body = Stage::typed(text, "C1", "U1");
  body.command = command;
  return {.envelope_id = "e1", .body = std::move(body)};
}

TEST(UnrecordedKill, IsDecidedFromWhatIsInMemory) {
  const Settings settings;
  const auto kill = unrecorded_kill(typed("off checkout"), settings, {});
  ASSERT_TRUE(kill);
  EXPECT_EQ(kill->wanted.key, "e1");
  EXPECT_EQ(kill->wanted.name, "checkout");
  EXPECT_EQ(kill->wanted.environment, "production");
  EXPECT_EQ(kill->wanted.action, flag::Action::off);
  EXPECT_THAT(kill->answer.text, AllOf(HasSubstr("NOT RECORDED YET"), HasSubstr("checkout")));
  EXPECT_TRUE(unrecorded_kill(typed("kill checkout staging"), settings, std::set<UserId>{"U1"}));
}

TEST(UnrecordedKill, IsOnlyAKillThatWaitsForNobody) {
  Settings settings;
  settings.flags.protected_names = {"guarded"};
  for (const auto* text :
       {"on checkout", "percent checkout 0", "undo checkout", "off", "off guarded", "status checkout"})
    EXPECT_FALSE(unrecorded_kill(typed(text), settings, {})) << text;
  EXPECT_FALSE(unrecorded_kill(typed("off checkout", "/incident"), settings, {}));
  EXPECT_FALSE(unrecorded_kill(typed("off checkout"), settings, std::set<UserId>{"U2"}));
  EXPECT_FALSE(unrecorded_kill({.envelope_id = "e1", .body = inbound::HomeOpened{"U1"}}, settings, {}));
}

TEST(UnrecordedKill, AButtonIsOneToo) {
  Settings settings;
  settings.flags.protected_names = {"guarded"};
  const auto pressed = [](const char* action, const char* name) {
    return Inbound{
        .envelope_id = "e1",
        .body = inbound::Press{.action = action,
                               .value = view::write_target({"unleash", name, "development"}),
                               .message_ts = {},
                               .view_id = {},
                               .reply = {.response_url = {}, .trigger_id = {}, .user = "U1", .channel = {}}}};
  };
  const auto kill = unrecorded_kill(pressed(view::action::flag_off, "checkout"), settings, {});
  ASSERT_TRUE(kill);
  EXPECT_EQ(kill->wanted.environment, "development");
  EXPECT_EQ(kill->wanted.provider, "unleash");
  EXPECT_FALSE(unrecorded_kill(pressed(view::action::flag_off, "guarded"), settings, {}));
  EXPECT_TRUE(unrecorded_kill(pressed(view::action::flag_off_sure, "guarded"), settings, {}));
  EXPECT_FALSE(unrecorded_kill(pressed(view::action::flag_undo, "checkout"), settings, {}));
}

// The ledger has the same key for it later, so that the two are one.
TEST(UnrecordedKill, HasTheKeyThatTheLedgerWillGiveIt) {
  FlagStage stage;
  auto body = Stage::typed("off checkout", "C1", "U1");
  body.command = "/flag";
  stage.give(body, "e1");
  EXPECT_EQ(stage.change().wanted.key, "e1");
  EXPECT_EQ(unrecorded_kill(typed("off checkout"), stage.settings, {})->wanted, stage.change().wanted);
}

TEST(UnrecordedKill, WhileTheDatabaseIsBrokenItIsKeptForLaterAndOtherCommandsAreAnswered) {
  FlagStage stage;
  stage.ledger.broken = true;
  stage.brain.run_batch({stage.inbound_of(std::get<inbound::Command>(typed("off checkout").body)),
                         stage.inbound_of(std::get<inbound::Command>(typed("status checkout").body))});
  EXPECT_THAT(stage.outlet.acks, SizeIs(1));
  EXPECT_THAT(stage.outlet.rows, IsEmpty());
  EXPECT_THAT(stage.outlet.reports, Not(IsEmpty()));
}

TEST(UnrecordedKill, WhileTheDatabaseIsBrokenSomebodyWhoMayNotIsAnsweredToo) {
  FlagStage stage;
  stage.groups["oncall"] = "U1";
  stage.flag("off checkout", "C1", "U9");  // looked up: who may is known from now on
  const auto acks = stage.outlet.acks.size();
  stage.ledger.broken = true;
  auto theirs = std::get<inbound::Command>(typed("off checkout").body);
  theirs.reply.user = "U9";
  stage.brain.run_batch({stage.inbound_of(theirs)});
  ASSERT_EQ(stage.outlet.acks.size(), acks + 1);
  EXPECT_TRUE(stage.outlet.acks.back().answer);
}

}  // namespace
}  // namespace vakt::test
