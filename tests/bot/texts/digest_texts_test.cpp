#include "bot/texts/digest_texts.hpp"

#include <gmock/gmock.h>

#include <set>

#include "bot/texts/texts.hpp"
#include "tests/bot/texts/both_languages.hpp"

namespace vakt {
namespace {

using action::Date;

Date date(int year, unsigned month, unsigned day) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

TEST(DigestTexts, EveryTextIsThereInBothLanguagesWithTheSameSlotsAndPingsNobody) {
  test::expect_whole(digest_texts(Language::en), digest_texts(Language::nb));
}

TEST(DigestTexts, NoTextWasLeftInTheOtherLanguage) {
  test::expect_translated(digest_texts(Language::en), digest_texts(Language::nb));
}

TEST(DigestTexts, DatesAsPeopleSayThem) {
  const auto& en = digest_texts(Language::en);
  const auto& nb = digest_texts(Language::nb);
  EXPECT_EQ(date_shown(en, date(2026, 3, 3), date(2026, 11, 21)), "3 March");
  EXPECT_EQ(date_shown(nb, date(2026, 3, 3), date(2026, 11, 21)), "3. mars");
  EXPECT_EQ(date_shown(en, date(2028, 2, 29), date(2026, 11, 21)), "29 February 2028");
  EXPECT_EQ(date_shown(nb, date(2025, 12, 31), date(2026, 1, 1)), "31. desember 2025");
}

TEST(DigestTexts, OpenItemsByAgeReadWellAloud) {
  const auto today = date(2026, 4, 1);
  const auto said = [&](Language language, action::Ages ages) {
    return ages_shown(digest_texts(language), ages, today);
  };
  const action::Ages many{
      .open = 12, .under_a_week = 3, .to_four_weeks = 5, .longer = 4, .snoozed = 0, .oldest = date(2026, 3, 3)};
  EXPECT_EQ(said(Language::en, many),
            "12 open: 3 for less than a week, 5 for 1 to 4 weeks, 4 for longer; the oldest since 3 March");
  EXPECT_EQ(said(Language::nb, many),
            "12 åpne: 3 i mindre enn en uke, 5 i 1 til 4 uker, 4 lenger; det eldste siden 3. mars");
  EXPECT_EQ(said(Language::en, {.open = 1, .longer = 1, .snoozed = 1, .oldest = date(2025, 3, 3)}),
            "1 open: 1 for more than 4 weeks; the oldest since 3 March 2025; 1 snoozed");
  EXPECT_EQ(said(Language::nb, {.open = 1, .under_a_week = 1, .oldest = date(2026, 3, 30)}),
            "1 åpent: 1 i mindre enn en uke; det eldste siden 30. mars");
  EXPECT_EQ(said(Language::en, {}), "0 open");
}

TEST(DigestTexts, EveryStateThatNeedsADecisionSaysWhy) {
  for (const auto language : {Language::en, Language::nb}) {
    std::set<std::string_view> reasons;
    for (int state = 0; state < 8; ++state) {
      const auto reason = reason_of(digest_texts(language), static_cast<action::State>(state));
      EXPECT_EQ(reason.empty(), !action::needs_decision(static_cast<action::State>(state)));
      reasons.insert(reason);
    }
    EXPECT_EQ(reasons.size(), 5U);
  }
}

}  // namespace
}  // namespace vakt
