#include "integrations/flags/flagd_watch.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "integrations/flags/flagd_targeting.hpp"

namespace vakt::flag::flagd {
namespace {

using nlohmann::json;

Sight sight(const char* flags) { return sight_of(json::parse(flags), "stamp"); }

std::vector<std::string> found(const char* before, const char* after) {
  std::vector<std::string> all;
  for (const auto& one : differences(sight(before), sight(after), "production", Instant(Micros(7)))) {
    EXPECT_EQ(one.at, Instant(Micros(7)));
    EXPECT_EQ(one.environment, "production");
    all.push_back(one.name + ": " + one.what + (one.enabled ? *one.enabled ? ", on" : ", off" : ""));
  }
  return all;
}
using Found = std::vector<std::string>;

TEST(FlagdWatch, tells_what_changed) {
  EXPECT_EQ(found(R"({"a":{"state":"ENABLED"}})", R"({"a":{"state":"DISABLED"}})"), Found{"a: state DISABLED, off"});
  EXPECT_EQ(found(R"({"a":{"state":"DISABLED","x":1}})", R"({"a":{"x":2,"state":"ENABLED"}})"),
            Found{"a: state ENABLED, on"});
  EXPECT_EQ(found(R"({"a":{"state":"ENABLED","x":1}})", R"({"a":{"state":"ENABLED","x":2}})"),
            Found{"a: definition changed"});
  EXPECT_EQ(found(R"({"a":{"state":"ENABLED"}})", R"({"b":{"state":"ENABLED"}})"),
            (Found{"b: added, on", "a: removed"}));
  EXPECT_EQ(found(R"({"a":{"state":"ENABLED"}})", R"({"a":{"state":"on"}})"), Found{"a: state unreadable"});
  EXPECT_EQ(found(R"({"a":{"x":1,"state":"ENABLED"}})", R"({ "a": {"state":"ENABLED", "x":1} })"), Found{});
}

TEST(FlagdWatch, a_cursor_comes_back_whole) {
  const Sights sights{{"production", sight(R"({"a":{"state":"ENABLED"},"å\"":{"state":"DISABLED"}})")}, {"dev", {}}};
  const Sights read = sights_in(cursor_of(sights));
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read.at("production").stamp, "stamp");
  EXPECT_EQ(read.at("production").flags, sights.at("production").flags);
}

TEST(FlagdWatch, a_strange_cursor_is_none) {
  for (const char* cursor : {"", "{", "[]", "3", R"({"production":3})", R"({"production":{"flags":[]}})"})
    EXPECT_TRUE(sights_in(cursor).empty()) << cursor;
}

TEST(FlagdWatch, tells_all_that_a_flag_is_since) {
  const auto of = [](const char* before, const char* after) {
    return differences(sight(before), sight(after), "production", Instant(Micros(7))).at(0).state;
  };
  const char* on = R"({"a":{"state":"ENABLED","variants":{"on":true},"defaultVariant":"on"}})";
  const char* off = R"({"a":{"state":"DISABLED","variants":{"on":true},"defaultVariant":"on"}})";
  EXPECT_EQ(of(off, on), state_of(json::parse(on)["a"]));
  EXPECT_EQ(of(on, off), state_of(json::parse(off)["a"]));
  EXPECT_NE(of(off, on), of(on, off));
  EXPECT_EQ(of(on, "{}"), std::nullopt) << "it is not there any more";
}

}  // namespace
}  // namespace vakt::flag::flagd
