#include "bot/texts/flag_texts.hpp"

#include <gmock/gmock.h>

#include <array>
#include <bit>
#include <set>

namespace vakt {
namespace {

// FlagTexts is a row of string_views and nothing else, so each language is an array of them.
using All = std::array<std::string_view, sizeof(FlagTexts) / sizeof(std::string_view)>;
All all(Language language) { return std::bit_cast<All>(flag_texts(language)); }

std::set<char> slots(std::string_view text) {
  std::set<char> out;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 2] == '}') out.insert(text[i + 1]);
  return out;
}

TEST(FlagTexts, EveryTextIsThereInBothLanguagesWithTheSameSlots) {
  const auto english = all(Language::en), norwegian = all(Language::nb);
  for (std::size_t i = 0; i < english.size(); ++i) {
    EXPECT_FALSE(english[i].empty()) << "text " << i << ", nb: " << norwegian[i];
    EXPECT_FALSE(norwegian[i].empty()) << "text " << i << ", en: " << english[i];
    EXPECT_EQ(slots(english[i]), slots(norwegian[i])) << english[i] << "\n" << norwegian[i];
  }
}

TEST(FlagTexts, NoTextOfOursPingsAnybody) {
  for (const auto language : {Language::en, Language::nb})
    for (const auto text : all(language)) EXPECT_EQ(text.find("<!"), std::string_view::npos) << text;
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
