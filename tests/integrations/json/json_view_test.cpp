#include "integrations/json/json_view.hpp"

#include <gtest/gtest.h>

namespace vakt {
namespace {

TEST(JsonView, ReadsWhatIsThere) {
  const JsonDocument document{
      R"({"text":"a\u00e5\n","yes":true,"n":-7,"ts":"1700000000.000100","list":[{"text":"x"},2],"in":{"a":{"b":"c"}}})"};
  const JsonView root = document.root();
  EXPECT_EQ(root.text("text"), "aå\n");
  EXPECT_TRUE(root.truth("yes"));
  EXPECT_EQ(root.number("n"), -7);
  EXPECT_EQ(root.ts("ts"), "1700000000.000100");
  EXPECT_EQ(root["list"].first().text("text"), "x");
  EXPECT_EQ(root["list"].elements().size(), 2U);
  EXPECT_EQ(root["in"]["a"].text("b"), "c");
  ASSERT_EQ(root["in"].members().size(), 1U);
  EXPECT_EQ(root["in"].members()[0].first, "a");
}

TEST(JsonView, WhatIsMissingOrOfAnotherTypeIsNothing) {
  const JsonDocument document{R"({"a":[],"b":null,"c":"1.2","d":1.5,"e":"text"})"};
  const JsonView root = document.root();
  for (const JsonView& one : {root, root["a"], root["b"], root["none"], root["none"]["none"], root["a"].first()}) {
    EXPECT_EQ(one.text(), "");
    EXPECT_EQ(one.text("x"), "");
    EXPECT_FALSE(one.truth("x"));
    EXPECT_EQ(one.number("x"), 0);
    EXPECT_FALSE(one["x"].is_object());
  }
  EXPECT_EQ(root.number("d"), 0);
  EXPECT_EQ(root.ts("e"), "");
  EXPECT_TRUE(root["e"].elements().empty());
  EXPECT_TRUE(root["e"].members().empty());
  EXPECT_FALSE(root["e"].is_array() || root["a"].is_string() || root["b"].is_boolean());
}

TEST(JsonView, KeysAreNamesAndNoPaths) {
  const JsonDocument document{R"({"a/b":"slash","/a":"lead","a":{"b":"in"},"~1":"tilde"})"};
  EXPECT_EQ(document.root().text("a/b"), "slash");
  EXPECT_EQ(document.root().text("/a"), "lead");
  EXPECT_EQ(document.root().text("~1"), "tilde");
}

TEST(JsonView, NoJsonIsNothing) {
  for (const char* text : {"", "{", "[]]", "nope", "{\"a\":1,}", "\xff", "{\"a\":\"\xc3\"}"})
    EXPECT_FALSE(JsonDocument{text}.root().is_object()) << text;
}

// Strictly no JSON of today, yet seen in the wild.
TEST(JsonView, HalvesOfSurrogatePairsAndLargeNumbersAreNoReasonToRefuse) {
  EXPECT_EQ(JsonDocument{R"({"text":"cut \ud83d"})"}.root().text("text"), "cut \xef\xbf\xbd");
  const JsonDocument large{R"({"n":123456789012345678901234567890,"text":"kept"})"};
  EXPECT_EQ(large.root().text("text"), "kept");
  EXPECT_EQ(large.root().number("n"), 0);
}

TEST(JsonView, NestingIsBounded) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(JsonDocument{nested(1'000)}.root().is_array());
  EXPECT_FALSE(JsonDocument{nested(100'000)}.root().is_array());
}

TEST(JsonView, SeveralDocumentsStandBesideEachOther) {
  const JsonDocument one{R"({"text":"one"})"};
  const JsonDocument two{R"({"text":"two"})"};
  const JsonDocument large{R"({"text":")" + std::string(1'000'000, 'x') + "\"}"};
  EXPECT_EQ(one.root().text("text"), "one");
  EXPECT_EQ(two.root().text("text"), "two");
  EXPECT_EQ(large.root().text("text").size(), 1'000'000U);
}

}  // namespace
}  // namespace vakt
