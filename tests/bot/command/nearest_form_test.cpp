#include "bot/command/nearest_form.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace vakt {
namespace {

TEST(NearestForm, TheWordItselfThenItsSynonymThenTheNearest) {
  const std::vector<KnownWord> known{{"resolve", "resolve [TEXT]"}, {"up", "mark up", true}, {"note", "note TEXT"}};
  EXPECT_EQ(nearest_form("up", known), "mark up");
  EXPECT_EQ(nearest_form("done", known), "resolve [TEXT]");
  EXPECT_EQ(nearest_form("not", known), "note TEXT");
  EXPECT_EQ(nearest_form("rsolved", known), "resolve [TEXT]");
  EXPECT_EQ(nearest_form("us", known), "help") << "one letter of two is no near miss";
  EXPECT_EQ(nearest_form("qqqqqqqq", known), "help");
}

TEST(NearestForm, EditDistance) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_TRUE(rc::check("symmetric, zero for the same", [](const std::string& a, const std::string& b) {
    RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
    RC_ASSERT(edit_distance(a, a) == 0U);
  }));
}

}  // namespace
}  // namespace vakt
