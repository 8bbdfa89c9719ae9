#include "integrations/flags/declared_http.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace vakt::flag::declared {
namespace {

const Filling odd{"https://flags.example/api/", "a/b \"{token}{environment}?#", "pro/d"};

TEST(DeclaredHttp, fills_each_place_in_its_own_way) {
  EXPECT_EQ(fill_url("{base}/{environment}/{name}?x={name}", {"https://a/", "b c", "p/d"}),
            "https://a/p%2Fd/b%20c?x=b%20c");
  EXPECT_EQ(nlohmann::json::parse(fill_body(R"({"n":"{name}","e":{"k":"{environment}"},"x":{}})", odd)),
            (nlohmann::json{{"n", odd.name}, {"e", {{"k", "pro/d"}}}, {"x", nlohmann::json::object()}}));
  EXPECT_EQ(fill_pointer("/e/{environment}/{name}", {"", "a~b", "pro/d"}), "/e/pro~1d/a~0b");
}

TEST(DeclaredHttp, what_a_name_holds_is_never_filled_in) {
  const HttpStep step{"POST", "{base}/{name}", {{"Authorization", "{token}"}}, R"({"k":"{name}"})", {}};
  const auto request = request_for(step, odd, "s3cret");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "https://flags.example/api/a%2Fb%20%22%7Btoken%7D%7Benvironment%7D%3F%23");
  EXPECT_FALSE(request->body.contains("s3cret"));
  EXPECT_EQ(request->headers.at(0).second, "s3cret");
  EXPECT_EQ(request->headers.at(1), std::pair(std::string("Content-Type"), std::string("application/json")));
}

TEST(DeclaredHttp, other_braces_stay) {
  EXPECT_EQ(fill_body("{\"a\":{},\"b\":\"{x}{name\"}{", {"", "n", "e"}), "{\"a\":{},\"b\":\"{x}{name\"}{");
}

TEST(DeclaredHttp, a_token_outside_headers_is_refused) {
  EXPECT_FALSE(request_for({"GET", "{base}?key={token}", {}, {}, {}}, odd, "s3cret"));
  EXPECT_FALSE(request_for({"POST", "{base}", {}, "{token}", {}}, odd, "s3cret"));
  EXPECT_EQ(request_for({}, odd, "s3cret").error().fault, Fault::unsupported);
}

TEST(DeclaredHttp, reads_back_on_off_and_nothing_else) {
  const HttpReadBack read{.step = {}, .pointer = "/environments/{environment}/on", .off = "false", .on = "true"};
  const Filling filling{"", "a", "production"};
  const auto reads = [&](const std::string& body) { return read_back(read, filling, body); };
  EXPECT_EQ(reads(R"({"environments":{"production":{"on":true}}})"), Reads::on);
  EXPECT_EQ(reads(R"({"environments":{"production":{"on":false},"test":{"on":true}}})"), Reads::off);
  for (const char* body :
       {R"({"environments":{"production":{"on":"false"}}})", R"({"environments":{"test":{"on":false}}})",
        R"({"environments":{"production":{"on":null}}})", "{}", "", "<html>", "false"})
    EXPECT_EQ(reads(body), Reads::unreadable) << body;
}

TEST(DeclaredHttp, a_mistake_in_the_settings_never_reads_as_off) {
  const auto reads = [](const char* pointer, const char* off, const char* on) {
    return read_back({.step = {}, .pointer = pointer, .off = off, .on = on}, {"", "a", "p"},
                     R"({"x":[0,1],"s":"off"})");
  };
  EXPECT_EQ(reads("/x/0", "0", "1"), Reads::off);
  EXPECT_EQ(reads("/x/1", "0", "1"), Reads::on);
  EXPECT_EQ(reads("/s", "\"off\"", "\"on\""), Reads::off);
  EXPECT_EQ(reads("x", "0", "1"), Reads::unreadable);
  EXPECT_EQ(reads("/x/~7", "0", "1"), Reads::unreadable);
  EXPECT_EQ(reads("/x/00", "0", "1"), Reads::unreadable);
  EXPECT_EQ(reads("/x/-", "0", "1"), Reads::unreadable);
  EXPECT_EQ(reads("/s", "off", "on"), Reads::unreadable) << "values are JSON";
  EXPECT_EQ(reads("/x/0", "0", "0"), Reads::unreadable);
}

TEST(DeclaredHttp, what_it_was_comes_back) {
  const std::string snapshot = snapshot_of({{"p", Reads::on}, {"q", Reads::off}, {"r", Reads::unreadable}});
  EXPECT_EQ(was(snapshot, "p"), Reads::on);
  EXPECT_EQ(was(snapshot, "q"), Reads::off);
  EXPECT_EQ(was(snapshot, "r"), Reads::unreadable);
  EXPECT_EQ(was(snapshot, "s"), Reads::unreadable);
  EXPECT_EQ(was("", "p"), Reads::unreadable);
}

TEST(DeclaredHttp, unreadable_is_never_off) {
  EXPECT_FALSE(state_of(Reads::off).enabled);
  EXPECT_EQ(state_of(Reads::on).strategies.at(0).name, "declared");
  EXPECT_TRUE(state_of(Reads::unreadable).enabled);
  EXPECT_FALSE(state_of(Reads::unreadable).strategies.at(0).readable);
}

}  // namespace
}  // namespace vakt::flag::declared
