#include "integrations/slack/cut.hpp"

#include <algorithm>

namespace vakt {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes of the longest beginning that is at most `units` long and ends between characters.
std::size_t fitting(std::string_view text, std::size_t units) {
  std::size_t at = 0, used = 0;
  while (at < text.size()) {
    const std::size_t width = static_cast<unsigned char>(text[at]) >= 0xF0 ? 2 : 1;
    if (used + width > units) break;
    used += width;
    ++at;
    for (int more = 0; more < 3 && at < text.size() && continues(text[at]); ++more) ++at;
  }
  return at;
}

// The same end, or an earlier one where that would fall inside an entity or a link.
std::size_t before_entity(std::string_view text, std::size_t end) {
  if (end >= text.size()) return end;
  const std::string_view kept = text.substr(0, end);
  const auto open = kept.rfind('<'), closed = kept.rfind('>');
  if (open != std::string_view::npos && (closed == std::string_view::npos || closed < open) && open > 0) end = open;
  const auto amp = text.substr(0, end).rfind('&');
  if (amp != std::string_view::npos && amp > 0 && end - amp < 6 &&
      text.substr(amp, end - amp).find(';') == std::string_view::npos)
    end = amp;
  return end;
}

}  // namespace

std::size_t utf16_units(std::string_view utf8) {
  std::size_t units = 0, at = 0;
  while (at < utf8.size()) {
    units += static_cast<unsigned char>(utf8[at]) >= 0xF0 ? 2 : 1;
    ++at;
    for (int more = 0; more < 3 && at < utf8.size() && continues(utf8[at]); ++more) ++at;
  }
  return units;
}

std::string cut_plain(std::string_view text, std::size_t longest) {
  if (utf16_units(text) <= longest) return std::string(text);
  return longest == 0 ? std::string() : std::string(text.substr(0, fitting(text, longest - 1))) + "…";
}

std::string cut_mrkdwn(std::string_view text, std::size_t longest) {
  if (utf16_units(text) <= longest) return std::string(text);
  if (longest == 0) return {};
  return std::string(text.substr(0, before_entity(text, fitting(text, longest - 1)))) + "…";
}

std::vector<std::string> split_mrkdwn(std::string_view text, std::size_t longest) {
  std::vector<std::string> parts;
  while (utf16_units(text) > longest) {
    const std::size_t hard = std::max<std::size_t>(before_entity(text, fitting(text, longest)), 1);
    std::size_t end = hard;
    for (const char* at : {"\n", " "}) {
      const auto found = text.substr(0, hard).rfind(at);
      if (found == std::string_view::npos || found < hard / 2) continue;
      end = before_entity(text, found + 1);
      break;
    }
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  if (!text.empty()) parts.emplace_back(text);
  return parts;
}

}  // namespace vakt
