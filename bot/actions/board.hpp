// Boards and lists of Trello as a team names them in the configuration, and as Trello knows them. Plain values.
#pragma once

#include <string>
#include <vector>

namespace vakt::action {

// What stands in a list, to a team: where its new cards go, and what counts as begun and as done.
enum class ListRole : std::uint8_t { other, todo, doing, done };

struct ListRef {
  std::string name;  // as configured: a name or an id
  ListRole role = ListRole::other;
  std::string id;  // 24 hex digits, once it was found; a list that is renamed later stays the one that is meant
  bool operator==(const ListRef&) const = default;
};

struct BoardRef {
  std::string name;  // as configured: a name, a short link or an id; empty: none
  std::string id;    // 24 hex digits, once it was found
  std::vector<ListRef> lists;
  bool operator==(const BoardRef&) const = default;
};

}  // namespace vakt::action
