// Wake-ups whose time has come. Each looks at the state again: what it was set for may be over.
#include "bot/decide/action_turn.hpp"
#include "bot/decide/flag_turn.hpp"
#include "bot/decide/postmortem_turn.hpp"
#include "bot/decide/rollout_turn.hpp"

namespace vakt {

void decide_due(Turn& turn, const inbound::Due& due) {
  if (due.key.starts_with("erase:")) {
    for (auto entry : turn.facts.entries) {
      if (!entry.deleted_at) continue;
      entry.text.clear();
      entry.versions.clear();
      entry.files.clear();
      if (entry.slack) entry.slack->text.clear();
      if (entry.curated) entry.curated->text.clear();
      turn.out.replaced.push_back(std::move(entry));
    }
    return;
  }
  if (decide_action_due(turn, due) || decide_rollout_due(turn, due)) return;
  if (due.key == month_summary_key) return decide_month_summary(turn);
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
    set_own_end(turn);
  } else if (due.key.starts_with("postmortem:")) {
    decide_postmortem_due(turn);
  }
}

}  // namespace vakt
