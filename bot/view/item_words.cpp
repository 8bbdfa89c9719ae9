#include "bot/view/item_words.hpp"

#include <algorithm>

#include "bot/texts/mrkdwn.hpp"

namespace vakt::view {

namespace {

constexpr std::size_t label_shown = 40, url_longest = 400;

bool is_usable(std::string_view url) {
  return url.starts_with("https://") && url.size() <= url_longest && std::ranges::none_of(url, [](char c) {
           return c == '|' || c == '<' || c == '>' || static_cast<unsigned char>(c) <= ' ';
         });
}

}  // namespace

std::string one_line(std::string_view text, std::size_t most) {
  auto line = shortened(tidy(text), most);
  std::ranges::replace(line, '\n', ' ');
  std::ranges::replace(line, '`', '\'');
  return escaped(line);
}

std::string card_link(std::string_view url, std::string_view label) {
  if (label.empty() && url.empty()) return {};
  const auto shown = one_line(label.empty() ? "Trello" : label, label_shown);
  return is_usable(url) ? "<" + escaped(url) + "|" + shown + ">" : shown;
}

}  // namespace vakt::view
