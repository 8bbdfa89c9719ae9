#include "bot/flags/ip_range.hpp"

#include <gmock/gmock.h>

namespace vakt::flag {
namespace {

TEST(IpRange, InAndOut) {
  const auto in = [](const char* address, const char* range) { return in_ip_range(address, range); };
  EXPECT_EQ(in("10.1.2.3", "10.0.0.0/8"), Truth::yes);
  EXPECT_EQ(in("11.1.2.3", "10.0.0.0/8"), Truth::no);
  EXPECT_EQ(in("10.1.2.3", "10.1.2.3"), Truth::yes);
  EXPECT_EQ(in("10.1.2.4", "10.1.2.3"), Truth::no);
  EXPECT_EQ(in("192.168.0.3", "192.168.0.0/30"), Truth::yes);
  EXPECT_EQ(in("192.168.0.4", "192.168.0.0/30"), Truth::no);
  EXPECT_EQ(in("1.2.3.4", "0.0.0.0/0"), Truth::yes);
  EXPECT_EQ(in("2001:db8:0:1::42", "2001:db8::/32"), Truth::yes);
  EXPECT_EQ(in("2001:db9::1", "2001:db8::/32"), Truth::no);
  EXPECT_EQ(in("2001:DB8::1", "2001:0db8:0:0:0:0:0:1"), Truth::yes);
  EXPECT_EQ(in("fe80::1", "fe80::/9"), Truth::yes);
  EXPECT_EQ(in("::1", "::/0"), Truth::yes);
}

TEST(IpRange, FamiliesDoNotMeetButForMappedAddresses) {
  EXPECT_EQ(in_ip_range("10.1.2.3", "2001:db8::/32"), Truth::no);
  EXPECT_EQ(in_ip_range("2001:db8::1", "0.0.0.0/0"), Truth::no);
  EXPECT_EQ(in_ip_range("::ffff:a01:203", "10.0.0.0/8"), Truth::unknown);
  EXPECT_EQ(in_ip_range("10.1.2.3", "::/0"), Truth::unknown);
  EXPECT_EQ(in_ip_range("10.1.2.3", "::1"), Truth::no);
}

TEST(IpRange, WhatIsNoneForSureAndWhatMayBeOne) {
  for (const auto* none : {"", "localhost", "127.invalid", "bad::cidr", "10.0.0.0/8;"}) {
    EXPECT_EQ(in_ip_range("10.0.0.1", none), Truth::no) << none;
    EXPECT_EQ(in_ip_range(none, "10.0.0.0/8"), Truth::no) << none;
  }
  for (const auto* odd :
       {"127.1", "010.0.0.1", "10.0.0.0/33", "10.0.0.256", "1.2.3.4.5", "::1::", "1:2:3:4:5:6:7:8:9", ":1",
        "1:", "12345::", "::1/129", "fe80::1%1", "1:2:3:4:5:6:7::8", "1.2.3.", "10.0.0.1/", "[::1]"}) {
    EXPECT_FALSE(parse_ip_range(odd)) << odd;
    EXPECT_EQ(in_ip_range("10.0.0.1", odd), Truth::unknown) << odd;
  }
  EXPECT_FALSE(parse_ip_range("10.0.0.0/-0"));
  EXPECT_FALSE(parse_ip_range("-0.0.0.0"));
  EXPECT_EQ(in_ip_range("10.0.0.1/32", "10.0.0.0/8"), Truth::unknown);
}

}  // namespace
}  // namespace vakt::flag
