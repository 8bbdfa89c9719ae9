// One message object, wherever it stands: in an event, a fetched page, a shortcut.

#include "integrations/slack/slack_json.hpp"

namespace vakt {

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

std::string unicode_or_name(JsonView emoji) { return ":" + emoji.text("name") + ":"; }

// Rich text, in order, on one line unless it says otherwise; as mrkdwn.
void rich(JsonView element, std::string& out) {
  if (out.size() >= longest_fallback) return;
  const std::string type = element.text("type");
  if (type == "text") out += element.text("text");
  if (type == "link") {
    const std::string label = element.text("text");
    out += "<" + element.text("url") + (label.empty() ? "" : "|" + label) + ">";
  }
  if (type == "user") out += "<@" + element.text("user_id") + ">";
  if (type == "usergroup") out += "<!subteam^" + element.text("usergroup_id") + ">";
  if (type == "channel") out += "<#" + element.text("channel_id") + ">";
  if (type == "broadcast") out += "<!" + element.text("range") + ">";
  if (type == "emoji") out += unicode_or_name(element);
  if (type == "date") out += element.text("fallback");
  const bool list = type == "rich_text_list", whole = type == "rich_text";
  for (const JsonView one : element["elements"].elements()) {
    if ((list || whole) && !out.empty() && out.back() != '\n') out += '\n';
    if (list) out += "• ";
    rich(one, out);
  }
}

void block_words(JsonView block, Words& words) {
  if (words.full()) return;
  const std::string type = block.text("type");
  if (type == "header") words.line(block["text"].text("text"));
  if (type == "section") {
    words.line(block["text"].text("text"));
    for (const JsonView field : block["fields"].elements()) words.line(field.text("text"));
  }
  if (type == "context") {
    for (const JsonView element : block["elements"].elements()) words.line(element.text("text"));
  }
  if (type == "rich_text") {
    std::string out;
    rich(block, out);
    words.line(out);
  }
  if (type == "image") {
    const std::string title = block["title"].text("text");
    words.line(title.empty() ? block.text("alt_text") : title);
  }
  if (type == "markdown") words.line(block.text("text"));
}

void blocks_words(JsonView blocks, Words& words) {
  for (const JsonView block : blocks.elements()) block_words(block, words);
}

void attachment_words(JsonView attachment, Words& words) {
  Words own;
  for (const char* key : {"pretext", "title", "text"}) own.line(attachment.text(key));
  for (const JsonView field : attachment["fields"].elements()) {
    const std::string title = field.text("title"), value = field.text("value");
    own.line(title.empty() || value.empty() ? title + value : title + ": " + value);
  }
  blocks_words(attachment["blocks"], own);
  if (own.empty() && attachment.text("fallback") != "[no preview available]") own.line(attachment.text("fallback"));
  words.line(own.take());
}

// A preview that Slack made for a link in the text: not what was said.
bool preview(JsonView attachment) {
  return !attachment.text("from_url").empty() || !attachment.text("original_url").empty();
}

}  // namespace

std::string fallback(JsonView message) {
  Words words;
  const bool silent = message.text("text").empty();
  if (silent) blocks_words(message["blocks"], words);
  for (const JsonView attachment : message["attachments"].elements())
    if (silent || !preview(attachment)) attachment_words(attachment, words);
  return words.take();
}

inbound::Message message(JsonView from, const ChannelId& channel) {
  inbound::Message out;
  out.channel = channel;
  out.ts = from.ts("ts");
  out.thread_ts = from.ts("thread_ts");
  if (out.thread_ts == out.ts) out.thread_ts.clear();
  out.user = from.text("user");
  out.bot_id = from.text("bot_id");
  if (out.user.empty()) out.user = out.bot_id;
  out.bot_name = from["bot_profile"].text("name");
  if (out.bot_name.empty()) out.bot_name = from.text("username");
  out.app_id = from.text("app_id");
  if (out.app_id.empty()) out.app_id = from["bot_profile"].text("app_id");
  out.subtype = from.text("subtype");
  out.text = from.text("text");
  out.fallback = fallback(from);
  out.edited_ts = from["edited"].ts("ts");
  out.nonce = from["metadata"]["event_payload"].text("nonce");
  for (const JsonView file : from["files"].elements()) {
    File one{file.text("id"), file.text("name"), file.text("permalink")};
    if (one.name.empty()) one.name = file.text("title");
    if (!one.id.empty()) out.files.push_back(std::move(one));
  }
  return out;
}

}  // namespace slack_json

std::optional<inbound::Message> parse_history_message(JsonView from, const ChannelId& channel) {
  inbound::Message out = slack_json::message(from, channel);
  if (out.ts.empty() || !slack_json::said(out.subtype)) return std::nullopt;
  out.backfilled = true;
  return out;
}

}  // namespace vakt
