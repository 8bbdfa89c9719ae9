#include "integrations/http/proxy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vakt {
namespace {

ProxyChoice choose(const char* url, const char* proxy, const char* no_proxy = "") {
  return choose_proxy(parse_url(url).value(), proxy, no_proxy).value();
}

TEST(Proxy, is_used_for_secure_urls) {
  const auto choice = choose("https://slack.com/", "http://proxy.test:3128");
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->host, "proxy.test");
  EXPECT_EQ(choice->port, 3128);
  EXPECT_EQ(choice->authorization, "");
  EXPECT_TRUE(choose("wss://slack.com/", "proxy.test"));
  EXPECT_EQ(choose("wss://slack.com/", "proxy.test/")->port, 80);
}

TEST(Proxy, is_not_used_where_none_is_set_nor_for_loopback) {
  EXPECT_FALSE(choose("https://slack.com/", ""));
  EXPECT_FALSE(choose("https://localhost/", "proxy.test:1"));
  EXPECT_FALSE(choose("http://127.0.0.1/", "proxy.test:1"));
}

TEST(Proxy, credentials_become_basic_authorization) {
  EXPECT_EQ(choose("https://a/", "http://Aladdin:open%20sesame@p:1")->authorization,
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  EXPECT_EQ(choose("https://a/", "http://u:p%40ss@p:1")->authorization, "Basic dTpwQHNz");
  EXPECT_EQ(choose("https://a/", "http://u@p:1")->authorization, "Basic dTo=");
  EXPECT_EQ(choose("https://a/", "http://u:p@x@p:1")->host, "p");
  EXPECT_EQ(choose("https://a/", "http://u:100%@p:1")->authorization, "Basic dToxMDAl");
}

TEST(NoProxy, names_hosts_and_what_is_below_them) {
  const char* list = "internal.test, .corp.test *.dev.test,exact.test:8443 10.0.0.0/8";
  for (const char* url :
       {"https://internal.test/", "https://a.internal.test/", "https://corp.test/", "https://a.corp.test/",
        "https://a.dev.test/", "https://exact.test:8443/", "https://10.9.8.7/", "https://INTERNAL.test/"})
    EXPECT_FALSE(choose(url, "p:1", list)) << url;
  for (const char* url : {"https://notinternal.test/", "https://internal.test.evil.test/", "https://exact.test/",
                          "https://11.0.0.1/", "https://slack.com/"})
    EXPECT_TRUE(choose(url, "p:1", list)) << url;
}

TEST(NoProxy, a_star_means_all) {
  EXPECT_FALSE(choose("https://slack.com/", "p:1", "a, *"));
  EXPECT_TRUE(choose("https://slack.com/", "p:1", " , ,"));
}

TEST(Proxy, an_unusable_one_is_an_error_that_does_not_repeat_it) {
  const auto url = parse_url("https://slack.com/").value();
  for (const char* proxy : {"https://p:1", "socks5://p:1", "http://", "http://user:secret@p:x", "p:0"}) {
    const auto choice = choose_proxy(url, proxy, "");
    ASSERT_FALSE(choice) << proxy;
    EXPECT_THAT(choice.error().text, ::testing::Not(::testing::HasSubstr("secret")));
  }
}

}  // namespace
}  // namespace vakt
