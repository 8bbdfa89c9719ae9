// Whether a team's weekly digest goes out now: exactly one a week through restarts, clocks set back and forth, and days
// of downtime. The claims are the ledger's: a week's key is claimed in the transaction that orders its messages. Pure.
#pragma once

#include <set>

#include "bot/actions/calendar.hpp"

namespace vakt::action {

enum class Sending : std::uint8_t {
  wait,  // nothing to send now
  send,
  late,  // for once it comes later than it should have; it says so
  skip,  // more than two working days late, or the next one is due before it could go: the next one says so
};

struct DigestPlan {
  Sending sending = Sending::wait;
  DigestTime week{};                  // of send, late and skip
  std::vector<DigestTime> missed;     // skipped since the last one that went out, oldest first; of send and late
  std::optional<Instant> look_again;  // the next moment at which this may be otherwise; nothing: no digest at all
};

// `claimed`: keys of this team. `since`: when vakt first knew the team; what was due before that was never promised.
// A late one goes on a working day, never before the team's wall time.
DigestPlan digest_plan(const Calendar&, const std::set<Date>& claimed, Instant since, Instant now);

// What it would be at that moment, claims apart: `send` on a digest's day from its time on; else `wait`, with the next
// week's, if there is one.
DigestPlan digest_preview(const Calendar&, Instant at);

}  // namespace vakt::action
