// vakt actions: the action items of all incidents, also while `vakt run` is running.
#include <algorithm>
#include <iostream>

#include "bot/actions/card_order.hpp"
#include "bot/actions/reminders.hpp"
#include "bot/cli/commands.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/digest_lines.hpp"
#include "storage/action_json.hpp"

namespace vakt::cli {

namespace {

std::string shown(const action::Item& item, const Settings& settings, const Names& names, Instant now) {
  const action::Calendar calendar{action::team_named(settings.actions, item.team), settings.actions.holidays};
  const view::DigestReader reader{settings, names, calendar.zone()};
  const auto line = action::line_of(item, calendar);
  const bool closed = action::is_closed(item.state);
  const auto text = closed ? view::closed_line(reader, line)
                           : view::item_line(reader, line, calendar.date_of(now), view::Shown::with_owner);
  return (closed ? "[x] " : "[ ] ") + view::plain_text({.text = {}, .blocks = {view::Section{text}}}, names);
}

}  // namespace

int actions(const Config& config, ItemsListed listed, bool json) {
  bool none = false;
  const int code = reading(config, [&](Reader& reader) {
    const auto now = now_of(config);
    auto items = reader.items();
    std::erase_if(items, [&](const action::Item& item) {
      return listed == ItemsListed::open ? action::is_closed(item.state)
             : listed == ItemsListed::overdue
                 ? !action::is_overdue(item, local_date(now, action::zone_of(item, config.settings.actions)))
                 : false;
    });
    none = items.empty();
    if (json) {
      std::cout << items_json(items) << "\n";
      return 0;
    }
    const auto names = reader.names();
    for (const auto& item : items) std::cout << shown(item, config.settings, names, now);
    return 0;
  });
  if (none && !json) say_if_done(code, "There is no such action item.");
  return code;
}

}  // namespace vakt::cli
