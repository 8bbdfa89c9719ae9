// The [trello], [deadlines] and [[team]] parts of the configuration, and [bot] holidays. Immutable after start. Holds
// no secret: Trello's key and token are the wing's.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/actions/action_item.hpp"

namespace vakt::action {

enum class Holidays : std::uint8_t { none, norway };

// When a team's weekly digest is due: a wall time in its zone, never a number of seconds.
struct WeeklyTime {
  std::chrono::weekday day = std::chrono::Monday;
  int hour = 9, minute = 0;
  bool operator==(const WeeklyTime&) const = default;
};

struct Team {
  std::string name;                                 // empty: the only team, for all
  std::string channel;                              // id or name without '#'; empty: the announce channel
  UserId lead;                                      // empty: none
  std::optional<WeeklyTime> digest = WeeklyTime{};  // nothing: `digest = ""`, no digest
  std::string timezone = "UTC";                     // IANA
  std::vector<Date> closed_days;
  BoardRef board;            // no name: its items have no cards
  std::string label = "KM";  // letters before a card's number
  bool operator==(const Team&) const = default;
};

struct Settings {
  std::vector<Team> teams{Team{}};                // at least one; the first is where nothing says otherwise
  std::map<UserId, std::string> members;          // user id -> Trello username
  std::array<std::optional<int>, 4> deadlines{};  // days, by priority sev1..sev4
  Holidays holidays = Holidays::none;
  bool trello = false;                  // its key and token are set
  std::chrono::seconds poll_every{60};  // 10..3,600
};

// The team of that name (case does not matter), else the first.
const Team& team_named(const Settings&, std::string_view name);

// A person's username at Trello, and whose that is; empty where [trello.members] does not say.
std::string member_of(const Settings&, const UserId&);
UserId user_of(const Settings&, const std::string& member);

// The name or id of the list that the team's new cards go to; empty: not configured.
std::string todo_list(const Team&);

}  // namespace vakt::action
