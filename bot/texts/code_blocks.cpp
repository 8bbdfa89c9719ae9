#include "bot/texts/code_blocks.hpp"

#include <algorithm>

#include "bot/texts/markdown_text.hpp"

namespace vakt {

namespace {

constexpr auto none = std::string_view::npos;
constexpr std::size_t shortest_fence = 3;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == none; }

std::size_t run_length(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of('`', at), text.size()) - at;
}

// The first run of at least so many backticks; text.size() where there is none.
std::size_t find_run(std::string_view text, std::size_t from, std::size_t at_least) {
  while ((from = text.find('`', from)) != none) {
    const auto length = run_length(text, from);
    if (length >= at_least) return from;
    from += length;
  }
  return text.size();
}

std::string_view line_before(std::string_view text, std::size_t at) {
  const auto line_break = text.substr(0, at).rfind('\n');
  return text.substr(line_break == none ? 0 : line_break + 1, at - (line_break == none ? 0 : line_break + 1));
}

std::string_view line_after(std::string_view text, std::size_t at) {
  return text.substr(at, std::min(text.find('\n', at), text.size()) - at);
}

std::size_t longest_run(const std::vector<std::string>& lines) {
  std::size_t longest = 0;
  for (const auto& line : lines)
    for (std::size_t at = 0; (at = line.find('`', at)) != none; at += run_length(line, at))
      longest = std::max(longest, run_length(line, at));
  return longest;
}

}  // namespace

std::vector<TextPart> parts_with_code(std::string_view text) {
  std::vector<TextPart> parts;
  std::size_t words_from = 0;
  const auto add_words = [&](std::size_t until) {
    const auto words = text.substr(words_from, until - words_from);
    if (!words.empty()) parts.push_back({.text = words, .whole = words});
  };
  for (std::size_t open = 0; (open = find_run(text, open, shortest_fence)) < text.size();) {
    const auto length = run_length(text, open);
    const auto from = open + length, close = find_run(text, from, length);
    const auto inside = text.substr(from, close - from);
    const bool never_closed = close == text.size();
    const bool begins_line = is_blank(line_before(text, open));
    const bool several = inside.find('\n') != none;
    const auto behind = never_closed ? close : close + run_length(text, close);
    if (never_closed && !(begins_line && several)) {
      open = from;
      continue;
    }
    if (!is_blank(inside)) {
      add_words(open);
      parts.push_back({.is_code = true,
                       .is_block = several || (begins_line && is_blank(line_after(text, behind))),
                       .text = inside,
                       .whole = text.substr(open, behind - open)});
      words_from = behind;
    }
    open = behind;
  }
  add_words(text.size());
  return parts;
}

std::vector<std::string> code_lines(std::string_view mrkdwn, const Names& names) {
  std::vector<std::string> lines(1);
  for (const auto& piece : pieces(mrkdwn, names)) {
    for (const char c : piece.words.empty() ? piece.url : piece.words) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '\n')
        lines.emplace_back();
      else if (c != '\r')
        lines.back() += (byte < 0x20 && c != '\t') || byte == 0x7F ? ' ' : c;
    }
  }
  for (auto& line : lines) line.erase(line.find_last_not_of(" \t") + 1);
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  lines.erase(lines.begin(), std::ranges::find_if(lines, [](const std::string& line) { return !line.empty(); }));
  return lines;
}

std::string fenced(const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  const std::string fence(std::max(shortest_fence, longest_run(lines) + 1), '`');
  auto out = fence + "\n";
  for (const auto& line : lines) out += line + "\n";
  return out + fence;
}

std::string inline_code(std::string_view line) {
  const auto from = std::min(line.find_first_not_of(" \t"), line.size());
  std::string code{line.substr(from)};
  std::ranges::replace(code, '\t', ' ');
  // A bar ends a table's cell and takes no backslash outside one; a site's generator fills in {{ and {%.
  for (const auto& bad : {std::string_view{"|"}, std::string_view{"{{"}, std::string_view{"{%"}, placeholder})
    if (code.find(bad) != none) return {};
  if (code.empty()) return code;
  const std::string fence(longest_run({code}) + 1, '`');
  const bool pad = code.starts_with('`') || code.ends_with('`');
  return pad ? fence + " " + code + " " + fence : fence + code + fence;
}

}  // namespace vakt
