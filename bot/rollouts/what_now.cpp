#include "bot/rollouts/what_now.hpp"

namespace vakt::rollout {

namespace {

WhatNow at_the_end(const Rollout& rollout, Instant now) {
  const auto due_without = [&](const std::optional<CheckIn>& one) {
    return one && now >= one->due && one->records.empty();
  };
  const auto slot = slot_of(rollout, now);
  if (due_without(slot == Slot::month ? rollout.month : rollout.week)) return WhatNow::check_in;
  return slot == Slot::month ? WhatNow::finished : WhatNow::wait_for_check_in;
}

}  // namespace

Verdict verdict_now(const Rollout& rollout) {
  if (!rollout.current()) return {};
  return verdict(*rollout.current_stage(), last_record(rollout.current()->records));
}

WhatNow what_now(const Rollout& rollout, Instant now) {
  if (rollout.pending) return WhatNow::order_under_way;
  switch (rollout.state) {
    case State::planned:
      return WhatNow::begin;
    case State::held:
      return WhatNow::resume;
    case State::rolled_back:
      return WhatNow::rolled_back;
    case State::complete:
      return at_the_end(rollout, now);
    case State::running:
      break;
  }
  const auto ends = stage_ends(rollout);
  const bool over = !ends || now >= *ends;
  switch (verdict_now(rollout).kind) {
    case Verdict::Kind::errors:
      return WhatNow::decide_on_errors;
    case Verdict::Kind::not_recorded:
      return over ? WhatNow::record : WhatNow::wait;
    case Verdict::Kind::too_few:
      return over ? WhatNow::too_few : WhatNow::wait;
    case Verdict::Kind::no_error_seen:
      break;
  }
  return over ? WhatNow::advance : WhatNow::wait;
}

}  // namespace vakt::rollout
