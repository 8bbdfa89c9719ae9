#include "bot/actions/happened.hpp"

#include <algorithm>
#include <array>

namespace vakt::action {

namespace {

struct Row {
  What what;
  std::string_view name;
  bool told;
};
constexpr std::array rows{
    Row{What::added, "added", false},
    Row{What::adopted, "adopted", false},
    Row{What::joined, "joined", false},
    Row{What::linked, "linked", false},
    Row{What::done, "done", true},
    Row{What::wont_do, "wont_do", true},
    Row{What::reopened, "reopened", true},
    Row{What::begun, "begun", false},
    Row{What::put_back, "put_back", false},
    Row{What::owner, "owner", false},
    Row{What::due, "due", false},
    Row{What::snoozed, "snoozed", false},
    Row{What::title, "title", false},
    Row{What::priority, "priority", false},
    Row{What::kind, "kind", false},
    Row{What::team, "team", false},
    Row{What::archived_undone, "archived_undone", true},
    Row{What::deleted, "deleted", true},
    Row{What::lost_access, "lost_access", true},
    Row{What::broken_link, "broken_link", true},
    Row{What::restored, "restored", true},
    Row{What::moved, "moved", false},
    Row{What::moved_away, "moved_away", true},
    Row{What::card_refused, "card_refused", true},
    Row{What::member_left_out, "member_left_out", true},
    Row{What::label_left_out, "label_left_out", false},
};
constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (static_cast<std::size_t>(rows[i].what) != i) return false;
  return true;
}
static_assert(in_order());

}  // namespace

bool is_told(What what) { return rows[static_cast<std::size_t>(what)].told; }
std::string_view name(What what) { return rows[static_cast<std::size_t>(what)].name; }

std::optional<What> what_from(std::string_view text) {
  const auto* const found = std::ranges::find(rows, text, &Row::name);
  if (found == rows.end()) return std::nullopt;
  return found->what;
}

}  // namespace vakt::action
