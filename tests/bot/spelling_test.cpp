#include "bot/spelling.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace vakt {
namespace {

TEST(Spelling, EditDistance) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_TRUE(rc::check("symmetric, zero for the same", [](const std::string& a, const std::string& b) {
    RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
    RC_ASSERT(edit_distance(a, a) == 0U);
  }));
}

TEST(Spelling, LowerTouchesOnlyAsciiLetters) { EXPECT_EQ(lower("Ny-SØKNAD_1"), "ny-sØknad_1"); }

}  // namespace
}  // namespace vakt
