// The address of a card: https://trello.com/c/<8 letters and digits>(/<slug>). Of it the 8 alone never change. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vakt::action {

// "QIgNLSh1" of a card's address, with or without https:// and what follows; nothing where it is none.
std::optional<std::string> short_link_in(std::string_view address);
bool is_short_link(std::string_view text);

}  // namespace vakt::action
