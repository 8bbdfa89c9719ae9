#include "bot/actions/action_item.hpp"

#include <algorithm>
#include <array>

namespace vakt::action {

namespace {

constexpr std::array<std::string_view, 8> state_names{
    "open", "in_progress", "done", "wont_do", "archived_undone", "deleted", "lost_access", "broken_link"};
constexpr std::array<std::string_view, 5> kind_names{"", "prevent", "mitigate", "detect", "process"};
constexpr std::array<std::string_view, 5> priority_names{"", "sev1", "sev2", "sev3", "sev4"};

}  // namespace

bool is_closed(State state) { return state == State::done || state == State::wont_do; }

bool needs_decision(State state) {
  return state == State::archived_undone || state == State::deleted || state == State::lost_access ||
         state == State::broken_link;
}

bool is_out_of_reach(State state) {
  return state == State::deleted || state == State::lost_access || state == State::broken_link;
}

std::string_view name(State state) { return state_names[static_cast<std::size_t>(state)]; }
std::string_view name(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view priority_name(Severity priority) { return priority_names[static_cast<std::size_t>(priority)]; }

std::optional<State> state_from(std::string_view text) {
  const auto* const found = std::ranges::find(state_names, text);
  if (found == state_names.end()) return std::nullopt;
  return static_cast<State>(found - state_names.begin());
}

std::optional<Kind> kind_from(std::string_view text) {
  const auto* const found = std::ranges::find(kind_names, text);
  if (found == kind_names.end()) return std::nullopt;
  return static_cast<Kind>(found - kind_names.begin());
}

bool is_overdue(const Item& item, Date today) { return !is_closed(item.state) && item.due && *item.due < today; }

}  // namespace vakt::action
