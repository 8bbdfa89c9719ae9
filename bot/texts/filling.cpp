// Patterns with {0}, {1} …: values are put in, and read back.
#include <algorithm>

#include "bot/texts/texts.hpp"

namespace vakt {

namespace {

// The number of the slot that begins at `at`; nothing where none does.
std::optional<std::size_t> slot_at(std::string_view pattern, std::size_t at) {
  if (at + 2 >= pattern.size() || pattern[at] != '{' || pattern[at + 2] != '}') return {};
  const char digit = pattern[at + 1];
  if (digit < '0' || digit > '9') return {};
  return static_cast<std::size_t>(digit - '0');
}

std::size_t next_slot(std::string_view pattern, std::size_t from) {
  while (from < pattern.size() && !slot_at(pattern, from)) ++from;
  return from;
}

template <class Values>
std::string filled(std::string_view pattern, const Values& values) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const auto slot = slot_at(pattern, i);
    if (slot && *slot < values.size()) {
      out += *(values.begin() + static_cast<std::ptrdiff_t>(*slot));
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

}  // namespace

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values) {
  return filled(pattern, values);
}

std::optional<std::vector<std::string>> read_back(std::string_view pattern, std::string_view text) {
  std::vector<std::string> values;
  auto at = next_slot(pattern, 0);
  if (!text.starts_with(pattern.substr(0, at))) return {};
  text.remove_prefix(at);
  while (at < pattern.size()) {
    const auto slot = *slot_at(pattern, at);
    const auto next = next_slot(pattern, at + 3);
    const auto between = pattern.substr(at + 3, next - at - 3);
    const bool last = next == pattern.size();
    if (last && !text.ends_with(between)) return {};
    const auto end = last ? text.size() - between.size() : text.find(between);
    if (end == std::string_view::npos) return {};
    values.resize(std::max(values.size(), slot + 1));
    values[slot] = text.substr(0, end);
    text.remove_prefix(end + between.size());
    at = next;
  }
  if (!text.empty()) return {};
  return values;
}

std::optional<std::string> refilled(std::string_view from, std::string_view to, std::string_view text) {
  const auto values = read_back(from, text);
  if (!values) return {};
  return filled(to, *values);
}

}  // namespace vakt
