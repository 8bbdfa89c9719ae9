#pragma once
// What a person does that the app is asked about: commands, buttons, modals, shortcuts, the home.
#include "house.hpp"

namespace workspace {

void run_command(House&, const std::string& user, Channel&, const std::string& typed, const Reply&);
void press_in_message(House&, const std::string& user, const json& act, const Reply&);
void press_in_view(House&, const std::string& user, const json& act, const Reply&);
void submit_view(House&, const std::string& user, const json& act, const Reply&);
void close_view(House&, const std::string& user, const std::string& view_id);
void use_shortcut(House&, const std::string& user, const json& act, const Reply&);
void open_home(House&, const std::string& user);

// A message the app sent as the answer to a command or through a response_url.
void post_answer(House&, const Answer&, const json& answer);

inline json shortcuts() {
  return {{{"callback_id", "declare_incident"}, {"name", "Declare incident"}},
          {{"callback_id", "add_to_timeline"}, {"name", "Add to timeline"}},
          {{"callback_id", "make_action_item"}, {"name", "Make action item"}}};
}

}  // namespace workspace
