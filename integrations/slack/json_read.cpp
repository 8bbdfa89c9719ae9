#include "integrations/slack/json_read.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace vakt::json_read {
namespace {

using nlohmann::json;

const json nothing;

bool too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest) return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

bool digits(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

json parse(std::string_view text) {
  if (too_deep(text)) return json(json::value_t::discarded);
  return json::parse(text.begin(), text.end(), nullptr, false);
}

const json& at(const json& value, std::string_view key) {
  if (!value.is_object()) return nothing;
  const auto found = value.find(key);
  return found == value.end() ? nothing : *found;
}

const json& first(const json& value) { return value.is_array() && !value.empty() ? value.front() : nothing; }

std::string text(const json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

std::string text(const json& value, std::string_view key) { return text(at(value, key)); }

bool truth(const json& value, std::string_view key) {
  const json& found = at(value, key);
  return found.is_boolean() && found.get<bool>();
}

long long number(const json& value, std::string_view key) {
  const json& found = at(value, key);
  return found.is_number_integer() ? found.get<long long>() : 0;
}

bool is_ts(std::string_view ts) {
  const auto dot = ts.find('.');
  return dot != std::string_view::npos && digits(ts.substr(0, dot), 12) && digits(ts.substr(dot + 1), 6);
}

std::string ts(const json& value, std::string_view key) {
  std::string found = text(value, key);
  return is_ts(found) ? found : std::string();
}

std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace vakt::json_read
