#include "page.hpp"

#include <algorithm>

#include "control.hpp"
#include "interactions.hpp"

namespace workspace {

namespace {

std::string text_of(const json& act, const char* name) {
  auto found = act.find(name);
  return found != act.end() && found->is_string() ? found->get<std::string>() : "";
}

json page_message(House& house, Channel& channel, const Message& message) {
  json shown = house.space.render(channel, message, false);
  json out{{"ts", message.ts}};
  for (const char* key : {"user", "bot_id", "username", "subtype", "text", "blocks", "attachments", "thread_ts",
                          "reply_count", "edited", "reactions"})
    if (shown.contains(key)) out[key] = shown[key];
  if (shown.contains("files"))
    for (const auto& file : shown["files"])
      out["files"].push_back({{"id", file["id"]}, {"name", file["name"]}, {"permalink", file["permalink"]}});
  if (!message.only_for.empty()) out["ephemeral"] = true;
  return out;
}

json page_channel(House& house, Channel& channel, const std::string& user) {
  json messages = json::array(), pins = json::array(), bookmarks = json::array();
  for (const auto& message : channel.messages)
    if (message.only_for.empty() || message.only_for == user) messages.push_back(page_message(house, channel, message));
  for (const auto& pin : channel.pins) pins.push_back(pin.ts);
  for (const auto& one : channel.bookmarks) bookmarks.push_back({{"title", one["title"]}, {"link", one["link"]}});
  return {{"id", channel.id},
          {"name", channel.is_im ? "vakt" : channel.name},
          {"topic", channel.topic},
          {"is_member", channel.has(user)},
          {"is_archived", channel.is_archived},
          {"members", channel.members},
          {"bookmarks", bookmarks},
          {"pins", pins},
          {"messages", messages}};
}

Channel& channel_of(House& house, const json& act) { return house.space.need_channel(text_of(act, "channel")); }

Channel& own(House& house, const json& act, const std::string& user) {
  Channel& channel = channel_of(house, act);
  if (!channel.has(user)) throw Refused{"not_in_channel"};
  return channel;
}

Message& mine(House& house, Channel& channel, const json& act, const std::string& user) {
  Message& message = house.space.need_message(channel, text_of(act, "ts"));
  if (message.body.value("user", std::string()) != user) throw Refused{"not_your_message"};
  return message;
}

void say(House& house, const std::string& user, const json& act, const Reply& reply) {
  Channel& channel = own(house, act, user);
  std::string typed = text_of(act, "text"), thread = text_of(act, "thread_ts");
  std::string first = typed.substr(0, typed.find_first_of(" \n"));
  if (std::ranges::find(house.commands, first) != house.commands.end()) {
    if (!thread.empty()) return reply({{"ok", false}, {"error", first + " is not supported in threads"}});
    return run_command(house, user, channel, typed, reply);
  }
  if (typed.empty()) throw Refused{"no_text"};
  json body{{"user", user},
            {"text", from_typed(house.space, typed, false)},
            {"client_msg_id", "local-" + house.space.next_id('L')}};
  if (!thread.empty()) body["thread_ts"] = thread;
  reply({{"ok", true}, {"ts", house.space.post(channel, body).ts}});
}

void upload(House& house, const std::string& user, const json& act, const Reply& reply) {
  Channel& channel = own(house, act, user);
  File file;
  file.id = house.space.next_id('F');
  file.name = text_of(act, "name");
  file.user = user;
  file.content = act.contains("content_base64") ? from_base64(text_of(act, "content_base64")) : text_of(act, "content");
  file.size = file.content.size();
  file.uploaded = true;
  house.space.files.push_back(file);
  json body{{"user", user}, {"text", from_typed(house.space, text_of(act, "text"), false)}};
  if (auto thread = text_of(act, "thread_ts"); !thread.empty()) body["thread_ts"] = thread;
  reply({{"ok", true}, {"ts", house.space.share(channel, {&house.space.files.back()}, body).ts}, {"file", file.id}});
}

void post_as_bot(House& house, const json& act, const Reply& reply) {
  std::string name = text_of(act, "bot");
  std::string id = "B0";
  for (char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      id += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  json body{{"subtype", "bot_message"}, {"bot_id", id}, {"username", name}, {"text", text_of(act, "text")}};
  for (const char* part : {"attachments", "blocks", "thread_ts"})
    if (act.contains(part) && !act[part].is_null()) body[part] = act[part];
  reply({{"ok", true}, {"ts", house.space.post(channel_of(house, act), body).ts}});
}

// Acts that are done at once; returns false if there is no such act.
bool simple(House& house, const std::string& user, const std::string& act, const json& all) {
  auto& space = house.space;
  if (act == "edit") {
    Channel& channel = channel_of(house, all);
    space.edit(channel, mine(house, channel, all, user), {{"text", from_typed(space, text_of(all, "text"), false)}},
               user);
  } else if (act == "delete") {
    Channel& channel = channel_of(house, all);
    space.remove(channel, mine(house, channel, all, user).ts);
  } else if (act == "react" || act == "unreact") {
    Channel& channel = own(house, all, user);
    Message& message = space.need_message(channel, text_of(all, "ts"));
    if (act == "react")
      space.react(channel, message, text_of(all, "name"), user);
    else
      space.unreact(channel, message, text_of(all, "name"), user);
  } else if (act == "pin") {
    Channel& channel = own(house, all, user);
    space.pin(channel, space.need_message(channel, text_of(all, "ts")), user);
  } else if (act == "unpin") {
    space.unpin(own(house, all, user), text_of(all, "ts"), user);
  } else if (act == "join") {
    space.join(channel_of(house, all), user);
  } else if (act == "leave") {
    space.leave(channel_of(house, all), user);
  } else if (act == "rename" || act == "topic") {
    Channel& channel = own(house, all, user);
    if (act == "rename")
      space.rename(channel, text_of(all, "name"), user);
    else
      space.set_topic(channel, text_of(all, "text"), user);
  } else if (act == "archive" || act == "unarchive") {
    space.archive(own(house, all, user), user, act == "archive");
  } else if (act == "invite") {
    space.join(own(house, all, user), text_of(all, "who"), user);
  } else if (act == "close") {
    close_view(house, user, text_of(all, "view_id"));
  } else if (act == "home") {
    open_home(house, user);
  } else if (act == "dismiss") {
    for (auto& channel : space.channels)
      std::erase_if(channel.messages,
                    [&](const Message& one) { return one.ts == text_of(all, "ts") && one.only_for == user; });
    space.touch();
  } else {
    return false;
  }
  return true;
}

std::string sentence(const std::string& code) {
  std::string out = code;
  std::ranges::replace(out, '_', ' ');
  return out;
}

}  // namespace

json page_state(House& house, const std::string& user) {
  auto& space = house.space;
  json users = json::array(), channels = json::array(), views = json::array();
  for (const auto& one : space.users)
    users.push_back({{"id", one.id}, {"name", one.name}, {"real_name", one.real_name}, {"is_bot", one.is_bot}});
  for (auto& channel : space.channels)
    if (channel.has(user) || (!channel.is_private && !channel.is_im))
      channels.push_back(page_channel(house, channel, user));
  for (const auto& open : house.views.stacks[user])
    views.push_back({{"id", open.view["id"]}, {"view", open.view}, {"errors", open.errors}});
  auto home = house.views.homes.find(user);
  return {{"version", space.version()},
          {"me", user},
          {"team", {{"id", team_id}, {"name", team_name}}},
          {"users", users},
          {"channels", channels},
          {"views", views},
          {"home", home == house.views.homes.end() ? json() : home->second.view},
          {"toasts", house.toasts[user]},
          {"commands", house.commands},
          {"shortcuts", shortcuts()}};
}

void page_do(House& house, const json& act, const Reply& reply) {
  try {
    if (!act.is_object()) throw Refused{"not_an_object"};
    std::string user = text_of(act, "user"), what = text_of(act, "act");
    if (what == "post_as_bot") return post_as_bot(house, act, reply);
    if (!house.space.user(user)) throw Refused{"user_not_found"};
    if (what == "say") return say(house, user, act, reply);
    if (what == "upload") return upload(house, user, act, reply);
    if (what == "submit") return submit_view(house, user, act, reply);
    if (what == "shortcut") return use_shortcut(house, user, act, reply);
    if (what == "press")
      return act.contains("view_id") ? press_in_view(house, user, act, reply)
                                     : press_in_message(house, user, act, reply);
    if (what == "create_channel")
      return reply({{"ok", true},
                    {"channel", house.space.create(text_of(act, "name"), user, act.value("is_private", false)).id}});
    if (!simple(house, user, what, act)) throw Refused{"no_such_act"};
    reply({{"ok", true}});
  } catch (const Refused& refused) {
    reply({{"ok", false}, {"error", sentence(refused.code)}});
  } catch (const json::exception& wrong) {
    reply({{"ok", false}, {"error", wrong.what()}});
  }
}

}  // namespace workspace
