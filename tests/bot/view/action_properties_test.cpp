#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "tests/bot/view/action_make.hpp"

namespace vakt::view {
namespace {

using action_command::ItemRef;
using action_command::Which;
using vakt::action::CardFault;
using vakt::action::CardStage;
using vakt::action::date;
using vakt::action::DateFault;
using vakt::action::Happened;
using vakt::action::Item;
using vakt::action::Refusal;
using vakt::action::Snooze;
using vakt::action::State;
using vakt::action::Trouble;
using vakt::action::What;

const std::string hostile = "<!channel> <@UEVIL> <https://evil.no|x> ```code & *b*\n{0}";

Item any_item(bool with_card) {
  auto item = loki(with_card);
  item.id = *rc::gen::inRange<vakt::action::ItemId>(1, 1'000'000);
  item.title = *rc::gen::element(std::string{}, hostile, std::string(16'384, '&'), std::string("ok"));
  item.owner = *rc::gen::element(std::string{}, std::string{"UKARI"});
  item.label = *rc::gen::element(std::string{}, hostile, std::string{"#7"}, std::string(500, '<'));
  item.state = static_cast<State>(*rc::gen::inRange(0, states));
  item.reason = hostile;
  item.stage = static_cast<CardStage>(*rc::gen::inRange(0, 3));
  item.board_known = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) item.snoozed = Snooze{date(2026, 12, 4), hostile, "UKARI"};
  if (*rc::gen::arbitrary<bool>()) item.due.reset();
  if (item.card && *rc::gen::arbitrary<bool>()) item.card->url += "|<!here>";
  return item;
}

std::vector<Happened> any_happened() {
  std::vector<Happened> out;
  for (int n = *rc::gen::inRange(0, 30); n > 0; --n)
    out.push_back({static_cast<What>(*rc::gen::inRange(0, whats)), *rc::gen::element<std::string>("", "UKARI"),
                   *rc::gen::element(hostile, std::string(9'000, '>'), std::string{"2026-02-29"}, std::string{}),
                   *rc::gen::element(hostile, std::string(9'000, '&'), std::string{"sev9"}, std::string{})});
  return out;
}

void is_harmless(const std::string& text) {
  for (const auto* bad : {"<!", "<@UEVIL", "<https://evil", "```"}) RC_ASSERT(text.find(bad) == std::string::npos);
}

void fits(const Message& message) {
  RC_ASSERT(!message.text.empty());
  RC_ASSERT(message.blocks.size() <= 50U);
  is_harmless(everything(message));
  for (const auto& block : message.blocks) {
    if (const auto* section = std::get_if<Section>(&block)) {
      RC_ASSERT(!section->text.empty());
      RC_ASSERT(section->text.size() <= 3'000U);
    }
    if (const auto* context = std::get_if<Context>(&block)) RC_ASSERT(context->text.size() <= 2'000U);
    if (const auto* row = std::get_if<Actions>(&block)) RC_ASSERT(row->elements.size() <= 5U);
  }
}

TEST(ActionView, PeoplesWordsCanNeitherPingNorBreakAMessage) {
  EXPECT_TRUE(rc::check([] {
    const auto& reader = *rc::gen::arbitrary<bool>() ? en : nb;
    const auto item = any_item(*rc::gen::arbitrary<bool>());
    const auto happened = any_happened();
    std::vector<Item> items;
    for (int n = *rc::gen::inRange(0, 30); n > 0; --n) items.push_back(any_item(true));
    fits(item_told(reader, item, happened));
    fits(item_changed(reader, item, happened));
    fits(item_added(reader, item));
    for (int i = 0; i <= static_cast<int>(Refusal::no_board); ++i)
      fits(item_refused(reader, &item, static_cast<Refusal>(i)));
    fits(item_list(reader, items, Which::all));
    fits(items_of(reader, items, 3));
    fits(item_ambiguous(reader, items));
    fits({.text = "home", .blocks = home_items(reader, items)});
    fits(item_unknown(reader, ItemRef{.label = hostile}));
    fits(due_wrong(reader, hostile, {DateFault::not_a_date, "friday"}));
    fits(person_unknown(reader, hostile));
    fits(team_unknown(reader, hostile));
    fits(card_not_linked(reader, hostile, CardFault::not_found, Trouble::none));
    for (const auto& modal :
         {owner_form(reader, item), due_form(reader, item), snooze_form(reader, item), wontdo_form(reader, item)})
      fits({.text = "form", .blocks = modal.blocks});
    for (const auto& one : happened) {
      is_harmless(item_entry(reader, item, one));
      RC_ASSERT(item_entry(reader, item, one).find('\n') == std::string::npos);
    }
    const auto description = card_description(reader, item, item.title, hostile, true, hostile);
    RC_ASSERT(description.size() <= 4'000U * 4);
    RC_ASSERT(description.find("\n#") == std::string::npos);
  }));
}

}  // namespace
}  // namespace vakt::view
