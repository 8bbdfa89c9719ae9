#include "bot/view/rollout_view.hpp"

#include <gmock/gmock.h>

#include "tests/bot/rollouts/make.hpp"

namespace vakt::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace button = view::action;

constexpr auto week = 7 * 24h;

std::string words(const view::Message& message) {
  std::string out = message.text;
  for (const auto& block : message.blocks)
    if (const auto* section = std::get_if<view::Section>(&block)) out += "\n" + section->text;
  return out;
}
std::string status(const rollout::Rollout& rollout, Micros after, Settings settings = {}) {
  return words(view::rollout_status(settings, rollout, rollout_start + after));
}
std::vector<std::string> buttons(const view::Message& message) {
  std::vector<std::string> out;
  for (const auto& block : message.blocks)
    if (const auto* row = std::get_if<view::Actions>(&block))
      for (const auto& element : row->elements) out.push_back(std::get<view::Button>(element).action);
  return out;
}

TEST(RolloutView, SaysHowItStandsAndWhatToDoNow) {
  EXPECT_THAT(status(planned(), 0s), HasSubstr("begins the first stage (10 %)"));
  EXPECT_THAT(status(at_stage(0), 1h), HasSubstr("stage 1 of 4, *10 %*"));
  EXPECT_THAT(status(at_stage(0), 1h), HasSubstr("runs until 2023-06-27 08:00"));
  const auto seen_by_few = *rollout::record(at_stage(0, {}, 100), seen(7), rollout_start);
  EXPECT_THAT(status(seen_by_few, week), HasSubstr("7 of the 100 users asked for"));
  EXPECT_THAT(status(*rollout::record(at_stage(0), seen(10), rollout_start), week), HasSubstr("goes on to 25 %"));
  EXPECT_THAT(status(rollout::rolled_back(at_stage(2), rollout_act()), 1h), HasSubstr("back to its stage (50 %)"));
  EXPECT_THAT(status(at_stage(3), 1h), HasSubstr("Next check-in: 2023-06-27 08:00"));
}

TEST(RolloutView, NeverCallsAnythingSafe) {
  for (const auto users : {0, 3, 1'000'000})
    for (const auto language : {Language::en, Language::nb}) {
      Settings settings;
      settings.language = language;
      const auto text = status(*rollout::record(at_stage(0), seen(users), rollout_start), week, settings);
      EXPECT_THAT(text, Not(HasSubstr("safe")));
      EXPECT_THAT(text, Not(HasSubstr("trygg")));
      EXPECT_THAT(text, HasSubstr("95 %"));
    }
}

TEST(RolloutView, TheButtonsAreThoseOfWhatCanBeDone) {
  const auto of = [](const rollout::Rollout& rollout) {
    return buttons(view::rollout_status({}, rollout, rollout_start + 1h));
  };
  EXPECT_THAT(of(planned()), testing::ElementsAre(button::rollout_advance));
  EXPECT_THAT(of(at_stage(0)), testing::ElementsAre(button::rollout_advance, button::rollout_record,
                                                    button::rollout_hold, button::rollout_rollback));
  EXPECT_THAT(of(*rollout::hold(at_stage(0), "", rollout_act())),
              testing::ElementsAre(button::rollout_resume, button::rollout_advance, button::rollout_record,
                                   button::rollout_rollback));
  EXPECT_THAT(of(at_stage(3)), testing::ElementsAre(button::rollout_record, button::rollout_rollback));
}

TEST(RolloutView, AButtonsValueIsReadBackAndNonsenseIsNobodys) {
  const auto read = view::read_rollout(view::write_rollout({12, 3, {"unleash", "a:b c", "production"}}));
  EXPECT_EQ(read.id, 12);
  EXPECT_EQ(read.stage, 3);
  EXPECT_EQ(read.flag.name, "a:b c");
  for (const auto* value : {"", "x", "1", "1:", "1:x:", ":1:"}) EXPECT_EQ(view::read_rollout(value).id, 0) << value;
}

TEST(RolloutView, PeoplesWordsAreHarmless) {
  auto now = at_stage(0);
  now.flag = "a`<!here>";
  now = *rollout::record(now, seen(3, "<!channel> *500*"), rollout_start);
  EXPECT_THAT(status(now, 1h), Not(HasSubstr("<!")));
  EXPECT_THAT(view::rollout_line({}, now, rollout_start, {}), HasSubstr("a`<!here>"));
}

TEST(RolloutView, TheTerminalsWordsNameItsOwnCommandAndPeopleAndHaveNoEmoji) {
  auto now = *rollout::record(at_stage(0), seen(12), rollout_start);
  now.stop = rollout::Stop{.by = "UKARI", .detail = "smoke", .at = rollout_start};
  now.state = rollout::State::held;
  const auto line = view::rollout_line({}, now, rollout_start, {{"UKARI", "Kari"}});
  EXPECT_THAT(line, AllOf(HasSubstr("@Kari"), HasSubstr("[>] "), HasSubstr("`vakt rollout resume ")));
  EXPECT_THAT(line, AllOf(Not(HasSubstr("/rollout")), Not(testing::ContainsRegex(":[a-z_]+:")), Not(HasSubstr("*"))));
}

TEST(RolloutView, TheFormOfARecordAsksForEachCriterionAndShowsWhatWasSaidLast) {
  auto now = *rollout::record(at_stage(0), seen(12), rollout_start);
  const auto modal = view::rollout_record_form({}, now, rollout_start, "3");
  std::map<std::string, std::string> initial;
  for (const auto& block : modal.blocks)
    if (const auto* input = std::get_if<view::Input>(&block)) initial[input->block] = input->initial;
  EXPECT_EQ(initial.size(), 6U);
  EXPECT_EQ(initial.at("users"), "12");
  EXPECT_TRUE(initial.contains("metric1"));
}

}  // namespace
}  // namespace vakt::test
