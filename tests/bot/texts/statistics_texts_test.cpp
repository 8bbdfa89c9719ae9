#include "bot/texts/statistics_texts.hpp"

#include "tests/bot/texts/both_languages.hpp"

namespace vakt {
namespace {

TEST(StatisticsTexts, EveryTextIsThereInBothLanguagesWithTheSameSlotsAndPingsNobody) {
  test::expect_whole(statistics_texts(Language::en), statistics_texts(Language::nb));
  test::expect_translated(statistics_texts(Language::en), statistics_texts(Language::nb));
}

}  // namespace
}  // namespace vakt
