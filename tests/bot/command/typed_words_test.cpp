#include "bot/command/typed_words.hpp"

#include <gtest/gtest.h>

namespace vakt {
namespace {

TEST(TypedWords, CaseDashesAndQuotesDoNotMatter) {
  EXPECT_EQ(keyword("“OFF”"), "off");
  EXPECT_EQ(keyword("—kind"), "--kind");
  EXPECT_EQ(keyword("won’t"), "won't");
  EXPECT_EQ(as_typed("–x “y”"), "--x \"y\"");
}

TEST(TypedWords, WordsAreTakenOffTheFront) {
  std::string_view text = "one \n two";
  EXPECT_EQ(take_word(text), "one");
  EXPECT_EQ(take_word(text), "two");
  EXPECT_EQ(take_word(text), "");
}

TEST(TypedWords, AQuotedTextOfAnyKind) {
  for (const std::string quoted : {"\"a b\" c", "“a b” c", "„a b“ c", "«a b» c", "'a b' c"}) {
    std::string_view text = quoted;
    EXPECT_EQ(take_quoted(text), "a b") << quoted;
    EXPECT_EQ(text, " c") << quoted;
  }
  std::string_view none = "a \"b\"", open = "\"a";
  EXPECT_FALSE(take_quoted(none));
  EXPECT_FALSE(take_quoted(open));
  EXPECT_EQ(open, "\"a");
}

}  // namespace
}  // namespace vakt
