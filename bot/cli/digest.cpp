// vakt digest: the weekly digest as it would be sent at a moment, without sending it. Works while `vakt run` is
// running.
#include "bot/actions/digest.hpp"

#include <algorithm>
#include <iostream>

#include "bot/actions/folded.hpp"
#include "bot/cli/commands.hpp"
#include "bot/decide/team_now.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/digest_view.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt::cli {

namespace {

constexpr int wrong_usage = 2;

// ISO 8601 in UTC, or "2026-11-23 09:00" in the zone.
std::optional<Instant> moment(const std::string& text, const std::string& zone) {
  if (const auto utc = from_iso_utc(text)) return utc;
  if (text.size() != 16 || (text[10] != ' ' && text[10] != 'T')) return std::nullopt;
  const auto wall = from_iso_utc(text.substr(0, 10) + "T" + text.substr(11) + ":00Z");
  if (!wall) return std::nullopt;
  const auto midnight = std::chrono::floor<std::chrono::days>(*wall);
  const std::chrono::year_month_day date{midnight};
  const std::chrono::hh_mm_ss time{*wall - midnight};
  return from_wall({.year = int(date.year()),
                    .month = static_cast<int>(unsigned(date.month())),
                    .day = static_cast<int>(unsigned(date.day())),
                    .hour = static_cast<int>(time.hours().count()),
                    .minute = static_cast<int>(time.minutes().count())},
                   zone);
}

// All that is read for every team.
struct Known {
  std::vector<action::Item> items;
  std::vector<Incident> incidents;
  std::map<std::string, std::string> kept;
  Names names;
};

Known known(Reader& reader) {
  Known all{.items = reader.items(), .incidents = reader.incidents(false), .kept = {}, .names = reader.names()};
  for (const auto* prefix : digest_cursors) all.kept.merge(reader.cursors_with(prefix));
  all.kept.merge(reader.cursors_with(cards_verified_cursor));
  return all;
}

void print(const Config& config, const action::Team& team, const Known& all, Instant at) {
  const auto& settings = config.settings;
  TeamNow now{settings.actions, team, all.items, all.incidents, all.kept, at};
  // What this week's digest has done already is shown again: the question is how it looks.
  auto& [composed, written_to, told] = now.memory;
  const auto this_week = composed.lower_bound(action::monday_of(now.calendar.date_of(at)));
  if (this_week != composed.end()) written_to.clear();
  composed.erase(this_week, composed.end());

  const auto digest = action::digest(now.situation(), action::digest_preview(now.calendar, at),
                                     now.verified(std::min(at, now_of(config))));
  const auto channel = all.names.find(team.channel);
  const auto name = team.channel.empty()         ? settings.announce_channel
                    : channel == all.names.end() ? team.channel
                                                 : channel->second;
  std::cout << view::plain_digest(
      {settings, all.names, now.calendar.zone(), view::outstanding_line(settings, now.postmortems, at)}, digest, name);
}

}  // namespace

int digest(const Config& config, const std::string& at, const std::string& name) {
  const auto& teams = config.settings.actions.teams;
  std::vector<const action::Team*> wanted;
  std::string names;
  for (const auto& team : teams) {
    if (name.empty() || action::folded(team.name) == action::folded(name)) wanted.push_back(&team);
    names += (names.empty() ? "" : ", ") + team.name;
  }
  if (wanted.empty())
    return failed("There is no team \"" + name + "\" in the configuration. " +
                  (names.empty() ? "It names none: leave --team out." : "It has " + names + "."));
  std::vector<Instant> moments;
  for (const auto* team : wanted) {
    const auto moment_there = at.empty() ? now_of(config) : moment(at, team->timezone);
    if (!moment_there) {
      failed("--at takes a time in UTC, 2026-11-23T08:00:00Z, or one in the team's zone, \"2026-11-23 09:00\".");
      return wrong_usage;
    }
    moments.push_back(*moment_there);
  }
  return reading(config, [&](Reader& reader) {
    const auto all = known(reader);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted.size() > 1) std::cout << (i == 0 ? "" : "\n") << "== " << wanted[i]->name << " ==\n";
      print(config, *wanted[i], all, moments[i]);
    }
    return 0;
  });
}

}  // namespace vakt::cli
