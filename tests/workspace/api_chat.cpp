// chat.*
#include "api.hpp"
#include "blocks.hpp"

namespace workspace {

namespace {

// Text, blocks and attachments, checked; what is not given stays away.
json content(const Args& args) {
  json body = json::object();
  if (args.has("text")) body["text"] = args.text("text");
  if (args.has("blocks")) {
    body["blocks"] = args.structure("blocks");
    if (body["blocks"].is_discarded()) throw Refused{"invalid_blocks_format"};
    check_message_blocks(body["blocks"]);
  }
  if (args.has("attachments")) {
    body["attachments"] = args.structure("attachments");
    if (!body["attachments"].is_array()) throw Refused{"invalid_attachments"};
    if (body["attachments"].size() > 100) throw Refused{"too_many_attachments"};
  }
  return body;
}

json metadata_of(const Args& args) {
  if (!args.has("metadata")) return nullptr;
  json metadata = args.structure("metadata");
  if (!metadata.is_object()) throw Refused{"invalid_metadata_format"};
  if (metadata.empty()) return metadata;
  if (!metadata.contains("event_type") || !metadata["event_type"].is_string() || !metadata.contains("event_payload") ||
      !metadata["event_payload"].is_object())
    throw Refused{"invalid_metadata_schema"};
  if (metadata.dump().size() > 16000) throw Refused{"metadata_too_large"};
  return metadata;
}

void need_content(const json& body) {
  bool some = !body.value("text", std::string()).empty();
  for (const char* part : {"blocks", "attachments"}) some = some || (body.contains(part) && !body[part].empty());
  if (!some) throw Refused{"no_text"};
}

json new_body(House& house, const Args& args) {
  json body = content(args);
  need_content(body);
  std::string text = body.value("text", std::string());
  // Slack cuts what is longer.
  if (text.size() > 40000) {
    std::size_t end = 40000;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
    text.resize(end);
  }
  if (args.flag("link_names")) text = from_typed(house.space, text, false);
  body["text"] = text;
  body.update(bot_body());
  if (args.has("username")) {
    body["username"] = args.text("username");
    body["subtype"] = "bot_message";
  }
  return body;
}

// A channel for a message: by id, by name, or a person.
Channel& target(House& house, const Args& args) {
  std::string to = args.need("channel");
  if (house.space.user(to)) return house.space.direct(to);
  Channel& channel = own_channel(house, args);
  if (channel.is_archived) throw Refused{"is_archived"};
  return channel;
}

json post_message(House& house, const Args& args) {
  Channel& channel = target(house, args);
  json body = new_body(house, args);
  json metadata = metadata_of(args);
  if (std::string root = args.text("thread_ts"); !root.empty()) {
    body["thread_ts"] = root;
    if (args.flag("reply_broadcast")) body["subtype"] = "thread_broadcast";
  }
  Message& posted = house.space.post(channel, std::move(body), metadata);
  return {{"channel", channel.id}, {"ts", posted.ts}, {"message", house.space.render(channel, posted, true)}};
}

Message& own_message(House& house, Channel& channel, const Args& args, const char* otherwise) {
  Message& message = house.space.need_message(channel, args.need("ts"));
  if (!message.only_for.empty()) throw Refused{"message_not_found"};
  if (message.body.value("app_id", std::string()) != app_id) throw Refused{otherwise};
  return message;
}

json update(House& house, const Args& args) {
  Channel& channel = house.space.need_channel(args.need("channel"));
  Message& message = own_message(house, channel, args, "cant_update_message");
  if (channel.is_archived) throw Refused{"is_archived"};
  json changes = content(args);
  if (changes.value("text", std::string()).size() > 4000) throw Refused{"msg_too_long"};
  if (changes.contains("text") && changes["text"] == "" && !changes.contains("blocks") &&
      !changes.contains("attachments"))
    throw Refused{"no_text"};
  if (changes.empty() && !args.has("metadata")) throw Refused{"no_text"};
  if (args.has("metadata")) {
    json metadata = metadata_of(args);
    message.metadata = metadata.empty() ? json() : metadata;
  }
  house.space.edit(channel, message, changes, std::string(bot_user));
  return {{"channel", channel.id},
          {"ts", message.ts},
          {"text", message.body.value("text", "")},
          {"message", house.space.render(channel, message, true)}};
}

json remove(House& house, const Args& args) {
  Channel& channel = house.space.need_channel(args.need("channel"));
  std::string ts = own_message(house, channel, args, "cant_delete_message").ts;
  house.space.remove(channel, ts);
  return {{"channel", channel.id}, {"ts", ts}};
}

json post_ephemeral(House& house, const Args& args) {
  Channel& channel = target(house, args);
  std::string user = args.need("user");
  if (!channel.has(user)) throw Refused{"user_not_in_channel"};
  json body = new_body(house, args);
  if (std::string root = args.text("thread_ts"); !root.empty()) body["thread_ts"] = root;
  return {{"message_ts", house.space.post_ephemeral(channel, body, user).ts}};
}

json permalink(House& house, const Args& args) {
  Channel& channel = house.space.need_channel(args.need("channel"));
  std::string ts = args.need("message_ts");
  Message& message = house.space.need_message(channel, ts);
  std::string digits = ts;
  std::erase(digits, '.');
  std::string link = house.space.base_url + "/archives/" + channel.id + "/p" + digits;
  std::string root = message.body.value("thread_ts", std::string());
  if (!root.empty() && root != ts) link += "?thread_ts=" + root + "&cid=" + channel.id;
  return {{"channel", channel.id}, {"permalink", link}};
}

}  // namespace

void add_chat(Methods& all) {
  all["chat.postMessage"] = post_message;
  all["chat.update"] = update;
  all["chat.delete"] = remove;
  all["chat.postEphemeral"] = post_ephemeral;
  all["chat.getPermalink"] = permalink;
}

}  // namespace workspace
