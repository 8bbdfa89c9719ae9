#include "bot/rollouts/rollout.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace vakt::rollout {

namespace {

constexpr std::string_view key_begin = "rollout:";

}  // namespace

bool says_nothing(const std::string& text) {
  static constexpr std::array<std::string_view, 11> words{"",    "none",  "no",  "nothing", "0",   "-",
                                                          "n/a", "ingen", "nei", "na",      "null"};
  std::string folded;
  for (const char c : text)
    if (!std::string_view{" \t\n\r."}.contains(c))
      folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::ranges::find(words, folded) != words.end();
}

std::string change_key(const ChangeKey& key, const std::string& nonce) {
  return std::string{key_begin} + std::to_string(key.id) + ":" + std::to_string(key.stage) + ":" + nonce;
}

std::optional<ChangeKey> read_change_key(const std::string& key) {
  if (!key.starts_with(key_begin)) return {};
  ChangeKey out;
  const auto* end = key.data() + key.size();
  const auto [colon, error] = std::from_chars(key.data() + key_begin.size(), end, out.id);
  if (error != std::errc{} || colon == end || *colon != ':' || out.id <= 0) return {};
  const auto [last, fault] = std::from_chars(colon + 1, end, out.stage);
  if (fault != std::errc{} || last == end || *last != ':' || out.stage < 0) return {};
  return out;
}

}  // namespace vakt::rollout
