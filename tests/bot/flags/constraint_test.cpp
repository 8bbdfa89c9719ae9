#include "bot/flags/constraint.hpp"

#include <gmock/gmock.h>

#include "tests/bot/flags/make.hpp"

namespace vakt::flag {
namespace {

char letter(Truth truth) { return "nyd?"[static_cast<int>(truth)]; }

// y, n, d(epends) or ? where x is fixed; and where it is not.
char of(Constraint constraint, const std::string& x, bool inverted = false, bool fold = false) {
  constraint.inverted = inverted;
  constraint.case_insensitive = fold;
  const Context context{{"x", x}, {"currentTime", x}};
  return letter(passes(constraint, &context));
}
char free(const Constraint& constraint) { return letter(passes(constraint, nullptr)); }
Constraint in(std::vector<std::string> values) { return constraint("x", "IN", std::move(values)); }
Constraint not_in(std::vector<std::string> values) { return constraint("x", "NOT_IN", std::move(values)); }

TEST(Constraint, AFieldThatIsNotFixedDepends) {
  for (const auto* op : {"IN", "NOT_IN", "STR_CONTAINS", "IN_CIDR"})
    EXPECT_EQ(free(constraint("x", op, {"a"})), 'd') << op;
  for (const auto* op : {"NUM_EQ", "SEMVER_GT", "REGEX"}) EXPECT_EQ(free(compared("x", op, "1")), 'd') << op;
  EXPECT_EQ(free(compared("currentTime", "DATE_AFTER", "2022-01-29T13:00:00Z")), 'd');
}

TEST(Constraint, WithoutValuesItIsTheSameForEverybody) {
  for (const auto& none : {std::vector<std::string>{}, std::vector<std::string>{"", ""}}) {
    EXPECT_EQ(free(in(none)), 'n');
    EXPECT_EQ(free(not_in(none)), 'y');
    EXPECT_EQ(free(constraint("x", "STR_CONTAINS", none)), 'n');
    auto inverted = in(none);
    inverted.inverted = true;
    EXPECT_EQ(free(inverted), 'y');
  }
}

TEST(Constraint, InAndNotIn) {
  EXPECT_EQ(of(in({"a", "b"}), "b"), 'y');
  EXPECT_EQ(of(in({"a", "b"}), "c"), 'n');
  EXPECT_EQ(of(in({"a", "b"}), "b", true), 'n');
  EXPECT_EQ(of(not_in({"a"}), "a"), 'n');
  EXPECT_EQ(of(not_in({"a"}), "c"), 'y');
  EXPECT_EQ(of(in({" a"}), "a"), '?');  // trimmed by some
  EXPECT_EQ(of(not_in({"\u00a0a"}), "a"), '?');
  EXPECT_EQ(of(in({" a", "a"}), "a"), 'y');
}

TEST(Constraint, Texts) {
  const auto text = [](const char* op, const char* value) { return constraint("x", op, {"zz", value}); };
  EXPECT_EQ(of(text("STR_STARTS_WITH", "ab"), "abc"), 'y');
  EXPECT_EQ(of(text("STR_STARTS_WITH", "bc"), "abc"), 'n');
  EXPECT_EQ(of(text("STR_ENDS_WITH", "bc"), "abc"), 'y');
  EXPECT_EQ(of(text("STR_CONTAINS", "b"), "abc", true), 'n');
  EXPECT_EQ(of(text("STR_CONTAINS", "B"), "abc"), 'n');
  EXPECT_EQ(of(text("STR_CONTAINS", "B"), "abc", false, true), 'y');
  EXPECT_EQ(of(text("STR_CONTAINS", "Æ"), "æ", false, true), '?');
  EXPECT_EQ(of(text("STR_CONTAINS", "æ"), "xæx", false, true), 'y');
  EXPECT_EQ(of(text("STR_CONTAINS", " "), "abc"), '?');  // trimmed to nothing, it is in every text
}

TEST(Constraint, Numbers) {
  const auto number = [](const char* op, const char* value, const char* x) { return of(compared("x", op, value), x); };
  EXPECT_EQ(number("NUM_EQ", "12", "12.0"), 'y');
  EXPECT_EQ(number("NUM_GT", "12", "12"), 'n');
  EXPECT_EQ(number("NUM_GTE", "12", "12"), 'y');
  EXPECT_EQ(number("NUM_LT", "12", "-3"), 'y');
  EXPECT_EQ(number("NUM_LTE", "12", "1e1"), 'y');
  EXPECT_EQ(number("NUM_EQ", "12", "twelve"), 'n');
  for (const auto* odd : {"", " 12", "0x0c", "Infinity", "NaN", "12f", "1_2", "+12", ".5", "1234567890123456"})
    EXPECT_EQ(number("NUM_EQ", "12", odd), '?') << odd;
  EXPECT_EQ(number("NUM_EQ", "twelve", "12"), '?');
}

TEST(Constraint, Dates) {
  const auto after = [](const char* value, const char* now) {
    return of(compared("currentTime", "DATE_AFTER", value), now);
  };
  EXPECT_EQ(after("2022-01-29T13:00:00.000Z", "2022-01-29T13:00:00.001Z"), 'y');
  EXPECT_EQ(after("2022-01-29T13:00:00.000Z", "2022-01-29T13:00Z"), 'n');
  EXPECT_EQ(after("2022-01-29T13:00:00+02:00", "2022-01-29T11:00:01Z"), 'y');
  EXPECT_EQ(after("2022-01-29T13:00:00-02:30", "2022-01-29T15:00:00Z"), 'n');
  EXPECT_EQ(of(compared("currentTime", "DATE_BEFORE", "2022-01-29T13:00:00Z"), "2022-01-29T12:00:00Z"), 'y');
  for (const auto* odd :
       {"2022-01-29", "2022-01-29T13:00:00", "2022-02-30T13:00:00Z", "2022-01-29T25:00:00Z", "soon",
        "2022-01-29T13:00:00.0001Z", "2022-01-29T13:00:00Z ", "2022-01-29T13:00:00.Z", "2022-01-29T13:00:00+2"})
    EXPECT_EQ(after("2022-01-29T13:00:00Z", odd), '?') << odd;
  EXPECT_EQ(after("2022-01-29T13:00:00Z", ""), 'd');  // then it is the clock's
  EXPECT_EQ(of(compared("x", "DATE_AFTER", "2022-01-29T13:00:00Z"), "2023-01-29T13:00:00Z"), '?');
}

TEST(Constraint, Versions) {
  const auto version = [](const char* op, const char* value, const char* x) { return of(compared("x", op, value), x); };
  EXPECT_EQ(version("SEMVER_EQ", "1.2.2", "1.2.2"), 'y');
  EXPECT_EQ(version("SEMVER_GT", "2.0.0-alpha.1", "2.0.0-beta.1"), 'y');
  EXPECT_EQ(version("SEMVER_LT", "2.0.0", "2.0.0-rc.1"), 'y');
  EXPECT_EQ(version("SEMVER_GTE", "1.2.2", "1.10.0"), 'y');
  EXPECT_EQ(version("SEMVER_LTE", "1.2.2", "1.2.3"), 'n');
  EXPECT_EQ(version("SEMVER_EQ", "v2.0.0", "v2.0.0"), 'n');
  EXPECT_EQ(version("SEMVER_EQ", "2.0.0", "not a version"), 'n');
  EXPECT_EQ(version("SEMVER_EQ", "2.0.0", "2.0"), '?');
  EXPECT_EQ(version("SEMVER_EQ", "2.0.0", "2.0.0+build"), '?');
  EXPECT_EQ(version("SEMVER_GT", "2.0.0", "2.0.1+build"), 'y');
}

TEST(Constraint, AddressesAndPatterns) {
  EXPECT_EQ(of(constraint("x", "IN_CIDR", {"127.invalid", "192.168.1.0/24"}), "192.168.1.42"), 'y');
  EXPECT_EQ(of(constraint("x", "IN_CIDR", {"127.invalid"}), "127.0.0.1"), 'n');
  EXPECT_EQ(of(constraint("x", "IN_CIDR", {"2001:db8::/32"}), "2001:db8:0:1::42"), 'y');
  EXPECT_EQ(of(compared("x", "REGEX", "^prod-"), "prod-gcp"), 'y');
  EXPECT_EQ(of(compared("x", "REGEX", "^PROD-"), "prod-gcp", false, true), 'y');
  EXPECT_EQ(of(compared("x", "REGEX", "(broken"), "prod-gcp"), 'n');
}

TEST(Constraint, WhatIsNotUnderstoodIsUnknownHoweverItIsTurned) {
  for (const auto* op : {"", "in", "SOUNDS_LIKE", "NUM_NE", "NOT_IN_CIDR"}) {
    EXPECT_EQ(of(constraint("x", op, {"a"}), "a"), '?') << op;
    EXPECT_EQ(of(constraint("x", op, {"a"}), "a", true), '?') << op;
    EXPECT_EQ(free(constraint("x", op, {})), '?') << op;
  }
  auto garbled = in({});
  garbled.readable = false;
  EXPECT_EQ(free(garbled), '?');
}

}  // namespace
}  // namespace vakt::flag
