// [trello], [deadlines], [[team]] and [bot] holidays: whose action items go where, and when people hear of them.
#include <algorithm>
#include <array>
#include <charconv>

#include "bot/actions/folded.hpp"
#include "bot/config/take.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

using action::ListRole;
using action::Team;

// [trello] describes the team that there is without any [[team]], and what each [[team]] starts with.
Team& trello(Config& config) { return config.settings.actions.teams.front(); }
Team& team(Config& config) { return config.settings.actions.teams.back(); }

using Which = Team& (*)(Config&);

std::string text_of(const toml::node& node) { return node.is_string() ? *node.value<std::string>() : std::string{}; }

// A text for the team's part that `into` names.
template <class Into>
Take text(Which which, const Into& into) {
  return [=](const toml::node& node, Config& config) -> std::string {
    if (!node.is_string()) return "must be a text in quotes";
    into(which(config)) = text_of(node);
    return {};
  };
}

// Lists in that role, in the place of those that the team started with.
Take lists(Which which, ListRole role) {
  return [=](const toml::node& node, Config& config) -> std::string {
    auto& to = which(config);
    std::erase_if(to.board.lists, [&](const auto& list) { return list.role == role; });
    const auto add = [&](const toml::node& name) -> std::string {
      if (text_of(name).empty()) return "must be the name or the id of a list, in quotes";
      to.board.lists.push_back({text_of(name), role, {}});
      return {};
    };
    if (role == ListRole::todo) return add(node);
    const auto* names = node.as_array();
    if (!names) return "must be a list of texts, as [\"Done\"]";
    for (const auto& name : *names)
      if (auto wrong = add(name); !wrong.empty()) return wrong;
    return {};
  };
}

bool is_user(std::string_view text) {
  return text.size() >= 3 && (text[0] == 'U' || text[0] == 'W') &&
         std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

std::string take_members(const toml::node& node, Config& config) {
  const auto* table = node.as_table();
  if (!table) return "must be a section, as [trello.members]";
  auto& members = config.settings.actions.members;
  for (const auto& [key, value] : *table) {
    const std::string user{key.str()};
    auto name = action::folded(text_of(value));
    if (name.starts_with('@')) name.erase(0, 1);
    if (!is_user(user)) return "has “" + user + "”, which is no user id of Slack (U0123ABCD)";
    if (name.empty()) return "needs a username of Trello, in quotes, for " + user;
    if (const auto other = action::user_of(config.settings.actions, name); !other.empty())
      return "gives “" + name + "” to both " + other + " and " + user;
    members[user] = name;
  }
  return {};
}

std::string take_poll(const toml::node& node, Config& config) {
  const auto seconds = node.value<std::int64_t>();
  if (!node.is_integer() || !seconds || *seconds < 10 || *seconds > 3'600)
    return "must be a whole number from 10 to 3600";
  config.settings.actions.poll_every = std::chrono::seconds{*seconds};
  return {};
}

std::string take_holidays(const toml::node& node, Config& config) {
  const auto value = text_of(node);
  if (value != "none" && value != "NO") return "must be \"none\" or \"NO\"";
  config.settings.actions.holidays = value == "NO" ? action::Holidays::norway : action::Holidays::none;
  return {};
}

Take deadline(std::size_t priority) {
  return [=](const toml::node& node, Config& config) -> std::string {
    const auto days = days_in(text_of(node));
    if (!days) return "must be days or weeks, as \"15d\" or \"4w\"";
    config.settings.actions.deadlines.at(priority) = days;
    return {};
  };
}

std::optional<int> two_digits(std::string_view text, int highest) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.size() > 2 || value < 0 || value > highest)
    return std::nullopt;
  return value;
}

// "mon 09:00"; nothing for what is none.
std::optional<action::WeeklyTime> weekly(std::string_view typed) {
  static constexpr std::array<std::string_view, 7> days{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  const auto text = action::folded(typed);
  const auto space = text.find(' '), colon = text.find(':');
  if (space == std::string::npos || colon == std::string::npos || colon < space) return std::nullopt;
  const auto* const day = std::ranges::find(days, std::string_view{text}.substr(0, space));
  const auto hour = two_digits(std::string_view{text}.substr(space + 1, colon - space - 1), 23),
             minute = two_digits(std::string_view{text}.substr(colon + 1), 59);
  if (day == days.end() || !hour || !minute || text.size() - colon != 3) return std::nullopt;
  return action::WeeklyTime{std::chrono::weekday{static_cast<unsigned>(day - days.begin())}, *hour, *minute};
}

std::string take_digest(const toml::node& node, Config& config) {
  if (node.is_string() && text_of(node).empty()) {
    team(config).digest.reset();
    return {};
  }
  const auto at = weekly(text_of(node));
  if (!at) return "must be a day and a time, as \"mon 09:00\" (\"\" for no digest)";
  team(config).digest = at;
  return {};
}

std::string take_channel(const toml::node& node, Config& config) {
  if (text_of(node).empty()) return "must be the name or the id of a channel, in quotes";
  auto& channel = team(config).channel;
  channel = text_of(node);
  if (channel.starts_with('#')) channel.erase(0, 1);
  return {};
}

std::string take_lead(const toml::node& node, Config& config) {
  if (!is_user(text_of(node))) return "must be a user id of Slack, as \"U0123ABCD\"";
  team(config).lead = text_of(node);
  return {};
}

std::string take_team_zone(const toml::node& node, Config& config) {
  if (!zone_exists(text_of(node))) return "must be an IANA time zone, as \"Europe/Oslo\"";
  team(config).timezone = text_of(node);
  return {};
}

// As texts, or as TOML's own dates.
std::string take_closed_days(const toml::node& node, Config& config) {
  constexpr std::string_view form = "must be a list of days, as [\"2026-12-24\"]";
  const auto* list = node.as_array();
  if (!list) return std::string{form};
  auto& days = team(config).closed_days;
  days.clear();
  for (const auto& item : *list) {
    auto day = from_iso_date(text_of(item));
    if (const auto date = item.value<toml::date>(); item.is_date() && date)
      day = std::chrono::year{date->year} / std::chrono::month{date->month} / std::chrono::day{date->day};
    if (!day || !day->ok()) return std::string{form};
    days.push_back(*day);
  }
  return {};
}

std::string& board_name(Team& of) { return of.board.name; }
std::string& label(Team& of) { return of.label; }
std::string& name(Team& of) { return of.name; }

std::map<std::string, Take> keys() {
  return {
      {"bot.holidays", take_holidays},
      {"trello.board", text(trello, board_name)},
      {"trello.list_todo", lists(trello, ListRole::todo)},
      {"trello.lists_doing", lists(trello, ListRole::doing)},
      {"trello.lists_done", lists(trello, ListRole::done)},
      {"trello.label", text(trello, label)},
      {"trello.poll_seconds", take_poll},
      {"trello.members", take_members},
      {"deadlines.sev1", deadline(0)},
      {"deadlines.sev2", deadline(1)},
      {"deadlines.sev3", deadline(2)},
      {"deadlines.sev4", deadline(3)},
      {"team.name", text(team, name)},
      {"team.channel", take_channel},
      {"team.lead", take_lead},
      {"team.digest", take_digest},
      {"team.timezone", take_team_zone},
      {"team.closed_days", take_closed_days},
      {"team.board", text(team, board_name)},
      {"team.list_todo", lists(team, ListRole::todo)},
      {"team.lists_doing", lists(team, ListRole::doing)},
      {"team.lists_done", lists(team, ListRole::done)},
      {"team.label", text(team, label)},
  };
}

}  // namespace

std::optional<int> days_in(std::string_view text) {
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit{end, static_cast<std::size_t>(text.data() + text.size() - end)};
  if (error != std::errc{} || (unit != "d" && unit != "w") || count < 1 || count > 3'650) return std::nullopt;
  return unit == "w" ? count * 7 : count;
}

const std::map<std::string, Take>& action_keys() {
  static const std::map<std::string, Take> all = keys();
  return all;
}

std::string wrong_lists(const Config& config) {
  const auto& all = config.settings.actions.teams.back().board.lists;
  for (const auto& list : all)
    if (std::ranges::count(all, list.name, &action::ListRef::name) > 1)
      return "names the list “" + list.name + "” in two roles";
  return {};
}

std::string wrong_team(const Config& config) {
  const auto& teams = config.settings.actions.teams;
  const auto& last = teams.back().name;
  if (last.empty()) return "needs a name";
  const auto same = [&](const Team& one) { return action::folded(one.name) == action::folded(last); };
  if (std::ranges::count_if(teams, same) > 1) return "has the name “" + last + "”, which another one has";
  return wrong_lists(config);
}

Result<void> complete_actions(const Environment& env, Config& config) {
  if (const auto url = env("TRELLO_API_URL"); url && !url->empty()) config.trello_api_url = *url;
  if (!config.trello_api_url.ends_with('/')) config.trello_api_url += '/';
  if (!config.trello_api_url.starts_with("https://") && !is_loopback(config.trello_api_url))
    return std::unexpected(Error{"TRELLO_API_URL must start with https:// (http:// is for this machine only)."});
  auto key = secret("TRELLO_API_KEY", env), token = secret("TRELLO_API_TOKEN", env);
  if (!key) return std::unexpected(key.error());
  if (!token) return std::unexpected(token.error());
  config.trello_key = std::move(*key);
  config.trello_token = std::move(*token);
  config.settings.actions.trello = !config.trello_key.empty() && !config.trello_token.empty();
  return {};
}

}  // namespace vakt
