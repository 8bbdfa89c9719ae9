// What is asked of Trello, what its answers mean for what was read when, and what people are told on the way.
#include <gmock/gmock.h>

#include "bot/view/action_view.hpp"
#include "bot/view/digest_view.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* card_id = "5f5f5f5f5f5f5f5f5f5f5f5f";

struct OneCard : Declared {
  OneCard() : Declared("declare sev1 Backend down", with_trello()) {
    action::Item item{.id = 12, .title = "Configure log retention", .owner = "U1"};
    item.incidents = {1};
    item.stage = action::CardStage::linked;
    item.label = "KM676";
    item.card = action::CardRef{.id = card_id, .short_link = "QIgNLSh1", .url = "https://trello.com/c/QIgNLSh1"};
    ledger.kept.items[12] = item;
  }
  static Settings with_trello() {
    Settings settings;
    settings.actions.trello = true;
    settings.actions.teams[0].board = {.name = "Team board", .lists = {{.name = "To do"}}};
    return settings;
  }
  void read(action::CardAnswer answer) {
    effect::ReadCards asked{.what = {.purpose = "poll", .cards = {{.item = 12, .card = card_id}}}};
    action::CardsRead read{.asked = asked.what, .began_at = now, .cards = {{12, std::move(answer)}}};
    give(inbound::CardsRead{std::move(asked), std::move(read)});
  }
  // Orders and readings that wait for Trello.
  template <class Kind>
  std::vector<Kind> of_trello() const {
    std::vector<Kind> out;
    for (const auto& row : for_trello)
      if (const auto* body = std::get_if<Kind>(&row.effect.body)) out.push_back(*body);
    return out;
  }
  bool verified() const { return ledger.kept.cursors.contains("trello_verified"); }
  void typed_action(const std::string& text) {
    auto command = typed(text, "C1", "U1");
    command.command = settings.action_command;
    give(std::move(command));
  }
};

TEST(ActionDays, ACardIsAskedForByItsIdSoThatItsDeletionIsRecognised) {
  OneCard stage;
  stage.give(inbound::Due{"actions_poll"});
  const auto reads = stage.of_trello<effect::ReadCards>();
  ASSERT_THAT(reads, SizeIs(1));
  EXPECT_EQ(reads[0].what.cards.at(0).card, card_id);
}

TEST(ActionDays, NothingCountsAsReadWhereACardWasNot) {
  OneCard stage;
  stage.read(action::CardUnread{action::CardFault::not_read, "Trello did not answer."});
  EXPECT_FALSE(stage.verified());
  stage.read(action::CardUnread{action::CardFault::not_found, "It is not there."});
  EXPECT_TRUE(stage.verified()) << "that is an answer";
}

TEST(ActionDays, AnOwnerWhomTrelloDoesNotKnowIsNamedOnTheCardAndSaidOnce) {
  OneCard stage;
  stage.ledger.kept.names["U2"] = "Ola";
  for (const auto* title : {"add One <@U2>", "add Two <@U2>"}) stage.typed_action(title);
  const auto writes = stage.of_trello<effect::WriteCard>();
  ASSERT_THAT(writes, SizeIs(2));
  EXPECT_THAT(std::get<action::CreateCard>(writes[0].order).description, HasSubstr("Owner: Ola"));
  for (const auto& write : writes) {
    action::CardSeen made{.card = {.id = "5f5f5f5f5f5f5f5f5f5f5f60", .short_link = "aaaaaaaa"}, .title = "One"};
    stage.give(inbound::CardWritten{write, {.card = made}});
  }
  const auto told = stage.effects<effect::Respond>();
  ASSERT_THAT(told, SizeIs(testing::Ge(2U)));
  int said = 0;
  for (const auto& one : told)
    for (const auto& block : one.message.blocks)
      if (const auto* line = std::get_if<view::Context>(&block)) said += line->text.contains("U2 = ");
  EXPECT_EQ(said, 1);
}

TEST(ActionDays, AWrongDateIsExplainedWithTheCommandAsItIsRight) {
  OneCard stage;
  stage.typed_action("due 12 31.11.");
  const auto& said = stage.outlet.acks.back().answer->message.text;
  EXPECT_THAT(said, HasSubstr("There is no day “31.11.”"));
  EXPECT_THAT(said, HasSubstr("`/action due 12 30.11.`"));
}

TEST(ActionDays, WhatIsTappedOnTheHomeIsSeenThere) {
  OneCard stage;
  stage.press(view::action::item_done, "12", {});
  EXPECT_TRUE(stage.effects<effect::PublishHome>().empty()) << "it can be told by the response_url";
  stage.ledger.kept.items[12].state = action::State::open;
  stage.give(inbound::Press{.action = view::action::item_done,
                            .value = "12",
                            .message_ts = {},
                            .view_id = "V1",
                            .reply = {.response_url = {}, .trigger_id = "t", .user = "U1", .channel = {}}});
  const auto homes = stage.effects<effect::PublishHome>();
  ASSERT_THAT(homes, SizeIs(1));
  for (const auto& block : homes[0].blocks) {
    const auto* section = std::get_if<view::Section>(&block);
    EXPECT_THAT(section ? section->text : "", Not(HasSubstr("KM676")));
  }
}

TEST(ActionDays, AFormThatIsRefusedStaysOpenAndSaysWhy) {
  OneCard stage;
  stage.submit(view::action::item_snooze, "12", {{"until", "+8w"}, {"reason", "disks"}});
  const auto errors = stage.outlet.acks.back().answer.value_or(Answer{}).form_errors;
  ASSERT_TRUE(errors.contains("until"));
  EXPECT_THAT(errors.at("until"), HasSubstr("At most 4 weeks"));
  EXPECT_THAT(errors.at("until"), Not(HasSubstr("/action"))) << "what to type is no help in a form";
  EXPECT_FALSE(stage.ledger.kept.items[12].snoozed);
}

TEST(ActionDays, WhoMayNotSnoozeIsToldBeforeAFormIsFilled) {
  OneCard stage;
  stage.press(view::action::item_snooze, "12", "C1", "U9");
  EXPECT_THAT(stage.effects<effect::OpenModal>(), IsEmpty());
  EXPECT_THAT(stage.effects<effect::Respond>(), SizeIs(testing::Ge(1U)));
}

}  // namespace
}  // namespace vakt::test
