// What a stage's number of users can show. Never "safe": with n users and no error seen, the error rate may still be up
// to min(1, 3/n) at 95 % (the rule of three: Hanley and Lippman-Hand, JAMA 1983). Pure.
#pragma once

#include <optional>
#include <string>

#include "bot/rollouts/rollout.hpp"

namespace vakt::rollout {

struct Verdict {
  enum class Kind : std::uint8_t {
    not_recorded,   // nobody has recorded anything
    errors,         // errors were recorded
    too_few,        // fewer users than the least that was asked for: it tells nothing
    no_error_seen,  // and the error rate may still be up to `may_still_be`
  } kind = Kind::not_recorded;
  std::int64_t users = 0, least_users = 0;
  double may_still_be = 1;  // 0..1; of no_error_seen and too_few
  bool operator==(const Verdict&) const = default;
};

double error_rate_may_still_be(std::int64_t users_without_error);  // 0..1
Verdict verdict(const Stage&, const Record*);                      // nullptr: nothing was recorded

// The last one counts; nullptr where there is none.
const Record* last_record(const std::vector<Record>&);

// "30 %", "1.8 %", "0.092 %": two digits, rounded up, so that it never says less than it is.
std::string share_text(double share);

}  // namespace vakt::rollout
