#include "bot/texts/rollout_texts.hpp"

#include <gmock/gmock.h>

#include "tests/bot/texts/both_languages.hpp"

namespace vakt {
namespace {

TEST(RolloutTexts, EveryTextIsThereInBothLanguagesWithTheSameSlotsAndPingsNobody) {
  test::expect_whole(rollout_texts(Language::en), rollout_texts(Language::nb));
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
