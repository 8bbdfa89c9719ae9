#include "bot/flags/semver.hpp"

#include <gmock/gmock.h>

namespace vakt::flag {
namespace {

TEST(Semver, TheOrderOfItsStandard) {  // semver.org, 11
  const std::vector<std::string> order{
      "0.9.9",      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
      "1.0.0-rc.1", "1.0.0",       "1.0.2",         "1.0.10",           "1.2.0",      "10.0.0"};
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t j = 0; j < order.size(); ++j) {
      const auto a = parse_semver(order[i]), b = parse_semver(order[j]);
      ASSERT_TRUE(a && b);
      EXPECT_EQ(compare(*a, *b), i <=> j) << order[i] << ' ' << order[j];
    }
  EXPECT_EQ(compare(*parse_semver("1.0.0+a"), *parse_semver("1.0.0+b.-.1")), std::strong_ordering::equal);
}

TEST(Semver, WhatIsNone) {
  for (const auto* text :
       {"", "1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3-a..b", "1.2.3-01", "1.2.3+", "1.2.3+a..b",
        " 1.2.3", "1.2.x", "1.-2.3", "1.2.3-æ", "1234567890123456.0.0", "..", "1.2.3+a+b"})
    EXPECT_FALSE(parse_semver(text)) << text;
}

}  // namespace
}  // namespace vakt::flag
