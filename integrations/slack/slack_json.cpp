#include "integrations/slack/slack_json.hpp"

#include <nlohmann/json.hpp>

#include "integrations/slack/json_read.hpp"

namespace vakt {

using inbound::Ignored;
using nlohmann::json;
using namespace json_read;

InboundBody parse_envelope(std::string_view type, std::string_view frame_text, EnvelopeMeta& out) {
  out = {};
  const json frame = parse(frame_text);
  if (!frame.is_object()) return Ignored{"unreadable"};
  out.envelope_id = text(frame, "envelope_id");
  if (!out.envelope_id.empty()) out.dedupe_key = "v:" + out.envelope_id;
  const json& payload = at(frame, "payload");
  if (type == "slash_commands") return slack_json::slash_command(payload);
  if (type == "interactive") return slack_json::interaction(payload);
  if (type != "events_api") return Ignored{"envelope " + std::string(type.substr(0, 40))};
  if (const std::string id = text(payload, "event_id"); !id.empty()) out.dedupe_key = "e:" + id;
  if (text(payload, "type") == "app_rate_limited") return Ignored{"app_rate_limited"};
  InboundBody body = slack_json::event(at(payload, "event"));
  // A message is known by its channel and ts in the record itself: a key of its own would cost a write at a random
  // place.
  const bool is_message = std::holds_alternative<inbound::Message>(body) ||
                          std::holds_alternative<inbound::MessageChanged>(body) ||
                          std::holds_alternative<inbound::MessageDeleted>(body);
  if (is_message) out.dedupe_key.clear();
  return body;
}

namespace slack_json {

InboundBody slash_command(const json& payload) {
  inbound::Command command;
  command.command = text(payload, "command");
  command.text = text(payload, "text");
  command.channel_name = text(payload, "channel_name");
  command.reply = {text(payload, "response_url"), text(payload, "trigger_id"), text(payload, "user_id"),
                   text(payload, "channel_id")};
  if (command.command.empty() || command.reply.user.empty()) return Ignored{"slash command without name or user"};
  return command;
}

}  // namespace slack_json
}  // namespace vakt
