#include "bot/texts/postmortem_texts.hpp"

#include <gmock/gmock.h>

#include <array>
#include <bit>
#include <set>

namespace vakt {
namespace {

// PostmortemTexts is a row of string_views and nothing else, so each language is an array of them.
using All = std::array<std::string_view, sizeof(PostmortemTexts) / sizeof(std::string_view)>;
All all(Language language) { return std::bit_cast<All>(postmortem_texts(language)); }

std::set<char> slots(std::string_view text) {
  std::set<char> out;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 2] == '}') out.insert(text[i + 1]);
  return out;
}

std::size_t characters(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return n;
}

TEST(PostmortemTexts, EveryTextIsThereInBothLanguagesWithTheSameSlots) {
  const auto english = all(Language::en), norwegian = all(Language::nb);
  for (std::size_t i = 0; i < english.size(); ++i) {
    EXPECT_FALSE(english[i].empty()) << "text " << i << ", nb: " << norwegian[i];
    EXPECT_NE(english[i], norwegian[i]);
    EXPECT_FALSE(norwegian[i].empty()) << "text " << i << ", en: " << english[i];
    EXPECT_EQ(slots(english[i]), slots(norwegian[i])) << english[i] << "\n" << norwegian[i];
  }
}

TEST(PostmortemTexts, NoTextOfOursPingsAnybody) {
  for (const auto language : {Language::en, Language::nb})
    for (const auto text : all(language)) EXPECT_EQ(text.find("<!"), std::string_view::npos) << text;
}

TEST(PostmortemTexts, TitlesAndButtonsFit) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = postmortem_texts(language);
    for (const auto text : {t.form_title, t.form_submit, t.edit_title}) EXPECT_LE(characters(text), 24U) << text;
    for (const auto text : {t.button, t.edit_entry, t.shown, t.left_out}) EXPECT_LE(characters(text), 75U) << text;
  }
}

TEST(PostmortemTexts, EveryFieldHasAQuestionAndFilesHaveReasons) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = postmortem_texts(language);
    for (const auto* field :
         {"summary", "impact", "cause", "solution", "detection", "well", "wrong", "learned", "mitigation"})
      EXPECT_FALSE(question_for(t, field).empty()) << field;
    EXPECT_TRUE(question_for(t, "affected").empty());
    EXPECT_EQ(why_not_uploaded(t, "storage_limit_reached"), t.why_storage_full);
    EXPECT_EQ(why_not_uploaded(t, "is_archived"), "");
  }
}

}  // namespace
}  // namespace vakt
