#include <gmock/gmock.h>

#include "tests/bot/brain/action_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

const auto without_trello = ActionStage::without_trello;

TEST(ActionItems, WhatIsToldGoesToItsTeamWhereItsIncidentHasNoChannelAnyMore) {
  ActionIncident stage{without_trello()};
  stage.action("add Rotate the logs", "CINC1");
  stage.give(inbound::ChannelArchived{"CINC1", true});
  stage.action("done 1", "C9");
  EXPECT_THAT(stage.posts("item"), ElementsAre(Pair("incidents", HasSubstr("Done"))));
  EXPECT_TRUE(stage.effects<effect::Post>().back().join) << "the team's channel may have to be joined first";
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "done")) << "the record goes on";
}

TEST(ActionItems, AnEntryThatCannotBeWrittenTakesNothingElseWithIt) {
  ActionIncident stage{without_trello()};
  stage.action("add Rotate the logs", "CINC1");
  stage.second_incident("Queue stuck");
  stage.action("link 1", "CINC2");
  stage.ledger.kept.incidents.erase(1);
  stage.action("done 1", "CINC2");
  EXPECT_EQ(stage.item().state, action::State::done);
  EXPECT_THAT(stage.recorded(2), ElementsAre("joined", "done"));
  EXPECT_THAT(stage.posts("item"), ElementsAre(Pair("incidents", HasSubstr("Done")))) << "still told once";
}

TEST(ActionItems, PeoplesWordsAreTextInEveryPost) {
  ActionIncident stage{without_trello()};
  stage.action("add Tell &lt;!channel&gt; *now* &amp; <@U2|ola>", "CINC1");
  stage.action("done 1", "CINC1");
  for (const auto& [where, said] : stage.posts("item"))
    EXPECT_THAT(said, AllOf(Not(HasSubstr("<!channel>")), HasSubstr("&lt;!channel&gt;"))) << where;
  EXPECT_THAT(stage.item().title, HasSubstr("<!channel>"));
}

TEST(ActionItems, AnOwnerWhomTrelloDoesNotKnowStandsInTheDescription) {
  ActionIncident stage;
  stage.action("add Rotate the logs <@U7>", "CINC1");
  stage.action("add Rotate the keys <@U2>", "CINC1");
  stage.serve();
  ASSERT_THAT(stage.orders, SizeIs(2));
  const auto& unmapped = std::get<action::CreateCard>(stage.orders[0]);
  EXPECT_THAT(unmapped.description, HasSubstr("U7"));
  EXPECT_THAT(unmapped.members, IsEmpty());
  const auto& mapped = std::get<action::CreateCard>(stage.orders[1]);
  EXPECT_THAT(mapped.description, Not(HasSubstr("Owner")));
  EXPECT_THAT(mapped.members, ElementsAre("ola"));
}

TEST(ActionItems, AnItemOfAMessageLinksToIt) {
  ActionIncident stage;
  const auto message = Stage::message("Disk is full", "C9", "1700000000.000100");
  stage.give(inbound::Shortcut{.callback = view::action::item_shortcut,
                               .message = message,
                               .reply = {.response_url = {}, .trigger_id = "t", .user = "U1", .channel = "C9"}});
  const auto form = stage.effects<effect::OpenModal>().back().modal;
  stage.submit(form.callback, form.context, {{"title", "Buy a disk"}});
  stage.serve();
  EXPECT_EQ(std::get<action::CreateCard>(stage.orders.at(0)).source_url,
            "https://team.slack.com/archives/C9/p1700000000000100");
}

TEST(ActionItems, MarkersOfOneMomentDiffer) {
  ActionIncident stage;
  stage.action("add One", "CINC1");
  stage.action("add Two", "CINC1");
  EXPECT_NE(stage.item(1).marker, stage.item(2).marker);
}

TEST(ActionItems, AWriteThatFailsKeepsNoItemAndOrdersNothing) {
  ActionIncident stage;
  stage.ledger.broken = true;
  EXPECT_THAT(stage.action("add Rotate the logs", "CINC1"), HasSubstr("NOT RECORDED"));
  EXPECT_THAT(stage.ledger.kept.items, IsEmpty());
  EXPECT_THAT(stage.for_trello, IsEmpty());
}

}  // namespace
}  // namespace vakt::test
