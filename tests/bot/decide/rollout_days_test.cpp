// The rollout of VA.gov's release plan, from canary to the one-month check-in, and what is said on its days.
#include <gmock/gmock.h>

#include "bot/rollouts/check_in.hpp"
#include "tests/bot/brain/rollout_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using rollout::State;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr auto week = 7 * 24h;

TEST(RolloutDays, FromCanaryToTheOneMonthCheckIn) {
  RolloutStage stage;
  stage.plan({{"least", "5"},
              {"criteria", "Successful submissions\nContact center calls < 2"},
              {"watchers", "BE Developer (Scott James)\nPM (Tom Davis)"},
              {"go", "Engineering: Scott James\nDEPO"}});
  EXPECT_THAT(stage.now_at().criteria, SizeIs(2));
  EXPECT_EQ(stage.now_at().go_no_go.at(0).by, "Scott James");
  EXPECT_EQ(stage.now_at().stages.at(2).least_users, 5);
  stage.advance();
  stage.record("≈10", "No such file or directory @ rb_sysopen");
  stage.pass(week);
  EXPECT_THAT(stage.last_told(), HasSubstr("has run its time"));
  EXPECT_THAT(stage.last_told(), HasSubstr("Errors were recorded"));
  stage.advance("could not be reproduced");
  stage.record("≈10");
  EXPECT_THAT(stage.last_told(), HasSubstr("may still be up to 30 %"));
  stage.pass(48h);
  stage.advance();
  stage.record("5");
  stage.pass(24h);
  stage.advance();
  EXPECT_EQ(stage.now_at().state, State::complete);
  EXPECT_EQ(stage.share(), "100");
  EXPECT_THAT(stage.last_told(), HasSubstr("reached its last stage"));
  stage.record("15");
  stage.pass(week);
  EXPECT_THAT(stage.last_told(), HasSubstr("one-week check-in is due"));
  stage.record("≈170", "BackendServiceException: VANOTIFY_400");
  EXPECT_THAT(stage.now_at().week->records, SizeIs(1));
  stage.pass(31 * 24h);
  EXPECT_THAT(stage.last_told(), HasSubstr("one-month check-in is due"));
  stage.record("≈3275", "BackendServiceException: VANOTIFY_400");
  EXPECT_EQ(stage.now_at().month->records.at(0).users, 3275);
  const auto told = stage.told().size();
  stage.pass(90 * 24h);
  EXPECT_THAT(stage.told(), SizeIs(told)) << "and then it is quiet";
}

TEST(RolloutDays, AStageWhoseTimeIsOutIsRemindedOfThreeTimesAndWarnsOfTooFewUsers) {
  RolloutStage stage;
  stage.plan({{"least", "100"}});
  stage.advance();
  stage.record("7");
  const auto told = stage.told().size();
  stage.pass(week);
  EXPECT_THAT(stage.told(), SizeIs(told + 1));
  EXPECT_THAT(stage.last_told(), HasSubstr("too few users saw it"));
  EXPECT_THAT(stage.last_told(), HasSubstr("7 of the 100 users asked for"));
  stage.pass(10 * 24h);
  EXPECT_THAT(stage.told(), SizeIs(told + 3));
}

TEST(RolloutDays, AfterAnAbsenceItIsRemindedOfOnce) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  const auto told = stage.told().size();
  stage.wait(week + 60h);
  stage.fire();
  EXPECT_THAT(stage.told(), SizeIs(told + 1));
  EXPECT_EQ(stage.now_at().runs[0].reminded, 3);
}

TEST(RolloutDays, WhatIsHeldIsNotRemindedOf) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.rollout("hold");
  const auto told = stage.told().size();
  stage.pass(30 * 24h);
  EXPECT_THAT(stage.told(), SizeIs(told));
}

TEST(RolloutDays, WhereItsChannelIsGoneTheAnnounceChannelHearsIt) {
  RolloutStage stage;
  stage.plan();
  stage.advance();
  stage.refusals["Post:rollout:C1"] = "is_archived";
  stage.pass(week);
  ASSERT_THAT(stage.told("incidents"), SizeIs(1));
  EXPECT_THAT(RolloutStage::words(stage.told("incidents")[0]), HasSubstr("It was to be said in <#C1>"));
}

}  // namespace
}  // namespace vakt::test
