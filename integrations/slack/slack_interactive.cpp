// Presses, shortcuts and submitted modals.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "integrations/slack/json_read.hpp"
#include "integrations/slack/slack_json.hpp"

namespace vakt::slack_json {

using inbound::Ignored;
using nlohmann::json;
using namespace json_read;

namespace {

// What was chosen, as text; several choices stand with commas between.
std::string chosen(const json& element) {
  for (const char* key :
       {"value", "selected_user", "selected_channel", "selected_conversation", "selected_date", "selected_time"})
    if (std::string found = text(element, key); !found.empty()) return found;
  if (std::string found = text(at(element, "selected_option"), "value"); !found.empty()) return found;
  std::string all;
  for (const char* key : {"selected_options", "selected_users", "selected_channels", "selected_conversations"}) {
    const json& several = at(element, key);
    if (!several.is_array()) continue;
    for (const json& one : several) {
      const std::string name = one.is_string() ? text(one) : text(one, "value");
      if (!name.empty()) all += (all.empty() ? "" : ",") + name;
    }
  }
  return all;
}

inbound::ReplyTo reply_to(const json& payload) {
  inbound::ReplyTo out{text(payload, "response_url"), text(payload, "trigger_id"), text(at(payload, "user"), "id"),
                       text(at(payload, "channel"), "id")};
  if (out.channel.empty()) out.channel = text(at(payload, "container"), "channel_id");
  return out;
}

InboundBody press(const json& payload) {
  const json& action = first(at(payload, "actions"));
  const json& container = at(payload, "container");
  inbound::Press out;
  out.action = without_number(text(action, "action_id"));
  out.value = chosen(action);
  out.message_ts = ts(container, "message_ts");
  if (out.message_ts.empty()) out.message_ts = ts(at(payload, "message"), "ts");
  out.view_id = text(container, "view_id");
  if (out.view_id.empty()) out.view_id = text(at(payload, "view"), "id");
  out.reply = reply_to(payload);
  if (out.action.empty() || out.reply.user.empty()) return Ignored{"press without action or user"};
  return out;
}

InboundBody shortcut(const json& payload) {
  inbound::Shortcut out;
  out.callback = text(payload, "callback_id");
  out.reply = reply_to(payload);
  out.message = message(at(payload, "message"), out.reply.channel);
  if (out.message.ts.empty()) out.message.ts = ts(payload, "message_ts");
  if (out.callback.empty() || out.reply.user.empty()) return Ignored{"shortcut without callback or user"};
  return out;
}

InboundBody submission(const json& payload) {
  const json& view = at(payload, "view");
  inbound::Submission out;
  out.callback = text(view, "callback_id");
  out.context = text(view, "private_metadata");
  out.reply = reply_to(payload);
  const json& answer_at = first(at(payload, "response_urls"));
  if (out.reply.response_url.empty()) out.reply.response_url = text(answer_at, "response_url");
  if (out.reply.channel.empty()) out.reply.channel = text(answer_at, "channel_id");
  const json& blocks = at(at(view, "state"), "values");
  if (blocks.is_object())
    for (const auto& [block, elements] : blocks.items()) {
      if (!elements.is_object()) continue;
      // Blocks of buttons and selects have no name of their own: see block_kit.cpp.
      const bool nameless = block.starts_with("vakt:");
      for (const auto& [action, element] : elements.items())
        out.values[without_number(nameless ? action : block)] = chosen(element);
    }
  if (out.callback.empty() || out.reply.user.empty()) return Ignored{"submission without callback or user"};
  return out;
}

}  // namespace

std::string without_number(std::string id) {
  const auto mark = id.rfind('#');
  if (mark == std::string::npos || mark == 0 || mark + 1 == id.size()) return id;
  if (std::all_of(id.begin() + static_cast<std::ptrdiff_t>(mark) + 1, id.end(),
                  [](char c) { return c >= '0' && c <= '9'; }))
    id.resize(mark);
  return id;
}

InboundBody interaction(const json& payload) {
  const std::string type = text(payload, "type");
  if (type == "block_actions") return press(payload);
  if (type == "message_action" || type == "shortcut") return shortcut(payload);
  if (type == "view_submission") return submission(payload);
  if (type.empty()) return Ignored{"interaction without type"};
  return Ignored{"interaction " + type.substr(0, 40)};
}

}  // namespace vakt::slack_json
