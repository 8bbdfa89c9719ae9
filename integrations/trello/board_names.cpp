#include "integrations/trello/board_names.hpp"

#include <algorithm>

#include "integrations/trello/trello_api.hpp"

namespace vakt::trello {
namespace {

bool same_whatever_case(const std::string& one, const std::string& other) {
  return std::ranges::equal(one, other,
                            [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

template <class T, class Fits>
const T* pick(const std::vector<T>& all, Fits fits) {
  const T* found = nullptr;
  for (const T& one : all)
    if (fits(one) && (!found || (found->closed && !one.closed))) found = &one;
  return found;
}

template <class T>
const T* by_name(const std::vector<T>& all, const std::string& name) {
  if (const T* exact = pick(all, [&](const T& one) { return one.name == name; })) return exact;
  return pick(all, [&](const T& one) { return same_whatever_case(one.name, name); });
}

}  // namespace

std::string known_id(const action::BoardRef& board) {
  return !board.id.empty() ? board.id : is_id(board.name) ? board.name : std::string();
}

bool lists_known(const action::BoardRef& board) {
  return std::ranges::none_of(board.lists, [](const action::ListRef& list) { return list.id.empty(); });
}

const BoardBody* find_board(const std::vector<BoardBody>& boards, const std::string& name) {
  if (const BoardBody* found = by_name(boards, name)) return found;
  return pick(boards, [&](const BoardBody& one) { return one.short_link == name || one.id == name; });
}

const ListBody* find_list(const std::vector<ListBody>& lists, const std::string& name) {
  if (const ListBody* found = by_name(lists, name)) return found;
  return pick(lists, [&](const ListBody& one) { return one.id == name; });
}

std::vector<std::string> resolve_lists(action::BoardRef& board, const std::vector<ListBody>& lists) {
  std::vector<std::string> missing;
  for (action::ListRef& list : board.lists) {
    const std::string& wanted = list.id.empty() ? list.name : list.id;
    if (const ListBody* found = find_list(lists, wanted))
      list.id = found->id;
    else
      missing.push_back("list \"" + list.name + "\" on board \"" + board.name + "\"");
  }
  return missing;
}

void remember(std::vector<action::BoardRef>& known, const action::BoardRef& found) {
  const auto same_list = [](const action::ListRef& one, const action::ListRef& other) {
    return one.name == other.name && one.role == other.role;
  };
  const auto place = std::ranges::find_if(known, [&](const action::BoardRef& one) {
    return one.name == found.name && std::ranges::equal(one.lists, found.lists, same_list);
  });
  if (place == known.end())
    known.push_back(found);
  else
    *place = found;
}

action::ListRole role_of(const std::vector<action::BoardRef>& boards, const std::string& list) {
  auto role = action::ListRole::other;
  for (const auto& board : boards)
    for (const auto& one : board.lists)
      if (one.id == list && role == action::ListRole::other) role = one.role;
  return role;
}

bool is_known(const std::vector<action::BoardRef>& boards, const std::string& board) {
  return std::ranges::any_of(boards, [&](const action::BoardRef& one) { return known_id(one) == board; });
}

}  // namespace vakt::trello
