#include <gmock/gmock.h>

#include "tests/bot/brain/action_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using action::CardStage;
using action::State;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Optional;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;

const auto without_trello = ActionStage::without_trello;
std::optional<action::Date> day(const char* text) { return from_iso_date(text); }

TEST(ActionCommands, AnItemOfAnIncidentHasItsPriorityItsDeadlineAndItsRecord) {
  ActionIncident stage;
  EXPECT_THAT(stage.action("add Rotate the logs <@U2>", "CINC1"), HasSubstr("Rotate the logs"));
  const auto& item = stage.item();
  EXPECT_EQ(item.title, "Rotate the logs");
  EXPECT_EQ(item.owner, "U2");
  EXPECT_EQ(item.created_by, "U1");
  EXPECT_EQ(item.priority, Severity::sev1);
  EXPECT_EQ(item.due, day("2023-11-29")) << "15 days from the day in Oslo";
  EXPECT_THAT(item.incidents, ElementsAre(1));
  EXPECT_EQ(item.channel, "CINC1");
  EXPECT_THAT(stage.recorded(), ElementsAre("added"));
  EXPECT_EQ(stage.ledger.kept.audit.back().command, "/action add Rotate the logs <@U2>");
  EXPECT_FALSE(stage.outlet.early);
}

TEST(ActionCommands, TheAnswerIsHeldForTheCardsLinkAndOnlyTheWriterGetsIt) {
  ActionIncident stage;
  const auto meanwhile = stage.action("add Rotate the logs", "CINC1");
  EXPECT_EQ(stage.outlet.acks.back().answer->follows, "https://hooks/r");
  EXPECT_THAT(meanwhile, Not(HasSubstr("trello.com")));
  EXPECT_EQ(stage.item().stage, CardStage::creating);
  stage.serve();
  ASSERT_THAT(stage.orders, SizeIs(1));
  const auto& order = std::get<action::CreateCard>(stage.orders.front());
  EXPECT_EQ(order.marker, stage.item().marker);
  EXPECT_THAT(order.description, AllOf(HasSubstr("Backend down"), HasSubstr(order.source_url)));
  EXPECT_THAT(order.source_url, StartsWith("https://team.slack.com/archives/CINC1/p"));
  EXPECT_THAT(stage.answers(),
              ElementsAre(Pair("https://hooks/r", HasSubstr("<https://trello.com/c/Card0001|KM676>"))));
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "linked"));
  EXPECT_THAT(stage.posts("item"), IsEmpty()) << "a card that was made is no news to the channel";
}

TEST(ActionCommands, WhoeverWaitsForACardThatIsRefusedIsAnswered) {
  ActionIncident stage;
  stage.refuses = "board is full";
  stage.action("add Rotate the logs", "CINC1");
  stage.serve();
  EXPECT_EQ(stage.item().stage, CardStage::none);
  EXPECT_THAT(stage.answers(), ElementsAre(Pair("https://hooks/r", HasSubstr("without a card"))));
  EXPECT_THAT(stage.posts("item"), ElementsAre(Pair("CINC1", HasSubstr("board is full"))));
}

TEST(ActionCommands, WithoutTrelloTheAnswerIsThereAtOnce) {
  ActionIncident stage{without_trello()};
  EXPECT_THAT(stage.action("add Rotate the logs due 1.12.", "CINC1"), HasSubstr("without a card"));
  EXPECT_EQ(stage.outlet.acks.back().answer->follows, "");
  EXPECT_EQ(stage.item().due, day("2023-12-01"));
  EXPECT_THAT(stage.for_trello, IsEmpty());
  EXPECT_THAT(stage.action("card 1", "CINC1"), HasSubstr("no board"));
}

TEST(ActionCommands, OutsideAnIncidentItHasNoRecordAndNoDeadline) {
  ActionStage stage;
  EXPECT_THAT(stage.action("add Buy a disk --kind prevent", "C9"), HasSubstr("no incident's record"));
  EXPECT_THAT(stage.item().incidents, IsEmpty());
  EXPECT_EQ(stage.item().kind, action::Kind::prevent);
  EXPECT_EQ(stage.item().due, std::nullopt);
  EXPECT_EQ(stage.item().unowned_since, stage.now);
  stage.serve();
  EXPECT_EQ(std::get<action::CreateCard>(stage.orders.front()).source_url, "");
}

TEST(ActionCommands, APriorityThatIsTypedWinsOverTheIncidents) {
  ActionIncident stage;
  stage.action("add Rotate the logs --priority sev2", "CINC1");
  EXPECT_EQ(stage.item().priority, Severity::sev2);
  EXPECT_EQ(stage.item().due, day("2023-12-14"));
}

TEST(ActionCommands, WhatCannotBeAddedIsRefusedAndNothingIsKept) {
  ActionIncident stage;
  EXPECT_THAT(stage.action("add Rotate the logs due 2023-02-30", "CINC1"), HasSubstr("2023-02-30"));
  EXPECT_THAT(stage.action("add Rotate the logs @nobody", "CINC1"), HasSubstr("@nobody"));
  EXPECT_THAT(stage.action("add Rotate the logs --team search", "CINC1"), HasSubstr("search"));
  EXPECT_THAT(stage.action("ad Rotate", "CINC1"), HasSubstr("/action add"));
  EXPECT_THAT(stage.action("add " + std::string(16'385, 'x'), "CINC1"), HasSubstr("16,384"));
  for (std::size_t i = stage.ledger.kept.audit.size() - 5; i < stage.ledger.kept.audit.size(); ++i)
    EXPECT_EQ(stage.ledger.kept.audit[i].outcome, "refused") << i;
  EXPECT_THAT(stage.ledger.kept.items, IsEmpty());
  EXPECT_THAT(stage.for_trello, IsEmpty());
}

TEST(ActionCommands, TheSameEnvelopeTwiceIsOneItem) {
  ActionIncident stage;
  auto typed = Stage::typed("add Rotate the logs", "CINC1", "U1");
  typed.command = "/action";
  stage.give(typed, "envelope-1");
  stage.give(typed, "envelope-1");
  stage.serve();
  EXPECT_THAT(stage.ledger.kept.items, SizeIs(1));
  EXPECT_THAT(stage.orders, SizeIs(1));
}

TEST(ActionCommands, AddAloneOpensTheForm) {
  ActionIncident stage;
  stage.action("add", "CINC1");
  ASSERT_THAT(stage.effects<effect::OpenModal>(), SizeIs(1));
  EXPECT_THAT(stage.ledger.kept.items, IsEmpty());
}

TEST(ActionCommands, EachChangeIsDoneAnsweredAndRecorded) {
  ActionIncident stage{without_trello()};
  stage.action("add Rotate the logs", "CINC1");
  stage.action("owner 1 <@U2>", "CINC1");
  EXPECT_EQ(stage.item().owner, "U2");
  stage.action("due 1 2024-02-29", "CINC1");
  EXPECT_EQ(stage.item().due, day("2024-02-29"));
  stage.action("title #1 Rotate *all* the logs", "CINC1");
  EXPECT_EQ(stage.item().title, "Rotate *all* the logs");
  stage.action("kind 1 detect", "CINC1");
  EXPECT_EQ(stage.item().kind, action::Kind::detect);
  stage.action("priority 1 sev3", "CINC1");
  EXPECT_EQ(stage.item().priority, Severity::sev3);
  stage.action("snooze 1 +1w waiting for parts", "CINC1", "U2");
  ASSERT_TRUE(stage.item().snoozed);
  EXPECT_EQ(stage.item().snoozed->reason, "waiting for parts");
  EXPECT_EQ(stage.item().snoozed->until, day("2023-11-21"));
  stage.action("wontdo 1 replaced by <https://x|the new one>", "CINC1");
  EXPECT_EQ(stage.item().state, State::wont_do);
  EXPECT_EQ(stage.item().closed_by, "U1");
  stage.action("reopen 1", "CINC1");
  EXPECT_EQ(stage.item().state, State::open);
  stage.action("done 1", "CINC1");
  EXPECT_EQ(stage.item().state, State::done);
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "owner", "due", "title", "kind", "priority", "snoozed", "wont_do",
                                            "reopened", "done"));
  EXPECT_THAT(stage.posts("item"), ElementsAre(Pair("CINC1", HasSubstr("replaced by")),
                                               Pair("CINC1", HasSubstr("Open")), Pair("CINC1", HasSubstr("Done"))));
}

TEST(ActionCommands, WhatIsSoAlreadyIsNeitherRecordedNorTold) {
  ActionIncident stage{without_trello()};
  stage.action("add Rotate the logs", "CINC1");
  stage.action("done 1", "CINC1");
  EXPECT_THAT(stage.action("done 1", "CINC1", "U2"), HasSubstr("so already"));
  EXPECT_EQ(stage.item().closed_by, "U1");
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "done"));
  EXPECT_THAT(stage.posts("item"), SizeIs(1));
}

TEST(ActionCommands, RefusalsNameTheNextCommand) {
  ActionIncident stage{without_trello()};
  stage.action("add Rotate the logs <@U1>", "CINC1");
  EXPECT_THAT(stage.action("reopen 1", "CINC1"), HasSubstr("/action done 1"));
  EXPECT_THAT(stage.action("snooze 1 +1w waiting", "CINC1", "U2"), HasSubstr("/action owner 1 me"));
  EXPECT_THAT(stage.action("snooze 1 +5w waiting", "CINC1"), HasSubstr("4 weeks"));
  EXPECT_THAT(stage.action("snooze 1 2023-11-01 waiting", "CINC1"), HasSubstr("after today"));
  EXPECT_THAT(stage.action("snooze 1 +1w", "CINC1"), HasSubstr("/action snooze"));
  EXPECT_THAT(stage.action("snooze 1", "CINC1"), HasSubstr("/action snooze"));
  EXPECT_THAT(stage.action("wontdo 1", "CINC1"), HasSubstr("/action wontdo"));
  EXPECT_THAT(stage.action("due 1 2023-02-29", "CINC1"), HasSubstr("2023-02-29"));
  EXPECT_THAT(stage.action("team 1 search", "CINC1"), HasSubstr("search"));
  EXPECT_THAT(stage.action("done 9", "CINC1"), HasSubstr("/action list"));
  EXPECT_THAT(stage.action("done KM9", "CINC1"), HasSubstr("KM9"));
  EXPECT_EQ(stage.item().snoozed, std::nullopt);
  EXPECT_THAT(stage.recorded(), ElementsAre("added"));
}

TEST(ActionCommands, AnItemMayGoToAnotherTeam) {
  auto settings = without_trello();
  settings.actions.teams = {{.name = "Payments", .channel = "CPAY"}, {.name = "Search", .channel = "CSEA"}};
  ActionStage stage{settings};
  stage.action("add Rotate the logs --team search", "C9");
  EXPECT_EQ(stage.item().team, "Search");
  stage.action("team 1 payments", "C9");
  EXPECT_EQ(stage.item().team, "Payments");
  stage.action("done 1", "C9");
  EXPECT_THAT(stage.posts("item"), ElementsAre(Pair("CPAY", HasSubstr("Done"))));
}

TEST(ActionCommands, ListsShowWhatTheyAreAskedFor) {
  ActionStage stage{without_trello()};
  stage.action("add Mine <@U1> due +2w");
  stage.action("add Theirs <@U2> due 2023-11-01");
  stage.action("add Closed");
  stage.action("done 3");
  const auto shows = [&](const char* which) { return stage.action(which, "C7"); };  // a channel without an incident
  EXPECT_THAT(shows("list"), AllOf(HasSubstr("Mine"), HasSubstr("Theirs"), Not(HasSubstr("Closed"))));
  EXPECT_THAT(shows(""), AllOf(HasSubstr("Mine"), HasSubstr("Theirs")));
  EXPECT_THAT(shows("list mine"), AllOf(HasSubstr("Mine"), Not(HasSubstr("Theirs"))));
  EXPECT_THAT(shows("list overdue"), AllOf(HasSubstr("Theirs"), Not(HasSubstr("Mine"))));
  EXPECT_THAT(shows("list all"), AllOf(HasSubstr("Mine"), HasSubstr("Theirs"), HasSubstr("Closed")));
  EXPECT_THAT(shows("help"), HasSubstr("/action add"));
}

TEST(ActionCommands, ACardThatIsNotKnownIsReadAndAdopted) {
  ActionIncident stage;
  stage.add_card("QIgNLSh1", "Alert on disk usage").members = {"ola"};
  stage.action("link https://trello.com/c/QIgNLSh1/12-alert due +2w", "CINC1");
  EXPECT_EQ(stage.outlet.acks.back().answer->follows, "https://hooks/r");
  EXPECT_THAT(stage.ledger.kept.items, IsEmpty());
  stage.serve();
  const auto& item = stage.item();
  EXPECT_EQ(item.title, "Alert on disk usage");
  EXPECT_EQ(item.owner, "U2");
  EXPECT_EQ(item.due, day("2023-11-28"));
  EXPECT_EQ(item.priority, Severity::sev1) << "its incident's";
  EXPECT_THAT(item.incidents, ElementsAre(1));
  EXPECT_THAT(stage.answers(), ElementsAre(Pair("https://hooks/r", HasSubstr("QIgNLSh1|KM676"))));
  EXPECT_THAT(stage.recorded(), ElementsAre("adopted"));
  EXPECT_THAT(stage.cards.at("QIgNLSh1").due, Optional(action::card_due(*item.due, "Europe/Oslo")));
  EXPECT_THAT(stage.ledger.kept.drafts, IsEmpty());
}

TEST(ActionCommands, ACardThatCannotBeReadIsSaidSo) {
  const std::vector<std::pair<action::CardFault, const char*>> all{
      {action::CardFault::not_found, "Trello has no card"},
      {action::CardFault::deleted, "Trello has no card"},
      {action::CardFault::no_access, "may not see"},
      {action::CardFault::invalid_id, "is no link to a card"},
      {action::CardFault::not_read, "could not be read"}};
  for (const auto& [fault, said] : all) {
    ActionStage stage;
    stage.faults["QIgNLSh1"] = fault;
    stage.action("link https://trello.com/c/QIgNLSh1");
    stage.serve();
    EXPECT_THAT(stage.answers(), ElementsAre(Pair("https://hooks/r", AllOf(HasSubstr("QIgNLSh1"), HasSubstr(said)))));
    EXPECT_THAT(stage.ledger.kept.items, IsEmpty());
    EXPECT_THAT(stage.ledger.kept.drafts, IsEmpty());
  }
}

TEST(ActionCommands, TroubleWithTrelloIsNamedToWhoeverLinks) {
  const std::vector<std::pair<action::Trouble, const char*>> all{{action::Trouble::unreachable, "does not answer"},
                                                                 {action::Trouble::rate_limited, "asks vakt to wait"},
                                                                 {action::Trouble::token_refused, "key or token"}};
  for (const auto& [trouble, said] : all) {
    ActionStage stage;
    stage.trouble = trouble;
    stage.action("link https://trello.com/c/QIgNLSh1");
    stage.serve();
    EXPECT_THAT(stage.answers(), ElementsAre(Pair("https://hooks/r", HasSubstr(said))));
  }
  ActionStage stage{without_trello()};
  EXPECT_THAT(stage.action("link https://trello.com/c/QIgNLSh1"), HasSubstr("not set up"));
  EXPECT_THAT(stage.for_trello, IsEmpty());
}

TEST(ActionCommands, AKnownCardServesASecondIncidentAndStandsInBothRecordsOnce) {
  ActionIncident stage;
  stage.action("add Rotate the logs", "CINC1");
  stage.serve();
  stage.second_incident("Queue stuck");
  stage.action("link https://trello.com/c/Card0001 <@U2> due +3w", "CINC2");
  EXPECT_THAT(stage.item().incidents, ElementsAre(1, 2));
  EXPECT_EQ(stage.item().owner, "U2") << "what was typed with it counts too";
  EXPECT_EQ(stage.item().due, day("2023-12-05"));
  stage.serve();
  EXPECT_THAT(stage.card().members, ElementsAre("ola"));
  EXPECT_EQ(stage.card().due, action::card_due(*stage.item().due, "Europe/Oslo"));
  stage.action("link KM676", "CINC2");  // once more: nothing happens
  stage.action("done 1", "CINC2");
  EXPECT_THAT(stage.recorded(1), ElementsAre("added", "linked", "joined", "owner", "due", "done"));
  EXPECT_THAT(stage.recorded(2), ElementsAre("joined", "owner", "due", "done"));
  EXPECT_THAT(stage.posts("item"), ElementsAre(Pair("CINC1", HasSubstr("Done")))) << "told once, where it stood first";
  EXPECT_THAT(stage.ledger.kept.items, SizeIs(1));
}

TEST(ActionCommands, AKnownCardOutsideAnIncidentJoinsNothing) {
  ActionIncident stage;
  stage.action("add Rotate the logs", "CINC1");
  stage.serve();
  EXPECT_THAT(stage.action("link https://trello.com/c/Card0001", "C9"), HasSubstr("in the channel of one"));
  EXPECT_THAT(stage.action("link KM9", "C9"), HasSubstr("KM9"));
  EXPECT_THAT(stage.item().incidents, ElementsAre(1));
}

TEST(ActionCommands, TwoWhoLinkTheSameCardAtOnceMakeOneItem) {
  for (const auto* channel : {"CINC1", "C9"}) {
    ActionIncident stage;
    stage.add_card("QIgNLSh1", "Alert on disk usage");
    stage.action("link https://trello.com/c/QIgNLSh1", "CINC1", "U1");
    stage.wait(1ms);
    stage.action("link https://trello.com/c/QIgNLSh1", channel, "U2");
    stage.serve();
    EXPECT_THAT(stage.ledger.kept.items, SizeIs(1));
    EXPECT_THAT(stage.item().incidents, ElementsAre(1));
    EXPECT_THAT(stage.answers(), SizeIs(2));
  }
}

TEST(ActionCommands, ACardIsMadeLaterOnceWithItsOwnIncidentsTitle) {
  auto settings = without_trello();
  MemoryLedger::Kept before;
  {
    ActionIncident stage{settings};
    stage.action("add Rotate the logs", "CINC1");
    before = stage.ledger.kept;
  }
  ActionStage stage;  // Trello was set up since
  stage.ledger.kept = before;
  stage.ledger.kept.claimed.clear();
  stage.second_incident("Queue stuck");
  stage.action("card 1", "CINC2");
  stage.serve();
  ASSERT_THAT(stage.orders, SizeIs(1));
  const auto& order = std::get<action::CreateCard>(stage.orders.front());
  EXPECT_THAT(order.description, AllOf(HasSubstr("Backend down"), Not(HasSubstr("Queue stuck"))));
  EXPECT_EQ(stage.item().label, "KM676");
  EXPECT_THAT(stage.action("card 1", "CINC1"), HasSubstr("has a card already"));
  EXPECT_THAT(stage.for_trello, IsEmpty());
}

}  // namespace
}  // namespace vakt::test
