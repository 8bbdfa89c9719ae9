#include "blocks.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "workspace.hpp"

namespace workspace {

namespace {

std::size_t letters(const std::string& text) {
  std::size_t count = 0;
  for (char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

class Checker {
 public:
  std::vector<std::string> messages;

  void blocks(json& all, const std::string& at, std::size_t most, bool in_view) {
    if (!all.is_array()) return bad("must be an array", at);
    if (all.size() > most) bad("no more than " + std::to_string(most) + " items allowed", at);
    for (std::size_t i = 0; i < all.size(); ++i) block(all[i], at + "/" + std::to_string(i), in_view);
  }

  void text(const json& holder, const std::string& key, const std::string& at, std::size_t most, bool required,
            bool plain) {
    std::string here = at + "/" + key;
    if (!holder.contains(key) || holder[key].is_null()) {
      if (required) bad("missing required field: " + key, at);
      return;
    }
    const json& value = holder[key];
    if (!value.is_object()) return bad("must be an object", here);
    std::string type = value.value("type", json("")).is_string() ? value.value("type", std::string()) : "";
    if (type != "plain_text" && type != "mrkdwn") bad("unsupported type: " + type, here + "/type");
    if (plain && type == "mrkdwn") bad("must be plain_text", here + "/type");
    string(value, "text", here, most, true);
  }

  void string(const json& holder, const std::string& key, const std::string& at, std::size_t most, bool required) {
    if (!holder.contains(key) || holder[key].is_null()) {
      if (required) bad("missing required field: " + key, at);
      return;
    }
    if (!holder[key].is_string()) return bad("must be a string", at + "/" + key);
    std::size_t size = letters(holder[key].get_ref<const std::string&>());
    if (size == 0 && required) bad("must be more than 0 characters", at + "/" + key);
    if (size > most) bad("must be less than " + std::to_string(most + 1) + " characters", at + "/" + key);
  }

  void bad(const std::string& what, const std::string& at) {
    messages.push_back("[ERROR] " + what + " [json-pointer:" + at + "]");
  }

 private:
  void block(json& one, const std::string& at, bool in_view) {
    static const std::set<std::string> in_messages{"section",   "header", "divider", "context",  "actions", "image",
                                                   "rich_text", "video",  "file",    "markdown", "table",   "input"};
    if (!one.is_object() || !one.contains("type") || !one["type"].is_string())
      return bad("missing required field: type", at);
    std::string type = one["type"];
    if (!in_messages.contains(type)) return bad("unsupported type: " + type, at + "/type");
    string(one, "block_id", at, 255, false);
    if (!one.contains("block_id") || one["block_id"] == "")
      one["block_id"] = "b" + std::to_string(++made_);
    else if (one["block_id"].is_string() && !block_ids_.insert(one["block_id"]).second)
      bad("block_id already exists: " + one["block_id"].get<std::string>(), at + "/block_id");
    action_ids_.clear();
    if (type == "section") {
      if (!one.contains("fields"))
        text(one, "text", at, 3000, true, false);
      else
        text(one, "text", at, 3000, false, false);
      fields(one, at);
      if (one.contains("accessory")) element(one["accessory"], at + "/accessory");
    } else if (type == "header") {
      text(one, "text", at, 150, true, true);
    } else if (type == "context") {
      elements(one, at, 10, false);
    } else if (type == "actions") {
      elements(one, at, 25, true);
    } else if (type == "input") {
      if (!in_view) bad("unsupported type: input", at + "/type");
      text(one, "label", at, 2000, true, true);
      text(one, "hint", at, 2000, false, true);
      if (!one.contains("element"))
        bad("missing required field: element", at);
      else
        element(one["element"], at + "/element");
    } else if (type == "image") {
      string(one, "alt_text", at, 2000, true);
    }
  }

  void fields(const json& one, const std::string& at) {
    if (!one.contains("fields")) return;
    if (!one["fields"].is_array()) return bad("must be an array", at + "/fields");
    if (one["fields"].empty() || one["fields"].size() > 10) bad("must have 1 to 10 items", at + "/fields");
    for (std::size_t i = 0; i < one["fields"].size(); ++i) {
      json holder{{std::to_string(i), one["fields"][i]}};
      text(holder, std::to_string(i), at + "/fields", 2000, true, false);
    }
  }

  void elements(json& one, const std::string& at, std::size_t most, bool acting) {
    if (!one.contains("elements") || !one["elements"].is_array()) return bad("missing required field: elements", at);
    json& all = one["elements"];
    if (all.empty()) bad("must have at least 1 item", at + "/elements");
    if (all.size() > most) bad("no more than " + std::to_string(most) + " items allowed", at + "/elements");
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::string here = at + "/elements/" + std::to_string(i);
      if (acting) {
        element(all[i], here);
      } else if (!all[i].is_object()) {
        bad("must be an object", here);
      } else if (all[i].value("type", std::string()) != "image") {
        string(all[i], "text", here, 3000, true);
      }
    }
  }

  void element(json& one, const std::string& at) {
    if (!one.is_object() || !one.contains("type") || !one["type"].is_string())
      return bad("missing required field: type", at);
    std::string type = one["type"];
    if (type == "image") return string(one, "alt_text", at, 2000, true);
    string(one, "action_id", at, 255, false);
    if (!one.contains("action_id") || one["action_id"] == "")
      one["action_id"] = "a" + std::to_string(++made_);
    else if (one["action_id"].is_string() && !action_ids_.insert(one["action_id"]).second)
      bad("action_id already exists: " + one["action_id"].get<std::string>(), at + "/action_id");
    text(one, "placeholder", at, 150, false, true);
    if (type == "button") {
      text(one, "text", at, 75, true, true);
      string(one, "value", at, 2000, false);
      string(one, "url", at, 3000, false);
      if (one.contains("style") && one["style"] != "primary" && one["style"] != "danger")
        bad("must be primary or danger", at + "/style");
    }
    if (type == "plain_text_input") string(one, "initial_value", at, 3000, false);
    if (one.contains("confirm")) confirm(one["confirm"], at + "/confirm");
    bool needs_options = type == "static_select" || type == "multi_static_select" || type == "overflow" ||
                         type == "radio_buttons" || type == "checkboxes";
    if (needs_options)
      options(one, at, type == "overflow" ? 5 : type == "radio_buttons" || type == "checkboxes" ? 10 : 100);
  }

  void confirm(const json& one, const std::string& at) {
    text(one, "title", at, 100, true, true);
    text(one, "text", at, 300, true, false);
    text(one, "confirm", at, 30, true, true);
    text(one, "deny", at, 30, true, true);
  }

  void options(const json& one, const std::string& at, std::size_t most) {
    if (one.contains("option_groups")) return;
    if (!one.contains("options") || !one["options"].is_array()) return bad("missing required field: options", at);
    const json& all = one["options"];
    if (all.empty() || all.size() > most) bad("must have 1 to " + std::to_string(most) + " items", at + "/options");
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::string here = at + "/options/" + std::to_string(i);
      text(all[i], "text", here, 75, true, false);
      string(all[i], "value", here, 150, true);
    }
    if (!one.contains("initial_option")) return;
    bool known = false;
    for (const auto& option : all) known = known || option == one["initial_option"];
    if (!known) bad("initial_option must be one of the options", at + "/initial_option");
  }

  std::set<std::string> block_ids_, action_ids_;
  int made_ = 0;
};

void refuse(const char* code, const std::vector<std::string>& messages) {
  if (!messages.empty()) throw Refused{code, {{"errors", messages}, {"response_metadata", {{"messages", messages}}}}};
}

}  // namespace

void check_message_blocks(json& blocks) {
  Checker checker;
  if (!blocks.is_array()) throw Refused{"invalid_blocks_format"};
  checker.blocks(blocks, "/blocks", 50, false);
  refuse("invalid_blocks", checker.messages);
}

void check_view(json& view) {
  Checker checker;
  if (!view.is_object())
    throw Refused{"invalid_arguments", {{"response_metadata", {{"messages", {"[ERROR] view must be an object"}}}}}};
  std::string type = view.value("type", json("")).is_string() ? view.value("type", std::string()) : "";
  if (type != "modal" && type != "home") checker.bad("unsupported type: " + type, "/view/type");
  if (type == "modal") {
    checker.text(view, "title", "/view", 24, true, true);
    checker.text(view, "submit", "/view", 24, false, true);
    checker.text(view, "close", "/view", 24, false, true);
  }
  checker.string(view, "private_metadata", "/view", 3000, false);
  checker.string(view, "callback_id", "/view", 255, false);
  if (!view.contains("blocks"))
    checker.bad("missing required field: blocks", "/view");
  else
    checker.blocks(view["blocks"], "/view/blocks", 100, true);
  if (type == "modal" && !view.contains("submit") && view.contains("blocks"))
    for (const auto& block : view["blocks"])
      if (block.is_object() && block.value("type", json()) == "input") {
        checker.bad("submit must be given when an input block is present", "/view/submit");
        break;
      }
  refuse("invalid_arguments", checker.messages);
}

}  // namespace workspace
