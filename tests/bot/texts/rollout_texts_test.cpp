#include "bot/texts/rollout_texts.hpp"

#include <gmock/gmock.h>

#include <array>
#include <bit>
#include <set>

namespace vakt {
namespace {

// RolloutTexts is a row of string_views and nothing else, so each language is an array of them.
using All = std::array<std::string_view, sizeof(RolloutTexts) / sizeof(std::string_view)>;
All all(Language language) { return std::bit_cast<All>(rollout_texts(language)); }

std::set<char> slots(std::string_view text) {
  std::set<char> out;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 2] == '}') out.insert(text[i + 1]);
  return out;
}

TEST(RolloutTexts, EveryTextIsThereInBothLanguagesWithTheSameSlots) {
  const auto english = all(Language::en), norwegian = all(Language::nb);
  for (std::size_t i = 0; i < english.size(); ++i) {
    EXPECT_FALSE(english[i].empty()) << "text " << i << ", nb: " << norwegian[i];
    EXPECT_FALSE(norwegian[i].empty()) << "text " << i << ", en: " << english[i];
    EXPECT_EQ(slots(english[i]), slots(norwegian[i])) << english[i] << "\n" << norwegian[i];
  }
}

TEST(RolloutTexts, NoTextOfOursPingsAnybody) {
  for (const auto language : {Language::en, Language::nb})
    for (const auto text : all(language)) EXPECT_EQ(text.find("<!"), std::string_view::npos) << text;
}

// Slack refuses a modal whose title or button is longer.
TEST(RolloutTexts, TitlesAndButtonsFitIntoAForm) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = rollout_texts(language);
    for (const auto text : {t.form_start, t.form_record, t.save, t.close}) EXPECT_LE(text.size(), 24U) << text;
  }
}

}  // namespace
}  // namespace vakt
