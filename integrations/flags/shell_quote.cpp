#include "integrations/flags/shell_quote.hpp"

#include <algorithm>

namespace vakt::flag {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_plain(char c) { return is_letter(c) || is_digit(c) || std::string_view("-./:@%+,").contains(c); }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string ansi_quoted(std::string_view text) {
  std::string quoted = "$'";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_control(c)) {
      // Octal always takes three digits, so what follows cannot join in.
      quoted += {'\\', static_cast<char>('0' + (byte >> 6)), static_cast<char>('0' + ((byte >> 3) & 7)),
                 static_cast<char>('0' + (byte & 7))};
    } else {
      if (c == '\'' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted + "'";
}

}  // namespace

std::string shell_quote(std::string_view text) {
  if (!text.empty() && std::ranges::all_of(text, is_plain)) return std::string(text);
  if (std::ranges::any_of(text, is_control)) return ansi_quoted(text);
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  }
  return quoted + "'";
}

std::string shell_variable(std::string_view name) {
  const bool is_name = !name.empty() && !is_digit(name.front()) &&
                       std::ranges::all_of(name, [](char c) { return is_letter(c) || is_digit(c); });
  return "\"$" + std::string(is_name ? name : "TOKEN") + "\"";
}

std::string shell_quote_with_token(std::string_view text, std::string_view variable) {
  constexpr std::string_view mark = "{token}";
  std::string word;
  for (;;) {
    const auto at = text.find(mark);
    const auto before = text.substr(0, at);
    if (!before.empty()) word += shell_quote(before);
    if (at == std::string_view::npos) break;
    word += shell_variable(variable);
    text.remove_prefix(at + mark.size());
  }
  return word.empty() ? "''" : word;
}

}  // namespace vakt::flag
