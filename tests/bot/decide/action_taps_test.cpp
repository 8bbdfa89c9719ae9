#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"
#include "tests/bot/brain/action_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using action::State;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;
using testing::Not;
using testing::Pair;
using testing::SizeIs;
namespace button = view::action;

// Without Trello: taps do the same there, and nothing waits.
struct Tapped : ActionIncident {
  explicit Tapped(const std::string& text = "add Rotate the logs <@U1>") : ActionIncident(without_trello()) {
    if (!text.empty()) action(text, "CINC1");
    done.clear();
  }
  const view::Modal& opened() {
    modals_ = effects<effect::OpenModal>();
    return modals_.back().modal;
  }
  std::vector<view::Block> home() const { return effects<effect::PublishHome>().back().blocks; }
  static std::string text(const std::vector<view::Block>& blocks) {
    std::string all;
    view::add_blocks(blocks, all);
    return all;
  }

 private:
  std::vector<effect::OpenModal> modals_;
};

TEST(ActionTaps, ButtonsDoAtOnceWhatNeedsNoWordsAndPressedTwiceOnce) {
  Tapped stage;
  for (int i = 0; i < 2; ++i) stage.press(button::item_take, "1", "CINC1", "U3");
  EXPECT_EQ(stage.item().owner, "U3");
  for (int i = 0; i < 2; ++i) stage.press(button::item_done, "1", "CINC1");
  EXPECT_EQ(stage.item().state, State::done);
  EXPECT_THAT(stage.posts("item"), SizeIs(1));
  for (int i = 0; i < 2; ++i) stage.press(button::item_reopen, "1", "CINC1");
  EXPECT_EQ(stage.item().state, State::open);
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "owner", "done", "reopened"));
  EXPECT_THAT(stage.posts("item"), SizeIs(2));
  EXPECT_THAT(stage.answers(), SizeIs(6));
  for (const auto& [where, said] : stage.answers()) EXPECT_EQ(where, "https://hooks/p");
}

TEST(ActionTaps, FormsAnswerWhereTheyWereOpened) {
  Tapped stage;
  const auto fill_in = [&](const char* action, std::map<std::string, std::string> values) {
    stage.press(action, "1", "C9");
    const auto form = stage.opened();
    EXPECT_EQ(form.callback, action);
    stage.submit(form.callback, form.context, std::move(values));
    EXPECT_THAT(stage.form_errors(), IsEmpty()) << action;
    ASSERT_THAT(stage.answers(), Not(IsEmpty()));
    EXPECT_EQ(stage.answers().back().first, "C9/U1") << action;
  };
  fill_in(button::item_due, {{"due", "2024-02-29"}});
  EXPECT_EQ(stage.item().due, from_iso_date("2024-02-29"));
  fill_in(button::item_due, {{"due", ""}});
  EXPECT_EQ(stage.item().due, std::nullopt);
  fill_in(button::item_snooze, {{"until", "+2w"}, {"reason", "waiting for parts"}});
  ASSERT_TRUE(stage.item().snoozed);
  EXPECT_EQ(stage.item().snoozed->reason, "waiting for parts");
  fill_in(button::item_owner, {{"owner", "U2"}});
  EXPECT_EQ(stage.item().owner, "U2");
  fill_in(button::item_wontdo, {{"reason", "replaced"}});
  EXPECT_EQ(stage.item().state, State::wont_do);
  EXPECT_EQ(stage.item().reason, "replaced");
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "due", "due", "snoozed", "owner", "wont_do"));
}

TEST(ActionTaps, AFormThatIsRefusedStaysOpenAndSaysWhy) {
  Tapped stage;
  const auto errors = [&](const char* action, std::map<std::string, std::string> values) {
    stage.press(action, "1", "CINC1", "U1");
    const auto form = stage.opened();
    stage.submit(form.callback, form.context, std::move(values), "U1");
    EXPECT_EQ(stage.ledger.kept.audit.back().outcome == "refused" || stage.form_errors().contains("due"), true);
    return stage.form_errors();
  };
  EXPECT_THAT(errors(button::item_snooze, {{"until", "+9w"}, {"reason", "x"}}),
              ElementsAre(Pair("until", HasSubstr("4 weeks"))));
  EXPECT_THAT(errors(button::item_due, {{"due", "2023-02-30"}}), Contains(Key("due")));
  EXPECT_THAT(errors(button::item_wontdo, {{"reason", " "}}),
              ElementsAre(Pair("reason", HasSubstr("reason is missing"))));
  stage.action("done 1", "CINC1");
  EXPECT_THAT(errors(button::item_wontdo, {{"reason", "x"}}), ElementsAre(Pair("reason", HasSubstr("closed already"))));
  EXPECT_THAT(stage.recorded(), ElementsAre("added", "done"));
}

TEST(ActionTaps, FromTheHomeTabItShowsWhatBecameOfIt) {
  Tapped stage;
  const auto press_at_home = [&](const char* action) {
    stage.give(inbound::Press{.action = action,
                              .value = "1",
                              .message_ts = {},
                              .view_id = "V1",
                              .reply = {.response_url = {}, .trigger_id = "t", .user = "U1", .channel = {}}});
  };
  stage.give(inbound::HomeOpened{"U1"});
  EXPECT_THAT(Tapped::text(stage.home()), HasSubstr("Rotate the logs"));
  press_at_home(button::item_due);
  const auto form = stage.opened();
  stage.submit(form.callback, form.context, {{"due", "2024-02-29"}});
  ASSERT_THAT(stage.effects<effect::PublishHome>(), SizeIs(2));
  EXPECT_THAT(Tapped::text(stage.home()), HasSubstr("29 February 2024"));
  press_at_home(button::item_done);
  ASSERT_THAT(stage.effects<effect::PublishHome>(), SizeIs(3));
  EXPECT_THAT(Tapped::text(stage.home()), Not(HasSubstr("Rotate the logs")));
  EXPECT_EQ(stage.item().state, State::done);
}

TEST(ActionTaps, TheFormOfANewItemBringsItsIncidentAlong) {
  Tapped stage{""};
  for (const auto& [value, channel] : {std::pair{"1", "C9"}, std::pair{"", "CINC1"}}) {
    stage.press(button::item_add, value, channel);
    const auto form = stage.opened();
    stage.submit(
        form.callback, form.context,
        {{"title", "Buy <a> disk"}, {"owner", "U2"}, {"due", "+2w"}, {"kind", "prevent"}, {"priority", "sev3"}});
  }
  for (const action::ItemId id : {1, 2}) {
    const auto& item = stage.item(id);
    EXPECT_EQ(item.title, "Buy <a> disk");
    EXPECT_EQ(item.owner, "U2");
    EXPECT_EQ(item.due, from_iso_date("2023-11-28"));
    EXPECT_EQ(item.kind, action::Kind::prevent);
    EXPECT_EQ(item.priority, Severity::sev3);
    EXPECT_THAT(item.incidents, ElementsAre(1)) << id;
  }
  EXPECT_THAT(stage.answers(),
              ElementsAre(Pair("https://hooks/p", HasSubstr("Added")), Pair("https://hooks/p", HasSubstr("Added"))));
  EXPECT_THAT(stage.ledger.kept.drafts, IsEmpty());
}

TEST(ActionTaps, ANewItemsFormIsPutRightAndSentAgain) {
  Tapped stage{""};
  stage.press(button::item_add, "1", "C9");
  const auto form = stage.opened();
  stage.submit(form.callback, form.context, {{"title", "Buy a disk"}, {"due", "2023-02-30"}});
  EXPECT_THAT(stage.form_errors(), Contains(Key("due")));
  stage.submit(form.callback, form.context, {{"title", " "}});
  EXPECT_THAT(stage.form_errors(), Contains(Key("title")));
  EXPECT_THAT(stage.ledger.kept.items, IsEmpty());
  stage.submit(form.callback, form.context, {{"title", "Buy a disk"}});
  EXPECT_THAT(stage.form_errors(), IsEmpty());
  EXPECT_THAT(stage.item().incidents, ElementsAre(1));
}

TEST(ActionTaps, AnAnswerToAFormThatStoodLongGoesToItsChannel) {
  Tapped stage{""};
  stage.press(button::item_add, "1", "C9");
  const auto form = stage.opened();
  stage.wait(40min);
  stage.submit(form.callback, form.context, {{"title", "Buy a disk"}});
  EXPECT_THAT(stage.answers(), ElementsAre(Pair("C9/U1", HasSubstr("Buy a disk"))));
}

TEST(ActionTaps, AMessageBecomesAnItem) {
  for (const auto& [channel, incidents] : {std::pair{"CINC1", 1U}, std::pair{"C9", 0U}}) {
    Tapped stage{""};
    auto message = Stage::message("Disk <https://x|sda> is full\nsecond line", channel, to_ts(stage.now), "U2");
    stage.give(inbound::Shortcut{
        .callback = button::item_shortcut,
        .message = message,
        .reply = {.response_url = "https://hooks/s", .trigger_id = "t", .user = "U1", .channel = channel}});
    const auto form = stage.opened();
    const auto& title = std::get<view::Input>(form.blocks.front());
    EXPECT_THAT(title.initial, AllOf(HasSubstr("is full"), Not(HasSubstr("second"))));
    stage.submit(form.callback, form.context, {{"title", title.initial}});
    EXPECT_EQ(stage.item().channel, channel);
    EXPECT_EQ(stage.item().ts, message.ts);
    EXPECT_THAT(stage.item().incidents, SizeIs(incidents));
  }
}

TEST(ActionTaps, ListsAreOpenedByTheirButtons) {
  Tapped stage;
  stage.action("add Theirs <@U2>", "C9");
  stage.press(button::item_list, "1", "C9");
  EXPECT_THAT(stage.answers().back().second, AllOf(HasSubstr("Rotate the logs"), Not(HasSubstr("Theirs"))));
  stage.press(button::item_list, "mine", "C9", "U2");
  EXPECT_THAT(stage.answers().back().second, AllOf(HasSubstr("Theirs"), Not(HasSubstr("Rotate the logs"))));
}

TEST(ActionTaps, ResolvingWithoutAnItemAsksOnce) {
  Tapped stage{""};
  stage.command("resolve", "CINC1");
  const auto asked = [&] {
    return std::ranges::count_if(stage.effects<effect::Ephemeral>(), [](const effect::Ephemeral& one) {
      return view::everything(one.message).find("without an action item") != std::string::npos;
    });
  };
  EXPECT_EQ(asked(), 1);
  stage.command("reopen", "CINC1");
  stage.command("resolve", "CINC1");
  EXPECT_EQ(asked(), 1);
  const auto message = stage.effects<effect::Ephemeral>().front().message;
  EXPECT_THAT(view::buttons(message), ElementsAre("action_add=1", "action_none=1"));
  for (int i = 0; i < 2; ++i) stage.press(button::items_none, "1", "CINC1");
  EXPECT_THAT(stage.recorded(), ElementsAre("none"));
  EXPECT_THAT(stage.answers().back().second, HasSubstr("needs no action item"));
}

TEST(ActionTaps, NoneIsNotNotedWhereThereIsOneByNow) {
  Tapped stage{""};
  stage.command("resolve", "CINC1");
  stage.action("add Rotate the logs", "CINC1");
  stage.press(button::items_none, "1", "CINC1");
  EXPECT_THAT(stage.recorded(), ElementsAre("added"));
  EXPECT_THAT(stage.answers().back().second, HasSubstr("Rotate the logs"));
}

TEST(ActionTaps, NobodyIsAskedAfterADrillOrWhereThereAreItems) {
  const auto questions = [](Stage& stage) {
    std::size_t count = 0;
    for (const auto& one : stage.effects<effect::Ephemeral>())
      count += view::everything(one.message).find("without an action item") != std::string::npos;
    return count;
  };
  Declared drill{"test Trying vakt"};
  drill.command("resolve", drill.channel());
  EXPECT_EQ(drill.incident().status, Status::resolved);
  EXPECT_EQ(questions(drill), 0U);
  Tapped stage;
  stage.action("done 1", "CINC1");
  stage.command("resolve", "CINC1");
  EXPECT_EQ(questions(stage), 0U);
  Tapped by_form{""};
  by_form.submit(button::resolve, "1", {{"text", "fixed"}});
  EXPECT_EQ(questions(by_form), 1U) << "a form has no channel: it is asked in the incident's";
}

TEST(ActionTaps, AButtonOfNoItemIsNoTrouble) {
  Tapped stage;
  stage.press(button::item_done, "99", "CINC1");
  stage.press(button::item_done, "nonsense", "CINC1");
  stage.press("action_unheard_of", "1", "CINC1");
  stage.submit(button::item_due, "99:CINC1", {{"due", "friday"}});
  EXPECT_THAT(stage.ledger.kept.quarantined, IsEmpty());
  EXPECT_EQ(stage.item().state, State::open);
}

}  // namespace
}  // namespace vakt::test
