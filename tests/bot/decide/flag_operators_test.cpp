#include <gmock/gmock.h>

#include "tests/bot/brain/flag_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(FlagOperators, SomebodyWhoMayNotIsLookedForOnceMoreAndThenTheOperatorsGetAButton) {
  FlagStage stage;
  stage.groups["oncall"] = "U1,U2";
  stage.flag("off checkout", "C1", "U9");
  ASSERT_THAT(stage.effects<effect::LookUpGroup>(), SizeIs(1));
  EXPECT_EQ(stage.effects<effect::LookUpGroup>().front().until - stage.now, 1s);
  EXPECT_THAT(stage.for_flag_services, IsEmpty());
  ASSERT_EQ(stage.posts_in("incidents", "flag_asked"), 1U);
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("@oncall"));
  const auto asked = stage.effects<effect::Post>().back().message;
  EXPECT_THAT(asked.text, HasSubstr("U9"));
  stage.press(view::action::flag_off, FlagStage::button(asked, view::action::flag_off), "CANN", "U1");
  stage.serve();
  EXPECT_EQ(stage.standing(), flag::Standing::proven);
  EXPECT_EQ(stage.change().by, "U1");
}

TEST(FlagOperators, SomebodyNewInTheGroupNeedsNobody) {
  FlagStage stage;
  stage.groups["oncall"] = "U1,U9";
  stage.flag_done("off checkout", "C1", "U9");
  EXPECT_EQ(stage.standing(), flag::Standing::proven);
  EXPECT_EQ(stage.change().by, "U9");
  EXPECT_EQ(stage.posts_in("incidents", "flag_asked"), 0U);
  const auto looks = stage.effects<effect::LookUpGroup>().size();
  stage.flag_done("off checkout", "C1", "U9");  // stored now
  EXPECT_EQ(stage.effects<effect::LookUpGroup>().size(), looks);
}

TEST(FlagOperators, SomebodyNewInTheFirstOfTwoGroupsIsFoundToo) {
  Settings settings;
  settings.flags.operators = {"@platform", "@oncall"};
  FlagStage stage{settings};
  stage.groups = {{"platform", "U9"}, {"oncall", "U1"}};
  stage.flag_done("off checkout", "C1", "U9");
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(1));
  EXPECT_EQ(stage.posts_in("incidents", "flag_asked"), 0U);
}

TEST(FlagOperators, WithoutTheGroupAnyoneTurnsOffAndNobodyOn) {
  FlagStage stage;
  stage.know_operators("!");
  stage.flag_done("off checkout", "C1", "U9");
  EXPECT_EQ(stage.standing(), flag::Standing::proven);
  EXPECT_THAT(stage.flag("on checkout", "C1", "U1"), HasSubstr("does not exist"));
  EXPECT_THAT(stage.flag("percent checkout 10", "C1", "U1"), HasSubstr("does not exist"));
  EXPECT_THAT(stage.for_flag_services, IsEmpty());
}

TEST(FlagOperators, AGroupThatIsGoneHoldsNobodyBack) {
  FlagStage stage;  // the list says U1..U3; the live look finds no such group
  stage.flag_done("off checkout", "C1", "U9");
  EXPECT_EQ(stage.standing(), flag::Standing::proven);
  EXPECT_EQ(stage.ledger.kept.cursors.at("group:oncall"), "!");
}

TEST(FlagOperators, SomebodyWhoMayNotTurnOnIsToldWhoMay) {
  FlagStage stage;
  EXPECT_THAT(stage.flag("on checkout", "C1", "U9"), HasSubstr("@oncall"));
  EXPECT_THAT(stage.for_flag_services, IsEmpty());
}

TEST(FlagOperators, InAnIncidentTheOperatorsAreAskedInItsChannel) {
  FlagIncident stage;
  stage.groups["oncall"] = "U1,U2";
  stage.flag("off checkout", "CINC1", "U9");
  EXPECT_EQ(stage.posts_in("CINC1", "flag_asked"), 1U);
  EXPECT_EQ(stage.posts_in("incidents", "flag_asked"), 0U);
}

TEST(FlagOperators, WithoutAnAnnounceChannelTheyAreAskedWhereItWasTyped) {
  Settings settings;
  settings.announce_channel.clear();
  FlagStage stage{settings};
  stage.groups["oncall"] = "U1";
  stage.flag("off checkout", "C1", "U9");
  EXPECT_EQ(stage.posts_in("C1", "flag_asked"), 1U);
}

// Tells the brain that the last post failed; of which incident it was: 0 of none.
void last_post_fails(FlagStage& stage, const std::string& error, IncidentNumber incident = 0) {
  const auto post = stage.effects<effect::Post>().back();
  stage.give(inbound::EffectDone{.effect = {.incident = incident, .body = post}, .ok = false, .error = error});
}

TEST(FlagOperators, WhereTheyCannotBeAskedTheyAreAskedElsewhereAndAtLastTheAskerIsTold) {
  FlagIncident stage;
  stage.groups["oncall"] = "U1,U2";
  stage.flag("off checkout", "CINC1", "U9");
  ASSERT_EQ(stage.posts_in("CINC1", "flag_asked"), 1U);
  last_post_fails(stage, "is_archived", 1);
  ASSERT_EQ(stage.posts_in("incidents", "flag_asked"), 1U);
  last_post_fails(stage, "channel_not_found", 1);
  ASSERT_EQ(stage.posts_in("CINC1", "flag_asked"), 1U) << "not there again";
  const auto told = stage.effects<effect::Respond>().back();
  EXPECT_EQ(told.user, "U9");
  EXPECT_THAT(told.message.text, AllOf(HasSubstr("Nobody was asked"), HasSubstr("@oncall")));
}

TEST(FlagOperators, WhereItWasTypedIsTheLastPlaceWhereTheyAreAsked) {
  FlagStage stage;
  stage.groups["oncall"] = "U1,U2";
  stage.flag("off checkout", "C1", "U9");
  last_post_fails(stage, "channel_not_found");
  ASSERT_EQ(stage.posts_in("C1", "flag_asked"), 1U);
  last_post_fails(stage, "not_in_channel");
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("Nobody was asked"));
}

TEST(FlagOperators, NamedPeopleAndGroupsAreJoinedAndUnknownGroupsLeftOut) {
  Settings settings;
  settings.flags.operators = {"U7", "@a", "@b"};
  const std::map<std::string, std::string> stored{{"group:a", "U1,U2"}, {"group:b", no_such_group}};
  const auto cursor = [&](const std::string& name) { return stored.contains(name) ? stored.at(name) : std::string{}; };
  EXPECT_EQ(read_operators(settings, cursor), (std::set<UserId>{"U1", "U2", "U7"}));
  settings.flags.operators = {"@b", "@c"};
  EXPECT_EQ(read_operators(settings, cursor), std::nullopt);
  settings.flags.operators.clear();
  EXPECT_EQ(read_operators(settings, cursor), std::nullopt);
}

}  // namespace
}  // namespace vakt::test
