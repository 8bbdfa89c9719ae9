#include "web.hpp"

#include <cstdlib>

namespace workspace {

std::string from_percent(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+') {
      out += ' ';
    } else if (text[at] == '%' && at + 2 < text.size()) {
      out += static_cast<char>(std::strtol(std::string(text.substr(at + 1, 2)).c_str(), nullptr, 16));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::map<std::string, std::string> form_fields(std::string_view text) {
  std::map<std::string, std::string> out;
  while (!text.empty()) {
    std::string_view pair = text.substr(0, text.find('&'));
    auto equals = pair.find('=');
    if (!pair.empty())
      out[from_percent(pair.substr(0, equals))] =
          equals == std::string_view::npos ? "" : from_percent(pair.substr(equals + 1));
    text = pair.size() == text.size() ? std::string_view() : text.substr(pair.size() + 1);
  }
  return out;
}

}  // namespace workspace
