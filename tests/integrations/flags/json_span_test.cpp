#include "integrations/flags/json_span.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

namespace vakt::flag {
namespace {

using nlohmann::json;

std::string member(const std::string& text, const std::string& key) {
  const auto span = member_span(text, whole_value(text), key);
  return span ? std::string(span->in(text)) : "none";
}

TEST(JsonSpan, finds_values_of_every_kind) {
  const std::string text =
      "\xEF\xBB\xBF  { \"a\" :1.5e3,\"b\\\"}\": \"x\\\\\\\"}\" , \"c\":[ {}, [\"]\"],null ] ,\"d\":{\"a\":{}}}";
  EXPECT_EQ(member(text, "a"), "1.5e3");
  EXPECT_EQ(member(text, "b\"}"), R"("x\\\"}")");
  EXPECT_EQ(member(text, "c"), R"([ {}, ["]"],null ])");
  EXPECT_EQ(member(text, "d"), R"({"a":{}})");
  EXPECT_EQ(member(text, "x"), "none");
  EXPECT_EQ(member("[1]", "a"), "none");
  EXPECT_EQ(member("{}", ""), "none");
}

TEST(JsonSpan, a_repeated_key_counts_last_and_escapes_are_read) {
  EXPECT_EQ(member(R"({"a":1,"\u0061":2})", "a"), "2");
  EXPECT_EQ(member(R"({"a":1,"\u0061":2})", R"(\u0061)"), "none");
}

TEST(JsonSpan, finds_elements) {
  const std::string text = "[ 1,[2, 3] ,\"]\"]";
  const auto spans = element_spans(text, whole_value(text));
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(spans[1].in(text), "[2, 3]");
  EXPECT_EQ(spans[2].in(text), "\"]\"");
  EXPECT_TRUE(element_spans("[ ]", {0, 3}).empty());
  EXPECT_TRUE(element_spans("{}", {0, 2}).empty());
}

json any_json(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 7 : 4)) {
    case 0:
      return *rc::gen::inRange(-1000, 1000);
    case 1:
      return *rc::gen::element<std::string>("", "a", "}", "]\"", "\\", "å\n", ",:");
    case 2:
      return nullptr;
    case 3:
      return *rc::gen::arbitrary<bool>();
    case 4: {
      json list = json::array();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) list.push_back(any_json(depth - 1));
      return list;
    }
    default: {
      json object = json::object();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        object[*rc::gen::element<std::string>("", "a", "state", "{\"", "\\\"", "å", "b c")] = any_json(depth - 1);
      return object;
    }
  }
}

RC_GTEST_PROP(JsonSpan, agrees_with_the_parser, ()) {
  json document = any_json(0);
  document = {{"first", any_json(3)}, {"second", any_json(3)}, {"\"", any_json(2)}};
  const std::string text = document.dump(*rc::gen::element(-1, 0, 3));
  for (const auto& [key, value] : document.items()) {
    const auto span = member_span(text, whole_value(text), key);
    RC_ASSERT(span.has_value());
    RC_ASSERT(json::parse(span->in(text)) == value);
    json changed = document;
    changed[key] = "new";
    RC_ASSERT(json::parse(replaced(text, *span, "\"new\"")) == changed);
    if (!value.is_array()) continue;
    const auto elements = element_spans(text, *span);
    RC_ASSERT(elements.size() == value.size());
    for (std::size_t i = 0; i < elements.size(); ++i) RC_ASSERT(json::parse(elements[i].in(text)) == value[i]);
  }
}

}  // namespace
}  // namespace vakt::flag
