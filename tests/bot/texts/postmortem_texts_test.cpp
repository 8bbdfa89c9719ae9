#include "bot/texts/postmortem_texts.hpp"

#include <gmock/gmock.h>

#include "tests/bot/texts/both_languages.hpp"

namespace vakt {
namespace {

TEST(PostmortemTexts, EveryTextIsThereInBothLanguagesWithTheSameSlotsAndPingsNobody) {
  test::expect_whole(postmortem_texts(Language::en), postmortem_texts(Language::nb));
  test::expect_translated(postmortem_texts(Language::en), postmortem_texts(Language::nb));
}

TEST(PostmortemTexts, TitlesAndButtonsFit) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = postmortem_texts(language);
    for (const auto text : {t.form_title, t.form_submit, t.edit_title}) EXPECT_LE(test::characters(text), 24U) << text;
    for (const auto text : {t.button, t.edit_entry, t.shown, t.left_out})
      EXPECT_LE(test::characters(text), 75U) << text;
  }
}

TEST(PostmortemTexts, EveryFieldHasAQuestionAndFilesHaveReasons) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = postmortem_texts(language);
    for (const auto* field :
         {"summary", "impact", "cause", "solution", "detection", "well", "wrong", "learned", "mitigation", "affected"})
      EXPECT_FALSE(question_for(t, field).empty()) << field;
    EXPECT_TRUE(question_for(t, "link").empty());
    EXPECT_EQ(why_not_uploaded(t, "storage_limit_reached"), t.why_storage_full);
    EXPECT_EQ(why_not_uploaded(t, "is_archived"), "");
  }
}

}  // namespace
}  // namespace vakt
