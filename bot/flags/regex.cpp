#include "bot/flags/regex.hpp"

#include <algorithm>
#include <vector>

#include "bot/flags/regex_syntax.hpp"
#include "bot/flags/words.hpp"

namespace vakt::flag {

namespace {

using Node = RegexNode;
using Kind = RegexNode::Kind;
using Places = std::vector<char>;  // 1 for each place in the text, its end included, that may be reached

constexpr std::size_t longest = 1024;
constexpr long most_steps = 2'000'000;

// All places at once, so nothing is tried twice: no pattern takes exponential time.
class Matcher {
 public:
  explicit Matcher(std::string_view text) : text_(text) {}

  bool finds(const Node& node) {
    const Places ends = after(node, Places(text_.size() + 1, 1));
    return any(ends);
  }
  bool gave_up() const { return steps_ > most_steps; }

 private:
  // Where a match of the node may end, begun at one of these places.
  Places after(const Node& node, Places from) {
    steps_ += static_cast<long>(from.size());
    if (gave_up() || !any(from)) return Places(from.size(), 0);
    switch (node.kind) {
      case Kind::characters:
        return moved(node, from);
      case Kind::sequence:
        for (const auto& child : node.children) from = after(child, std::move(from));
        return from;
      case Kind::choice: {
        Places all(from.size(), 0);
        for (const auto& child : node.children) join(all, after(child, from));
        return all;
      }
      case Kind::repeat:
        return repeated(node, std::move(from));
      default:
        for (std::size_t at = 0; at < from.size(); ++at)
          if (from[at] && !stands(node.kind, at)) from[at] = 0;
        return from;
    }
  }

  Places moved(const Node& node, const Places& from) const {
    Places to(from.size(), 0);
    for (std::size_t at = 0; at < text_.size(); ++at)
      if (from[at] && node.characters[static_cast<unsigned char>(text_[at])]) to[at + 1] = 1;
    return to;
  }

  Places repeated(const Node& node, Places from) {
    const auto& child = node.children.front();
    for (int i = 0; i < node.least && any(from); ++i) from = after(child, std::move(from));
    Places all = from;
    for (int i = node.least; (node.most < 0 || i < node.most) && any(from); ++i) {
      from = after(child, std::move(from));
      for (std::size_t at = 0; at < from.size(); ++at) from[at] = from[at] && !all[at];  // only what is new
      join(all, from);
    }
    return all;
  }

  bool stands(Kind kind, std::size_t at) const {
    const bool start = at == 0, end = at == text_.size();
    switch (kind) {
      case Kind::text_start:
        return start;
      case Kind::text_end:
        return end;
      case Kind::line_start:
        return start || text_[at - 1] == '\n';
      case Kind::line_end:
        return end || text_[at] == '\n';
      default: {
        const bool edge = (!start && word(text_[at - 1])) != (!end && word(text_[at]));
        return edge == (kind == Kind::boundary);
      }
    }
  }

  static bool word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
  static bool any(const Places& places) { return places.end() != std::find(places.begin(), places.end(), 1); }
  static void join(Places& into, const Places& more) {
    for (std::size_t at = 0; at < into.size(); ++at) into[at] = into[at] || more[at];
  }

  std::string_view text_;
  long steps_ = 0;
};

}  // namespace

Truth regex_finds(std::string_view pattern, std::string_view text, bool case_insensitive) {
  const auto node = parse_regex(pattern, case_insensitive);
  if (!node) return node.error() == RegexRefusal::invalid ? Truth::no : Truth::unknown;
  // Engines differ on whether $ stands before a last line break, and whether \s takes a vertical tab.
  const bool differs = text.ends_with('\n') || text.find('\v') != std::string_view::npos;
  if (text.size() > longest || differs || !ascii(text)) return Truth::unknown;
  Matcher matcher(text);
  const bool found = matcher.finds(*node);
  return matcher.gave_up() ? Truth::unknown : truth_of(found);
}

}  // namespace vakt::flag
