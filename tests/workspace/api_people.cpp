// auth, team, users, usergroups, and the opening of a socket
#include "api.hpp"

namespace workspace {

namespace {

json api_test(House&, const Args& args) { return {{"args", args.all()}}; }

json auth_test(House& house, const Args&) {
  return {{"url", house.space.base_url + "/"},
          {"team", team_name},
          {"user", "vakt"},
          {"team_id", team_id},
          {"user_id", bot_user},
          {"bot_id", bot_id},
          {"is_enterprise_install", false}};
}

json connections_open(House& house, const Args&) {
  std::string ticket = "t" + std::to_string(millis_now()) + "-" + house.space.next_id('T');
  house.tickets.insert(ticket);
  std::string base = house.space.base_url;
  return {{"url", "ws" + base.substr(4) + "/socket/?ticket=" + ticket + "&app_id=" + std::string(app_id)}};
}

json team_info(House&, const Args&) {
  return {{"team", {{"id", team_id}, {"name", team_name}, {"domain", team_domain}}}};
}

json user_json(const User& user) {
  json out{{"id", user.id},
           {"team_id", team_id},
           {"name", user.name},
           {"deleted", false},
           {"real_name", user.real_name},
           {"tz", "Europe/Oslo"},
           {"tz_label", "Central European Time"},
           {"tz_offset", 3600},
           {"profile",
            {{"real_name", user.real_name},
             {"display_name", user.real_name.substr(0, user.real_name.find(' '))},
             {"team", team_id}}},
           {"is_bot", user.is_bot},
           {"is_app_user", false},
           {"is_admin", false},
           {"is_restricted", false},
           {"updated", 1}};
  if (user.is_bot)
    out["profile"].update({{"bot_id", bot_id}, {"api_app_id", app_id}});
  else
    out["profile"]["email"] = user.name + "@local.example";
  return out;
}

json users_info(House& house, const Args& args) {
  const User* user = house.space.user(args.need("user"));
  if (!user) throw Refused{"user_not_found"};
  return {{"user", user_json(*user)}};
}

json users_list(House& house, const Args& args) {
  json all = json::array();
  for (const auto& user : house.space.users) all.push_back(user_json(user));
  json out = page_of(all, args, "members", 1000, 1000);
  out["cache_ts"] = seconds_now();
  return out;
}

json groups_list(House& house, const Args& args) {
  json all = json::array();
  for (const auto& group : house.space.groups) {
    json one{{"id", group.id},
             {"team_id", team_id},
             {"is_usergroup", true},
             {"name", group.name},
             {"handle", group.handle},
             {"description", ""},
             {"user_count", group.users.size()},
             {"date_delete", 0}};
    if (args.flag("include_users")) one["users"] = group.users;
    all.push_back(one);
  }
  return {{"usergroups", all}};
}

json group_users(House& house, const Args& args) {
  std::string id = args.need("usergroup");
  for (const auto& group : house.space.groups)
    if (group.id == id) return {{"users", group.users}};
  throw Refused{"no_such_subteam"};
}

}  // namespace

void add_people(Methods& all) {
  all["api.test"] = api_test;
  all["auth.test"] = auth_test;
  all["apps.connections.open"] = connections_open;
  all["team.info"] = team_info;
  all["users.info"] = users_info;
  all["users.list"] = users_list;
  all["usergroups.list"] = groups_list;
  all["usergroups.users.list"] = group_users;
}

}  // namespace workspace
