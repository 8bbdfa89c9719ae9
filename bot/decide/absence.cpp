// After an absence: what was missed is fetched, and what cannot be fetched stands in the record as a gap.
#include "bot/decide/flag_turn.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr auto entry_from = 1s;  // shorter ones are the time that a restart takes
constexpr auto told_from = 5s;   // and only from here on is the channel told

}  // namespace

void decide_online(Turn& turn, const inbound::Online& online) {
  look_up_operators(turn);
  const auto away = turn.at - online.since;
  const auto from = date_and_seconds(online.since, turn.settings.timezone);
  const auto until = date_and_seconds(turn.at, turn.settings.timezone);
  for (const auto& incident : turn.facts.recorded) {
    turn.take(incident);
    // Edits and replies of any age show only in the pages themselves, so all of the incident's pages are read again.
    turn.effect(effect::FetchPage{.channel = incident.channel.id, .oldest = to_ts(incident.declared_at)});
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
