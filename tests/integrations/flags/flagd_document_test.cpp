#include "integrations/flags/flagd_document.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace vakt::flag::flagd {
namespace {

const std::string file = "/etc/flags.json";

Order order(Action action, std::string name, int percent = 0, std::string snapshot = {}) {
  return {.action = action,
          .name = std::move(name),
          .project = {},
          .environment = "production",
          .percent = percent,
          .snapshot = std::move(snapshot)};
}
std::string after(const std::string& text, const Order& given) {
  const auto changed = carried_out(text, given, file);
  return changed ? *changed : "error: " + changed.error().text;
}

TEST(FlagdDocument, changes_the_state_and_nothing_else) {
  const std::string text =
      "{\"flags\" : {\n\t\"a\":{\"state\" :\"ENABLED\",\"variants\":{\"on\":1E2}},\"b\":{\"state\":\"ENABLED\"}}}\n";
  EXPECT_EQ(
      after(text, order(Action::off, "a")),
      "{\"flags\" : {\n\t\"a\":{\"state\" :\"DISABLED\",\"variants\":{\"on\":1E2}},\"b\":{\"state\":\"ENABLED\"}}}\n");
  EXPECT_EQ(after(text, order(Action::on, "a")), text);
}

TEST(FlagdDocument, a_missing_or_odd_state_is_written) {
  EXPECT_EQ(after("{\"flags\":{\"a\":{\n  \"x\":1}}}", order(Action::off, "a")),
            "{\"flags\":{\"a\":{\n  \"state\": \"DISABLED\",\n  \"x\":1}}}");
  EXPECT_EQ(after(R"({"flags":{"a":{}}})", order(Action::on, "a")), R"({"flags":{"a":{"state": "ENABLED"}}})");
  EXPECT_EQ(after(R"({"flags":{"a":{"state":{"x":[1]}}}})", order(Action::off, "a")),
            R"({"flags":{"a":{"state":"DISABLED"}}})");
}

TEST(FlagdDocument, only_the_flag_of_that_very_name) {
  const std::string text = R"({"state":"ENABLED","$evaluators":{"a":{}},"flags":{"b":{"a":{"state":"ENABLED"}}}})";
  const auto missing = carried_out(text, order(Action::off, "a"), file);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().fault, Fault::not_found);
  EXPECT_FALSE(carried_out(R"({"flags":{"a":"ENABLED"}})", order(Action::off, "a"), file));
}

TEST(FlagdDocument, sets_a_percentage_in_a_pair) {
  const std::string text =
      R"({"flags":{"a":{"state":"DISABLED","variants":{"y":true,"n":false},"targeting":{"fractional":[{"var":"id"},["n"], [ "y" , 5 ]]},"defaultVariant":"n"}}})";
  EXPECT_EQ(
      after(text, order(Action::percent, "a", 30)),
      R"({"flags":{"a":{"state":"ENABLED","variants":{"y":true,"n":false},"targeting":{"fractional":[{"var":"id"},["n", 70], ["y", 30]]},"defaultVariant":"n"}}})");
  EXPECT_TRUE(after(text, order(Action::percent, "a", 0)).contains(R"("state":"DISABLED")"));
  EXPECT_TRUE(after(text, order(Action::percent, "a", 101)).starts_with("error"));
}

TEST(FlagdDocument, a_percentage_elsewhere_says_what_to_do) {
  const auto refused = carried_out(
      R"({"flags":{"a":{"state":"ENABLED","variants":{"y":true,"z":true},"targeting":{"fractional":[["y",1],["z",1]]}}}})",
      order(Action::percent, "a", 30), file);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::unsupported);
  EXPECT_TRUE(refused.error().text.contains(file));
}

TEST(FlagdDocument, restores_byte_for_byte) {
  const std::string text = "{\"flags\":{\"a\":{ \"state\": \"ENABLED\",\n\"x\": 1.0 }}}";
  const std::string snapshot = nlohmann::json{{"production", definition_in(text, "a")}}.dump();
  const std::string off = after(text, order(Action::off, "a"));
  EXPECT_NE(off, text);
  EXPECT_EQ(after(off, order(Action::restore, "a", 0, snapshot)), text);
  for (const char* bad : {"", "{}", R"({"production":"3"})", R"({"production":"{} , \"b\":{}"})"})
    EXPECT_TRUE(after(off, order(Action::restore, "a", 0, bad)).starts_with("error")) << bad;
}

TEST(FlagdDocument, broken_text_is_told_with_its_line) {
  const auto broken = flags_of("{\n\"flags\": {\n\"a\": {,}\n}}", file);
  ASSERT_FALSE(broken);
  EXPECT_TRUE(broken.error().text.contains("line 3")) << broken.error().text;
  EXPECT_TRUE(flags_of("", file).error().text.contains("line 1"));
  EXPECT_TRUE(flags_of("[]", file).error().text.contains("no object \"flags\""));
  EXPECT_TRUE(flags_of(R"({"flags":[]})", file).error().text.contains("no object \"flags\""));
}

}  // namespace
}  // namespace vakt::flag::flagd
