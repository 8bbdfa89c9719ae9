#include "views.hpp"

#include <algorithm>

#include "blocks.hpp"

namespace workspace {

void Views::reset() {
  stacks.clear();
  homes.clear();
  triggers_.clear();
}

std::string Views::new_trigger(const std::string& user, const std::string& from_view) {
  std::string id = std::to_string(millis_now()) + "." + std::to_string(++made_) + ".local";
  triggers_[id] = {user, from_view, millis_now() + 3000, false};
  return id;
}

std::string Views::spend(const std::string& trigger, std::string* from_view) {
  auto found = triggers_.find(trigger);
  if (found == triggers_.end()) throw Refused{"invalid_trigger_id"};
  if (found->second.used) throw Refused{"exchanged_trigger_id"};
  if (found->second.until < millis_now()) throw Refused{"expired_trigger_id"};
  found->second.used = true;
  if (from_view) *from_view = found->second.from_view;
  return found->second.user;
}

json Views::complete(json view, const std::string& id, const std::string& root) {
  static const char* const texts[] = {"private_metadata", "callback_id", "external_id"};
  for (const char* name : texts)
    if (!view.contains(name) || view[name].is_null()) view[name] = "";
  for (const char* name : {"clear_on_close", "notify_on_close"})
    if (!view.contains(name)) view[name] = false;
  for (const char* name : {"close", "submit", "title"})
    if (!view.contains(name)) view[name] = nullptr;
  view["id"] = id;
  view["root_view_id"] = root;
  view["previous_view_id"] = nullptr;
  view["team_id"] = view["app_installed_team_id"] = team_id;
  view["app_id"] = app_id;
  view["bot_id"] = bot_id;
  view["state"] = {{"values", json::object()}};
  view["hash"] = std::to_string(seconds_now()) + "." + std::to_string(++made_);
  return view;
}

void Views::check_external(const json& view) {
  std::string external = view.value("external_id", std::string());
  if (external.empty()) return;
  for (const auto& [user, stack] : stacks)
    for (const auto& open : stack)
      if (open.view["external_id"] == external) throw Refused{"duplicate_external_id"};
}

json Views::open(const std::string& trigger, json view) {
  check_view(view);
  if (view["type"] != "modal") throw Refused{"invalid_arguments"};
  check_external(view);
  std::string user = spend(trigger);
  std::string id = space_.next_id('V');
  stacks[user] = {{complete(std::move(view), id, id), user}};
  space_.touch();
  return stacks[user].back().view;
}

json Views::push(const std::string& trigger, json view) {
  check_view(view);
  check_external(view);
  std::string from;
  std::string user = spend(trigger, &from);
  if (!find(from)) throw Refused{"not_found"};
  return push_on(user, from, std::move(view));
}

json Views::push_on(const std::string& user, const std::string& view_id, json view) {
  check_view(view);
  auto& stack = stacks[user];
  if (stack.size() >= 3) throw Refused{"push_limit_reached"};
  std::string root = stack.empty() ? "" : stack.front().view["id"].get<std::string>();
  std::string id = space_.next_id('V');
  stack.push_back({complete(std::move(view), id, root.empty() ? id : root), user});
  stack.back().view["previous_view_id"] = view_id;
  space_.touch();
  return stack.back().view;
}

OpenView* Views::find(const std::string& view_id) {
  for (auto& [user, stack] : stacks)
    for (auto& open : stack)
      if (open.view["id"] == view_id) return &open;
  for (auto& [user, home] : homes)
    if (home.view["id"] == view_id) return &home;
  return nullptr;
}

json Views::update(const std::string& view_id, const std::string& external_id, const std::string& hash, json view) {
  check_view(view);
  OpenView* open = view_id.empty() ? nullptr : find(view_id);
  if (view_id.empty() && !external_id.empty())
    for (auto& [user, stack] : stacks)
      for (auto& one : stack)
        if (one.view["external_id"] == external_id) open = &one;
  if (!open) throw Refused{"not_found"};
  if (!hash.empty() && open->view["hash"] != hash) throw Refused{"hash_conflict"};
  json before = open->view;
  if (!view.contains("external_id")) view["external_id"] = before["external_id"];
  open->view = complete(std::move(view), before["id"], before["root_view_id"]);
  open->view["previous_view_id"] = before["previous_view_id"];
  open->errors = json::object();
  // What was typed survives where block and action keep their ids.
  json& values = open->view["state"]["values"];
  for (const auto& [block, actions] : before["state"]["values"].items())
    for (const auto& one : open->view["blocks"])
      if (one["block_id"] == block) values[block] = actions;
  space_.touch();
  return open->view;
}

json Views::publish(const std::string& user, const std::string& hash, json view) {
  check_view(view);
  if (view["type"] != "home") throw Refused{"invalid_arguments"};
  if (!space_.user(user)) throw Refused{"user_not_found"};
  auto found = homes.find(user);
  if (found != homes.end() && !hash.empty() && found->second.view["hash"] != hash) throw Refused{"hash_conflict"};
  std::string id = found == homes.end() ? space_.next_id('V') : found->second.view["id"].get<std::string>();
  homes[user] = {complete(std::move(view), id, id), user};
  space_.touch();
  return homes[user].view;
}

void Views::close(const std::string& user, const std::string& view_id) {
  std::erase_if(stacks[user], [&](const OpenView& open) { return open.view["id"] == view_id; });
  space_.touch();
}

}  // namespace workspace
