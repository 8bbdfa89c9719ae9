// Lists of action items, each with its buttons.
#include <algorithm>
#include <tuple>

#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/action_words.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

using action_command::Which;
using vakt::action::Item;

constexpr std::size_t items_shown = 12;

// Overdue, due, undated, closed; then the day, and the worse severity.
auto place(const ActionReader& reader, const Item& item) {
  const bool closed = vakt::action::is_closed(item.state);
  const int rank = closed ? 3 : vakt::action::is_overdue(item, reader.today) ? 0 : item.due ? 1 : 2;
  const auto day = item.due && !closed ? std::chrono::sys_days{*item.due} : std::chrono::sys_days{};
  const auto severity = item.priority == Severity::unset ? 9 : static_cast<int>(item.priority);
  return std::tuple{rank, day, severity, item.id};
}

void add_items(const ActionReader& reader, std::vector<Item> items, bool with_owner, std::vector<Block>& blocks) {
  std::ranges::sort(items, {}, [&](const Item& item) { return place(reader, item); });
  for (std::size_t i = 0; i < items.size() && i < items_shown; ++i) {
    blocks.emplace_back(Section{item_line(reader, items[i], with_owner)});
    blocks.emplace_back(item_buttons(reader, items[i]));
  }
  if (items.size() > items_shown)
    blocks.emplace_back(Context{fill(
        words(reader).more, {std::to_string(items.size() - items_shown), escaped(reader.settings.action_command)})});
}

Message headed(const ActionReader& reader, std::string_view heading, const std::vector<Item>& items, bool with_owner) {
  Message message{.text = std::string{heading}, .blocks = {Section{"*" + std::string{heading} + "*"}}};
  add_items(reader, items, with_owner, message.blocks);
  return message;
}

// Kind words, and a button to begin with.
Message nothing(const ActionReader& reader, std::string_view pattern, std::string value) {
  auto message = sentence(fill(pattern, {escaped(reader.settings.action_command)}));
  message.blocks.emplace_back(Actions{{add_button(reader, std::move(value))}});
  return message;
}

}  // namespace

Message item_list(const ActionReader& reader, const std::vector<Item>& items, Which which) {
  const auto& t = words(reader);
  const auto [heading, empty] = which == Which::mine      ? std::pair{t.list_mine, t.empty_mine}
                                : which == Which::overdue ? std::pair{t.list_overdue, t.empty_overdue}
                                : which == Which::all     ? std::pair{t.list_all, t.empty_all}
                                                          : std::pair{t.list_open, t.empty_open};
  if (items.empty()) return nothing(reader, empty, {});
  return headed(reader, fill(heading, {std::to_string(items.size())}), items, which != Which::mine);
}

Message items_of(const ActionReader& reader, const std::vector<Item>& items, IncidentNumber incident) {
  const auto& t = words(reader);
  const auto number = std::to_string(incident);
  if (items.empty()) return nothing(reader, t.empty_incident, number);
  auto message = headed(reader, fill(t.list_incident, {number, std::to_string(items.size())}), items, true);
  message.blocks.emplace_back(Actions{{add_button(reader, number)}});
  return message;
}

std::vector<Block> home_items(const ActionReader& reader, const std::vector<Item>& mine) {
  const auto& t = words(reader);
  std::vector<Block> blocks{Header{std::string{t.home_heading}}};
  if (mine.empty()) blocks.emplace_back(Section{fill(t.home_empty, {escaped(reader.settings.action_command)})});
  add_items(reader, mine, false, blocks);
  return blocks;
}

}  // namespace vakt::view
