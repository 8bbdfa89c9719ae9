// Presses, shortcuts and submitted modals.
#include <algorithm>

#include "integrations/slack/slack_json.hpp"

namespace vakt::slack_json {

using inbound::Ignored;

namespace {

// What was chosen, as text; several choices stand with commas between.
std::string chosen(JsonView element) {
  for (const char* key :
       {"value", "selected_user", "selected_channel", "selected_conversation", "selected_date", "selected_time"})
    if (std::string found = element.text(key); !found.empty()) return found;
  if (std::string found = element["selected_option"].text("value"); !found.empty()) return found;
  std::string all;
  for (const char* key : {"selected_options", "selected_users", "selected_channels", "selected_conversations"}) {
    for (const JsonView one : element[key].elements()) {
      const std::string name = one.is_string() ? one.text() : one.text("value");
      if (!name.empty()) all += (all.empty() ? "" : ",") + name;
    }
  }
  return all;
}

inbound::ReplyTo reply_to(JsonView payload) {
  inbound::ReplyTo out{payload.text("response_url"), payload.text("trigger_id"), payload["user"].text("id"),
                       payload["channel"].text("id")};
  if (out.channel.empty()) out.channel = payload["container"].text("channel_id");
  return out;
}

InboundBody press(JsonView payload) {
  const JsonView action = payload["actions"].first();
  const JsonView container = payload["container"];
  inbound::Press out;
  out.action = without_number(action.text("action_id"));
  out.value = chosen(action);
  out.message_ts = container.ts("message_ts");
  if (out.message_ts.empty()) out.message_ts = payload["message"].ts("ts");
  out.view_id = container.text("view_id");
  if (out.view_id.empty()) out.view_id = payload["view"].text("id");
  out.reply = reply_to(payload);
  if (out.action.empty() || out.reply.user.empty()) return Ignored{"press without action or user"};
  return out;
}

InboundBody shortcut(JsonView payload) {
  inbound::Shortcut out;
  out.callback = payload.text("callback_id");
  out.reply = reply_to(payload);
  out.message = message(payload["message"], out.reply.channel);
  if (out.message.ts.empty()) out.message.ts = payload.ts("message_ts");
  if (out.callback.empty() || out.reply.user.empty()) return Ignored{"shortcut without callback or user"};
  return out;
}

InboundBody submission(JsonView payload) {
  const JsonView view = payload["view"];
  inbound::Submission out;
  out.callback = view.text("callback_id");
  out.context = view.text("private_metadata");
  out.reply = reply_to(payload);
  const JsonView answer_at = payload["response_urls"].first();
  if (out.reply.response_url.empty()) out.reply.response_url = answer_at.text("response_url");
  if (out.reply.channel.empty()) out.reply.channel = answer_at.text("channel_id");
  for (const auto& [block, elements] : view["state"]["values"].members()) {
    // Blocks of buttons and selects have no name of their own: see block_kit.cpp.
    const bool nameless = block.starts_with("vakt:");
    for (const auto& [action, element] : elements.members())
      out.values[without_number(std::string{nameless ? action : block})] = chosen(element);
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

InboundBody interaction(JsonView payload) {
  const std::string type = payload.text("type");
  if (type == "block_actions") return press(payload);
  if (type == "message_action" || type == "shortcut") return shortcut(payload);
  if (type == "view_submission") return submission(payload);
  if (type.empty()) return Ignored{"interaction without type"};
  return Ignored{"interaction " + type.substr(0, 40)};
}

}  // namespace vakt::slack_json
