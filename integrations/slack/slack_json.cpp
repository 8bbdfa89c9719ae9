#include "integrations/slack/slack_json.hpp"

namespace vakt {

using inbound::Ignored;

InboundBody parse_envelope(std::string_view type, std::string_view frame_text, EnvelopeMeta& out) {
  out = {};
  const JsonDocument document{frame_text};
  const JsonView frame = document.root();
  if (!frame.is_object()) return Ignored{"unreadable"};
  out.envelope_id = frame.text("envelope_id");
  if (!out.envelope_id.empty()) out.dedupe_key = "v:" + out.envelope_id;
  const JsonView payload = frame["payload"];
  if (type == "slash_commands") return slack_json::slash_command(payload);
  if (type == "interactive") return slack_json::interaction(payload);
  if (type != "events_api") return Ignored{"envelope " + std::string(type.substr(0, 40))};
  if (const std::string id = payload.text("event_id"); !id.empty()) out.dedupe_key = "e:" + id;
  if (payload.text("type") == "app_rate_limited") return Ignored{"app_rate_limited"};
  InboundBody body = slack_json::event(payload["event"]);
  // A message is known by its channel and ts in the record itself: a key of its own would cost a write at a random
  // place.
  const bool is_message = std::holds_alternative<inbound::Message>(body) ||
                          std::holds_alternative<inbound::MessageChanged>(body) ||
                          std::holds_alternative<inbound::MessageDeleted>(body);
  if (is_message) out.dedupe_key.clear();
  return body;
}

namespace slack_json {

InboundBody slash_command(JsonView payload) {
  inbound::Command command;
  command.command = payload.text("command");
  command.text = payload.text("text");
  command.channel_name = payload.text("channel_name");
  command.reply = {payload.text("response_url"), payload.text("trigger_id"), payload.text("user_id"),
                   payload.text("channel_id")};
  if (command.command.empty() || command.reply.user.empty()) return Ignored{"slash command without name or user"};
  return command;
}

}  // namespace slack_json
}  // namespace vakt
