#include "integrations/http/url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vakt {
namespace {

TEST(Url, is_taken_apart) {
  const auto url = parse_url("https://Slack.com/api/chat.postMessage?a=b#part");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "slack.com");
  EXPECT_EQ(url->port, 443);
  EXPECT_EQ(url->target, "/api/chat.postMessage?a=b");
  EXPECT_EQ(url->authority(), "slack.com");
  EXPECT_EQ(url->host_and_port(), "slack.com:443");
  EXPECT_TRUE(url->secure());
  EXPECT_FALSE(url->loopback);
}

TEST(Url, has_a_target_even_where_none_is_written) {
  EXPECT_EQ(parse_url("https://a")->target, "/");
  EXPECT_EQ(parse_url("https://a?x=1")->target, "/?x=1");
  EXPECT_EQ(parse_url("https://a#x")->target, "/");
}

TEST(Url, knows_ports_and_schemes) {
  EXPECT_EQ(parse_url("http://a")->port, 80);
  EXPECT_EQ(parse_url("WS://a")->port, 80);
  EXPECT_EQ(parse_url("wss://a")->port, 443);
  EXPECT_EQ(parse_url("https://a:8443/x")->authority(), "a:8443");
}

TEST(Url, knows_ipv6) {
  const auto url = parse_url("http://[::1]:8080/x");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "::1");
  EXPECT_EQ(url->authority(), "[::1]:8080");
  EXPECT_TRUE(url->loopback);
}

TEST(Url, plain_text_is_permitted_to_loopback_only) {
  for (const char* text : {"http://localhost/", "ws://127.0.0.1:1/", "http://127.9.9.9/", "https://slack.com/"})
    EXPECT_TRUE(parse_url(text)->permitted()) << text;
  for (const char* text : {"http://slack.com/", "ws://127.0.0.1.evil.test/", "http://localhost.evil.test/",
                           "http://10.0.0.1/", "http://127.1/"})
    EXPECT_FALSE(parse_url(text)->permitted()) << text;
}

TEST(Url, what_could_mislead_is_refused) {
  for (const char* text : {"",
                           "slack.com",
                           "ftp://a/",
                           "https://",
                           "https:///x",
                           "https://a b/",
                           "https://a/\r\nX: y",
                           "https://user@a/",
                           "https://a@b:1/",
                           "https://a:0/",
                           "https://a:65536/",
                           "https://a:1x/",
                           "https://a:/",
                           "https://[::1/",
                           "https://[x]/",
                           "https://[::1]x/",
                           "https://a\\b/",
                           "https://a/b\\c",
                           "https://a%2fb/",
                           "https://\xc3\xa5/",
                           "https://a,b/"})
    EXPECT_FALSE(parse_url(text)) << text;
}

TEST(Url, an_error_never_repeats_the_url) {
  const auto url = parse_url("https://a/?ticket=secret more");
  ASSERT_FALSE(url);
  EXPECT_THAT(url.error().text, ::testing::Not(::testing::HasSubstr("secret")));
}

TEST(Ipv4, is_dotted_decimal_only) {
  std::uint32_t address = 0;
  EXPECT_TRUE(parse_ipv4("10.1.2.255", address));
  EXPECT_EQ(address, 0x0a0102ffU);
  for (const char* text : {"", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "0x7f.0.0.1", "1.2.3.4x", "-1.2.3.4", "1..2.3"})
    EXPECT_FALSE(parse_ipv4(text, address)) << text;
}

TEST(Url, APartOfAPathIsEncodedWhateverItHolds) {
  EXPECT_EQ(percent_encoded("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encoded("a/b c%d?e#f&g"), "a%2Fb%20c%25d%3Fe%23f%26g");
  EXPECT_EQ(percent_encoded("-it's(odd)!*"), "-it%27s%28odd%29%21%2A");
  EXPECT_EQ(percent_encoded("\xC3\xA5\r\n"), "%C3%A5%0D%0A");
}

}  // namespace
}  // namespace vakt
