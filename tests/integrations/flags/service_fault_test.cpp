#include "integrations/flags/service_fault.hpp"

#include <gtest/gtest.h>

#include "integrations/http/url.hpp"

namespace vakt::flag {
namespace {

TEST(ServiceFault, only_what_may_have_happened_is_uncertain) {
  const auto fault = [](HttpFault given) { return fault_of(HttpError{given, "text"}).fault; };
  for (const auto sure : {HttpFault::bad_url, HttpFault::unreachable, HttpFault::untrusted})
    EXPECT_EQ(fault(sure), Fault::unreachable);
  for (const auto open : {HttpFault::timed_out, HttpFault::broken, HttpFault::too_large, HttpFault::stopped})
    EXPECT_EQ(fault(open), Fault::uncertain);
}

TEST(ServiceFault, statuses) {
  const auto fault = [](int status) { return fault_of(status, "flags.example").fault; };
  for (const int status : {301, 302, 401, 403}) EXPECT_EQ(fault(status), Fault::refused);
  for (const int status : {400, 405, 409, 422}) EXPECT_EQ(fault(status), Fault::unsupported);
  for (const int status : {404, 408, 500, 502, 504, 199, 600}) EXPECT_EQ(fault(status), Fault::uncertain);
  EXPECT_EQ(fault(429), Fault::unreachable);
  EXPECT_TRUE(fault_of(500, "flags.example").text.contains("flags.example"));
}

TEST(ServiceFault, before_anything_was_sent_nothing_can_have_happened) {
  EXPECT_EQ(before_sending({Fault::uncertain, "x", {}}).fault, Fault::unreachable);
  EXPECT_EQ(before_sending({Fault::refused, "x", {}}).fault, Fault::refused);
}

TEST(ServiceFault, texts_name_the_host_alone) {
  EXPECT_EQ(host_of("https://flags.example:8443/secret?token=1"), "flags.example:8443");
  EXPECT_EQ(host_of("nonsense"), "the flag service");
}

TEST(ServiceFault, encodes_for_urls) {
  EXPECT_EQ(percent_encoded("aZ9-._~"), "aZ9-._~");
  EXPECT_EQ(percent_encoded("/?#%+ å\n"), "%2F%3F%23%25%2B%20%C3%A5%0A");
}

TEST(ServiceFault, shares) {
  EXPECT_EQ(even_share("x", 25).parameters.at("rollout"), "25");
  EXPECT_EQ(even_share("x", 25).parameters.at("stickiness"), "random");
  EXPECT_EQ(even_share("x", 100.0 / 3).parameters.at("rollout"), "34");
  EXPECT_EQ(even_share("x", 100.0 / 3).parameters.at("stickiness"), "userId");
  EXPECT_EQ(even_share("x", 100.0 / 3).shown, "x (33.333333 %)");
}

TEST(ServiceFault, a_single_address_is_production) {
  EXPECT_EQ(addresses({.url = "https://a"}), (std::map<std::string, std::string>{{"production", "https://a"}}));
  EXPECT_EQ(addresses({.url = "https://a", .environments = {{"dev", "https://b"}}}),
            (std::map<std::string, std::string>{{"dev", "https://b"}}));
  EXPECT_TRUE(addresses({}).empty());
}

}  // namespace
}  // namespace vakt::flag
