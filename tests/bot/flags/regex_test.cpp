// What it shares with RE2 is tested against RE2 itself, in tests/e2e/exposure.test.mjs.
#include "bot/flags/regex.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <chrono>

namespace vakt::flag {
namespace {

char of(std::string_view pattern, std::string_view text, bool fold = false) {
  return "nyd?"[static_cast<int>(regex_finds(pattern, text, fold))];
}

TEST(Regex, Finds) {
  EXPECT_EQ(of("", ""), 'y');
  EXPECT_EQ(of("b", "abc"), 'y');
  EXPECT_EQ(of("^(dev|prod)-[a-z]+$", "prod-gcp"), 'y');
  EXPECT_EQ(of("^(dev|prod)-[a-z]+$", "prod-"), 'n');
  EXPECT_EQ(of("^a{2,4}$", "aaaaa"), 'n');
  EXPECT_EQ(of("^(a|b{2})*$", "abba"), 'y');
  EXPECT_EQ(of("^(a|b{2})*$", "aba"), 'n');
  EXPECT_EQ(of("^(?i)abc$", "AbC"), 'y');
  EXPECT_EQ(of("^(?i:a)bc$", "ABc"), 'n');
  EXPECT_EQ(of("^abc$", "ABC", true), 'y');
  EXPECT_EQ(of("(?m)^foo$", "x\nfoo\ny"), 'y');
  EXPECT_EQ(of("a.b", "a\nb"), 'n');
  EXPECT_EQ(of("(?s)a.b", "a\nb"), 'y');
  EXPECT_EQ(of(R"(\bcat\b)", "a cat b"), 'y');
  EXPECT_EQ(of(R"(\bcat\b)", "concatenate"), 'n');
  EXPECT_EQ(of("[]a-]", "-"), 'y');
  EXPECT_EQ(of("[^[:alpha:]]", "abc"), 'n');
}

TEST(Regex, WhatRe2RefusesFindsNothingAndWhatIsNotCertainIsUnknown) {
  for (const auto* refused :
       {"(", ")", "a(", "[a", "[b-a]", "*a", "a|*", "a{3,2}", "a{1001}", "(?=a)b", "(?<!a)b", R"((a)\1)", "\\"})
    EXPECT_EQ(of(refused, "aa"), 'n') << refused;
  for (const auto* uncertain :
       {"a**", "a{2}{3}", R"(\pL)", R"(\Qa\E)", R"(\12)", "(?P<n>a)", "(?<n>a)", "(?U)a", "æ", "[[:nope:]]", "(?i)*"})
    EXPECT_EQ(of(uncertain, "aa"), '?') << uncertain;
  EXPECT_EQ(of("a$", "a\n"), '?');
  EXPECT_EQ(of("a", "æ"), '?');
}

TEST(Regex, NoPatternTakesLong) {
  const auto start = std::chrono::steady_clock::now();
  const std::string text(1000, 'a');
  EXPECT_EQ(of("^(a+)+$", text + "b"), 'n');
  EXPECT_NE(of("^((((a*)*)*)*)*b$", text), 'y');
  EXPECT_NE(of("(a{0,30}){0,30}b", text), 'y');
  EXPECT_EQ(of("((a{1000}){1000}){1000}", text), '?');
  EXPECT_EQ(of(std::string(400, '('), text), '?');
  EXPECT_EQ(of(std::string(100000, 'a'), text), '?');
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST(Regex, AnyBytes) {
  EXPECT_TRUE(rc::check("any pattern ends, and never depends", [](const std::string& pattern, const std::string& text) {
    RC_ASSERT(regex_finds(pattern, text, false) != Truth::depends);
  }));
}

}  // namespace
}  // namespace vakt::flag
