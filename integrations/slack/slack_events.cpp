// The Events API's events, messages included.
#include <algorithm>
#include <array>

#include "integrations/slack/slack_json.hpp"

namespace vakt::slack_json {

using inbound::Ignored;

namespace {

InboundBody reaction(JsonView event, bool added) {
  const JsonView item = event["item"];
  if (item.text("type") != "message") return Ignored{"reaction to something else than a message"};
  inbound::Reaction out{added, item.text("channel"), item.ts("ts"), event.text("user"), event.text("reaction")};
  if (out.channel.empty() || out.ts.empty() || out.emoji.empty()) return Ignored{"reaction without its message"};
  return out;
}

InboundBody pin(JsonView event, bool added) {
  const JsonView item = event["item"];
  inbound::Pin out{added, event.text("channel_id"), item["message"].ts("ts"), event.text("user")};
  if (out.channel.empty()) out.channel = item.text("channel");
  if (out.channel.empty() || out.ts.empty()) return Ignored{"pin of something else than a message"};
  return out;
}

InboundBody member(JsonView event, bool joined) {
  inbound::Member out{joined, event.text("channel"), event.text("user"), event.ts("event_ts")};
  if (out.channel.empty() || out.user.empty()) return Ignored{"membership without channel or user"};
  return out;
}

InboundBody renamed(JsonView event) {
  const JsonView channel = event["channel"];
  inbound::ChannelRenamed out{channel.text("id"), channel.text("name")};
  if (out.channel.empty() || out.name.empty()) return Ignored{"rename without channel or name"};
  return out;
}

InboundBody archived(JsonView event, bool now_archived) {
  inbound::ChannelArchived out{event.text("channel"), now_archived};
  if (out.channel.empty()) return Ignored{"archive without channel"};
  return out;
}

InboundBody changed(JsonView event, const ChannelId& channel) {
  const JsonView now = event["message"];
  Ts event_ts = event.ts("event_ts");
  if (event_ts.empty()) event_ts = event.ts("ts");
  inbound::Message read = message(now, channel);
  if (read.ts.empty()) return Ignored{"message_changed without ts"};
  if (read.subtype == "tombstone") return inbound::MessageDeleted{channel, read.ts, event_ts};
  if (!said(read.subtype)) return Ignored{"message_changed of " + read.subtype.substr(0, 40)};
  inbound::MessageChanged out{std::move(read), std::move(event_ts), std::nullopt};
  if (inbound::Message before = message(event["previous_message"], channel); before.ts == out.message.ts)
    out.before = std::move(before);
  return out;
}

}  // namespace

bool said(std::string_view subtype) {
  static constexpr std::array<std::string_view, 5> kinds = {"", "bot_message", "file_share", "thread_broadcast",
                                                            "me_message"};
  return std::ranges::find(kinds, subtype) != kinds.end();
}

InboundBody message_event(JsonView event) {
  const std::string subtype = event.text("subtype");
  const ChannelId channel = event.text("channel");
  if (channel.empty()) return Ignored{"message without channel"};
  if (subtype == "message_changed") return changed(event, channel);
  if (subtype == "message_deleted") {
    inbound::MessageDeleted out{channel, event.ts("deleted_ts"), event.ts("event_ts")};
    if (out.ts.empty()) out.ts = event["previous_message"].ts("ts");
    if (out.ts.empty()) return Ignored{"message_deleted without ts"};
    return out;
  }
  if (!said(subtype)) return Ignored{"message " + subtype.substr(0, 40)};
  inbound::Message out = message(event, channel);
  if (out.ts.empty()) return Ignored{"message without ts"};
  return out;
}

InboundBody event(JsonView event) {
  const std::string type = event.text("type");
  if (type == "message") return message_event(event);
  if (type == "reaction_added") return reaction(event, true);
  if (type == "reaction_removed") return reaction(event, false);
  if (type == "pin_added") return pin(event, true);
  if (type == "pin_removed") return pin(event, false);
  if (type == "member_joined_channel") return member(event, true);
  if (type == "member_left_channel") return member(event, false);
  if (type == "channel_rename" || type == "group_rename") return renamed(event);
  if (type == "channel_archive" || type == "group_archive") return archived(event, true);
  if (type == "channel_unarchive" || type == "group_unarchive") return archived(event, false);
  if (type == "app_home_opened") {
    inbound::HomeOpened out{event.text("user")};
    if (event.text("tab") != "home" || out.user.empty()) return Ignored{"app_home_opened elsewhere"};
    return out;
  }
  if (type.empty()) return Ignored{"event without type"};
  return Ignored{"event " + type.substr(0, 40)};
}

}  // namespace vakt::slack_json
