#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(Declaring, CreatesAChannelAndSaysSoAtOnce) {
  Stage stage;
  EXPECT_THAT(stage.command("declare sev1 Backend down"), HasSubstr("1"));
  const auto created = stage.effects<effect::CreateChannel>();
  ASSERT_THAT(created, SizeIs(1));
  EXPECT_EQ(created[0].name, "inc-1-backend-down");
  EXPECT_EQ(stage.incident().severity, Severity::sev1);
  EXPECT_EQ(stage.incident().title, "Backend down");
  EXPECT_EQ(stage.incident().declared_by, "U1");
  EXPECT_EQ(stage.incident().declared_at, stage.now);
}

TEST(Declaring, TheChannelGetsHeadlinePinTopicAndPeople) {
  Declared stage;
  EXPECT_EQ(stage.channel(), "CINC1");
  EXPECT_EQ(stage.posts_in("CINC1", "headline"), 1U);
  EXPECT_THAT(stage.effects<effect::AddPin>(), SizeIs(1));
  ASSERT_THAT(stage.effects<effect::SetTopic>(), SizeIs(1));
  EXPECT_THAT(stage.effects<effect::SetTopic>()[0].topic, HasSubstr("SEV1"));
  ASSERT_THAT(stage.effects<effect::Invite>(), SizeIs(1));
  EXPECT_THAT(stage.effects<effect::Invite>()[0].users, ElementsAre("U1"));
  EXPECT_EQ(stage.effects<effect::Invite>()[0].group, "oncall");
  EXPECT_EQ(stage.posts_in("incidents", "announcement"), 1U);
  EXPECT_FALSE(stage.incident().headline.ts.empty());
  EXPECT_EQ(stage.incident().announcement.channel, "CANN");
  ASSERT_THAT(stage.effects<effect::Respond>(), SizeIs(1));
  EXPECT_THAT(stage.effects<effect::Respond>()[0].message.text, HasSubstr("<#CINC1>"));
}

TEST(Declaring, TheEventStartsWhenItIsDeclared) {
  Declared stage;
  ASSERT_TRUE(stage.incident().marker(Marker::event_start));
  EXPECT_EQ(stage.incident().marker(Marker::event_start)->at, stage.incident().declared_at);
  EXPECT_FALSE(stage.incident().marker(Marker::downtime_start));
}

TEST(Declaring, ADoublePressIsOneIncident) {
  Declared stage;
  stage.wait(119s);
  EXPECT_THAT(stage.command("declare Backend down"), HasSubstr("1"));
  EXPECT_THAT(stage.ledger.kept.incidents, SizeIs(1));
  EXPECT_THAT(stage.effects<effect::CreateChannel>(), SizeIs(1));
}

TEST(Declaring, AYoungOtherOneIsOfferedFirstAndDeclaringAnywayWorks) {
  Declared stage;
  stage.wait(14min);
  EXPECT_THAT(stage.command("declare sev2 Slow <!channel> logins", "C2", "U9"), HasSubstr("14 min ago"));
  ASSERT_THAT(stage.ledger.kept.incidents, SizeIs(1));
  std::string value;
  for (const auto& block : stage.outlet.acks.back().answer->message.blocks)
    if (const auto* actions = std::get_if<view::Actions>(&block))
      for (const auto& element : actions->elements)
        if (const auto* button = std::get_if<view::Button>(&element);
            button && button->action == view::action::declare_anyway)
          value = button->value;
  ASSERT_FALSE(value.empty());
  stage.press(view::action::declare_anyway, value, "C2", "U9");
  ASSERT_THAT(stage.ledger.kept.incidents, SizeIs(2));
  EXPECT_EQ(stage.incident(2).severity, Severity::sev2);
  EXPECT_EQ(stage.incident(2).declared_by, "U9");
  for (const auto& post : stage.effects<effect::Post>()) EXPECT_THAT(post.message.text, Not(HasSubstr("<!")));
}

TEST(Declaring, AnOldOneIsNotOffered) {
  Declared stage;
  stage.wait(15min);
  stage.command("declare Something else", "C2", "U9");
  EXPECT_THAT(stage.ledger.kept.incidents, SizeIs(2));
}

TEST(Declaring, ADrillIsNeitherOfferedNorAnnouncedNorPagesAnybody) {
  Declared stage{"test Fire drill"};
  EXPECT_TRUE(stage.incident().test);
  EXPECT_EQ(stage.posts_in("incidents"), 0U);
  EXPECT_EQ(stage.effects<effect::Invite>()[0].group, "");
  stage.wait(1min);
  stage.command("declare Real one", "C2", "U9");
  EXPECT_THAT(stage.ledger.kept.incidents, SizeIs(2));
}

TEST(Declaring, HereUsesTheChannelAndLeavesItsTopicAlone) {
  Declared stage{"declare here Disk full"};
  EXPECT_EQ(stage.channel(), "C1");
  EXPECT_EQ(stage.incident().channel.name, "ops");
  EXPECT_THAT(stage.effects<effect::CreateChannel>(), IsEmpty());
  EXPECT_THAT(stage.effects<effect::SetTopic>(), IsEmpty());
  EXPECT_THAT(stage.effects<effect::JoinChannel>(), SizeIs(1));
}

TEST(Declaring, HereInAnIncidentsOwnChannelGetsAChannelOfItsOwn) {
  Declared stage{"declare here Disk full"};
  stage.wait(20min);
  stage.command("declare here Another", "C1", "U9");
  EXPECT_EQ(stage.channel(2), "CINC1");
}

TEST(Declaring, WhereChannelsMayNotBeCreatedTheOneItWasTypedInServes) {
  Stage stage;
  stage.refusals["CreateChannel"] = "restricted_action";
  stage.command("declare Backend down");
  EXPECT_EQ(stage.channel(), "C1");
  EXPECT_TRUE(stage.incident().here);
  EXPECT_EQ(stage.posts_in("C1", "headline"), 1U);
  EXPECT_THAT(stage.effects<effect::Respond>().at(0).message.text, HasSubstr("restricted_action"));
}

TEST(Declaring, WhereNoChannelCanBeHadTheCallerIsTold) {
  Stage stage;
  stage.refusals["CreateChannel"] = "restricted_action";
  stage.command("declare Backend down");
  stage.wait(16min);
  stage.command("declare Second thing");
  EXPECT_EQ(stage.channel(2), "");
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("declare here"));
}

TEST(Declaring, ATakenNameGetsTheNextNumber) {
  Stage stage;
  stage.taken = {"inc-1-backend-down", "inc-1-backend-down-2"};
  stage.command("declare Backend down");
  EXPECT_EQ(stage.incident().channel.name, "inc-1-backend-down-3");
}

TEST(Declaring, AnAnnouncementThatCannotBePostedIsSaidWhereItWasTyped) {
  Stage stage;
  stage.refusals["Post:announcement:incidents"] = "channel_not_found";
  stage.command("declare Backend down");
  EXPECT_EQ(stage.posts_in("C1", "announcement"), 1U);
  EXPECT_EQ(stage.incident().announcement.channel, "C1");
  const auto posts = stage.effects<effect::Post>();
  const auto at = [&](const char* channel) {
    return std::ranges::find_if(
        posts, [&](const auto& post) { return post.channel == channel && post.purpose == "announcement"; });
  };
  EXPECT_TRUE(at("incidents")->join);
  EXPECT_THAT(std::get<view::Context>(at("C1")->message.blocks.back()).text, HasSubstr("#incidents"));
  EXPECT_THAT(std::get<view::Context>(at("C1")->message.blocks.back()).text, HasSubstr("invite"));
  EXPECT_THAT(stage.effects<effect::Update>(), IsEmpty()) << "the line stays";
}

TEST(Declaring, AnAlertBecomesEntryOneAtItsOwnTime) {
  Stage stage;
  auto alert = Stage::message("", "CALERTS", "1699999000.000100", "");
  alert.bot_id = "BGRAF";
  alert.bot_name = "Grafana";
  alert.fallback = "CPU at 99 %";
  stage.give(
      inbound::Shortcut{view::action::declare_shortcut,
                        alert,
                        {.response_url = "https://hooks/s", .trigger_id = "t", .user = "U1", .channel = "CALERTS"}});
  const auto modal = stage.effects<effect::OpenModal>().at(0).modal;
  stage.submit(modal.callback, modal.context,
               {{"title", "CPU <hot>"}, {"severity", "sev2"}, {"description", "since & noon"}});
  ASSERT_FALSE(stage.entries().empty());
  const auto& first = stage.entries()[0];
  EXPECT_EQ(first.seq, 1);
  EXPECT_EQ(first.kind, EntryKind::message);
  EXPECT_EQ(first.text, "CPU at 99 %");
  EXPECT_EQ(first.at, from_ts("1699999000.000100"));
  EXPECT_EQ(first.actor_name, "Grafana");
  EXPECT_TRUE(first.on_timeline);
  EXPECT_EQ(stage.incident().title, "CPU &lt;hot&gt;");
  EXPECT_EQ(stage.entries_of(EntryKind::field).at(0).text, "since &amp; noon");
  ASSERT_FALSE(stage.effects<effect::Respond>().empty()) << "the bot need not be in the alert's channel";
  EXPECT_EQ(stage.effects<effect::Respond>().back().response_url, "https://hooks/s");
}

TEST(Declaring, AnAlertIsNotLostWhenAnotherIncidentIsOfferedFirst) {
  Declared stage;
  const auto alert = Stage::message("Disk full\non db-1", "CALERTS", "1699999000.000100", "U5");
  stage.give(
      inbound::Shortcut{view::action::declare_shortcut,
                        alert,
                        {.response_url = "https://hooks/s", .trigger_id = "t", .user = "U9", .channel = "CALERTS"}});
  const auto modal = stage.effects<effect::OpenModal>().at(0).modal;
  stage.submit(modal.callback, modal.context, {{"title", "Disk full"}, {"description", "since\nnoon"}}, "U9");
  ASSERT_EQ(stage.ledger.kept.incidents.size(), 1U);
  const auto offer = stage.effects<effect::Respond>().back().message;
  const auto& buttons = std::get<view::Actions>(offer.blocks.back()).elements;
  stage.press(view::action::declare_anyway, std::get<view::Button>(buttons.back()).value, "CALERTS", "U9");
  ASSERT_EQ(stage.ledger.kept.incidents.size(), 2U);
  EXPECT_EQ(stage.entries(2)[0].text, "Disk full\non db-1");
  EXPECT_EQ(stage.entries(2)[0].at, from_ts("1699999000.000100"));
  EXPECT_EQ(stage.entries_of(EntryKind::field, 2).at(0).text, "since\nnoon");
}

TEST(Declaring, TheFormCanOpenItHereOrAsADrill) {
  Stage stage;
  const auto open = [&] {
    stage.command("");
    return stage.effects<effect::OpenModal>().back().modal;
  };
  stage.submit(view::action::declare, open().context, {{"title", "Trying it"}, {"kind", "test"}});
  EXPECT_TRUE(stage.incident(1).test);
  stage.submit(view::action::declare, open().context, {{"title", "Disk full"}, {"kind", "here"}});
  EXPECT_TRUE(stage.incident(2).here);
  EXPECT_EQ(stage.channel(2), "C1");
}

TEST(Declaring, TheHomeTabShowsWhatWasDeclaredThere) {
  Declared stage;
  const inbound::Press press{.action = view::action::declare,
                             .value = "home",
                             .message_ts = {},
                             .view_id = "V1",
                             .reply = {.response_url = {}, .trigger_id = "t", .user = "U9", .channel = {}}};
  stage.give(press);
  const auto modal = stage.effects<effect::OpenModal>().back().modal;
  for (int sure = 0; sure < 2; ++sure)  // the first time the recent one is offered
    stage.submit(modal.callback, modal.context, {{"title", "Disk full"}, {"kind", "channel"}}, "U9");
  ASSERT_EQ(stage.ledger.kept.incidents.size(), 2U);
  auto home = stage.effects<effect::PublishHome>().back();
  EXPECT_EQ(home.user, "U9");
  const auto incidents = view::home(stage.settings, {stage.incident(1), stage.incident(2)});
  ASSERT_GT(home.blocks.size(), incidents.size()) << "their action items stay on it";
  home.blocks.resize(incidents.size());
  EXPECT_EQ(view::fingerprint({{}, home.blocks}), view::fingerprint({{}, incidents}));
}

TEST(Declaring, ANumberInFrontDoesNotHideThatTheChannelIsTaken) {
  Stage stage;
  stage.command("declare here One", "C1");
  stage.wait(1h);
  stage.command("declare Two", "C2");
  stage.wait(1h);
  stage.command("2 declare here Three", "C1");
  EXPECT_EQ(stage.channel(1), "C1");
  EXPECT_NE(stage.channel(3), "C1");
}

TEST(Declaring, AFormWithoutATitleSaysSoAtTheField) {
  Stage stage;
  stage.submit(view::action::declare, "C1", {{"title", "  \t"}});
  ASSERT_TRUE(stage.outlet.acks.back().answer);
  EXPECT_THAT(stage.outlet.acks.back().answer->form_errors, Contains(testing::Key("title")));
  EXPECT_THAT(stage.ledger.kept.incidents, IsEmpty());
}

// The value of a button in the newest answer by response_url.
std::string value_of_button(const Stage& stage, const std::string& action) {
  const auto answers = stage.effects<effect::Respond>();
  for (const auto& block : answers.back().message.blocks)
    if (const auto* actions = std::get_if<view::Actions>(&block))
      for (const auto& element : actions->elements)
        if (const auto* button = std::get_if<view::Button>(&element); button && button->action == action)
          return button->value;
  return {};
}

// An alert with a long text and a file, declared by the form while a young incident is open.
struct OfferedForAnAlert : Declared {
  OfferedForAnAlert() {
    wait(3min);
    auto alert = Stage::message(text, "CALERTS", "1699999000.000100", "");
    alert.bot_id = "BGRAF";
    alert.files = {{"F1", "graph.png", "https://team.slack.com/f1"}};
    give(inbound::Shortcut{view::action::declare_shortcut,
                           alert,
                           {.response_url = "https://hooks/s", .trigger_id = "t", .user = "U9", .channel = "CALERTS"}});
    const auto modal = effects<effect::OpenModal>().back().modal;
    EXPECT_LT(modal.context.size(), 100U);
    submit(modal.callback, modal.context, {{"title", "CPU hot"}, {"severity", "sev2"}, {"description", "since noon"}},
           "U9");
  }
  const std::string text = std::string(5'000, 'x') + " end";
};

TEST(Declaring, AnOfferKeepsTheDescriptionAndTheWholeAlert) {
  OfferedForAnAlert stage;
  ASSERT_THAT(stage.ledger.kept.incidents, SizeIs(1));
  EXPECT_EQ(stage.effects<effect::Respond>().back().response_url, "https://hooks/s")
      << "the form itself cannot be answered";
  const auto value = value_of_button(stage, view::action::declare_anyway);
  ASSERT_FALSE(value.empty());
  EXPECT_LT(value.size(), 100U);
  stage.press(view::action::declare_anyway, value, "CALERTS", "U9");
  ASSERT_THAT(stage.ledger.kept.incidents, SizeIs(2));
  EXPECT_EQ(stage.incident(2).severity, Severity::sev2);
  EXPECT_EQ(stage.entries(2)[0].text, stage.text);
  EXPECT_THAT(stage.entries(2)[0].files, SizeIs(1));
  EXPECT_EQ(stage.entries_of(EntryKind::field, 2).at(0).text, "since noon");
  EXPECT_THAT(stage.ledger.kept.drafts, IsEmpty());
}

TEST(Declaring, AnOfferIsAnsweredOnce) {
  OfferedForAnAlert stage;
  const auto value = value_of_button(stage, view::action::declare_anyway);
  stage.press(view::action::declare_anyway, value, "CALERTS", "U9");
  stage.wait(3min);
  stage.press(view::action::declare_anyway, value, "CALERTS", "U9");
  EXPECT_THAT(stage.ledger.kept.incidents, SizeIs(2));
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("declare TITLE"));
}

TEST(Declaring, JoiningTheOfferedOneBringsTheAlertAndTheDescriptionThere) {
  OfferedForAnAlert stage;
  stage.press(view::action::use_recent, value_of_button(stage, view::action::use_recent), "CALERTS", "U9");
  ASSERT_THAT(stage.ledger.kept.incidents, SizeIs(1));
  const auto said = stage.entries_of(EntryKind::message);
  ASSERT_THAT(said, SizeIs(1));
  EXPECT_EQ(said[0].text, stage.text);
  EXPECT_TRUE(said[0].on_timeline);
  EXPECT_EQ(stage.entries_of(EntryKind::note).at(0).text, "CPU hot\nsince noon");
  EXPECT_THAT(stage.effects<effect::Invite>().back().users, ElementsAre("U9"));
}

TEST(Declaring, FromTheHomeTabTheOfferStandsInTheFormWhichStaysOpen) {
  Declared stage;
  stage.wait(3min);
  stage.give(
      inbound::Press{.action = view::action::declare, .value = "home", .reply = {.trigger_id = "t", .user = "U9"}});
  const auto context = stage.effects<effect::OpenModal>().back().modal.context;
  const std::map<std::string, std::string> values{{"title", "CPU hot"}, {"description", "since noon"}};
  stage.submit(view::action::declare, context, values, "U9");
  ASSERT_TRUE(stage.outlet.acks.back().answer);
  EXPECT_THAT(stage.outlet.acks.back().answer->form_errors.at("title"), HasSubstr("Backend down"));
  EXPECT_THAT(stage.ledger.kept.incidents, SizeIs(1));
  stage.submit(view::action::declare, context, values, "U9");
  EXPECT_THAT(stage.ledger.kept.incidents, SizeIs(2));
  EXPECT_EQ(stage.entries_of(EntryKind::field, 2).at(0).text, "since noon");
}

TEST(Declaring, TheAnswerFollowsInTheAckAndHereItIsThereAtOnce) {
  Stage stage;
  stage.command("declare Backend down");
  EXPECT_EQ(stage.outlet.acks.at(0).answer->follows, "https://hooks/r");
  EXPECT_EQ(stage.effects<effect::Respond>().at(0).response_url, "https://hooks/r") << "this is what the ack waits for";
  EXPECT_THAT(stage.effects<effect::Respond>().at(0).message.text, HasSubstr("<#CINC1>"));
  stage.wait(20min);
  EXPECT_THAT(stage.command("declare here Disk full", "C2"), HasSubstr("2"));
  EXPECT_EQ(stage.outlet.acks.back().answer->follows, "");
  EXPECT_THAT(stage.effects<effect::Respond>(), SizeIs(1));
}

TEST(Declaring, AChannelServesOneIncidentAfterAnother) {
  Declared stage{"declare here Disk full"};
  const auto before = stage.say("in the first", "C1");
  stage.command("resolve", "C1");
  stage.say("after the first", "C1");
  stage.wait(20min);
  stage.command("declare here Network down", "C1", "U9");
  EXPECT_EQ(stage.channel(2), "C1");
  stage.say("in the second", "C1");
  EXPECT_THAT(stage.entries_of(EntryKind::message, 1), SizeIs(2));
  EXPECT_THAT(stage.entries_of(EntryKind::message, 2), SizeIs(1));
  EXPECT_EQ(stage.entries(1).back().detail, "taken_over");
  // What is done to an old message stays with the record that holds it.
  auto edited = Stage::message("said better", "C1", before);
  edited.edited_ts = to_ts(stage.now);
  stage.give(inbound::MessageChanged{edited, edited.edited_ts, {}});
  EXPECT_EQ(stage.entries_of(EntryKind::message, 1)[0].text, "said better");
  stage.give(inbound::MessageDeleted{"C1", before, to_ts(stage.now)});
  EXPECT_TRUE(stage.entries_of(EntryKind::message, 1)[0].deleted_at);
  EXPECT_THAT(stage.entries_of(EntryKind::message, 2), SizeIs(1));
  stage.command("resolve", "C1");
  stage.say("after both", "C1");
  EXPECT_THAT(stage.entries_of(EntryKind::message, 2), SizeIs(2)) << "the latest records where none is open";
}

TEST(Declaring, ALateMessageGoesToTheIncidentThatRecordedThen) {
  Declared stage{"declare here Disk full"};
  const auto then = to_ts(stage.now + 10s);
  stage.command("resolve", "C1");
  stage.wait(20min);
  stage.command("declare here Network down", "C1", "U9");
  stage.give(Stage::message("late", "C1", then));
  EXPECT_THAT(stage.entries_of(EntryKind::message, 1), SizeIs(1));
  EXPECT_THAT(stage.entries_of(EntryKind::message, 2), IsEmpty());
}

TEST(Declaring, AnOlderIncidentIsNotReopenedWhileAnotherOneHasItsChannel) {
  Declared stage{"declare here Disk full"};
  stage.command("resolve", "C1");
  stage.wait(20min);
  stage.command("declare here Network down", "C1", "U9");
  EXPECT_THAT(stage.command("1 reopen", "C7"), HasSubstr("2 resolve"));
  EXPECT_EQ(stage.incident(1).status, Status::resolved);
  stage.command("2 resolve", "C7");
  stage.command("1 reopen", "C7");
  stage.say("again", "C1");
  EXPECT_THAT(stage.entries_of(EntryKind::message, 1), SizeIs(1)) << "the open one records";
}

TEST(Declaring, WhereNoChannelMayBeCreatedAResolvedIncidentsChannelServesAgain) {
  Stage stage;
  stage.refusals["CreateChannel"] = "restricted_action";
  stage.command("declare Backend down");
  stage.command("resolve", "C1");
  stage.wait(16min);
  stage.command("declare Second thing");
  EXPECT_EQ(stage.channel(2), "C1");
}

}  // namespace
}  // namespace vakt::test
