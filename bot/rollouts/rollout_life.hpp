// What people and flag services do to a rollout: each gives it as it is then, or why not. Pure. A stage begins once its
// change of the flag is proven, never when it is asked for.
#pragma once

#include <expected>

#include "bot/rollouts/rollout.hpp"

namespace vakt::rollout {

// Why something cannot be done to a rollout; what to do instead is said elsewhere.
enum class Refusal : std::uint8_t {
  no_stage,      // it was begun without any
  under_way,     // somebody's order for its flag is not over yet
  moved_on,      // it is at another stage than the asker saw
  complete,      // the last stage was reached
  rolled_back,   // resume brings it back to its stage
  not_running,   // nothing to hold
  not_held,      // nothing to resume
  not_begun,     // no stage has begun: nothing can have been seen
  needs_reason,  // see Step::needs_reason
};

// Why going on needs a reason.
enum class Unless : std::uint8_t { ahead_of_time, errors_recorded, was_held, was_rolled_back };

struct Act {
  UserId by;
  Instant at{};
};

using Outcome = std::expected<Rollout, Refusal>;

Outcome start(Rollout wanted, const Act&);  // the plan alone is taken from it

// What `advance`, or `resume`, would do now.
struct Step {
  int stage = 0;
  std::vector<Unless> needs_reason;
};
std::expected<Step, Refusal> advance_step(const Rollout&, Instant now);
std::expected<Step, Refusal> resume_step(const Rollout&, Instant now);  // the same stage again
// That one of the two which leads to that stage.
std::expected<Step, Refusal> step_to(const Rollout&, int stage, Instant now);

// The order for the flag goes out: it alone until it is over.
Outcome ordered(Rollout, int stage, const std::string& key, const std::string& reason, const Act&);
// It is proven. Also of an order that the command line gave. zone: of the check-ins.
Rollout proven(Rollout, int stage, const std::string& reason, std::int64_t change, const Act&, const std::string& zone);
// It is over and was not proven: the rollout stays where it was.
Rollout not_proven(Rollout, const std::string& key);

Outcome hold(Rollout, const std::string& reason, const Act&);
// Somebody changed the flag meanwhile: it holds what was running, and is kept in its history either way. Nothing: no
// stage had begun by then.
std::optional<Rollout> changed_by_hand(Rollout, const std::string& by, const std::string& what, Instant at);
// Off was asked for: nothing goes on until it is proven.
Rollout rollback_asked(Rollout, const std::string& reason, const Act&);
// The flag is off, by whatever order of vakt's. reason: where none was given as it was asked for.
Rollout rolled_back(Rollout, const Act&, const std::string& reason = {});

// The one that is under way for that flag; null: none.
const Rollout* live_one(const std::vector<Rollout>&, const Rollout& of_the_same_flag);

// Of its stage, or of the check-in that is due by then.
enum class Slot : std::uint8_t { stage, week, month };
Slot slot_of(const Rollout&, Instant now);
Outcome record(Rollout, Record, Instant now);
const std::vector<Record>* records_of(const Rollout&, Slot);  // nullptr: no such slot

// When the stage's time has run out; nothing where it has none, or none runs.
std::optional<Instant> stage_ends(const Rollout&);
// When somebody is to be reminded next: at the stage's end and the days after, three times in all.
std::optional<Instant> next_reminder(const Rollout&);
std::optional<Instant> next_check_in(const Rollout&);

}  // namespace vakt::rollout
