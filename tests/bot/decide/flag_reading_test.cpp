#include <gmock/gmock.h>

#include "tests/bot/brain/flag_stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using flag::Standing;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

struct Confirming : FlagStage {
  explicit Confirming(Settings given = {}) : FlagStage(std::move(given), FlagService::with("checkout", false)) {}
  // Typed, read, shown: the form.
  view::Modal ask(const std::string& text, const ChannelId& in = "C1") {
    flag_done(text, in);
    const auto forms = effects<effect::OpenModal>();
    return forms.empty() ? view::Modal{} : forms.back().modal;
  }
  void agree(const view::Modal& form, std::map<std::string, std::string> values) {
    submit(form.callback, form.context, std::move(values));
    serve();
  }
  std::string form_error(const char* block) {
    const auto& answer = outlet.acks.back().answer;
    if (!answer) return {};
    const auto found = answer->form_errors.find(block);
    return found == answer->form_errors.end() ? "" : found->second;
  }
  static const view::Input* input(const view::Modal& form, const std::string& block) {
    for (const auto& one : form.blocks)
      if (const auto* field = std::get_if<view::Input>(&one); field && field->block == block) return field;
    return nullptr;
  }
};

TEST(FlagReading, OnShowsWhoWillSeeItAndWaitsForTheNameToBeTyped) {
  Confirming stage;
  const auto form = stage.ask("on checkout");
  EXPECT_EQ(stage.standing(), Standing::asked);
  EXPECT_THAT(stage.service.orders, IsEmpty());
  std::string text;
  for (const auto& block : form.blocks)
    if (const auto* section = std::get_if<view::Section>(&block)) text += section->text + "\n";
  EXPECT_THAT(text, AllOf(HasSubstr("nobody"), HasSubstr("everyone")));
  ASSERT_NE(Confirming::input(form, "name"), nullptr);
  EXPECT_TRUE(Confirming::input(form, "reason")->optional);

  stage.agree(form, {{"name", "checkou"}});
  EXPECT_THAT(stage.form_error("name"), HasSubstr("checkout"));
  EXPECT_THAT(stage.service.orders, IsEmpty());

  stage.agree(form, {{"name", " checkout "}});
  EXPECT_EQ(stage.standing(), Standing::proven);
  EXPECT_TRUE(stage.service.state("checkout").enabled);
  EXPECT_EQ(stage.posts_in("incidents", "flag_announced:1"), 1U);

  stage.agree(form, {{"name", "checkout"}});  // pressed twice
  EXPECT_THAT(stage.form_error("name"), HasSubstr("answered already"));
  EXPECT_THAT(stage.service.orders, SizeIs(1));
}

TEST(FlagReading, WhatIsAgreedToTooLateIsNotDone) {
  Confirming stage;
  const auto form = stage.ask("on checkout");
  stage.wait(10min);
  stage.agree(form, {{"name", "checkout"}});
  EXPECT_THAT(stage.form_error("name"), HasSubstr("10 minutes"));
  EXPECT_FALSE(stage.service.state("checkout").enabled);
}

TEST(FlagReading, WhatWasChangedSinceItWasShownIsNotTouched) {
  Confirming stage;
  const auto form = stage.ask("on checkout");
  stage.service.state("checkout").strategies.clear();
  stage.agree(form, {{"name", "checkout"}});
  EXPECT_EQ(stage.standing(), Standing::failed);
  EXPECT_FALSE(stage.service.state("checkout").enabled);
}

TEST(FlagReading, DuringASeriousIncidentElsewhereAReasonIsAskedForAndKept) {
  Confirming stage;
  stage.command("declare sev2 Payments down", "C1", "U2");
  const auto form = stage.ask("on checkout");
  ASSERT_NE(Confirming::input(form, "reason"), nullptr);
  EXPECT_FALSE(Confirming::input(form, "reason")->optional);
  stage.agree(form, {{"name", "checkout"}, {"reason", " "}});
  EXPECT_THAT(stage.form_error("reason"), Not(IsEmpty()));
  stage.agree(form, {{"name", "checkout"}, {"reason", "the fix & <it> needs it"}});
  EXPECT_EQ(stage.standing(), Standing::proven);
  EXPECT_EQ(stage.change().reason, "the fix &amp; &lt;it&gt; needs it");
  EXPECT_THAT(stage.as_seen("flag_announced:1").blocks.size(), testing::Ge(2U));
}

TEST(FlagReading, FromThatIncidentsOwnChannelNoReasonIsNeededAndItStandsInItsRecord) {
  Confirming stage;
  stage.command("declare sev1 Payments down");
  const auto form = stage.ask("on checkout", "CINC1");
  EXPECT_TRUE(Confirming::input(form, "reason")->optional);
  stage.agree(form, {{"name", "checkout"}});
  EXPECT_EQ(stage.standing(), Standing::proven);
  EXPECT_THAT(stage.entries_of(EntryKind::flag), SizeIs(1));
  EXPECT_EQ(stage.posts_in("CINC1", "flag:1"), 1U);
}

TEST(FlagReading, FromTheChannelOfASmallOneAReasonIsNeededForTheSeriousOneElsewhere) {
  Confirming stage;
  stage.command("declare sev4 Typo");
  stage.wait(1h);
  stage.command("declare sev1 Payments down", "C2", "U2");
  const auto form = stage.ask("on checkout", stage.channel(1));
  EXPECT_FALSE(Confirming::input(form, "reason")->optional);
}

TEST(FlagReading, ADrillAsksForNoReason) {
  Confirming stage;
  stage.command("test Payments down");
  EXPECT_TRUE(Confirming::input(stage.ask("on checkout"), "reason")->optional);
}

TEST(FlagReading, ForHalfAnHourPutsItBackInTime) {
  Confirming stage;
  const auto form = stage.ask("on checkout for 30m");
  stage.wait(5min);
  stage.agree(form, {{"name", "checkout"}});
  const auto agreed = stage.change().requested_at;
  EXPECT_EQ(stage.change().restore_at, agreed + 30min);
  stage.pass(29min);
  EXPECT_TRUE(stage.service.state("checkout").enabled);
  stage.pass(2min);
  stage.serve();
  EXPECT_FALSE(stage.service.state("checkout").enabled);
  EXPECT_EQ(stage.standing(2), Standing::proven);
  EXPECT_EQ(stage.change(1).undone_by, 2);
  // The service tells of it: it was us.
  stage.observe({stage.seen(false)});
  EXPECT_EQ(stage.ledger.kept.changes.size(), 2U);
}

TEST(FlagReading, WhatSomebodyChangedMeanwhileIsNotPutBack) {
  Confirming stage;
  stage.agree(stage.ask("on checkout for 30m"), {{"name", "checkout"}});
  stage.service.state("checkout").strategies = {{.name = "userWithId"}};
  stage.pass(31min);
  stage.serve();
  EXPECT_TRUE(stage.service.state("checkout").enabled);
  EXPECT_EQ(stage.standing(2), Standing::failed);
}

TEST(FlagReading, WhatWasUndoneByHandIsNotPutBackAgain) {
  Confirming stage;
  stage.agree(stage.ask("on checkout for 30m"), {{"name", "checkout"}});
  stage.flag_done("undo checkout");
  EXPECT_FALSE(stage.service.state("checkout").enabled);
  stage.pass(31min);
  stage.serve();
  EXPECT_THAT(stage.ledger.kept.changes, SizeIs(2));
}

TEST(FlagReading, ASecondPersonHasToAgreeAndSeesWhatTo) {
  Settings settings;
  settings.flags.second_person = flag::SecondPerson::production;
  Confirming stage{settings};
  stage.agree(stage.ask("on checkout"), {{"name", "checkout"}});
  EXPECT_THAT(stage.service.orders, IsEmpty());
  ASSERT_EQ(stage.posts_in("incidents", "flag_approval"), 1U);
  const auto asked = stage.effects<effect::Post>().back().message;
  EXPECT_THAT(asked.text, AllOf(HasSubstr("U1"), HasSubstr("checkout")));
  std::string confirm;
  for (const auto& block : asked.blocks)
    if (const auto* row = std::get_if<view::Actions>(&block))
      confirm = std::get<view::Button>(row->elements.at(0)).confirm;
  EXPECT_THAT(confirm, HasSubstr("everyone"));
  const auto value = FlagStage::button(asked, view::action::flag_approve);

  stage.press(view::action::flag_approve, value, "CANN", "U1");
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("else"));
  stage.press(view::action::flag_approve, value, "CANN", "U9");
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("@oncall"));
  stage.serve();
  EXPECT_THAT(stage.service.orders, IsEmpty());

  stage.press(view::action::flag_approve, value, "CANN", "U2");
  stage.serve();
  EXPECT_EQ(stage.standing(), Standing::proven);
  EXPECT_EQ(stage.change().confirmed_by, "U2");
  stage.press(view::action::flag_approve, value, "CANN", "U3");
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("answered already"));
  stage.serve();
  EXPECT_THAT(stage.service.orders, SizeIs(1));
}

TEST(FlagReading, TheSecondPersonMayComeTooLate) {
  Settings settings;
  settings.flags.second_person = flag::SecondPerson::production;
  Confirming stage{settings};
  stage.agree(stage.ask("on checkout"), {{"name", "checkout"}});
  stage.wait(11min);
  stage.press(view::action::flag_approve, "1", "CANN", "U2");
  stage.serve();
  EXPECT_THAT(stage.service.orders, IsEmpty());
}

TEST(FlagReading, APercentageIsShownConfirmedAndSet) {
  Confirming stage;
  stage.service.state("checkout") = {true, {{.name = "flexibleRollout", .parameters = {{"rollout", "10"}}}}};
  stage.agree(stage.ask("percent checkout 25"), {{"name", "checkout"}});
  EXPECT_EQ(stage.standing(), Standing::proven);
  EXPECT_EQ(stage.service.state("checkout").strategies[0].parameters["rollout"], "25");
  stage.flag_done("undo checkout");
  EXPECT_EQ(stage.service.state("checkout").strategies[0].parameters["rollout"], "10");
}

TEST(FlagReading, AnUnknownNameOrEnvironmentOpensNoForm) {
  Confirming stage;
  stage.ask("on chekout");
  EXPECT_THAT(stage.effects<effect::OpenModal>(), IsEmpty());
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("checkout"));
  stage.ask("on checkout staging");
  EXPECT_THAT(stage.effects<effect::OpenModal>(), IsEmpty());
  EXPECT_THAT(stage.effects<effect::Respond>().back().message.text, HasSubstr("development, production"));
  EXPECT_THAT(stage.ledger.kept.changes, IsEmpty());
}

TEST(FlagReading, StatusSaysWhoSeesItInPlainWords) {
  FlagStage stage;
  stage.flag_done("status checkout");
  const auto answer = stage.effects<effect::Respond>().back().message;
  std::string text;
  for (const auto& block : answer.blocks)
    if (const auto* section = std::get_if<view::Section>(&block)) text += section->text + "\n";
  EXPECT_THAT(text, AllOf(HasSubstr("everyone"), HasSubstr("nobody"), HasSubstr("development")));
  EXPECT_EQ(view::read_target(FlagStage::button(answer, view::action::flag_off)).environment, "production");
}

}  // namespace
}  // namespace vakt::test
