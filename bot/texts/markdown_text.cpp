#include "bot/texts/markdown_text.hpp"

#include <algorithm>

#include "bot/texts/code_blocks.hpp"

namespace vakt {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

// What would begin a block at the start of a line: the place that a backslash goes to.
std::size_t block_mark(std::string_view text) {
  constexpr auto none = std::string_view::npos;
  const auto ends = [&](std::size_t at) {  // control characters come out as space
    return at >= text.size() || static_cast<unsigned char>(text[at]) <= 0x20 || text[at] == 0x7F;
  };
  if (text.empty()) return none;
  const char c = text[0];
  if (c == '>' || c == '=') return 0;
  if (c == '#' && ends(std::min(text.find_first_not_of('#'), text.size()))) return 0;
  if ((c == '-' || c == '+') && (ends(1) || text[1] == c)) return 0;
  if (c == '~' && text.starts_with("~~")) return 0;
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')') && ends(digits + 1))
    return digits;
  return none;
}

// The length of `code` that stands at `at`, backticks included; 0 where none does. Bars would end a table's cell.
std::size_t code_length(std::string_view text, std::size_t at) {
  const auto end = text.find('`', at + 1);
  if (end == std::string_view::npos || end == at + 1) return 0;
  const auto inside = text.substr(at + 1, end - at - 1);
  if (inside.find_first_of("|[{\n") != std::string_view::npos) return 0;
  return text.substr(end).starts_with("``") ? 0 : inside.size() + 2;
}

// `at_start`: it begins a line; space there would hide what begins a block, or be code.
void add_words(std::string& out, std::string_view text, bool at_start, bool keeps_code) {
  while (at_start && !text.empty() && static_cast<unsigned char>(text.front()) <= 0x20) text.remove_prefix(1);
  const auto mark = at_start ? block_mark(text) : std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i], before = i ? text[i - 1] : ' ', after = i + 1 < text.size() ? text[i + 1] : ' ';
    if (c == '\n') {
      out += " / ";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += ' ';
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += is_letter(after) || after == '#' ? "&amp;" : "&";
    } else if (c == '`' && keeps_code && code_length(text, i)) {
      const auto length = code_length(text, i);
      out += text.substr(i, length);
      i += length - 1;
    } else {
      const bool escaped = i == mark || c == '|' || c == '*' || c == '`' || c == '[' || c == ']' || c == '\\' ||
                           (c == '_' && !(is_word(before) && is_word(after))) || (c == '~' && before != ' ') ||
                           (c == '{' && (after == '{' || after == '%' || before == '{'));
      if (escaped) out += '\\';
      out += c;
    }
  }
}

// Nothing in it can end the link, a table's cell or open HTML.
std::string safe_url(std::string_view url) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || std::string_view{"<>()|\\`\"*{}[]'"}.find(c) != std::string_view::npos) {
      out += '%';
      out += hex[byte >> 4U];
      out += hex[byte & 0xFU];
    } else {
      out += c;
    }
  }
  return out;
}

bool is_web(std::string_view url) { return url.starts_with("http://") || url.starts_with("https://"); }

// Addresses among plain words, without the punctuation that ends the sentence they stand in.
void split_addresses(std::string_view words, std::vector<Piece>& out) {
  for (std::size_t from = 0; from < words.size();) {
    auto start = std::min(words.find("http://", from), words.find("https://", from));
    if (start == std::string_view::npos) {
      out.push_back({.words = std::string{words.substr(from)}, .url = {}});
      return;
    }
    auto end = std::min(words.find_first_of(" \t\n<>\"|`", start), words.size());
    while (end > start && std::string_view{".,;:!?)'"}.find(words[end - 1]) != std::string_view::npos) --end;
    if (start > from) out.push_back({.words = std::string{words.substr(from, start - from)}, .url = {}});
    out.push_back({.words = {}, .url = std::string{words.substr(start, end - start)}});
    from = end;
  }
}

// "[title](address)", as people who write Markdown type a link.
void take_typed_titles(std::vector<Piece>& all) {
  for (std::size_t i = 0; i + 2 < all.size(); ++i) {
    auto &before = all[i].words, &title = all[i + 1].words, &after = all[i + 2].words;
    if (!all[i].url.empty() || all[i + 1].url.empty() || !title.empty() || !before.ends_with("](") ||
        !after.starts_with(')'))
      continue;
    const auto open = before.rfind('[');
    if (open == std::string::npos || open + 3 >= before.size()) continue;
    title = before.substr(open + 1, before.size() - open - 3);
    before.resize(open);
    after.erase(0, 1);
  }
}

void add_inline_words(std::string& out, std::string_view mrkdwn, const Names& names) {
  for (const auto& piece : linked_pieces(mrkdwn, names)) {
    if (piece.url.empty()) {
      add_words(out, piece.words, out.empty(), true);
    } else {
      if (out.ends_with('!')) out.insert(out.size() - 1, 1, '\\');  // a link, and no picture from elsewhere
      out += markdown_link(piece.words, piece.url);
    }
  }
}

void add_inline_code(std::string& out, std::string_view mrkdwn, const Names& names, std::size_t most_lines) {
  std::string between;
  for (const auto& line : code_lines(mrkdwn, names)) {
    if (line.empty()) continue;
    if (most_lines-- == 0) {
      out += " …";
      return;
    }
    out += between;
    if (const auto code = inline_code(line); !code.empty())
      out += code;
    else
      add_words(out, line, true, false);
    between = " / ";
  }
}

}  // namespace

std::string markdown_words(std::string_view plain) {
  std::string out;
  add_words(out, plain, true, false);
  return out;
}

std::string markdown_line(std::string_view mrkdwn, const Names& names, std::size_t most_code_lines) {
  constexpr std::string_view space = " \t\r\n";
  std::string out;
  std::string_view between;  // before what comes next
  for (const auto& part : parts_with_code(mrkdwn)) {
    auto text = part.text;
    const auto words_from = std::min(text.find_first_not_of(space), text.size());
    if (part.is_code) {
      out += out.empty() ? "" : between;
      add_inline_code(out, text, names, most_code_lines);
      between = " / ";
      continue;
    }
    const bool after_code = !between.empty();
    if (after_code && words_from == text.size()) continue;
    if (after_code) {
      const bool new_line = text.substr(0, words_from).find('\n') != std::string_view::npos;
      if (new_line || words_from > 0 || text.starts_with('`')) out += new_line ? " / " : " ";
      text.remove_prefix(words_from);
    }
    const bool before_code = text.data() + text.size() != mrkdwn.data() + mrkdwn.size();
    if (before_code) text = text.substr(0, text.find_last_not_of(space) + 1);
    add_inline_words(out, text, names);
    between = " ";
  }
  return out;
}

std::string markdown_code(std::string_view name) { return markdown_line("`" + escaped(name) + "`", {}); }

std::string markdown_link(std::string_view title, std::string_view url) {
  if (!is_web(url)) return markdown_words(title.empty() ? url : title);
  if (title.empty()) return safe_url(url);
  std::string words;
  add_words(words, title, false, false);
  return "[" + words + "](" + safe_url(url) + ")";
}

std::vector<Piece> linked_pieces(std::string_view mrkdwn, const Names& names) {
  std::vector<Piece> found;
  for (auto& piece : pieces(mrkdwn, names)) {
    if (piece.url.empty())
      split_addresses(piece.words, found);
    else
      found.push_back(std::move(piece));
  }
  take_typed_titles(found);
  return found;
}

}  // namespace vakt
