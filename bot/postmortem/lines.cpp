#include "bot/postmortem/lines.hpp"

#include <algorithm>
#include <map>

namespace vakt::postmortem {

namespace {

struct Fence {
  char mark = 0;
  std::size_t length = 0;  // 0: none
  bool may_close = false;  // nothing stands behind it
};

// As CommonMark has it: at most three spaces, at least three backticks or tildes; no backtick behind backticks.
Fence fence_of(std::string_view line) {
  const auto from = line.find_first_not_of(' ');
  if (from == std::string_view::npos || from > 3 || (line[from] != '`' && line[from] != '~')) return {};
  const char mark = line[from];
  const auto end = std::min(line.find_first_not_of(mark, from), line.size());
  const auto behind = line.substr(end);
  if (end - from < 3 || (mark == '`' && behind.find('`') != std::string_view::npos)) return {};
  return {mark, end - from, behind.find_first_not_of(" \t\r") == std::string_view::npos};
}

std::vector<Line> split(std::string_view markdown) {
  std::vector<Line> lines;
  while (!markdown.empty()) {
    const auto end = std::min(markdown.find('\n'), markdown.size());
    lines.push_back({markdown.substr(0, end)});
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
  }
  return lines;
}

// The line that closes the fence of line `open`; that line itself where none does.
std::size_t closing_line(const std::vector<Line>& lines, std::size_t open, const Fence& fence) {
  for (auto i = open + 1; i < lines.size(); ++i) {
    const auto other = fence_of(lines[i].text);
    if (other.mark == fence.mark && other.length >= fence.length && other.may_close) return i;
  }
  return open;
}

}  // namespace

std::vector<Line> lines_of(std::string_view markdown) {
  auto lines = split(markdown);
  bool in_comment = false, in_front_matter = markdown.starts_with("---\n");
  std::map<char, std::size_t> never_closed;  // by mark: so long a fence, or a longer one, finds no end any more
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto& [text, kind] = lines[i];
    if (in_front_matter) {
      kind = Line::Kind::front_matter;
      in_front_matter = i == 0 || text != "---";
      continue;
    }
    in_comment = in_comment || text.starts_with("<!--");
    if (in_comment) {
      kind = Line::Kind::comment;
      in_comment = text.find("-->") == std::string_view::npos;
      continue;
    }
    const auto fence = fence_of(text);
    if (!fence.length) continue;
    const auto hopeless = never_closed.find(fence.mark);
    if (hopeless != never_closed.end() && fence.length >= hopeless->second) continue;
    const auto close = closing_line(lines, i, fence);
    if (close == i) {
      never_closed[fence.mark] = fence.length;
      continue;
    }
    for (auto j = i; j <= close; ++j) lines[j].kind = Line::Kind::code;
    i = close;
  }
  return lines;
}

}  // namespace vakt::postmortem
