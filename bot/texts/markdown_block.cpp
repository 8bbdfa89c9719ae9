// A text of several lines as Markdown: its lines, its lists, its code blocks.
#include <algorithm>

#include "bot/texts/code_blocks.hpp"
#include "bot/texts/markdown_text.hpp"

namespace vakt {

namespace {

struct ListMark {
  std::size_t indent = 0, length = 0;  // length 0: no list's line
  std::string shown;
};

ListMark list_mark(std::string_view line) {
  const auto indent = std::min(line.find_first_not_of(' '), line.size());
  const auto rest = line.substr(indent);
  for (const std::string_view bullet : {"- ", "* ", "• ", "◦ ", "▪ "})
    if (rest.starts_with(bullet)) return {indent, indent + bullet.size(), "- "};
  const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (digits > 0 && digits < 4 && rest.substr(digits).starts_with(". "))
    return {indent, indent + digits + 2, std::string{rest.substr(0, digits + 2)}};
  return {};
}

void add_lines(std::string& out, std::string_view mrkdwn, const Names& names) {
  bool in_list = false;
  while (!mrkdwn.empty()) {
    const auto end = std::min(mrkdwn.find('\n'), mrkdwn.size());
    auto line = mrkdwn.substr(0, end);
    mrkdwn.remove_prefix(std::min(end + 1, mrkdwn.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    auto mark = list_mark(line);
    auto content = markdown_line(line.substr(mark.length), names);
    if (mark.length > 0 && content.empty()) {  // a dash alone would make a heading of the line above
      mark = {};
      content = markdown_line(line, names);
    }
    const auto words = std::min(line.find_first_not_of(" \t"), line.size());
    // A deep indent outside a list would be code to Markdown.
    const bool goes_on = in_list && words > 0 && words < line.size();
    if (mark.length > 0)
      out += std::string(in_list ? mark.indent : 0, ' ') + mark.shown;
    else if (goes_on)
      out += std::string(line.substr(0, words));
    out += content;
    if (words < line.size()) in_list = mark.length > 0 || goes_on;
    out += '\n';
  }
}

}  // namespace

std::string markdown_block(std::string_view mrkdwn, const Names& names) {
  std::string out;
  for (const auto& part : parts_with_code(mrkdwn)) {
    if (!part.is_block) continue;  // code among words stands in their line
    const auto before = mrkdwn.substr(0, static_cast<std::size_t>(part.whole.data() - mrkdwn.data()));
    add_lines(out, before.substr(0, before.find_last_not_of(" \t") + 1), names);
    out += fenced(code_lines(part.text, names)) + '\n';
    mrkdwn.remove_prefix(before.size() + part.whole.size());
    const auto next = std::min(mrkdwn.find_first_not_of(" \t\r"), mrkdwn.size());
    if (next == mrkdwn.size() || mrkdwn[next] == '\n') mrkdwn.remove_prefix(std::min(next + 1, mrkdwn.size()));
  }
  add_lines(out, mrkdwn, names);
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace vakt
