// Readers, items and messages for the tests of what people see of action items.
#pragma once

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "bot/view/action_view.hpp"
#include "bot/view/digest_view.hpp"
#include "tests/bot/actions/digest_make.hpp"

namespace vakt::view {

inline const std::string oslo = "Europe/Oslo";
inline const Settings english{.language = Language::en}, norwegian{.language = Language::nb};
inline const ActionReader en{english, oslo, vakt::action::date(2026, 11, 21)},
    nb{norwegian, oslo, vakt::action::date(2026, 11, 21)};
inline constexpr int whats = static_cast<int>(vakt::action::What::label_left_out) + 1,
                     states = static_cast<int>(vakt::action::State::broken_link) + 1;

inline vakt::action::Item loki(bool with_card = true) {
  vakt::action::Item item{
      .id = 12, .title = "Configure log retention for Loki", .owner = "UKARI", .due = vakt::action::date(2026, 12, 1)};
  item.incidents = {3};
  if (!with_card) return item;
  item.stage = vakt::action::CardStage::linked;
  item.label = "KM676";
  item.card =
      vakt::action::CardRef{.id = "1", .short_link = "QIgNLSh1", .url = "https://trello.com/c/QIgNLSh1", .board = "b"};
  return item;
}

inline vakt::action::Item in_state(vakt::action::State state) {
  auto item = loki();
  item.state = state;
  return item;
}

inline void add_blocks(const std::vector<Block>& blocks, std::string& all) {
  for (const auto& block : blocks) {
    if (const auto* header = std::get_if<Header>(&block)) all += header->text + "\n";
    if (const auto* section = std::get_if<Section>(&block)) all += section->text + "\n";
    if (const auto* context = std::get_if<Context>(&block)) all += context->text + "\n";
  }
}

// vakt::action::What stands in the message; its notification's words apart.
inline std::string shown(const Message& message) {
  std::string all;
  add_blocks(message.blocks, all);
  return all;
}
inline std::string everything(const Message& message) { return message.text + "\n" + shown(message); }

// "action_done=12" for each button, in order.
inline std::vector<std::string> buttons(const std::vector<Block>& blocks) {
  std::vector<std::string> out;
  for (const auto& block : blocks)
    if (const auto* row = std::get_if<Actions>(&block))
      for (const auto& element : row->elements) {
        const auto& button = std::get<Button>(element);
        EXPECT_FALSE(button.label.empty());
        out.push_back(button.action + "=" + button.value);
      }
  return out;
}
inline std::vector<std::string> buttons(const Message& message) { return buttons(message.blocks); }

inline std::string told(const ActionReader& reader, const vakt::action::Item& item,
                        std::vector<vakt::action::Happened> happened) {
  return shown(item_told(reader, item, happened));
}

}  // namespace vakt::view
