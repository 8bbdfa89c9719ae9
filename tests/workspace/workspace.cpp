// People and channels.
#include "workspace.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace workspace {

long long micros_now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

long long millis_now() { return micros_now() / 1000; }

long seconds_now() { return static_cast<long>(millis_now() / 1000); }

bool Channel::has(std::string_view user) const { return std::ranges::find(members, user) != members.end(); }

Message* Channel::find(std::string_view ts) {
  auto found = std::ranges::find(messages, ts, &Message::ts);
  return found == messages.end() ? nullptr : &*found;
}

void Workspace::touch() {
  ++version_;
  on_change();
}

std::string Workspace::next_ts() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  long long micros = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  last_micros_ = std::max(micros, last_micros_ + 1);
  char text[40];
  std::snprintf(text, sizeof text, "%lld.%06lld", last_micros_ / 1000000, last_micros_ % 1000000);
  return text;
}

std::string Workspace::next_id(char kind) {
  char text[24];
  std::snprintf(text, sizeof text, "%c0%08lX", kind, 0xA0000000UL + static_cast<unsigned long>(++ids_));
  return text;
}

void Workspace::reset() {
  auto event_sink = std::exchange(on_event, [](const json&) {});
  users = {{"U0KARI", "kari", "Kari Nordmann", false},
           {"U0OLA", "ola", "Ola Hansen", false},
           {"U0AMINA", "amina", "Amina Yusuf", false},
           {std::string(bot_user), "vakt", "vakt", true}};
  groups = {{"S0ONCALL", "oncall", "On call", {"U0KARI", "U0OLA"}}};
  channels.clear();
  files.clear();
  ids_ = 0;
  for (const char* name : {"general", "incidents", "alerts"}) {
    Channel channel;
    channel.id = next_id('C');
    channel.name = name;
    channel.creator = "U0KARI";
    channel.created = seconds_now();
    channel.members = {"U0KARI", "U0OLA", "U0AMINA"};
    if (channel.name != "general") channel.members.emplace_back(bot_user);
    channels.push_back(std::move(channel));
  }
  post(need_channel("alerts"),
       {{"subtype", "bot_message"},
        {"bot_id", "B0GRAFANA"},
        {"username", "Grafana"},
        {"text", ""},
        {"attachments",
         {{{"id", 1},
           {"color", "d63232"},
           {"title", "[FIRING:1] CheckoutErrorRate"},
           {"title_link", "https://grafana.example/alerting/checkout"},
           {"text", "Checkout error rate is 7.2% (threshold 1%) on checkout-api, for 5 minutes."},
           {"fallback", "[FIRING:1] CheckoutErrorRate: checkout error rate is 7.2%"}}}}});
  on_event = std::move(event_sink);
  touch();
}

const User* Workspace::user(std::string_view id) const {
  auto found = std::ranges::find(users, id, &User::id);
  return found == users.end() ? nullptr : &*found;
}

Channel* Workspace::channel(std::string_view id_or_name) {
  if (id_or_name.starts_with('#')) id_or_name.remove_prefix(1);
  if (id_or_name.empty()) return nullptr;
  for (auto& channel : channels)
    if (channel.id == id_or_name || (!channel.is_im && channel.name == id_or_name)) return &channel;
  return nullptr;
}

Channel& Workspace::need_channel(std::string_view id_or_name) {
  if (auto* found = channel(id_or_name)) return *found;
  throw Refused{"channel_not_found"};
}

Channel& Workspace::direct(const std::string& user_id) {
  if (!user(user_id)) throw Refused{"user_not_found"};
  for (auto& channel : channels)
    if (channel.is_im && channel.has(user_id)) return channel;
  Channel made;
  made.id = next_id('D');
  made.name = user_id;
  made.is_im = true;
  made.created = seconds_now();
  made.members = {user_id, std::string(bot_user)};
  channels.push_back(std::move(made));
  touch();
  return channels.back();
}

void Workspace::check_name(const std::string& name) {
  if (name.empty()) throw Refused{"invalid_name_required"};
  if (name.size() > 80) throw Refused{"invalid_name_maxlength"};
  bool ok = true, any = false;
  for (char c : name) {
    ok = ok && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || (c & 0x80) != 0);
    any = any || (c != '-' && c != '_');
  }
  if (!ok) throw Refused{"invalid_name_specials"};
  if (!any) throw Refused{"invalid_name_punctuation"};
  if (channel(name)) throw Refused{"name_taken"};
}

Channel& Workspace::create(const std::string& name, const std::string& by, bool is_private) {
  check_name(name);
  Channel made;
  made.id = next_id('C');
  made.name = name;
  made.creator = by;
  made.created = seconds_now();
  made.is_private = is_private;
  channels.push_back(std::move(made));
  join(channels.back(), by);
  return channels.back();
}

void Workspace::rename(Channel& channel, const std::string& name, const std::string& by) {
  if (channel.is_archived) throw Refused{"is_archived"};
  if (channel.name == name) return;
  check_name(name);
  std::string old = std::exchange(channel.name, name);
  channel.previous_names.push_back(old);
  event(channel, {{"type", channel.is_private ? "group_rename" : "channel_rename"},
                  {"channel",
                   {{"id", channel.id},
                    {"name", name},
                    {"name_normalized", name},
                    {"created", channel.created},
                    {"is_channel", true},
                    {"is_mpim", false}}}});
  notice(channel, "channel_name", by, "<@" + by + "> has renamed the channel from \"" + old + "\" to \"" + name + "\"",
         {{"old_name", old}, {"name", name}});
}

void Workspace::join(Channel& channel, const std::string& user_id, const std::string& inviter) {
  if (!user(user_id)) throw Refused{"user_not_found"};
  if (channel.is_archived) throw Refused{"is_archived"};
  if (channel.has(user_id)) return;
  channel.members.push_back(user_id);
  json joined{{"type", "member_joined_channel"},
              {"user", user_id},
              {"channel", channel.id},
              {"channel_type", channel.is_private ? "G" : "C"},
              {"team", team_id}};
  json more = json::object();
  if (!inviter.empty()) joined["inviter"] = more["inviter"] = inviter;
  event(channel, joined);
  notice(channel, "channel_join", user_id, "<@" + user_id + "> has joined the channel", more);
}

void Workspace::leave(Channel& channel, const std::string& user_id) {
  if (!channel.has(user_id)) throw Refused{"not_in_channel"};
  std::erase(channel.members, user_id);
  event(channel, {{"type", "member_left_channel"},
                  {"user", user_id},
                  {"channel", channel.id},
                  {"channel_type", channel.is_private ? "G" : "C"},
                  {"team", team_id}});
  notice(channel, "channel_leave", user_id, "<@" + user_id + "> has left the channel");
}

void Workspace::set_topic(Channel& channel, const std::string& topic, const std::string& by) {
  if (channel.is_archived) throw Refused{"is_archived"};
  if (channel.topic == topic) return;
  channel.topic = topic;
  channel.topic_by = by;
  notice(channel, "channel_topic", by, "<@" + by + "> set the channel topic: " + topic, {{"topic", topic}});
}

void Workspace::set_purpose(Channel& channel, const std::string& purpose, const std::string& by) {
  if (channel.is_archived) throw Refused{"is_archived"};
  if (channel.purpose == purpose) return;
  channel.purpose = purpose;
  channel.purpose_by = by;
  notice(channel, "channel_purpose", by, "<@" + by + "> set the channel description: " + purpose,
         {{"purpose", purpose}});
}

void Workspace::archive(Channel& channel, const std::string& by, bool archived) {
  if (channel.is_archived == archived) throw Refused{archived ? "already_archived" : "not_archived"};
  if (channel.name == "general") throw Refused{"cant_archive_general"};
  const char* what = archived ? "channel_archive" : "channel_unarchive";
  event(channel, {{"type", channel.is_private ? (archived ? "group_archive" : "group_unarchive") : what},
                  {"channel", channel.id},
                  {"user", by}});
  notice(channel, what, by, archived ? "<@" + by + "> archived the channel" : "<@" + by + "> un-archived the channel");
  channel.is_archived = archived;
  touch();
}

// Events reach the app only from channels that its bot is a member of, and direct messages are not subscribed to.
void Workspace::event(const Channel& channel, json what) {
  if (!what.contains("event_ts")) what["event_ts"] = what.contains("ts") ? what["ts"] : json(next_ts());
  if (channel.has(bot_user) && !channel.is_im) on_event(what);
  touch();
}

void Workspace::notice(Channel& channel, const std::string& subtype, const std::string& user_id,
                       const std::string& text, const json& more) {
  json body = more;
  body["subtype"] = subtype;
  body["user"] = user_id;
  body["text"] = text;
  post(channel, std::move(body));
}

}  // namespace workspace
