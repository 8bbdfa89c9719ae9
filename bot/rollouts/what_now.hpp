// What a rollout asks of people now. Pure.
#pragma once

#include "bot/rollouts/rollout_life.hpp"
#include "bot/rollouts/verdict.hpp"

namespace vakt::rollout {

enum class WhatNow : std::uint8_t {
  begin,              // nothing was changed yet: the first stage
  wait,               // the stage has time left
  order_under_way,    // somebody's order is being proven
  record,             // its time has run out, and nothing was recorded
  too_few,            // its time has run out, and too few users saw it to tell anything
  decide_on_errors,   // errors were recorded: roll back, or say why not
  advance,            // its time has run out
  resume,             // held: it waits for a person
  rolled_back,        // the flag is off
  wait_for_check_in,  // at its last stage; a check-in is to come
  check_in,           // one is due, and nothing was recorded for it
  finished,
};
WhatNow what_now(const Rollout&, Instant now);

// Of the last record of the stage that it is at. Nothing has begun: not_recorded.
Verdict verdict_now(const Rollout&);

}  // namespace vakt::rollout
