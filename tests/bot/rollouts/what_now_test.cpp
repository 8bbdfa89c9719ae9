#include "bot/rollouts/what_now.hpp"

#include <gmock/gmock.h>

#include "tests/bot/rollouts/make.hpp"

namespace vakt::rollout {
namespace {

using test::at_stage;
using test::planned;
using test::rollout_act;
using test::rollout_start;
using test::seen;
using namespace std::chrono_literals;

constexpr auto week = 7 * 24h;
WhatNow at(const Rollout& rollout, Micros after) { return what_now(rollout, rollout_start + after); }
Rollout with(Rollout rollout, const Record& record) { return *vakt::rollout::record(rollout, record, rollout_start); }

TEST(WhatNow, GoesByTheStateTheTimeAndWhatWasSeen) {
  EXPECT_EQ(at(planned(), 0s), WhatNow::begin);
  EXPECT_EQ(at(*ordered(planned(), 0, "k", "", rollout_act()), 0s), WhatNow::order_under_way);
  EXPECT_EQ(at(at_stage(0), 1h), WhatNow::wait);
  EXPECT_EQ(at(at_stage(0), week), WhatNow::record);
  EXPECT_EQ(at(with(at_stage(0), seen(10)), 1h), WhatNow::wait);
  EXPECT_EQ(at(with(at_stage(0), seen(10)), week), WhatNow::advance);
  EXPECT_EQ(at(with(at_stage(0, {}, 100), seen(10)), 1h), WhatNow::wait);
  EXPECT_EQ(at(with(at_stage(0, {}, 100), seen(10)), week), WhatNow::too_few);
  EXPECT_EQ(at(with(at_stage(0), seen(10, "500")), 1h), WhatNow::decide_on_errors);
  EXPECT_EQ(at(*hold(at_stage(0), "", rollout_act()), 1h), WhatNow::resume);
  EXPECT_EQ(at(rolled_back(at_stage(0), rollout_act()), 1h), WhatNow::rolled_back);
}

TEST(WhatNow, AfterTheLastStageCheckInsAreWaitedForAndAskedFor) {
  auto done = at_stage(3);
  EXPECT_EQ(what_now(done, rollout_start + 1h), WhatNow::wait_for_check_in);
  EXPECT_EQ(what_now(done, done.week->due), WhatNow::check_in);
  done = *record(done, seen(170), done.week->due);
  EXPECT_EQ(what_now(done, done.week->due), WhatNow::wait_for_check_in);
  EXPECT_EQ(what_now(done, done.month->due), WhatNow::check_in);
  done = *record(done, seen(3275), done.month->due);
  EXPECT_EQ(what_now(done, done.month->due), WhatNow::finished);
}

}  // namespace
}  // namespace vakt::rollout
