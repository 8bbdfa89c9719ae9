#include "integrations/slack/block_kit.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "integrations/json/json_read.hpp"
#include "integrations/slack/cut.hpp"

namespace vakt {

using nlohmann::json;

namespace block_kit {
namespace {

json mrkdwn(const std::string& text, std::size_t longest) {
  return {{"type", "mrkdwn"}, {"text", cut_mrkdwn(text, longest)}};
}

json left_out(std::size_t count) {
  return {{"type", "context"},
          {"elements", json::array({mrkdwn("… (+" + std::to_string(count) + ")", context_limit)})}};
}

void make_unique(json& elements) {
  std::map<std::string, int> seen;
  for (json& one : elements) {
    std::string& id = one["action_id"].get_ref<std::string&>();
    if (const int times = ++seen[id]; times > 1) id += "#" + std::to_string(times);
  }
}

// Turns blocks into Slack's, one or several for each.
class Writer {
 public:
  void operator()(const view::Header& from) {
    if (!from.text.empty()) add({{"type", "header"}, {"text", plain(from.text, header_limit)}});
  }
  void operator()(const view::Section& from) {
    for (const std::string& part : split_mrkdwn(from.text, section_limit))
      if (part.find_first_not_of(" \n\t") != std::string::npos)
        add({{"type", "section"}, {"text", mrkdwn(part, section_limit)}});
  }
  void operator()(const view::Context& from) {
    if (!from.text.empty()) add({{"type", "context"}, {"elements", json::array({mrkdwn(from.text, context_limit)})}});
  }
  void operator()(const view::Divider&) { add({{"type", "divider"}}); }
  void operator()(const view::Actions& from) {
    json elements = json::array();
    for (const auto& one : from.elements) {
      if (elements.size() == elements_limit) actions(elements);
      if (json made = element(one); !made.is_null()) elements.push_back(std::move(made));
    }
    actions(elements);
  }
  void operator()(const view::Input& from) {
    json made = input(from);
    std::string& id = made["block_id"].get_ref<std::string&>();
    const std::string name = id;
    for (int n = 2; !names_.insert(id).second; ++n) id = name + "#" + std::to_string(n);
    add(std::move(made));
  }

  json take(std::size_t limit) {
    if (out_.size() <= limit) return std::move(out_);
    const std::size_t kept = limit - 1, lost = out_.size() - kept;
    out_.erase(out_.begin() + static_cast<std::ptrdiff_t>(kept), out_.end());
    add(left_out(lost));
    return std::move(out_);
  }

 private:
  void add(json block) { out_.push_back(std::move(block)); }
  void actions(json& elements) {
    if (elements.empty()) return;
    make_unique(elements);
    add({{"type", "actions"}, {"block_id", "vakt:" + std::to_string(++rows_)}, {"elements", std::move(elements)}});
    elements = json::array();
  }

  json out_ = json::array();
  std::set<std::string> names_;
  int rows_ = 0;
};

}  // namespace

json blocks(const std::vector<view::Block>& from, std::size_t limit) {
  Writer writer;
  for (const view::Block& block : from) std::visit(writer, block);
  return writer.take(limit);
}

}  // namespace block_kit

namespace {

// What notifications say where the message itself gives no text.
std::string first_words(const std::vector<view::Block>& blocks) {
  for (const view::Block& block : blocks) {
    if (const auto* header = std::get_if<view::Header>(&block); header && !header->text.empty()) return header->text;
    if (const auto* section = std::get_if<view::Section>(&block); section && !section->text.empty())
      return section->text;
  }
  return {};
}

}  // namespace

json message_body(const view::Message& message) {
  const std::string text = message.text.empty() ? first_words(message.blocks) : message.text;
  json body = {{"text", cut_mrkdwn(text, block_kit::text_limit)}};
  json blocks = block_kit::blocks(message.blocks, block_kit::message_blocks_limit);
  if (!blocks.empty()) body["blocks"] = std::move(blocks);
  return body;
}

Result<json> modal_body(const view::Modal& modal) {
  using namespace block_kit;
  if (utf16_units(modal.context) > context_bytes_limit)
    return std::unexpected(Error{
        "This form carries more context than Slack takes (3,000 characters). Please report it as a bug of vakt."});
  json view = {{"type", "modal"},
               {"title", plain(modal.title.empty() ? "vakt" : modal.title, title_limit)},
               {"callback_id", modal.callback},
               {"blocks", block_kit::blocks(modal.blocks, view_blocks_limit)}};
  if (!modal.context.empty()) view["private_metadata"] = modal.context;
  if (!modal.submit.empty()) view["submit"] = plain(modal.submit, title_limit);
  if (!modal.close.empty()) view["close"] = plain(modal.close, title_limit);
  return view;
}

json home_body(const std::vector<view::Block>& blocks) {
  return {{"type", "home"}, {"blocks", block_kit::blocks(blocks, block_kit::view_blocks_limit)}};
}

std::string message_json(const view::Message& message) { return json_read::dump(message_body(message)); }

Result<std::string> modal_json(const view::Modal& modal) {
  const auto body = modal_body(modal);
  if (!body) return std::unexpected(body.error());
  return json_read::dump(*body);
}

std::string home_json(const std::vector<view::Block>& blocks) { return json_read::dump(home_body(blocks)); }

}  // namespace vakt
