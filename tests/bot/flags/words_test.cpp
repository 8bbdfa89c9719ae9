#include "bot/flags/words.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace vakt::flag {
namespace {

using testing::ElementsAre;

TEST(Words, Items) {
  EXPECT_THAT(items("a,b"), ElementsAre("a", "b"));
  EXPECT_THAT(items(" a ,  b c , d "), ElementsAre(" a", "b c", "d "));
  EXPECT_THAT(items(""), ElementsAre(""));
  EXPECT_THAT(items(",,"), ElementsAre("", "", ""));
  EXPECT_THAT(items(" , "), ElementsAre("", ""));
}

TEST(Words, Trimmed) {
  EXPECT_EQ(trimmed(" \t\n a b\u00a0\u3000"), "a b");
  EXPECT_EQ(trimmed(" \u2003 "), "");
  EXPECT_EQ(trimmed("æ"), "æ");
}

TEST(Words, Numbers) {
  EXPECT_EQ(whole_number("050"), 50);
  EXPECT_EQ(whole_number("-1"), -1);
  EXPECT_EQ(whole_number("99999999999"), std::numeric_limits<int>::max());
  EXPECT_EQ(whole_number("-99999999999"), std::numeric_limits<int>::min());
  for (const auto* none : {"", "-", "+1", "1.0", " 1", "1 ", "0x1", "--1", "one"})
    EXPECT_FALSE(whole_number(none)) << none;
  EXPECT_EQ(plain_number("-12.50"), -12.5);
  EXPECT_EQ(plain_number("1e-2"), 0.01);
  for (const auto* none : {"", ".5", "5.", "1e", "1e999", "e5", "inf", "nan", "0x1", "1,5", "1234567890123456"})
    EXPECT_FALSE(plain_number(none)) << none;
}

TEST(Words, AnyBytes) {
  EXPECT_TRUE(rc::check("items, joined, are the list without the space at its commas", [](const std::string& list) {
    std::size_t kept = 0;
    for (const auto item : items(list)) kept += item.size();
    RC_ASSERT(kept <= list.size());
    RC_ASSERT(items(list).size() == static_cast<std::size_t>(std::ranges::count(list, ',')) + 1);
    (void)plain_number(list);
    (void)whole_number(list);
  }));
}

}  // namespace
}  // namespace vakt::flag
