#include "bot/flags/regex_syntax.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "bot/flags/regex_classes.hpp"
#include "bot/flags/words.hpp"

namespace vakt::flag {

namespace {

using Node = RegexNode;
using Kind = RegexNode::Kind;
using Set = CharacterSet;
using Refused = std::unexpected<RegexRefusal>;

constexpr std::size_t longest = 512;
constexpr int deepest = 30, most_repeats = 1000;

struct Flags {
  bool fold = false, multi_line = false, dot_all = false;
};

class Parser {
 public:
  Parser(std::string_view pattern, bool fold) : rest_(pattern), flags_{.fold = fold} {}

  std::expected<Node, RegexRefusal> whole() {
    auto node = choice(0);
    if (!node) return node;
    if (!rest_.empty()) return Refused(RegexRefusal::invalid);  // a ')' too many
    return node;
  }

 private:
  // a|b|c, until the end or a ')' that is left.
  std::expected<Node, RegexRefusal> choice(int depth) {
    if (depth > deepest) return Refused(RegexRefusal::uncertain);
    Node all{.kind = Kind::choice, .characters = {}, .children = {}};
    do {
      auto branch = sequence(depth);
      if (!branch) return branch;
      all.children.push_back(*std::move(branch));
    } while (cut("|"));
    return all;
  }

  std::expected<Node, RegexRefusal> sequence(int depth) {
    Node all{.kind = Kind::sequence, .characters = {}, .children = {}};
    while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      if (const auto times = quantifier()) return Refused(*times ? RegexRefusal::invalid : times->error());
      auto node = atom(depth);
      if (!node) return Refused(node.error());
      if (!*node) {  // flags alone: engines differ on what a quantifier after them repeats
        if (quantifier()) return Refused(RegexRefusal::uncertain);
        continue;
      }
      if (const auto times = quantifier()) {
        if (!*times) return Refused(times->error());
        Node repeat{.kind = Kind::repeat, .characters = {}, .children = {}};
        std::tie(repeat.least, repeat.most) = **times;
        repeat.children.push_back(**std::move(node));
        all.children.push_back(std::move(repeat));
        if (quantifier()) return Refused(RegexRefusal::uncertain);  // a**
      } else {
        all.children.push_back(**std::move(node));
      }
    }
    return all;
  }

  // * + ? {n} {n,} {n,m}, and a ? after it; nothing where none stands here (a '{' may be itself).
  using Times = std::expected<std::pair<int, int>, RegexRefusal>;
  std::optional<Times> quantifier() {
    std::pair<int, int> times{0, -1};
    if (cut("*")) {
    } else if (cut("+")) {
      times = {1, -1};
    } else if (cut("?")) {
      times = {0, 1};
    } else if (rest_.starts_with('{')) {
      const auto close = rest_.find('}');
      if (close == std::string_view::npos) return std::nullopt;
      const auto inside = rest_.substr(1, close - 1);
      const auto comma = inside.find(',');
      const auto least = count(inside.substr(0, comma));
      auto most = least;
      if (comma != std::string_view::npos) most = comma + 1 == inside.size() ? -1 : count(inside.substr(comma + 1));
      if (!least || !most) return std::nullopt;
      rest_.remove_prefix(close + 1);
      if (*least > most_repeats || *most > most_repeats || (*most >= 0 && *most < *least))
        return Times(Refused(RegexRefusal::invalid));
      times = {*least, *most};
    } else {
      return std::nullopt;
    }
    cut("?");  // lazy: finds the same texts
    return Times(times);
  }

  std::optional<int> count(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    return whole_number(text);
  }

  using MaybeNode = std::expected<std::optional<Node>, RegexRefusal>;
  static MaybeNode of(Kind kind) { return Node{.kind = kind, .characters = {}, .children = {}}; }
  MaybeNode of(const Set& set) const {
    return Node{.kind = Kind::characters, .characters = folded(set, flags_.fold), .children = {}};
  }

  MaybeNode atom(int depth) {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    if (c == '(') return group(depth);
    if (c == '[') return bracket();
    if (c == '\\') return escape();
    if (c == '.') return of(flags_.dot_all ? ~Set{} : ~one('\n'));
    if (c == '^') return of(flags_.multi_line ? Kind::line_start : Kind::text_start);
    if (c == '$') return of(flags_.multi_line ? Kind::line_end : Kind::text_end);
    return of(one(c));
  }

  // After a '('.
  MaybeNode group(int depth) {
    const auto outside = flags_;
    if (cut("?")) {
      if (cut("=") || cut("!") || cut("<=") || cut("<!")) return Refused(RegexRefusal::invalid);  // look-around
      const auto ends = flag_letters();
      if (!ends) return Refused(ends.error());
      if (*ends == ')') return std::optional<Node>{};  // the flags hold until the end of the group around them
    }
    auto inside = choice(depth + 1);
    flags_ = outside;
    if (!inside) return Refused(inside.error());
    if (!cut(")")) return Refused(RegexRefusal::invalid);
    return *std::move(inside);
  }

  // i, m, s, and -i … up to a ':' (of a group) or ')' (of the flags alone), which is answered.
  std::expected<char, RegexRefusal> flag_letters() {
    char before = '?';
    for (bool on = true; !rest_.empty();) {
      const char c = rest_[0];
      rest_.remove_prefix(1);
      if ((c == ':' && before != '-') || (c == ')' && before != '-' && before != '?')) return c;
      if (c == '-' && on)
        on = false;
      else if (c == 'i')
        flags_.fold = on;
      else if (c == 'm')
        flags_.multi_line = on;
      else if (c == 's')
        flags_.dot_all = on;
      else
        return Refused(RegexRefusal::uncertain);  // named groups too
      before = c;
    }
    return Refused(RegexRefusal::invalid);
  }

  MaybeNode bracket() {
    const bool negated = cut("^");
    Set all;
    for (bool first = true; first || !rest_.starts_with(']'); first = false) {
      if (rest_.empty()) return Refused(RegexRefusal::invalid);
      if (cut("[:")) {
        const bool opposite = cut("^");
        const auto end = rest_.find(":]");
        const auto set = named_class(rest_.substr(0, end));
        if (end == std::string_view::npos || !set) return Refused(RegexRefusal::uncertain);
        rest_.remove_prefix(end + 2);
        all |= opposite ? ~*set : *set;
        continue;
      }
      if (rest_[0] == '\\' && rest_.size() > 1) {
        if (const auto set = perl_class(rest_[1])) {
          rest_.remove_prefix(2);
          all |= *set;
          continue;
        }
      }
      const auto from = bracket_character();
      if (!from) return Refused(from.error());
      auto to = from;
      if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
        rest_.remove_prefix(1);
        to = bracket_character();
        if (!to) return Refused(to.error());
        if (*to < *from) return Refused(RegexRefusal::invalid);
      }
      all |= range(*from, *to);
    }
    rest_.remove_prefix(1);
    all = folded(all, flags_.fold);
    return Node{.kind = Kind::characters, .characters = negated ? ~all : all, .children = {}};
  }

  std::expected<char, RegexRefusal> bracket_character() {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    return c == '\\' ? escaped_character() : std::expected<char, RegexRefusal>(c);
  }

  MaybeNode escape() {
    if (!rest_.empty()) {
      if (const auto set = perl_class(rest_[0])) {
        rest_.remove_prefix(1);
        return of(*set);
      }
      if (cut("b")) return of(Kind::boundary);
      if (cut("B")) return of(Kind::no_boundary);
      if (cut("A")) return of(Kind::text_start);
      if (cut("z")) return of(Kind::text_end);
    }
    const auto c = escaped_character();
    if (!c) return Refused(c.error());
    return of(one(*c));
  }

  // What stands after a backslash that means one character.
  std::expected<char, RegexRefusal> escaped_character() {
    if (rest_.empty()) return Refused(RegexRefusal::invalid);
    const char c = rest_[0];
    rest_.remove_prefix(1);
    constexpr std::string_view names = "aftnrv", meanings = "\a\f\t\n\r\v";
    if (const auto at = names.find(c); at != std::string_view::npos) return meanings[at];
    if (c >= '1' && c <= '9') {
      const bool octal = c < '8' && !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '7';
      return Refused(octal ? RegexRefusal::uncertain : RegexRefusal::invalid);  // a back-reference
    }
    const bool letter = letters()[static_cast<std::size_t>(c)];
    if (letter || c == '0' || c == '_' || c < '!' || c == '\x7f') return Refused(RegexRefusal::uncertain);
    return c;
  }

  bool cut(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  std::string_view rest_;
  Flags flags_;
};

// How often a counted repeat may repeat what is in it; RE2 refuses more than a thousand in all.
int repeats(const Node& node) {
  int inside = 1;
  for (const auto& child : node.children) inside = std::max(inside, repeats(child));
  const int mine = node.kind == Kind::repeat ? std::max({node.least, node.most, 1}) : 1;
  return std::min(mine, most_repeats + 1) * std::min(inside, most_repeats + 1);
}

}  // namespace

std::expected<RegexNode, RegexRefusal> parse_regex(std::string_view pattern, bool case_insensitive) {
  if (pattern.size() > longest || !ascii(pattern)) return Refused(RegexRefusal::uncertain);
  auto node = Parser(pattern, case_insensitive).whole();
  if (node && repeats(*node) > most_repeats) return Refused(RegexRefusal::uncertain);
  return node;
}

}  // namespace vakt::flag
