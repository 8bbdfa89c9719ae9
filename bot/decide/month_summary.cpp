// The figures of the month that is over, once, in the announce channel: on the first working day, where [bot]
// month_summary is on.
#include "bot/decide/action_turn.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/statistics_view.hpp"

namespace vakt {

namespace {

using namespace std::chrono;
using action::Date;

// 09:00 of its first working day.
Instant time_of(const Turn& turn, const year_month& month) {
  const action::Calendar calendar{action::Team{.timezone = turn.settings.timezone}, turn.settings.actions.holidays};
  return calendar.time_of(calendar.working_day_from(month / day{1}));
}

std::string written(const year_month& month) { return iso_date(month / day{1}).substr(0, 7); }

}  // namespace

void start_month_summary(Turn& turn) {
  if (turn.settings.month_summary) turn.out.wakes.push_back({month_summary_key, turn.at});
}

void decide_month_summary(Turn& turn) {
  if (!turn.settings.month_summary) return;
  const auto today = local_date(turn.at, turn.settings.timezone);
  const auto now = today.year() / today.month(), over = now - months{1};
  const auto told = kept_value(turn, month_summary_key);
  const bool is_time = turn.at >= time_of(turn, now);
  turn.out.wakes.push_back({month_summary_key, time_of(turn, is_time ? now + months{1} : now)});
  if (told.empty()) {  // switched on just now: what is over was nobody's to tell
    turn.out.cursors[month_summary_key] = written(is_time ? over : over - months{1});
    return;
  }
  if (!is_time || told >= written(over)) return;
  turn.out.cursors[month_summary_key] = written(over);
  const auto& zone = turn.settings.timezone;
  const auto& incidents = turn.facts.incidents;
  const auto all = statistics::statistics(incidents, statistics::times_of, turn.facts.items, turn.at, zone);
  const auto month = statistics::month_of(written(over), incidents, statistics::times_of, zone);
  turn.effect(effect::Post{.channel = turn.settings.announce_channel,
                           .message = view::month_summary(turn.settings, month, all),
                           .purpose = "month_summary",
                           .join = true});
}

}  // namespace vakt
