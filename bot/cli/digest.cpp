// vakt digest: the weekly digest as it would be sent at a moment, without sending it. Works while `vakt run` is
// running.
#include "bot/actions/digest.hpp"

#include <algorithm>
#include <iostream>

#include "bot/actions/folded.hpp"
#include "bot/cli/commands.hpp"
#include "bot/decide/digest_memory.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/digest_view.hpp"

namespace vakt::cli {

namespace {

using namespace std::chrono_literals;

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
  std::map<IncidentNumber, UserId> leads;
  std::map<std::string, std::string> kept;
  Names names;
  std::optional<Instant> cards_read;  // when that last went well
};

Known known(Reader& reader) {
  Known all{.items = reader.items(), .leads = {}, .kept = {}, .names = reader.names(), .cards_read = {}};
  for (const auto& incident : reader.incidents(false))
    if (const auto lead = incident.roles.find("lead"); lead != incident.roles.end())
      all.leads.emplace(incident.number, lead->second);
  for (const auto* prefix : digest_cursors) all.kept.merge(reader.cursors_with(prefix));
  all.cards_read = from_iso_utc(reader.cursor(cards_verified_cursor));
  return all;
}

std::optional<action::Verified> verified(const action::Settings& settings, const std::vector<action::Item>& items,
                                         const Known& all, Instant now) {
  if (!settings.trello) return std::nullopt;
  if (std::ranges::none_of(items, [](const action::Item& item) { return item.card.has_value(); })) return std::nullopt;
  return action::Verified{all.cards_read && now - *all.cards_read <= 1h, all.cards_read};
}

void print(const Config& config, const action::Team& team, const Known& all, Instant at) {
  const auto& settings = config.settings;
  const action::Calendar calendar{team, settings.actions.holidays};
  const auto today = calendar.date_of(at);
  const auto monday = action::plus_days(today, 1 - static_cast<int>(std::chrono::weekday{today}.iso_encoding()));
  auto memory = digest_memory(all.kept, team.name, monday);
  // What this week's digest has done already is shown again: the question is how it looks.
  if (memory.composed.lower_bound(monday) != memory.composed.end()) memory.written_to.clear();
  memory.composed.erase(memory.composed.lower_bound(monday), memory.composed.end());

  std::vector<action::Item> items, elsewhere;
  for (const auto& item : all.items)
    (&action::team_named(settings.actions, item.team) == &team ? items : elsewhere).push_back(item);
  const action::Situation situation{
      .team = team,
      .calendar = calendar,
      .items = items,
      .leads = all.leads,
      .told = memory.told,
      .elsewhere = elsewhere,
      .written_to = memory.written_to,
      .last_digest = memory.composed.empty() ? std::nullopt : std::optional{memory.composed.rbegin()->second},
      .now = at};
  const auto digest = action::digest(situation, action::digest_preview(calendar, at),
                                     verified(settings.actions, items, all, std::min(at, now_of(config))));
  const auto channel = all.names.find(team.channel);
  const auto name = team.channel.empty()         ? settings.announce_channel
                    : channel == all.names.end() ? team.channel
                                                 : channel->second;
  std::cout << view::plain_digest({settings, all.names, calendar.zone()}, digest, name);
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
