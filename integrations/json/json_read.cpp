#include "integrations/json/json_read.hpp"

#include <algorithm>
#include <charconv>
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

// The UTF-16 unit that is escaped at `at` as \uXXXX; 0 if none is.
unsigned escaped_unit(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return 0;
  unsigned unit = 0;
  const char* const end = text.data() + at + 6;
  const auto [read, fault] = std::from_chars(text.data() + at + 2, end, unit, 16);
  return fault == std::errc{} && read == end ? unit : 0;
}

bool digits(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string mended(std::string_view text) {
  std::string out{text};
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    if (out[i] != '\\') continue;
    const unsigned unit = escaped_unit(out, i);
    const bool high = unit >= 0xd800 && unit < 0xdc00;
    const unsigned next = high ? escaped_unit(out, i + 6) : 0;
    if (high && next >= 0xdc00 && next < 0xe000)
      i += 11;
    else if (unit >= 0xd800 && unit < 0xe000)
      out.replace(i + 2, 4, "fffd"), i += 5;
    else
      ++i;
  }
  return out;
}

json parse(std::string_view text) {
  if (too_deep(text)) return json(json::value_t::discarded);
  json value = json::parse(text.begin(), text.end(), nullptr, false);
  return value.is_discarded() ? json::parse(mended(text), nullptr, false) : value;
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

std::string quoted(std::string_view text) {
  const bool plain = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
  if (!plain) return dump(json(text));
  std::string out;
  out.reserve(text.size() + 2);
  return out.append(1, '"').append(text).append(1, '"');
}

std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace vakt::json_read
