// conversations.* and users.conversations
#include <algorithm>

#include "api.hpp"

namespace workspace {

json channel_json(const Channel& channel) {
  return {{"id", channel.id},
          {"name", channel.name},
          {"name_normalized", channel.name},
          {"is_channel", !channel.is_im && !channel.is_private},
          {"is_group", channel.is_private},
          {"is_im", channel.is_im},
          {"is_mpim", false},
          {"is_private", channel.is_private || channel.is_im},
          {"created", channel.created},
          {"is_archived", channel.is_archived},
          {"is_general", channel.name == "general"},
          {"unlinked", 0},
          {"is_shared", false},
          {"is_org_shared", false},
          {"is_ext_shared", false},
          {"is_pending_ext_shared", false},
          {"pending_shared", json::array()},
          {"context_team_id", team_id},
          {"creator", channel.creator},
          {"is_member", channel.has(bot_user)},
          {"topic",
           {{"value", channel.topic},
            {"creator", channel.topic_by},
            {"last_set", channel.topic.empty() ? 0 : channel.created}}},
          {"purpose",
           {{"value", channel.purpose},
            {"creator", channel.purpose_by},
            {"last_set", channel.purpose.empty() ? 0 : channel.created}}},
          {"previous_names", channel.previous_names},
          {"num_members", channel.members.size()}};
}

namespace {

const std::string bot(bot_user);

Channel& seen_channel(House& house, const Args& args) {
  Channel& channel = house.space.need_channel(args.need("channel"));
  if (channel.is_private && !channel.has(bot)) throw Refused{"channel_not_found"};
  return channel;
}

json create(House& house, const Args& args) {
  if (house.refuse_create) throw Refused{"restricted_action"};
  return {{"channel", channel_json(house.space.create(args.text("name"), bot, args.flag("is_private")))}};
}

json invite(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  if (channel.is_archived) throw Refused{"is_archived"};
  auto users = args.list("users");
  if (users.empty()) throw Refused{"no_user"};
  json errors = json::array();
  std::vector<std::string> good;
  for (const auto& user : users) {
    const char* error = user == bot               ? "cant_invite_self"
                        : !house.space.user(user) ? "user_not_found"
                        : channel.has(user)       ? "already_in_channel"
                                                  : nullptr;
    if (error)
      errors.push_back({{"user", user}, {"ok", false}, {"error", error}});
    else
      good.push_back(user);
  }
  // One bad name spoils all, unless forced.
  if (!errors.empty() && (good.empty() || !args.flag("force"))) throw Refused{errors[0]["error"], {{"errors", errors}}};
  for (const auto& user : good) house.space.join(channel, user, bot);
  json out{{"channel", channel_json(channel)}};
  if (!errors.empty()) out["errors"] = errors;
  return out;
}

json join(House& house, const Args& args) {
  Channel& channel = seen_channel(house, args);
  if (channel.is_private || channel.is_im) throw Refused{"method_not_supported_for_channel_type"};
  bool already = channel.has(bot);
  house.space.join(channel, bot);
  json out{{"channel", channel_json(channel)}};
  if (already) out["warning"] = "already_in_channel";
  return out;
}

json info(House& house, const Args& args) {
  json channel = channel_json(seen_channel(house, args));
  if (!args.flag("include_num_members")) channel.erase("num_members");
  return {{"channel", channel}};
}

bool wanted(const Channel& channel, const Args& args) {
  auto types = args.list("types");
  if (types.empty()) types = {"public_channel"};
  std::string type = channel.is_im ? "im" : channel.is_private ? "private_channel" : "public_channel";
  if (args.flag("exclude_archived") && channel.is_archived) return false;
  return std::ranges::find(types, type) != types.end() && (type == "public_channel" || channel.has(bot));
}

json list(House& house, const Args& args) {
  json all = json::array();
  for (const auto& channel : house.space.channels)
    if (wanted(channel, args)) all.push_back(channel_json(channel));
  return page_of(all, args, "channels", 100, 999);
}

json of_user(House& house, const Args& args) {
  std::string user = args.text("user", bot);
  if (!house.space.user(user)) throw Refused{"user_not_found"};
  json all = json::array();
  for (const auto& channel : house.space.channels)
    if (wanted(channel, args) && channel.has(user)) all.push_back(channel_json(channel));
  return page_of(all, args, "channels", 100, 999);
}

json members(House& house, const Args& args) {
  return page_of(seen_channel(house, args).members, args, "members", 100, 999);
}

bool in_range(const std::string& ts, const Args& args) {
  std::string oldest = args.text("oldest"), latest = args.text("latest");
  bool inclusive = args.flag("inclusive");
  double at = std::strtod(ts.c_str(), nullptr);
  // Exact for the same text; otherwise by number, as bounds come with fewer digits too.
  if (!oldest.empty() && ts != oldest && at < std::strtod(oldest.c_str(), nullptr)) return false;
  if (!latest.empty() && ts != latest && at > std::strtod(latest.c_str(), nullptr)) return false;
  return inclusive || (ts != oldest && ts != latest);
}

json history(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  // The cursor is a time, so that what is posted meanwhile does not shift the pages.
  std::string cursor = args.text("cursor"), prefix = "next_ts:";
  if (!cursor.empty() && !cursor.starts_with(prefix)) throw Refused{"invalid_cursor"};
  std::string before = cursor.empty() ? "" : cursor.substr(prefix.size());
  long limit = std::clamp(args.number("limit", 100), 1L, 999L);
  json out{{"messages", json::array()}, {"has_more", false}, {"pin_count", channel.pins.size()}};
  for (auto message = channel.messages.rbegin(); message != channel.messages.rend(); ++message) {
    std::string root = message->body.value("thread_ts", std::string());
    bool reply =
        !root.empty() && root != message->ts && message->body.value("subtype", std::string()) != "thread_broadcast";
    if (reply || !message->only_for.empty() || !in_range(message->ts, args)) continue;
    if (!before.empty() && message->ts > before) continue;
    if (out["messages"].size() == static_cast<std::size_t>(limit)) {
      out["has_more"] = true;
      out["response_metadata"] = {{"next_cursor", prefix + message->ts}};
      break;
    }
    out["messages"].push_back(house.space.render(channel, *message, args.flag("include_all_metadata")));
  }
  return out;
}

json replies(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  Message* parent = channel.find(args.need("ts"));
  if (!parent || !parent->only_for.empty()) throw Refused{"thread_not_found"};
  bool metadata = args.flag("include_all_metadata");
  json all = json::array();
  for (const auto& message : channel.messages)
    if (message.ts != parent->ts && message.only_for.empty() &&
        message.body.value("thread_ts", std::string()) == parent->ts && in_range(message.ts, args))
      all.push_back(house.space.render(channel, message, metadata));
  json out = page_of(all, args, "messages", 1000, 1000);
  // Every page begins with the parent.
  out["messages"].insert(out["messages"].begin(), house.space.render(channel, *parent, metadata));
  out["has_more"] = out["response_metadata"]["next_cursor"] != "";
  if (out["has_more"] == false) out.erase("response_metadata");
  return out;
}

json set_topic(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  std::string topic = args.text("topic");
  if (topic.size() > 250) throw Refused{"too_long"};
  house.space.set_topic(channel, topic, bot);
  return {{"channel", channel_json(channel)}, {"topic", topic}};
}

json set_purpose(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  std::string purpose = args.text("purpose");
  if (purpose.size() > 250) throw Refused{"too_long"};
  house.space.set_purpose(channel, purpose, bot);
  return {{"channel", channel_json(channel)}, {"purpose", purpose}};
}

json archive(House& house, const Args& args) {
  house.space.archive(own_channel(house, args), bot, true);
  return json::object();
}

json unarchive(House& house, const Args& args) {
  house.space.archive(own_channel(house, args), bot, false);
  return json::object();
}

json rename(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  house.space.rename(channel, args.text("name"), bot);
  return {{"channel", channel_json(channel)}};
}

json open(House& house, const Args& args) {
  if (args.has("channel")) return {{"channel", {{"id", house.space.need_channel(args.text("channel")).id}}}};
  auto users = args.list("users");
  if (users.size() != 1) throw Refused{users.empty() ? "users_list_not_supplied" : "not_enough_users"};
  return {{"channel", {{"id", house.space.direct(users[0]).id}}}};
}

}  // namespace

void add_conversations(Methods& all) {
  all["conversations.create"] = create;
  all["conversations.invite"] = invite;
  all["conversations.join"] = join;
  all["conversations.info"] = info;
  all["conversations.list"] = list;
  all["conversations.members"] = members;
  all["conversations.history"] = history;
  all["conversations.replies"] = replies;
  all["conversations.setTopic"] = set_topic;
  all["conversations.setPurpose"] = set_purpose;
  all["conversations.archive"] = archive;
  all["conversations.unarchive"] = unarchive;
  all["conversations.rename"] = rename;
  all["conversations.open"] = open;
  all["users.conversations"] = of_user;
}

}  // namespace workspace
