#include "bot/command/nearest_form.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace vakt
