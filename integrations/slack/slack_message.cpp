// One message object, wherever it stands: in an event, a fetched page, a shortcut.
#include <nlohmann/json.hpp>

#include "integrations/slack/json_read.hpp"
#include "integrations/slack/slack_json.hpp"

namespace vakt {

using nlohmann::json;
using namespace json_read;

namespace slack_json {
namespace {

constexpr std::size_t longest_fallback = 16'000;

// Lines of text, bounded; cut between characters.
class Words {
 public:
  void line(const std::string& words) {
    if (words.empty() || full()) return;
    if (!out_.empty()) out_ += '\n';
    out_ += words;
  }
  bool full() const { return out_.size() >= longest_fallback; }
  bool empty() const { return out_.empty(); }
  std::string take() {
    if (out_.size() <= longest_fallback) return std::move(out_);
    std::size_t end = longest_fallback - 3;
    while (end > 0 && (static_cast<unsigned char>(out_[end]) & 0xC0) == 0x80) --end;
    return out_.substr(0, end) + "…";
  }

 private:
  std::string out_;
};

std::string unicode_or_name(const json& emoji) { return ":" + text(emoji, "name") + ":"; }

// Rich text, in order, on one line unless it says otherwise; as mrkdwn.
void rich(const json& element, std::string& out) {
  if (out.size() >= longest_fallback) return;
  const std::string type = text(element, "type");
  if (type == "text") out += text(element, "text");
  if (type == "link") {
    const std::string label = text(element, "text");
    out += "<" + text(element, "url") + (label.empty() ? "" : "|" + label) + ">";
  }
  if (type == "user") out += "<@" + text(element, "user_id") + ">";
  if (type == "usergroup") out += "<!subteam^" + text(element, "usergroup_id") + ">";
  if (type == "channel") out += "<#" + text(element, "channel_id") + ">";
  if (type == "broadcast") out += "<!" + text(element, "range") + ">";
  if (type == "emoji") out += unicode_or_name(element);
  if (type == "date") out += text(element, "fallback");
  const json& inner = at(element, "elements");
  if (!inner.is_array()) return;
  const bool list = type == "rich_text_list", whole = type == "rich_text";
  for (const json& one : inner) {
    if ((list || whole) && !out.empty() && out.back() != '\n') out += '\n';
    if (list) out += "• ";
    rich(one, out);
  }
}

void block_words(const json& block, Words& words) {
  if (words.full()) return;
  const std::string type = text(block, "type");
  if (type == "header") words.line(text(at(block, "text"), "text"));
  if (type == "section") {
    words.line(text(at(block, "text"), "text"));
    if (const json& fields = at(block, "fields"); fields.is_array())
      for (const json& field : fields) words.line(text(field, "text"));
  }
  if (type == "context") {
    if (const json& elements = at(block, "elements"); elements.is_array())
      for (const json& element : elements) words.line(text(element, "text"));
  }
  if (type == "rich_text") {
    std::string out;
    rich(block, out);
    words.line(out);
  }
  if (type == "image") {
    const std::string title = text(at(block, "title"), "text");
    words.line(title.empty() ? text(block, "alt_text") : title);
  }
  if (type == "markdown") words.line(text(block, "text"));
}

void blocks_words(const json& blocks, Words& words) {
  if (blocks.is_array())
    for (const json& block : blocks) block_words(block, words);
}

void attachment_words(const json& attachment, Words& words) {
  Words own;
  for (const char* key : {"pretext", "title", "text"}) own.line(text(attachment, key));
  if (const json& fields = at(attachment, "fields"); fields.is_array())
    for (const json& field : fields) {
      const std::string title = text(field, "title"), value = text(field, "value");
      own.line(title.empty() || value.empty() ? title + value : title + ": " + value);
    }
  blocks_words(at(attachment, "blocks"), own);
  if (own.empty() && text(attachment, "fallback") != "[no preview available]") own.line(text(attachment, "fallback"));
  words.line(own.take());
}

// A preview that Slack made for a link in the text: not what was said.
bool preview(const json& attachment) {
  return !text(attachment, "from_url").empty() || !text(attachment, "original_url").empty();
}

}  // namespace

std::string fallback(const json& message) {
  Words words;
  const bool silent = text(message, "text").empty();
  if (silent) blocks_words(at(message, "blocks"), words);
  if (const json& attachments = at(message, "attachments"); attachments.is_array())
    for (const json& attachment : attachments)
      if (silent || !preview(attachment)) attachment_words(attachment, words);
  return words.take();
}

inbound::Message message(const json& from, const ChannelId& channel) {
  inbound::Message out;
  out.channel = channel;
  out.ts = ts(from, "ts");
  out.thread_ts = ts(from, "thread_ts");
  if (out.thread_ts == out.ts) out.thread_ts.clear();
  out.user = text(from, "user");
  out.bot_id = text(from, "bot_id");
  if (out.user.empty()) out.user = out.bot_id;
  out.bot_name = text(at(from, "bot_profile"), "name");
  if (out.bot_name.empty()) out.bot_name = text(from, "username");
  out.app_id = text(from, "app_id");
  if (out.app_id.empty()) out.app_id = text(at(from, "bot_profile"), "app_id");
  out.subtype = text(from, "subtype");
  out.text = text(from, "text");
  out.fallback = fallback(from);
  out.edited_ts = ts(at(from, "edited"), "ts");
  out.nonce = text(at(at(from, "metadata"), "event_payload"), "nonce");
  if (const json& files = at(from, "files"); files.is_array())
    for (const json& file : files) {
      File one{text(file, "id"), text(file, "name"), text(file, "permalink")};
      if (one.name.empty()) one.name = text(file, "title");
      if (!one.id.empty()) out.files.push_back(std::move(one));
    }
  return out;
}

}  // namespace slack_json

std::optional<inbound::Message> parse_history_message(const json& from, const ChannelId& channel) {
  inbound::Message out = slack_json::message(from, channel);
  if (out.ts.empty() || !slack_json::said(out.subtype)) return std::nullopt;
  out.backfilled = true;
  return out;
}

}  // namespace vakt
