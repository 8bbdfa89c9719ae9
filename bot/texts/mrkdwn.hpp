// Slack's mrkdwn: putting people's words into it safely, and reading it back as plain words. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vakt {

// A person's words as mrkdwn that shows them and pings no channel (docs.slack.dev: escape &, < and >).
// Words that came from Slack (already escaped) keep mentions of people, but never <!channel>, <!here>, <!everyone> or a
// group's.
std::string escaped(std::string_view plain);
std::string harmless(std::string_view slack_text);

using Names = std::map<std::string, std::string>;  // id -> name

// Entities decoded, names resolved, links as "label (url)", line breaks kept.
std::string readable(std::string_view slack_text, const Names& names);

// What a text is made of, in order: words as readable() gives them, and web links.
struct Piece {
  std::string words;  // of a link: its label; empty: the link stood alone
  std::string url;    // http or https; empty: words alone
  bool operator==(const Piece&) const = default;
};
std::vector<Piece> pieces(std::string_view slack_text, const Names& names);

// The user id of a typed mention "<@U123|kari>", or empty.
std::string mentioned_user(std::string_view word);

// At most `most` characters (of UTF-8), with "…" where something was cut.
std::string shortened(std::string_view text, std::size_t most);

// A name as inline code, cut where it is very long; nothing of nothing.
std::string code(std::string_view name);

// Whether it is spelt as Slack spells a user's id: U or W, then capitals and digits.
bool is_user_id(std::string_view);
// A user's id as a mention; whatever else a person is called, escaped.
std::string person(std::string_view id_or_name);

// The text without control characters other than line breaks, trimmed.
std::string tidy(std::string_view text);

}  // namespace vakt
