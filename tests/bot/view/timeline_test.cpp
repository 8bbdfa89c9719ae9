#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"
#include "bot/view/timeline_edit_view.hpp"

namespace vakt::view {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

const Settings settings{.timezone = "Europe/Oslo"};

Entry note(std::int64_t seq, const std::string& text = "said") {
  return {.incident = 12,
          .seq = seq,
          .at = Instant{1'700'000'000s} + std::chrono::seconds{seq},
          .kind = EntryKind::note,
          .actor = "U1",
          .text = text,
          .on_timeline = true};
}

std::vector<Select> selects(const Message& message) {
  std::vector<Select> out;
  for (const auto& block : message.blocks)
    if (const auto* actions = std::get_if<Actions>(&block))
      for (const auto& element : actions->elements)
        if (const auto* select = std::get_if<Select>(&element)) out.push_back(*select);
  return out;
}

TEST(Timeline, EveryEntryCanBeChosenAHundredToASelect) {
  std::vector<Entry> many;
  for (int i = 1; i <= 250; ++i) many.push_back(note(i, std::string(200, 'x')));
  const auto found = selects(timeline(settings, many));
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_THAT(found[0].options, SizeIs(100));
  EXPECT_THAT(found[2].options, SizeIs(50));
  EXPECT_EQ(found[2].options.back().value, "12:250");
  EXPECT_FALSE(found[0].placeholder.empty());
}

TEST(Timeline, ALongOneShowsTheNewestAndSaysWhereTheOthersAre) {
  std::vector<Entry> many;
  for (int i = 1; i <= 400; ++i) many.push_back(note(i, "n" + std::to_string(i) + "."));
  const auto text = timeline(settings, many).text;
  EXPECT_THAT(text, HasSubstr("100 earlier entries"));
  EXPECT_THAT(text, HasSubstr("vakt export 12"));
  EXPECT_THAT(text, HasSubstr("n400."));
  EXPECT_THAT(text, Not(HasSubstr("n100.")));
}

TEST(Timeline, OneOfSeveralDaysHasADayOverItsLinesAndInItsChoices) {
  auto evening = note(1, "evening"), night = note(2, "night");
  night.at = evening.at + 24h;
  const auto message = timeline(settings, {evening, night});
  EXPECT_EQ(message.text, "*2023-11-14*\n23:13  <@U1>: evening\n*2023-11-15*\n23:13  <@U1>: night");
  EXPECT_EQ(selects(message)[0].options[1].label, "2023-11-15 23:13  night");
  std::vector<Entry> many;
  for (int i = 1; i <= 400; ++i) many.push_back(note(i));
  many.front().at -= 24h;
  EXPECT_THAT(timeline(settings, many).text, HasSubstr("\n*2023-11-14*\n23:15  ")) << "the first line that is shown";
  EXPECT_THAT(timeline(settings, {evening}).text, Not(HasSubstr("2023")));
}

TEST(Timeline, ShowsEachEntryAsDocumentsHaveItAndInThatOrder) {
  auto first = note(1, "original"), second = note(2, "second"), third = note(3, "third");
  first.curated = Curation{.text = "better &lt;!here&gt;", .at = first.at + 1h, .approximate = true};
  third.curated = Curation{.left_out = true};
  const auto message = timeline(settings, {first, second, third});
  EXPECT_EQ(message.text, "*2023-11-14*\n23:13  <@U1>: second\n*2023-11-15*\n~00:13  <@U1>: better &lt;!here&gt;");
  ASSERT_THAT(selects(message), SizeIs(1));
  EXPECT_THAT(selects(message)[0].options, SizeIs(3)) << "what is left out can be taken back";
  EXPECT_THAT(selects(message)[0].options[1].label, HasSubstr("Left out"));
}

TEST(TimelineEditView, TheFormHoldsWhatIsShownAndShowsWhatWasRecorded) {
  auto entry = note(7, "<!channel> original &amp; so");
  entry.curated = Curation{.text = "better", .at = entry.at + 5s, .approximate = true, .left_out = true};
  const auto modal = timeline_edit_form(settings, entry);
  EXPECT_EQ(modal.context, "12:7");
  EXPECT_THAT(std::get<Context>(modal.blocks[0]).text, HasSubstr("2023-11-14 23:13:27"));
  EXPECT_THAT(std::get<Context>(modal.blocks[0]).text, HasSubstr("original &amp; so"));
  EXPECT_THAT(std::get<Context>(modal.blocks[0]).text, Not(HasSubstr("<!")));
  EXPECT_EQ(std::get<Input>(modal.blocks[1]).initial, "better");
  EXPECT_EQ(std::get<Input>(modal.blocks[2]).initial, "~2023-11-14 23:13:32");
  EXPECT_EQ(std::get<Input>(modal.blocks[3]).initial, "no");
}

}  // namespace
}  // namespace vakt::view
