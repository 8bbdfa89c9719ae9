#include <gmock/gmock.h>

#include "tests/bot/brain/rollout_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using rollout::State;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
namespace button = view::action;

constexpr auto week = 7 * 24h;

TEST(RolloutTaps, EverythingIsDoneByTapsAlone) {
  RolloutStage stage;
  stage.plan();
  const auto tap = [&](const char* what) {
    const auto value = FlagStage::button(stage.told().back(), what);
    ASSERT_NE(value, "-") << what;
    stage.press(what, value);
    stage.serve();
  };
  tap(button::rollout_advance);
  stage.agree(stage.modal().context);
  stage.serve();
  EXPECT_EQ(stage.now_at().stage, 0);
  tap(button::rollout_record);
  stage.submit(button::rollout_record, stage.modal().context, {{"users", "12"}});
  EXPECT_EQ(stage.now_at().runs[0].records.at(0).users, 12);
  tap(button::rollout_hold);
  EXPECT_EQ(stage.now_at().state, State::held);
  tap(button::rollout_resume);
  stage.agree(stage.modal().context, "nothing was wrong");
  stage.serve();
  EXPECT_EQ(stage.now_at().state, State::running);
  tap(button::rollout_rollback);
  EXPECT_EQ(stage.now_at().state, State::rolled_back);
  EXPECT_FALSE(stage.service.state("checkout").enabled);
}

TEST(RolloutTaps, AButtonOfAnOldPostDoesNotAdvanceTwice) {
  RolloutStage stage;
  stage.plan();
  const auto value = FlagStage::button(stage.told().back(), button::rollout_advance);
  stage.advance();
  stage.wait(week);
  stage.press(button::rollout_advance, value);
  stage.serve();
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("moved on"));
  EXPECT_EQ(stage.now_at().stage, 0);
}

TEST(RolloutTaps, FormsSayWhatIsWrongWithThem) {
  RolloutStage stage;
  stage.plan({{"stages", "10 % for 7d, 5 %"}});
  EXPECT_THAT(stage.form_error("stages"), HasSubstr("\"5 %\" is not more"));
  stage.plan({{"least", "many"}});
  EXPECT_THAT(stage.form_error("least"), HasSubstr("whole number"));
  EXPECT_THAT(stage.ledger.kept.rollouts, IsEmpty());
  stage.plan();
  stage.plan();
  EXPECT_THAT(stage.form_error("stages"), HasSubstr("under way already"));
  EXPECT_THAT(stage.ledger.kept.rollouts, SizeIs(1));
  stage.advance();
  stage.record("ten");
  EXPECT_THAT(stage.form_error("users"), HasSubstr("whole number"));
}

TEST(RolloutTaps, AServiceWithoutPercentagesIsToldAtTheStart) {
  Settings settings;
  settings.flags.providers = {{.name = "unleash", .kind = flag::ProviderKind::http}};
  RolloutStage stage{settings};
  stage.rollout("start checkout");
  stage.serve();
  EXPECT_THAT(stage.effects<effect::OpenModal>(), IsEmpty());
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("no percentages"));
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("/flag on"));
}

TEST(RolloutTaps, RollbackIsNeverBlockedByARolloutThatIsNotThere) {
  RolloutStage stage;
  stage.press(button::rollout_rollback, view::write_rollout({9, 0, {"unleash", "checkout", "production"}}));
  stage.serve();
  EXPECT_FALSE(stage.service.state("checkout").enabled);
}

TEST(RolloutTaps, NothingIsDoneForWhatIsNoButtonOfOurs) {
  RolloutStage stage;
  for (const auto* what :
       {button::rollout_advance, button::rollout_resume, button::rollout_record, button::rollout_hold})
    for (const auto* value : {"", "99", "x", "99:1", "1:0:a", "-1:0:x"}) stage.press(what, value);
  EXPECT_THAT(stage.ledger.kept.rollouts, IsEmpty());
  EXPECT_THAT(stage.ledger.kept.quarantined, IsEmpty());
  EXPECT_THAT(stage.for_flag_services, IsEmpty());
}

TEST(RolloutTaps, AKillWhileNothingCanBeRecordedGoesOutFromItsButtonToo) {
  const Settings settings;
  const Inbound press{
      .envelope_id = "e1",
      .body = inbound::Press{.action = button::rollout_rollback,
                             .value = view::write_rollout({1, 2, {"unleash", "checkout", "production"}}),
                             .message_ts = {},
                             .view_id = {},
                             .reply = {.response_url = {}, .trigger_id = {}, .user = "U1", .channel = "C1"}}};
  const auto kill = unrecorded_kill(press, settings, {});
  ASSERT_TRUE(kill);
  EXPECT_EQ(kill->wanted.name, "checkout");
  EXPECT_EQ(kill->wanted.action, flag::Action::off);
}

}  // namespace
}  // namespace vakt::test
