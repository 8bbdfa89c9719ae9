// What a person types, as Slack stores it.
#include <cctype>

#include "workspace.hpp"

namespace workspace {

namespace {

bool of_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' || (c & 0x80) != 0;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

std::string mention(Workspace& space, const std::string& name, bool for_command) {
  for (const auto& user : space.users)
    if (user.name == name) return "<@" + user.id + (for_command ? "|" + user.name : "") + ">";
  for (const auto& group : space.groups)
    if (group.handle == name) return "<!subteam^" + group.id + (for_command ? "|@" + group.handle : "") + ">";
  if (name == "here" || name == "channel" || name == "everyone") return "<!" + name + ">";
  return "";
}

std::string marked(Workspace& space, char sign, const std::string& name, bool for_command) {
  if (sign == '@') return mention(space, name, for_command);
  Channel* channel = space.channel(name);
  return channel && !channel->is_im && channel->name == name ? "<#" + channel->id + "|" + channel->name + ">" : "";
}

}  // namespace

std::string from_typed(Workspace& space, std::string_view text, bool for_command) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    bool fresh = at == 0 || std::isspace(static_cast<unsigned char>(text[at - 1])) != 0 || text[at - 1] == '(' ||
                 text[at - 1] == ',';
    if (fresh && (text.substr(at).starts_with("https://") || text.substr(at).starts_with("http://"))) {
      std::size_t end = text.find_first_of(" \t\n<>", at);
      if (end == std::string_view::npos) end = text.size();
      while (end > at + 8 && std::string_view(".,;:!?)").find(text[end - 1]) != std::string_view::npos) --end;
      out += "<" + escaped(text.substr(at, end - at)) + ">";
      at = end;
      continue;
    }
    if (fresh && (text[at] == '@' || text[at] == '#')) {
      std::size_t end = at + 1;
      while (end < text.size() && of_name(text[end])) ++end;
      // A full stop that ends a sentence is not part of the name.
      while (end > at + 1 && text[end - 1] == '.') --end;
      std::string found = marked(space, text[at], std::string(text.substr(at + 1, end - at - 1)), for_command);
      if (!found.empty()) {
        out += found;
        at = end;
        continue;
      }
    }
    out += escaped(text.substr(at, 1));
    ++at;
  }
  return out;
}

}  // namespace workspace
