#include "bot/flags/bucket.hpp"

#include <gmock/gmock.h>

namespace vakt::flag {
namespace {

TEST(Bucket, Murmur3) {  // vectors of SMHasher and of Unleash's documentation
  EXPECT_EQ(murmur3("", 0), 0U);
  EXPECT_EQ(murmur3("", 1), 0x514e28b7U);
  EXPECT_EQ(murmur3("a", 0x9747b28cU), 0x7fa09ea6U);
  EXPECT_EQ(murmur3("ab", 0x9747b28cU), 0x74875592U);
  EXPECT_EQ(murmur3("abc", 0x9747b28cU), 0xc84a62ddU);
  EXPECT_EQ(murmur3("abcd", 0x9747b28cU), 0xf0478627U);
  EXPECT_EQ(murmur3("Hello, world!", 0x9747b28cU), 0x24884cbaU);
}

TEST(Bucket, AsUnleashCounts) {
  EXPECT_EQ(bucket("gr1", "123"), 73);
  EXPECT_EQ(bucket("groupX", "999"), 25);
  EXPECT_EQ(bucket("g", "æ"), std::nullopt);
  EXPECT_EQ(bucket("søknad", "1"), std::nullopt);
}

}  // namespace
}  // namespace vakt::flag
