// Messages and what is done to them.
#include <algorithm>
#include <set>

#include "workspace.hpp"

namespace workspace {

namespace {

bool pings_in(const std::string& text) {
  return text.find("<!channel") != std::string::npos || text.find("<!here") != std::string::npos ||
         text.find("<!everyone") != std::string::npos;
}

// A plain_text object never pings.
bool pings(const json& value) {
  if (value.is_string()) return pings_in(value.get_ref<const std::string&>());
  if (value.is_object() && value.value("type", json()) == "plain_text") return false;
  if (value.is_object() && value.value("type", json()) == "broadcast") return true;
  if (value.is_structured()) return std::ranges::any_of(value, pings);
  return false;
}

bool pings_all(const json& body) {
  for (const char* part : {"text", "blocks", "attachments"})
    if (body.contains(part) && pings(body[part])) return true;
  return false;
}

std::string author(const json& body) { return body.value("user", std::string()); }

json pin_item(const Channel& channel, const Pin& pin, json message) {
  return {{"type", "message"},
          {"created", pin.created},
          {"created_by", pin.user},
          {"channel", channel.id},
          {"message", std::move(message)}};
}

}  // namespace

json bot_body() {
  return {{"user", bot_user},
          {"bot_id", bot_id},
          {"app_id", app_id},
          {"bot_profile",
           {{"id", bot_id},
            {"app_id", app_id},
            {"name", "vakt"},
            {"team_id", team_id},
            {"deleted", false},
            {"updated", 1}}}};
}

Message& Workspace::need_message(Channel& channel, std::string_view ts) {
  if (auto* found = channel.find(ts)) return *found;
  throw Refused{"message_not_found"};
}

Message& Workspace::post(Channel& channel, json body, const json& metadata) {
  if (channel.is_archived) throw Refused{"is_archived"};
  Message message;
  message.ts = next_ts();
  if (std::string root = body.value("thread_ts", std::string()); !root.empty()) {
    if (auto* parent = channel.find(root)) {
      root = parent->body.value("thread_ts", root);
      if (auto* first = channel.find(root)) {
        first->body["thread_ts"] = root;
        if (first->body.contains("user")) body["parent_user_id"] = first->body["user"];
      }
    }
    body["thread_ts"] = root;
  } else {
    body.erase("thread_ts");
  }
  body["type"] = "message";
  body["ts"] = message.ts;
  body["team"] = team_id;
  message.pinged = body.value("app_id", std::string()) == app_id && pings_all(body);
  message.body = std::move(body);
  message.metadata = metadata.is_object() && !metadata.empty() ? metadata : json();
  channel.messages.push_back(std::move(message));
  Message& posted = channel.messages.back();
  json sent = posted.body;
  sent["channel"] = channel.id;
  sent["channel_type"] = channel.type();
  event(channel, std::move(sent));
  return posted;
}

Message& Workspace::post_ephemeral(Channel& channel, json body, const std::string& user_id) {
  Message message;
  message.ts = next_ts();
  body["type"] = "message";
  body["ts"] = message.ts;
  message.body = std::move(body);
  message.only_for = user_id;
  channel.messages.push_back(std::move(message));
  touch();
  return channel.messages.back();
}

void Workspace::edit(Channel& channel, Message& message, const json& changes, const std::string& by) {
  json before = render(channel, message, false);
  for (const auto& [key, value] : changes.items()) {
    if (value.is_array() && value.empty())
      message.body.erase(key);
    else
      message.body[key] = value;
  }
  std::string ts = next_ts();
  message.body["edited"] = {{"user", by}, {"ts", ts}};
  message.pinged = message.pinged || (message.body.value("app_id", std::string()) == app_id && pings_all(message.body));
  if (!message.only_for.empty()) return touch();
  event(channel, {{"type", "message"},
                  {"subtype", "message_changed"},
                  {"hidden", true},
                  {"message", render(channel, message, false)},
                  {"previous_message", std::move(before)},
                  {"channel", channel.id},
                  {"channel_type", channel.type()},
                  {"ts", ts}});
}

void Workspace::remove(Channel& channel, std::string ts) {
  Message& message = need_message(channel, ts);
  json before = render(channel, message, false);
  bool ephemeral = !message.only_for.empty();
  std::erase_if(channel.pins, [&](const Pin& pin) { return pin.ts == ts; });
  if (before.contains("reply_count")) {
    // A parent with replies leaves a tombstone behind, and the app is told of a change.
    message.body = {{"type", "message"},   {"subtype", "tombstone"}, {"text", "This message was deleted."},
                    {"user", "USLACKBOT"}, {"hidden", true},         {"ts", ts},
                    {"thread_ts", ts}};
    message.metadata = nullptr;
    return event(channel, {{"type", "message"},
                           {"subtype", "message_changed"},
                           {"hidden", true},
                           {"message", render(channel, message, false)},
                           {"previous_message", std::move(before)},
                           {"channel", channel.id},
                           {"channel_type", channel.type()},
                           {"ts", next_ts()}});
  }
  std::erase_if(channel.messages, [&](const Message& one) { return one.ts == ts; });
  if (ephemeral) return touch();
  event(channel, {{"type", "message"},
                  {"subtype", "message_deleted"},
                  {"hidden", true},
                  {"deleted_ts", ts},
                  {"previous_message", std::move(before)},
                  {"channel", channel.id},
                  {"channel_type", channel.type()},
                  {"ts", next_ts()}});
}

void Workspace::react(Channel& channel, Message& message, const std::string& name, const std::string& user_id) {
  if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-+':") != std::string::npos)
    throw Refused{"invalid_name"};
  json& all = message.body["reactions"];
  auto found = std::ranges::find_if(all, [&](const json& one) { return one["name"] == name; });
  if (found == all.end()) {
    all.push_back({{"name", name}, {"users", json::array()}, {"count", 0}});
    found = std::prev(all.end());
  }
  json& users_of = (*found)["users"];
  if (std::ranges::find(users_of, json(user_id)) != users_of.end()) throw Refused{"already_reacted"};
  users_of.push_back(user_id);
  (*found)["count"] = users_of.size();
  event(channel, {{"type", "reaction_added"},
                  {"user", user_id},
                  {"reaction", name},
                  {"item_user", author(message.body)},
                  {"item", {{"type", "message"}, {"channel", channel.id}, {"ts", message.ts}}}});
}

void Workspace::unreact(Channel& channel, Message& message, const std::string& name, const std::string& user_id) {
  json all = message.body.value("reactions", json::array());
  json kept = json::array();
  bool removed = false;
  for (auto& one : all) {
    json users_of = json::array();
    for (auto& user_of : one["users"]) {
      if (one["name"] == name && user_of == user_id)
        removed = true;
      else
        users_of.push_back(user_of);
    }
    if (!users_of.empty()) kept.push_back({{"name", one["name"]}, {"users", users_of}, {"count", users_of.size()}});
  }
  if (!removed) throw Refused{"no_reaction"};
  if (kept.empty())
    message.body.erase("reactions");
  else
    message.body["reactions"] = kept;
  event(channel, {{"type", "reaction_removed"},
                  {"user", user_id},
                  {"reaction", name},
                  {"item_user", author(message.body)},
                  {"item", {{"type", "message"}, {"channel", channel.id}, {"ts", message.ts}}}});
}

void Workspace::pin(Channel& channel, Message& message, const std::string& user_id) {
  if (std::ranges::find(channel.pins, message.ts, &Pin::ts) != channel.pins.end()) throw Refused{"already_pinned"};
  if (!message.only_for.empty()) throw Refused{"message_not_found"};
  Pin pin{message.ts, user_id, seconds_now()};
  channel.pins.push_back(pin);
  message.body["pinned_to"] = {channel.id};
  event(channel, {{"type", "pin_added"},
                  {"user", user_id},
                  {"channel_id", channel.id},
                  {"item", pin_item(channel, pin, render(channel, message, false))},
                  {"item_user", author(message.body)},
                  {"pin_count", channel.pins.size()},
                  {"pinned_info", {{"channel", channel.id}, {"pinned_by", user_id}, {"pinned_ts", pin.created}}}});
}

void Workspace::unpin(Channel& channel, const std::string& ts, const std::string& user_id) {
  auto found = std::ranges::find(channel.pins, ts, &Pin::ts);
  if (found == channel.pins.end()) throw Refused{channel.find(ts) ? "no_pin" : "message_not_found"};
  Pin pin = *found;
  channel.pins.erase(found);
  Message* message = channel.find(ts);
  if (message) message->body.erase("pinned_to");
  event(channel, {{"type", "pin_removed"},
                  {"user", user_id},
                  {"channel_id", channel.id},
                  {"item", pin_item(channel, pin, message ? render(channel, *message, false) : json::object())},
                  {"item_user", message ? author(message->body) : ""},
                  {"pin_count", channel.pins.size()},
                  {"pinned_info", {{"channel", channel.id}, {"pinned_by", pin.user}, {"pinned_ts", pin.created}}},
                  {"has_pins", !channel.pins.empty()}});
}

Message& Workspace::share(Channel& channel, const std::vector<File*>& shared, json body) {
  body["subtype"] = "file_share";
  body["upload"] = false;
  for (auto* file : shared) {
    file->shared = true;
    body["files"].push_back(file_json(*file));
  }
  Message& posted = post(channel, std::move(body));
  const char* kind = channel.is_private || channel.is_im ? "private" : "public";
  for (auto* file : shared)
    file->shares[kind][channel.id].push_back({{"ts", posted.ts}, {"channel_name", channel.name}, {"team_id", team_id}});
  return posted;
}

json Workspace::file_json(const File& file) const {
  auto dot = file.name.rfind('.');
  return {{"id", file.id},
          {"created", seconds_now()},
          {"timestamp", seconds_now()},
          {"name", file.name},
          {"title", file.title.empty() ? file.name : file.title},
          {"mimetype", "application/octet-stream"},
          {"filetype", dot == std::string::npos ? "binary" : file.name.substr(dot + 1)},
          {"user", file.user},
          {"size", file.size},
          {"mode", "hosted"},
          {"is_external", false},
          {"is_public", true},
          {"url_private", base_url + "/files/" + file.id},
          {"url_private_download", base_url + "/files/" + file.id},
          {"permalink", base_url + "/files/" + file.id}};
}

json Workspace::render(Channel& channel, const Message& message, bool metadata) {
  json shown = message.body;
  if (metadata && !message.metadata.is_null()) shown["metadata"] = message.metadata;
  if (message.body.value("thread_ts", std::string()) != message.ts) return shown;
  std::set<std::string> people;
  std::string latest;
  long count = 0;
  for (const auto& reply : channel.messages) {
    if (reply.ts == message.ts || !reply.only_for.empty() || reply.body.value("thread_ts", std::string()) != message.ts)
      continue;
    ++count;
    latest = reply.ts;
    people.insert(reply.body.value("user", reply.body.value("bot_id", std::string())));
  }
  if (count == 0) {
    shown.erase("thread_ts");
    return shown;
  }
  shown["reply_count"] = count;
  shown["reply_users"] = people;
  shown["reply_users_count"] = people.size();
  shown["latest_reply"] = latest;
  shown["is_locked"] = false;
  shown["subscribed"] = true;
  return shown;
}

}  // namespace workspace
