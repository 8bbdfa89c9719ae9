// After an absence: what was missed is fetched, and what cannot be fetched stands in the record as a gap.
#include <algorithm>

#include "bot/decide/action_turn.hpp"
#include "bot/decide/flag_turn.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr auto entry_from = 1s;  // shorter ones are the time that a restart takes
constexpr auto told_from = 5s;   // and only from here on is the channel told

// How far back is read after an absence. What was said since it began, and a little before (clocks differ, events were
// under way), is recorded. Replies to older threads show only in their parents' `latest_reply`, which Slack gives with
// history alone: so the parents of the last 30 days are listed too, 200 to a call, and only threads with a newer reply
// are fetched. An incident of 200 messages costs one call; calls go out one at a time for each channel, within the
// tier's budget. What this cannot see: edits of messages older than 30 days, and of replies in threads without new
// ones.
constexpr auto overlap = 5min;
constexpr auto parents_within = 30 * 24h;

}  // namespace

void decide_online(Turn& turn, const inbound::Online& online) {
  look_up_operators(turn);
  start_action_timers(turn);
  start_month_summary(turn);
  const auto away = turn.at - online.since;
  const auto from = date_and_seconds(online.since, turn.settings.timezone);
  const auto until = date_and_seconds(turn.at, turn.settings.timezone);
  for (const auto& incident : turn.facts.recorded) {
    turn.take(incident);
    const auto from_then_on = [&](Micros before) {
      return to_ts(std::max(incident.declared_at, online.since - before));
    };
    turn.effect(effect::FetchPage{
        .channel = incident.channel.id, .oldest = from_then_on(parents_within), .since = from_then_on(overlap)});
    const bool open = incident.status == Status::open;
    if (away >= entry_from && incident.declared_at < online.since)
      turn.add({.at = online.since,
                .kind = EntryKind::gap,
                .text = fill(turn.text.gap, {from, until}),
                .on_timeline = open});
    if (open && away >= told_from && incident.declared_at < online.since)
      turn.post(view::sentence(fill(turn.text.gap_told, {from, until})), "gap");
  }
}

}  // namespace vakt
