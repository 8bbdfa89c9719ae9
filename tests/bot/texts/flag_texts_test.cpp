#include "bot/texts/flag_texts.hpp"

#include <gmock/gmock.h>

#include "tests/bot/texts/both_languages.hpp"

namespace vakt {
namespace {

TEST(FlagTexts, EveryTextIsThereInBothLanguagesWithTheSameSlotsAndPingsNobody) {
  test::expect_whole(flag_texts(Language::en), flag_texts(Language::nb));
}

// Slack refuses a modal whose title or button is longer.
TEST(FlagTexts, TitlesAndButtonsFitIntoAForm) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = flag_texts(language);
    for (const auto text : {t.confirm_title_on, t.confirm_title_percent, t.confirm_submit, t.confirm_close})
      EXPECT_LE(text.size(), 24U) << text;
  }
}

TEST(FlagTexts, OnlyWhatIsProvenIsCalledOff) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = flag_texts(language);
    const std::string_view off = language == Language::en ? "OFF" : "AV";
    EXPECT_NE(t.proven_off.find(off), std::string_view::npos);
    for (const auto text : {t.under_way_off, t.unknown, t.stopped, t.overruled, t.failed, t.stopping, t.turning_off,
                            t.not_recorded_yet, t.refused_asked, t.asked_of_operators, t.is_protected})
      EXPECT_EQ(text.find(off), std::string_view::npos) << text;
  }
}

}  // namespace
}  // namespace vakt
