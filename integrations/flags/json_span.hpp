// Where values stand in JSON text, so that one can be changed and every other byte stays as it was. The text must be
// valid JSON (parse it first). Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vakt::flag {

struct Span {
  std::size_t begin = 0, end = 0;
  std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

// The outermost value.
Span whole_value(std::string_view text);
// The value of that member, the last one where a key is repeated, as parsers see it; nothing if it is no object.
std::optional<Span> member_span(std::string_view text, Span object, std::string_view key);
// Empty if it is no array.
std::vector<Span> element_spans(std::string_view text, Span array);

std::string replaced(std::string_view text, Span span, std::string_view by);

}  // namespace vakt::flag
