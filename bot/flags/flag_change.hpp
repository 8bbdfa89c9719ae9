// One change of a flag that somebody asked vakt for, as it is kept for good: the ledger of kills. Plain value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/flags/exposure.hpp"
#include "bot/flags/flag_run.hpp"

namespace vakt::flag {

// What the flag was and became, for people who read it later.
struct Seen {
  Sees sees = Sees::cannot_tell;
  double lo = 0, hi = 1;  // 0..1
  bool operator==(const Seen&) const = default;
};

// An environment in which it is still exposed.
struct Elsewhere {
  std::string environment;
  Seen seen;
  bool operator==(const Elsewhere&) const = default;
};

struct Change {
  std::int64_t number = 0;  // dense from 1 within one database
  Wanted wanted;
  Progress progress;            // without the readings, which stand below
  UserId by, confirmed_by;      // "terminal:NAME" for the command line
  std::string reason;           // where one was asked for; a person's words, escaped
  IncidentNumber incident = 0;  // in whose record it stands; 0: none
  ChannelId asked_in;
  std::string response_url;
  Instant requested_at{};
  std::optional<Seen> before, after;
  std::vector<Elsewhere> elsewhere;
  State state_before;                      // in its environment; what an undo puts back
  std::optional<State> state_after;        // as read back; an undo touches nothing else
  std::string snapshot;                    // the adapter's own, of before
  std::optional<Instant> exposed_since;    // since when what `before` says was so; nothing: not known
  std::optional<Instant> restore_at;       // `for 30m`
  std::int64_t undoes = 0, undone_by = 0;  // numbers of changes
  ChannelId post_channel, announced_in;
  Ts post_ts, announced_ts;  // of the posts that are edited in place; empty until posted
  bool operator==(const Change&) const = default;

  bool is_over() const { return flag::is_over(progress.standing); }
};

// What "undo" means: the latest by when it was asked for (a terminal's may come to be known later) that changed
// something and puts nothing back itself; it may have been undone already. Empty provider or environment: any. Null:
// none.
const Change* latest_to_undo(const std::vector<Change>&, const std::string& provider, const std::string& environment);

// Seconds from when it was open until the second it was proven off; nothing where either is not known.
std::optional<double> exposed_seconds(const Change&);

}  // namespace vakt::flag
