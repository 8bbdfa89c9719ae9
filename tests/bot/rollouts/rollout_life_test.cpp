#include "bot/rollouts/rollout_life.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <utility>

#include "bot/rollouts/check_in.hpp"
#include "tests/bot/rollouts/make.hpp"

namespace vakt::rollout {
namespace {

using test::at_stage;
using test::planned;
using test::rollout_act;
using test::rollout_start;
using test::seen;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr auto week = 7 * 24h;

std::vector<Unless> needed(const Rollout& rollout, Micros after) {
  const auto step = advance_step(rollout, rollout_start + after);
  return step ? step->needs_reason : std::vector<Unless>{};
}

TEST(RolloutLife, AStageBeginsOnceItIsProvenAndNotBefore) {
  auto now = *ordered(planned(), 0, "rollout:3:0:a", "", rollout_act());
  EXPECT_EQ(now.state, State::planned);
  EXPECT_EQ(now.stage, -1);
  now = proven(std::move(now), 0, "", 7, rollout_act(3s), "UTC");
  EXPECT_EQ(now.state, State::running);
  EXPECT_EQ(now.stage, 0);
  EXPECT_EQ(now.change, 7);
  EXPECT_FALSE(now.pending);
  EXPECT_EQ(now.runs[0].began, rollout_start + 3s);
  EXPECT_EQ(stage_ends(now), rollout_start + 3s + week);
}

TEST(RolloutLife, AheadOfTimeAndOverErrorsItNeedsAReason) {
  auto now = at_stage(0);
  EXPECT_THAT(needed(now, week - 1s), ElementsAre(Unless::ahead_of_time));
  EXPECT_THAT(needed(now, week), IsEmpty());
  now = *record(std::move(now), seen(10, "No such file or directory"), rollout_start + 1h);
  EXPECT_THAT(needed(now, week), ElementsAre(Unless::errors_recorded));
  EXPECT_THAT(needed(now, 1h), ElementsAre(Unless::ahead_of_time, Unless::errors_recorded));
  EXPECT_EQ(ordered(now, 1, "k", "", rollout_act(week)).error(), Refusal::needs_reason);
  EXPECT_EQ(ordered(now, 1, "k", "could not be reproduced", rollout_act(week))->pending->reason,
            "could not be reproduced");
  now = *record(std::move(now), seen(12), rollout_start + 2h);  // the later record counts
  EXPECT_THAT(needed(now, week), IsEmpty());
}

TEST(RolloutLife, OfTwoWhoAdvanceAtOnceOneWins) {
  const auto before = at_stage(0);
  const auto first = *ordered(before, 1, "first", "", rollout_act(week));
  EXPECT_EQ(ordered(first, 1, "second", "", rollout_act(week, "U2")).error(), Refusal::under_way);
  const auto done = proven(first, 1, "", 9, rollout_act(week), "UTC");
  EXPECT_EQ(ordered(done, 1, "second", "x", rollout_act(week, "U2")).error(), Refusal::moved_on);
  EXPECT_EQ(not_proven(first, "second").pending->key, "first") << "another's end is not its end";
  EXPECT_EQ(not_proven(first, "first"), before);
}

TEST(RolloutLife, TheLastStageCompletesItAndSetsTheCheckIns) {
  const auto now = at_stage(3, 30h);
  EXPECT_EQ(now.state, State::complete);
  EXPECT_EQ(now.week->due, week_after(rollout_start + 30h, "Europe/Oslo"));
  EXPECT_EQ(now.month->due, month_after(rollout_start + 30h, "Europe/Oslo"));
  EXPECT_EQ(next_check_in(now), now.week->due);
  EXPECT_EQ(advance_step(now, rollout_start).error(), Refusal::complete);
  EXPECT_EQ(now.runs[2].ended, rollout_start + 30h);
  EXPECT_FALSE(stage_ends(now));
}

TEST(RolloutLife, WhatIsRecordedStandsWhereItBelongs) {
  EXPECT_EQ(record(planned(), seen(1), rollout_start).error(), Refusal::not_begun);
  auto now = at_stage(3);
  now = *record(std::move(now), seen(15), rollout_start + 1h);
  now = *record(std::move(now), seen(170), now.week->due);
  now = *record(std::move(now), seen(3275), now.month->due + 1h);
  EXPECT_EQ(now.runs[3].records.at(0).users, 15);
  EXPECT_EQ(now.week->records.at(0).users, 170);
  EXPECT_EQ(now.month->records.at(0).users, 3275);
}

TEST(RolloutLife, HeldItGoesOnOnlyWithAReason) {
  const auto held = *hold(at_stage(1), "waiting for VaNotify", rollout_act(1h));
  EXPECT_EQ(held.state, State::held);
  EXPECT_EQ(hold(held, "", rollout_act()).error(), Refusal::not_running);
  EXPECT_EQ(resume_step(held, rollout_start + 2h)->stage, 1);
  EXPECT_THAT(resume_step(held, rollout_start + 2h)->needs_reason, ElementsAre(Unless::was_held));
  EXPECT_EQ(advance_step(held, rollout_start + 72h)->stage, 2);
  EXPECT_FALSE(next_reminder(held));
  const auto again = proven(*ordered(held, 1, "k", "fixed", rollout_act(2h)), 1, "fixed", 4, rollout_act(2h), "UTC");
  EXPECT_EQ(again.state, State::running);
  EXPECT_EQ(again.runs[1].began, rollout_start) << "the same stage goes on";
  EXPECT_FALSE(again.stop);
  EXPECT_EQ(resume_step(again, rollout_start).error(), Refusal::not_held);
}

TEST(RolloutLife, AChangeByHandHoldsItOnce) {
  const auto now = at_stage(1);
  EXPECT_FALSE(changed_by_hand(planned(), "ola", "x", rollout_start + 1h));
  EXPECT_FALSE(changed_by_hand(now, "ola", "x", rollout_start)) << "from before the stage began";
  const auto held = changed_by_hand(now, "ola", "feature-strategy-update", rollout_start + 1h);
  ASSERT_TRUE(held);
  EXPECT_EQ(held->state, State::held);
  EXPECT_EQ(held->stop->why, Stop::Why::changed_by_hand);
  const auto again = changed_by_hand(*held, "ola", "y", rollout_start + 2h);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->stop, held->stop);
}

TEST(RolloutLife, WhatHappenedIsKeptInOrderAndTheAdvancesReasonStays) {
  auto now = planned();
  now = proven(*ordered(now, 0, "k", "because", rollout_act()), 0, "because", 1, rollout_act(), "UTC");
  now = *changed_by_hand(now, "ola", "state DISABLED", rollout_start + 2h);
  now = *changed_by_hand(now, "", "definition changed", rollout_start + 1h);  // known of late
  now = proven(*ordered(now, 0, "k", "agreed", rollout_act(3h, "U2")), 0, "agreed", 2, rollout_act(3h, "U2"), "UTC");
  now = *hold(now, "lunch", rollout_act(4h));
  now = rollback_asked(now, "errors", rollout_act(5h));
  using What = Happening::What;
  const Happening asked_for{What::rollback_asked, 0, "U1", "errors", rollout_start + 5h};
  EXPECT_EQ(now.history.back(), asked_for);
  now = rolled_back(now, rollout_act(6h), "not this");
  EXPECT_THAT(now.history,
              ElementsAre(Happening{What::advanced, 0, "U1", "because", rollout_start},
                          Happening{What::changed_by_hand, 0, "", "definition changed", rollout_start + 1h},
                          Happening{What::changed_by_hand, 0, "ola", "state DISABLED", rollout_start + 2h},
                          Happening{What::resumed, 0, "U2", "agreed", rollout_start + 3h},
                          Happening{What::held, 0, "U1", "lunch", rollout_start + 4h},
                          Happening{What::rolled_back, 0, "U1", "errors", rollout_start + 6h}));
  EXPECT_EQ(now.runs[0].reason, "because");
  EXPECT_EQ(now.runs[0].by, "U1");
}

TEST(RolloutLife, AChangeByHandOfAnEarlierStageDisturbsNothing) {
  const auto now = changed_by_hand(at_stage(1, 24h), "ola", "x", rollout_start + 1h);
  ASSERT_TRUE(now);
  EXPECT_EQ(now->state, State::running);
  EXPECT_EQ(now->history.at(1).stage, 0);
  EXPECT_EQ(changed_by_hand(at_stage(3), "ola", "x", rollout_start + 1h)->state, State::complete);
}

TEST(RolloutLife, OneIsLiveForAFlagInAnEnvironmentOfAProvider) {
  auto wanted = planned();
  EXPECT_EQ(live_one({rolled_back(planned(), rollout_act()), at_stage(3)}, wanted), nullptr);
  const std::vector all{at_stage(1)};
  EXPECT_EQ(live_one(all, wanted), all.data());
  for (auto* field : {&wanted.flag, &wanted.environment, &wanted.provider}) {
    const auto was = std::exchange(*field, "other");
    EXPECT_EQ(live_one(all, wanted), nullptr);
    *field = was;
  }
}

TEST(RolloutLife, RollbackIsNeverRefused) {
  const auto ways = {planned(), at_stage(0), at_stage(3), *hold(at_stage(1), "", rollout_act()),
                     *ordered(at_stage(0), 1, "k", "r", rollout_act())};
  for (const auto& before : ways) {
    const auto asked = rollback_asked(before, "errors", rollout_act(1h));
    EXPECT_EQ(asked.state, State::held);
    EXPECT_FALSE(asked.pending);
    const auto off = rolled_back(asked, rollout_act(2h));
    EXPECT_EQ(off.state, State::rolled_back);
    EXPECT_EQ(off.stop->detail, "errors");
    EXPECT_EQ(advance_step(off, rollout_start + 2h).error(), Refusal::rolled_back);
    EXPECT_EQ(resume_step(off, rollout_start + 2h)->stage, std::max(before.stage, 0));
  }
}

TEST(RolloutLife, RemindsThreeTimesADayApart) {
  auto now = at_stage(0);
  EXPECT_EQ(next_reminder(now), rollout_start + week);
  now.runs[0].reminded = 2;
  EXPECT_EQ(next_reminder(now), rollout_start + week + 48h);
  now.runs[0].reminded = 3;
  EXPECT_FALSE(next_reminder(now));
}

TEST(RolloutLife, AKeyNamesItsRolloutAndStage) {
  const auto key = read_change_key(change_key({12, 3}, "terminal:1:2"));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->id, 12);
  EXPECT_EQ(key->stage, 3);
  for (const auto* other : {"", "rollout:", "rollout:1", "rollout:1:", "rollout:1:2", "rollout:x:2:n", "rollout:0:1:n",
                            "rollout:1:-1:n", "change:7", "terminal:1"})
    EXPECT_FALSE(read_change_key(other)) << other;
}

// Whatever people and the service do: never more than one order, never a stage that was not proven, off always
// possible.
TEST(RolloutLifeProperties, AnyOrderOfEventsKeepsItSound) {
  rc::check([] {
    auto now = planned(*rc::gen::inRange<std::int64_t>(0, 20));
    auto at = rollout_start;
    const auto events = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9));
    for (const int what : events) {
      at += *rc::gen::inRange(1, 100) * 1h;
      const Act act{"U1", at};
      const auto before = now;
      const int stage = *rc::gen::inRange(0, 4);
      if (what == 0) now = ordered(now, stage, "k", *rc::gen::element<std::string>("", "r"), act).value_or(now);
      if (what == 1 && now.pending) now = proven(now, now.pending->stage, now.pending->reason, 1, act, "Europe/Oslo");
      if (what == 2) now = not_proven(now, "k");
      if (what == 3) now = hold(now, "", act).value_or(now);
      if (what == 4) now = changed_by_hand(now, "ola", "x", at).value_or(now);
      if (what == 5) now = rollback_asked(now, "", act);
      if (what == 6) now = rolled_back(now, act);
      if (what == 7) now = record(now, seen(stage), at).value_or(now);
      RC_ASSERT(now.runs.size() == now.stages.size());
      RC_ASSERT(now.stage >= -1 && now.stage < 4);
      if (what != 1) RC_ASSERT(now.stage == before.stage);
      if (now.stage >= 0) RC_ASSERT(now.current()->began.has_value());
      RC_ASSERT((now.state == State::held || now.state == State::rolled_back) == now.stop.has_value());
      RC_ASSERT(rolled_back(now, act).state == State::rolled_back);
      (void)next_reminder(now);
      (void)next_check_in(now);
    }
  });
}

}  // namespace
}  // namespace vakt::rollout
