#include "bot/actions/card.hpp"

#include <algorithm>
#include <array>

namespace vakt::action {

namespace {

// In the order of RefusedFor.
constexpr std::array<std::string_view, 10> refusals{"other",          "not_configured", "no_board",     "board_unknown",
                                                    "board_archived", "no_list",        "list_unknown", "list_archived",
                                                    "card_gone",      "no_access"};
static_assert(refusals.size() == static_cast<std::size_t>(RefusedFor::no_access) + 1);

}  // namespace

std::string_view name(RefusedFor why) { return refusals[static_cast<std::size_t>(why)]; }

std::optional<RefusedFor> refused_for_from(std::string_view text) {
  const auto* const found = std::ranges::find(refusals, text);
  if (found == refusals.end()) return std::nullopt;
  return static_cast<RefusedFor>(found - refusals.begin());
}

}  // namespace vakt::action
