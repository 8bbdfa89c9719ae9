// Teams, dates and items for the tests of the digest and its reminders.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bot/actions/reminders.hpp"
#include "bot/time/zones.hpp"

namespace vakt::action {

inline Instant utc(const std::string& text) { return from_iso_utc(text).value(); }

inline Date date(int year, unsigned month, unsigned day) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

inline Team oslo_team() {
  Team team;
  team.name = "platform";
  team.channel = "C1";
  team.lead = "ULEAD";
  team.timezone = "Europe/Oslo";
  return team;
}

// A team's items with what belongs to them; `at` is a wall time of the team's.
struct Desk {
  explicit Desk(Team of = oslo_team(), Holidays holidays = Holidays::norway)
      : team{std::move(of)}, calendar{team, holidays} {}

  Instant wall(Date day, int hour = 9, int minute = 0) const {
    return from_wall({int(day.year()), static_cast<int>(unsigned(day.month())), static_cast<int>(unsigned(day.day())),
                      hour, minute, 0},
                     team.timezone);
  }
  Item& add(const UserId& owner, std::optional<Date> due, Date created = date(2026, 1, 5)) {
    auto& item = items.emplace_back();
    item.id = static_cast<ItemId>(items.size());
    item.title = "Item " + std::to_string(item.id);
    item.owner = owner;
    item.due = due;
    item.created_at = wall(created, 8);
    if (owner.empty()) item.unowned_since = item.created_at;
    return item;
  }
  Situation at(Instant now) const {
    return {.team = team,
            .calendar = calendar,
            .items = items,
            .leads = leads,
            .told = told,
            .last_digest = last_digest,
            .now = now};
  }
  // All reminders of that moment, kept as told.
  std::vector<Reminder> remind(Instant now) {
    auto all = reminders(at(now));
    for (const auto& one : all) told.insert(one.told.begin(), one.told.end());
    return all;
  }

  Team team;
  Calendar calendar;
  std::vector<Item> items;
  std::map<IncidentNumber, UserId> leads;
  std::set<Told> told;
  std::optional<Instant> last_digest;
};

}  // namespace vakt::action
