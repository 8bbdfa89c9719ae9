// The weekly digest of a team: one message in its channel, at most one to each owner with only their own items. What is
// closed comes first; each open item stands in one section only. Pure; 10,000 items in well under 100 ms.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "bot/actions/digest_plan.hpp"
#include "bot/actions/reminders.hpp"

namespace vakt::action {

// In the order in which they are shown.
enum class Part : std::uint8_t {
  closed,    // since the last digest: credit first
  overdue,   // by severity, then the longest overdue
  due_soon,  // within 7 days
  unowned,
  no_due_date,
  decision,  // its card is archived, gone or out of sight: only a person can say how it goes on
};
inline constexpr std::size_t part_count = 6;

struct PartLines {
  Part part = Part::closed;
  std::vector<Line> lines;
  std::size_t total = 0;  // with those that are not among the lines
  bool operator==(const PartLines&) const = default;
};

// Open items by how long they have been so.
struct Ages {
  std::size_t open = 0, under_a_week = 0, to_four_weeks = 0, longer = 0;
  std::size_t snoozed = 0;     // of the open ones; they stand in no part
  std::optional<Date> oldest;  // when it was made
  bool operator==(const Ages&) const = default;
};

// How far what is said was read from Trello. `now`: within the hour before.
struct Verified {
  bool now = true;
  std::optional<Instant> at;  // of the last reading; nothing: never
  bool operator==(const Verified&) const = default;
};

// Only for an owner with items in this team who has had no message this week, about all of their items in all teams,
// and only where some of them need them: overdue, due within 7 days, without a due date, or to be decided on.
struct OwnerDigest {
  UserId owner;
  std::vector<PartLines> parts;
  std::size_t unlisted = 0;  // of those that need them
  std::size_t others = 0;    // theirs, open, and not in need of them this week; with the snoozed ones
};

struct Digest {
  DigestTime week{};
  Date today{};
  Sending sending = Sending::send;
  std::vector<DigestTime> missed;
  std::optional<Verified> verified;  // nothing: the team has no cards
  bool for_channel = false;          // false: nothing is open and nothing was closed; nothing is sent
  Ages ages;
  std::vector<PartLines> parts;   // of the channel's message; none empty
  std::vector<PartLines> thread;  // lines that did not fit there, under it
  std::size_t unlisted = 0;       // that stand in neither
  std::vector<OwnerDigest> owners;
  std::vector<Told> told;  // steps of reminders that this digest holds, so that no second message comes: to be kept
};

// plan: one that says send or late, or a preview.
Digest digest(const Situation&, const DigestPlan& plan, std::optional<Verified> verified);

}  // namespace vakt::action
