// Untrusted envelopes of Socket Mode -> Inbound. Never throws on any bytes; what is not understood becomes Ignored.
// Pure; any thread. Source: docs.slack.dev, Events API, message event, interaction payloads, slash commands.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/inbound.hpp"
#include "integrations/json/json_view.hpp"

namespace vakt {

struct EnvelopeMeta {
  std::string envelope_id;
  std::string dedupe_key;  // "e:" + event_id of events, "v:" + envelope_id of the rest; empty: nothing to remember
};

// type: "events_api", "slash_commands", "interactive", or anything else, which is ignored.
InboundBody parse_envelope(std::string_view type, std::string_view frame_text, EnvelopeMeta& out);

// One message of conversations.history or .replies, by the rules of the message event, with backfilled set.
// Nothing for channel notices, tombstones and what has no ts.
std::optional<inbound::Message> parse_history_message(JsonView message, const ChannelId& channel);

namespace slack_json {  // the parts of the above

InboundBody event(JsonView event);
InboundBody message_event(JsonView event);
InboundBody slash_command(JsonView payload);
InboundBody interaction(JsonView payload);

// Any subtype; channel and ts are as they stand, or empty.
inbound::Message message(JsonView message, const ChannelId& channel);
// True for what people and bots say, false for channel notices.
bool said(std::string_view subtype);
// Words from attachments, and from blocks where the text is empty; at most 16 kB.
std::string fallback(JsonView message);
// "reminder#2" -> "reminder": see block_kit.hpp.
std::string without_number(std::string id);

}  // namespace slack_json
}  // namespace vakt
