#include "bot/actions/card_link.hpp"

#include <algorithm>

namespace vakt::action {

bool is_short_link(std::string_view text) {
  return text.size() == 8 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

std::optional<std::string> short_link_in(std::string_view address) {
  for (const std::string_view start : {"https://", "http://", "www."})
    if (address.starts_with(start)) address.remove_prefix(start.size());
  constexpr std::string_view cards = "trello.com/c/";
  if (!address.starts_with(cards)) return std::nullopt;
  address.remove_prefix(cards.size());
  const auto link = address.substr(0, address.find_first_of("/?#"));
  if (!is_short_link(link)) return std::nullopt;
  return std::string{link};
}

}  // namespace vakt::action
