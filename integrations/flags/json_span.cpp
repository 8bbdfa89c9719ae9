#include "integrations/flags/json_span.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "integrations/json/json_read.hpp"

namespace vakt::flag {
namespace {

std::size_t after_space(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

std::size_t after_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at + 1, text.size());
}

std::size_t after_value(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = after_string(text, at);
    } else if (c == '{' || c == '[') {
      ++depth;
      ++at;
      continue;
    } else if (c == '}' || c == ']') {
      if (depth > 0) --depth;
      ++at;
    } else if (depth > 0) {
      ++at;
      continue;
    } else {
      at = std::min(text.find_first_of(" \t\r\n,]}", at), text.size());
    }
    if (depth == 0) break;
  }
  return at;
}

bool is_key(std::string_view written, std::string_view key) {
  return json_read::text(json_read::parse(written)) == key;
}

// Past the comma where there is one.
std::size_t after_separator(std::string_view text, std::size_t at) {
  at = after_space(text, at);
  return at < text.size() && text[at] == ',' ? after_space(text, at + 1) : at;
}

}  // namespace

Span whole_value(std::string_view text) {
  const std::size_t begin = after_space(text, text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  return {begin, after_value(text, begin)};
}

std::optional<Span> member_span(std::string_view text, Span object, std::string_view key) {
  std::optional<Span> found;
  if (!object.in(text).starts_with('{')) return found;
  std::size_t at = after_space(text, object.begin + 1);
  while (at < object.end && text[at] == '"') {
    const Span name{at, after_string(text, at)};
    const std::size_t colon = after_space(text, name.end);
    const std::size_t begin = after_space(text, colon + 1);
    const Span value{begin, after_value(text, begin)};
    if (is_key(name.in(text), key)) found = value;
    at = after_separator(text, value.end);
  }
  return found;
}

std::vector<Span> element_spans(std::string_view text, Span array) {
  std::vector<Span> elements;
  if (!array.in(text).starts_with('[')) return elements;
  std::size_t at = after_space(text, array.begin + 1);
  while (at + 1 < array.end) {
    elements.push_back({at, after_value(text, at)});
    at = after_separator(text, elements.back().end);
  }
  return elements;
}

std::string replaced(std::string_view text, Span span, std::string_view by) {
  return std::string(text.substr(0, span.begin)).append(by).append(text.substr(span.end));
}

}  // namespace vakt::flag
