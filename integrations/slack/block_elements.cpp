// The elements of Block Kit: buttons, selects and inputs.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "integrations/slack/block_kit.hpp"
#include "integrations/slack/cut.hpp"

namespace vakt::block_kit {

using nlohmann::json;

namespace {

constexpr std::size_t confirm_limit = 300, confirm_title_limit = 100, confirm_button_limit = 30;
constexpr std::size_t url_limit = 3'000, id_limit = 255, input_label_limit = 2'000, initial_limit = 3'000;

json option(const view::Option& from) {
  return {{"text", plain(from.label, option_label_limit)}, {"value", cut_plain(from.value, option_value_limit)}};
}

// The first 100, and the initial one among them.
json options(const std::vector<view::Option>& from, const std::string& initial, json& chosen) {
  json out = json::array();
  for (const view::Option& one : from) {
    const bool is_chosen = !initial.empty() && one.value == initial && chosen.is_null();
    if (out.size() < options_limit) {
      out.push_back(option(one));
    } else if (is_chosen) {
      out.back() = option(one);
    }
    if (is_chosen) chosen = option(one);
  }
  return out;
}

json select(const std::vector<view::Option>& from, const std::string& initial, const std::string& placeholder,
            const std::string& action) {
  json chosen;
  json out = {{"type", "static_select"}, {"action_id", cut_plain(action, id_limit)}};
  out["options"] = options(from, initial, chosen);
  if (!chosen.is_null()) out["initial_option"] = chosen;
  const std::string more =
      from.size() > options_limit ? " … (+" + std::to_string(from.size() - options_limit) + ")" : "";
  const std::string hint = cut_plain(placeholder, placeholder_limit - std::min(more.size(), placeholder_limit)) + more;
  if (!hint.empty()) out["placeholder"] = plain(hint, placeholder_limit);
  return out;
}

json made(const view::Button& from) {
  json out = {
      {"type", "button"}, {"text", plain(from.label, label_limit)}, {"action_id", cut_plain(from.action, id_limit)}};
  if (!from.value.empty()) out["value"] = cut_plain(from.value, value_limit);
  if (from.style == view::Button::Style::primary) out["style"] = "primary";
  if (from.style == view::Button::Style::danger) out["style"] = "danger";
  if (!from.url.empty() && utf16_units(from.url) <= url_limit) out["url"] = from.url;
  if (!from.confirm.empty())
    out["confirm"] = {
        {"title", plain(from.confirm_title.empty() ? from.label : from.confirm_title, confirm_title_limit)},
        {"text", plain(from.confirm, confirm_limit)},
        {"confirm", plain(from.label, confirm_button_limit)},
        {"deny", plain("✕", confirm_button_limit)}};
  return out;
}

json made(const view::Select& from) {
  if (from.options.empty()) return nullptr;
  return select(from.options, from.initial, from.placeholder, from.action);
}

json field(const view::Input& from, const char* type, const char* initial_key) {
  json out = {{"type", type}, {"action_id", cut_plain(from.block, id_limit)}};
  if (!from.initial.empty()) out[initial_key] = cut_plain(from.initial, initial_limit);
  if (!from.placeholder.empty()) out["placeholder"] = plain(from.placeholder, placeholder_limit);
  return out;
}

json line(const view::Input& from, bool multiline) {
  json out = field(from, "plain_text_input", "initial_value");
  out["multiline"] = multiline;
  return out;
}

json input_element(const view::Input& from) {
  using Kind = view::Input::Kind;
  switch (from.kind) {
    case Kind::line:
      return line(from, false);
    case Kind::paragraph:
      return line(from, true);
    case Kind::select:  // Slack refuses one without options: then it is typed
      return from.options.empty() ? line(from, false)
                                  : select(from.options, from.initial, from.placeholder, from.block);
    case Kind::user:
      return field(from, "users_select", "initial_user");
    case Kind::channel:
      return field(from, "channels_select", "initial_channel");
  }
  return line(from, false);
}

}  // namespace

json plain(const std::string& text, std::size_t longest) {
  return {{"type", "plain_text"}, {"text", text.empty() ? "…" : cut_plain(text, longest)}, {"emoji", true}};
}

json element(const std::variant<view::Button, view::Select>& from) {
  return std::visit([](const auto& one) { return made(one); }, from);
}

json input(const view::Input& from) {
  return {{"type", "input"},
          {"block_id", cut_plain(from.block, id_limit)},
          {"label", plain(from.label, input_label_limit)},
          {"optional", from.optional},
          {"element", input_element(from)}};
}

}  // namespace vakt::block_kit
