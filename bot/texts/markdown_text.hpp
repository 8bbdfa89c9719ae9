// People's words in Markdown: shown as they were written, never read as a heading, a table, a link, a template or HTML.
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "bot/texts/mrkdwn.hpp"

namespace vakt {

// What is still to be filled in. No text of people's comes out like it, so it is ours alone.
inline constexpr std::string_view placeholder = "[FILL_IN]";

// Plain words on one line, also of a table; a line break becomes " / ".
std::string markdown_words(std::string_view plain);

// Slack's mrkdwn on one line, also of a table: names resolved, links kept as links, `code` kept as code. Of a code
// block each line is code, at most so many of them, with "…" where there are more.
std::string markdown_line(std::string_view mrkdwn, const Names&, std::size_t most_code_lines = std::string::npos);

// Slack's mrkdwn with its line breaks, lists and code blocks; no line break at its end.
std::string markdown_block(std::string_view mrkdwn, const Names&);

// A name as code.
std::string markdown_code(std::string_view name);

// "[title](url)", a bare address without a title; words alone where it is no web address.
std::string markdown_link(std::string_view title, std::string_view url);

// The pieces of a text, with addresses that were typed among its words as links too: plainly or as "[title](address)".
std::vector<Piece> linked_pieces(std::string_view mrkdwn, const Names&);

}  // namespace vakt
