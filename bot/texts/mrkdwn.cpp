#include "bot/texts/mrkdwn.hpp"

#include <algorithm>

namespace vakt {

namespace {

void decode_entities(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size();) {
    const auto rest = text.substr(i);
    if (rest.starts_with("&amp;")) {
      out += '&';
      i += 5;
    } else if (rest.starts_with("&lt;")) {
      out += '<';
      i += 4;
    } else if (rest.starts_with("&gt;")) {
      out += '>';
      i += 4;
    } else {
      out += text[i++];
    }
  }
}

std::string named(std::string_view id, std::string_view label, const Names& names) {
  if (const auto known = names.find(std::string{id}); known != names.end() && !known->second.empty())
    return known->second;
  return std::string{label.empty() ? id : label};
}

std::string_view without_mailto(std::string_view target) {
  return target.starts_with("mailto:") ? target.substr(7) : target;
}

// The inside of one <…>.
void read_entity(std::string_view inside, const Names& names, std::string& out) {
  const auto bar = inside.find('|');
  const auto target = inside.substr(0, bar);
  const auto label = bar == std::string_view::npos ? std::string_view{} : inside.substr(bar + 1);
  if (target.starts_with('@')) {
    out += '@' + named(target.substr(1), label, names);
  } else if (target.starts_with('#')) {
    out += '#' + named(target.substr(1), label, names);
  } else if (target.starts_with("!subteam^")) {
    auto group = named(target.substr(9), label, names);
    out += group.starts_with('@') ? group : '@' + group;
  } else if (target.starts_with("!date^")) {
    decode_entities(label, out);
  } else if (target.starts_with('!')) {
    out += '@';
    out += label.empty() ? target.substr(1, target.find('^') - 1) : label;
  } else {
    const auto shown = without_mailto(target);
    if (label.empty() || label == shown) {
      decode_entities(shown, out);
    } else {
      decode_entities(label, out);
      out += " (";
      decode_entities(shown, out);
      out += ')';
    }
  }
}

std::size_t characters_end(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U && count++ == most) return i;
  }
  return text.size();
}

}  // namespace

std::string escaped(std::string_view plain) {
  std::string out;
  out.reserve(plain.size());
  for (const char c : plain) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string harmless(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '<') {
      out += text[i++];
      continue;
    }
    const auto end = text.find('>', i);
    const bool kept = end != std::string_view::npos && i + 1 < end && text[i + 1] != '!' &&
                      text.substr(i + 1, end - i - 1).find('<') == std::string_view::npos;
    if (kept) {
      out += text.substr(i, end - i + 1);
      i = end + 1;
    } else {
      const auto stop = end == std::string_view::npos ? i + 1 : end + 1;
      if (end != std::string_view::npos && text.substr(i + 1).starts_with('!')) {
        std::string said;
        read_entity(text.substr(i + 1, end - i - 1), {}, said);
        for (const char c : said)
          out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string{c};  // a label may hold another
      } else {
        out += escaped(text.substr(i, stop - i));
      }
      i = stop;
    }
  }
  return out;
}

std::string readable(std::string_view text, const Names& names) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto open = text.find('<', i);
    decode_entities(text.substr(i, open == std::string_view::npos ? open : open - i), out);
    if (open == std::string_view::npos) break;
    const auto close = text.find('>', open);
    if (close == std::string_view::npos) {
      decode_entities(text.substr(open), out);
      break;
    }
    read_entity(text.substr(open + 1, close - open - 1), names, out);
    i = close + 1;
  }
  return out;
}

std::vector<Piece> pieces(std::string_view text, const Names& names) {
  std::vector<Piece> found(1);
  for (std::size_t i = 0; i < text.size();) {
    const auto open = text.find('<', i);
    decode_entities(text.substr(i, open == std::string_view::npos ? open : open - i), found.back().words);
    if (open == std::string_view::npos) break;
    const auto close = text.find('>', open);
    if (close == std::string_view::npos) {
      decode_entities(text.substr(open), found.back().words);
      break;
    }
    const auto inside = text.substr(open + 1, close - open - 1);
    if (inside.starts_with("http://") || inside.starts_with("https://")) {
      const auto bar = inside.find('|');
      Piece link;
      decode_entities(inside.substr(0, bar), link.url);
      if (bar != std::string_view::npos) decode_entities(inside.substr(bar + 1), link.words);
      if (link.words == link.url) link.words.clear();
      found.push_back(std::move(link));
      found.emplace_back();
    } else {
      read_entity(inside, names, found.back().words);
    }
    i = close + 1;
  }
  std::erase_if(found, [](const Piece& piece) { return piece.words.empty() && piece.url.empty(); });
  return found;
}

std::string mentioned_user(std::string_view word) {
  if (!word.starts_with("<@") || !word.ends_with('>')) return {};
  auto inside = word.substr(2, word.size() - 3);
  inside = inside.substr(0, inside.find('|'));
  for (const char c : inside)
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return {};
  return std::string{inside};
}

std::string shortened(std::string_view text, std::size_t most) {
  if (characters_end(text, most) == text.size()) return std::string{text};
  return std::string{text.substr(0, characters_end(text, most - 1))} + "…";
}

bool is_user_id(std::string_view text) {
  return text.size() > 1 && (text.starts_with('U') || text.starts_with('W')) &&
         std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

std::string person(std::string_view id_or_name) {
  return is_user_id(id_or_name) ? "<@" + std::string{id_or_name} + ">" : escaped(id_or_name);
}

std::string code(std::string_view name) {
  constexpr std::size_t longest = 100;
  return name.empty() ? std::string{} : "`" + escaped(shortened(name, longest)) + "`";
}

std::string tidy(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n' || (byte >= 0x20 && byte != 0x7F))
      out += c;
    else if (c == '\t' || c == '\r')
      out += ' ';
  }
  const auto first = out.find_first_not_of(" \n");
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(" \n") - first + 1);
}

}  // namespace vakt
