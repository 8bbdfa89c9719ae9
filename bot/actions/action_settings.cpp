#include "bot/actions/action_settings.hpp"

#include <algorithm>

#include "bot/actions/folded.hpp"

namespace vakt::action {

const Team& team_named(const Settings& settings, std::string_view name) {
  const auto wanted = folded(name);
  const auto found = std::ranges::find(settings.teams, wanted, [](const Team& team) { return folded(team.name); });
  return found == settings.teams.end() ? settings.teams.front() : *found;
}

std::string member_of(const Settings& settings, const UserId& user) {
  const auto found = settings.members.find(user);
  return found == settings.members.end() ? std::string{} : found->second;
}

UserId user_of(const Settings& settings, const std::string& member) {
  const auto found = std::ranges::find(settings.members, member, [](const auto& one) { return one.second; });
  return member.empty() || found == settings.members.end() ? UserId{} : found->first;
}

std::string todo_list(const Team& team) {
  const auto found = std::ranges::find(team.board.lists, ListRole::todo, &ListRef::role);
  if (found == team.board.lists.end()) return {};
  return found->id.empty() ? found->name : found->id;
}

}  // namespace vakt::action
