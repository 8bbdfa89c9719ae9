// Boards and lists as teams name them -> Trello's ids, and back to what a list means to a team. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "bot/actions/board.hpp"
#include "integrations/trello/trello_json.hpp"

namespace vakt::trello {

// The id where it is known without asking: found before, or given as an id; else "".
std::string known_id(const action::BoardRef&);
bool lists_known(const action::BoardRef&);

// By name, then by name whatever its case, then by short link or id; open ones before archived ones. Null: none.
const BoardBody* find_board(const std::vector<BoardBody>&, const std::string& name);
const ListBody* find_list(const std::vector<ListBody>&, const std::string& name);

// Sets the ids of its lists; answers those that the board does not have, for people.
std::vector<std::string> resolve_lists(action::BoardRef&, const std::vector<ListBody>&);

// Takes the place of what was known under the same names, or joins it.
void remember(std::vector<action::BoardRef>& known, const action::BoardRef& found);

// Of boards whose ids were found.
action::ListRole role_of(const std::vector<action::BoardRef>&, const std::string& list);
bool is_known(const std::vector<action::BoardRef>&, const std::string& board);

}  // namespace vakt::trello
