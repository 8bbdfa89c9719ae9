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

TEST(TypedWords, AnAddressIsTheWholeTextOrNone) {
  EXPECT_EQ(typed_url("<https://wiki.example/a?b=c#d|wiki>"), "https://wiki.example/a?b=c#d");
  EXPECT_EQ(typed_url("http://localhost:8080"), "http://localhost:8080");
  for (const auto* text : {"", "wiki", "ftp://x", "https://", "https:///path", "https://a b", "<https://a> more",
                           "https://a\"b", "javascript://x", "<!channel>", "https://.x"})
    EXPECT_EQ(typed_url(text), "") << text;
  EXPECT_EQ(typed_url("https://x/" + std::string(3'000, 'a')), "");
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
