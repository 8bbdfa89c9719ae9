// Wake-ups whose time has come. Each looks at the state again: what it was set for may be over.
#include "bot/decide/flag_turn.hpp"

namespace vakt {

void decide_due(Turn& turn, const inbound::Due& due) {
  if (due.key.starts_with("erase:")) {
    if (!turn.facts.entry || !turn.facts.entry->deleted_at) return;
    auto entry = *turn.facts.entry;
    entry.text.clear();
    entry.versions.clear();
    entry.files.clear();
    if (entry.slack) entry.slack->text.clear();
    turn.out.replaced.push_back(std::move(entry));
    return;
  }
  if (due.key == "operators" || due.key.starts_with("flag_")) return decide_flag_due(turn, due);
  if (!turn.incident()) return;
  if (due.key.starts_with("reminder:")) {
    const auto when = next_reminder(*turn.incident(), turn.settings);
    if (!when || *when > turn.at) return;
    const auto quiet = std::chrono::duration_cast<std::chrono::minutes>(turn.at - turn.incident()->last_update_at);
    turn.post(view::reminder(turn.settings, *turn.incident(), static_cast<int>(quiet.count())), "reminder");
    // Those that fell due while nobody could post them count as given: three at once would help nobody.
    for (auto next = when; next && *next <= turn.at; next = next_reminder(*turn.incident(), turn.settings))
      turn.emit(event::Reminded{}, {});
  } else if (due.key.starts_with("event_end:")) {
    const auto ended = turn.incident()->marker(Marker::downtime_end);
    if (!ended || turn.incident()->marker(Marker::event_end) || turn.incident()->status == Status::cancelled) return;
    const auto at = ended->at + std::chrono::minutes{turn.settings.normal_minutes};
    if (at > turn.at) return;
    turn.emit(event::MarkerSet{Marker::event_end, {at, ended->approximate}}, {});
    turn.add({.at = at,
              .approximate = ended->approximate,
              .kind = EntryKind::marker,
              .detail = "event_end",
              .text = std::string{turn.text.event_end},
              .on_timeline = true});
  }
}

}  // namespace vakt
