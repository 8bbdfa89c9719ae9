#include "integrations/http/http_date.hpp"

#include <gtest/gtest.h>

namespace vakt {
namespace {

TEST(HttpDate, IsReadToTheSecond) {
  EXPECT_EQ(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Instant{std::chrono::seconds{784'111'777}});
}

TEST(HttpDate, AnyOtherTextIsNone) {
  for (const auto* text : {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT, and more",
                           "1994-11-06T08:49:37Z"})
    EXPECT_FALSE(http_date(text)) << text;
}

}  // namespace
}  // namespace vakt
