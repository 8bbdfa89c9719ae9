#include "integrations/flags/flagd_targeting.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace vakt::flag::flagd {
namespace {

using nlohmann::json;

State state(const std::string& rest, const std::string& written = "ENABLED") {
  return state_of(json::parse(R"({"state":")" + written +
                              R"(","variants":{"on":true,"off":false,"red":"#f00","none":null})" + rest + "}"));
}
// name, or name:rollout/stickiness
std::string strategy(const std::string& rest) {
  const State found = state(rest);
  if (found.strategies.size() != 1) return "not one";
  const Strategy& one = found.strategies[0];
  if (one.parameters.empty()) return one.name + (one.readable ? "" : " unread");
  return one.name + ":" + one.parameters.at("rollout") + "/" + one.parameters.at("stickiness");
}
std::string fractional(const std::string& list, const std::string& by_default = "off") {
  return strategy(R"(,"defaultVariant":")" + by_default + R"(","targeting":{"fractional":)" + list + "}");
}

TEST(FlagdTargeting, the_default_variant_without_targeting) {
  EXPECT_EQ(strategy(R"(,"defaultVariant":"on")"), "default");
  EXPECT_EQ(strategy(R"(,"defaultVariant":"off")"), "flexibleRollout:0/random");
  EXPECT_EQ(strategy(R"(,"defaultVariant":"red","targeting":{})"), "default");
  EXPECT_EQ(strategy(R"(,"defaultVariant":"none","targeting":null)"), "flagd.variant");
  EXPECT_EQ(strategy(R"(,"defaultVariant":"missing")"), "flagd.variant");
}

TEST(FlagdTargeting, no_default_variant_means_the_code_decides) {
  EXPECT_EQ(strategy(""), "flagd.codeDefault");
  EXPECT_EQ(strategy(R"(,"defaultVariant":null)"), "flagd.codeDefault");
}

TEST(FlagdTargeting, disabled_is_off_and_keeps_what_enabled_would_mean) {
  EXPECT_FALSE(state(R"(,"defaultVariant":"on")", "DISABLED").enabled);
  EXPECT_EQ(state(R"(,"defaultVariant":"on")", "DISABLED").strategies, state(R"(,"defaultVariant":"on")").strategies);
}

TEST(FlagdTargeting, another_state_is_never_taken_for_off) {
  for (const char* written : {"disabled", "", "OFF"}) {
    const State found = state(R"(,"defaultVariant":"off")", written);
    EXPECT_TRUE(found.enabled);
    EXPECT_FALSE(found.strategies.at(0).readable);
  }
  EXPECT_FALSE(state_of(json(3)).strategies.at(0).readable);
}

TEST(FlagdTargeting, a_fractional_is_a_share) {
  EXPECT_EQ(fractional(R"([["on",25],["off",75]])"), "flexibleRollout:25/random");
  EXPECT_EQ(fractional(R"([["on"],["off"]])"), "flexibleRollout:50/random");
  EXPECT_EQ(fractional(R"([["on",1],["red",1],["off",2]])"), "flexibleRollout:50/random");
  EXPECT_EQ(fractional(R"([["on",-5],["off",75]])"), "flexibleRollout:0/random");
  EXPECT_EQ(fractional(R"([["on",1],["off",2]])"), "flexibleRollout:34/userId") << "a bound from above";
  EXPECT_EQ(fractional(R"([["on",0],["off",0]])"), "flexibleRollout:0/random") << "no weight: the default";
  EXPECT_EQ(fractional(R"([{"var":"targetingKey"},["on",25],["off",75]])"), "flexibleRollout:25/random");
  EXPECT_EQ(fractional(R"([{"cat":[{"var":"$flagd.flagKey"},{"var":"targetingKey"}]},["on",25],["off",75]])"),
            "flexibleRollout:25/random");
}

TEST(FlagdTargeting, by_a_field_those_without_it_get_the_default) {
  EXPECT_EQ(fractional(R"([{"var":"email"},["on",25],["off",75]])"), "flexibleRollout:25/field of the targeting");
  EXPECT_EQ(fractional(R"([{"var":"email"},["on",25],["off",75]])", "on"), "flagd.targeting");
  EXPECT_EQ(fractional(R"([{"var":"email"},["on"],["red"]])", "on"), "flexibleRollout:100/random");
}

TEST(FlagdTargeting, anything_else_is_unknown) {
  for (const char* list :
       {R"("on")", "[]", R"(["on",50])", R"([["on",1.5],["off",1]])", R"([["on",50],["missing",50]])",
        R"([["on",50,1]])", R"([[{"var":"x"},50]])", R"([["on",{"var":"x"}],["off",1]])", R"([["none",1],["off",1]])",
        R"(["everyone",["on",1],["off",1]])",
        R"([{"cat":[{"var":"$flagd.flagKey"},{"var":"email"}]},["on",1],["off",1]])",
        R"([["on",2147483647],["off",2147483647]])", R"([["on",1e300],["off",1]])"})
    EXPECT_EQ(fractional(list), "flagd.targeting") << list;
  EXPECT_EQ(strategy(R"(,"defaultVariant":"off","targeting":{"if":[true,"on"]})"), "flagd.targeting");
  EXPECT_EQ(strategy(R"(,"defaultVariant":"off","targeting":{"$ref":"x"})"), "flagd.targeting");
  EXPECT_EQ(strategy(R"(,"defaultVariant":"off","targeting":"on")"), "flagd.targeting");
}

TEST(FlagdTargeting, what_shows_a_feature) {
  for (const char* value : {"false", "0", "0.0", "\"\"", "\"off\"", "\"Disabled\"", "\"FALSE\""})
    EXPECT_EQ(shows(json::parse(value)), Shows::off) << value;
  for (const char* value : {"true", "1", "-0.5", "\"on\"", "\"red\"", "{\"a\":1}", "[0]"})
    EXPECT_EQ(shows(json::parse(value)), Shows::on) << value;
  for (const char* value : {"null", "{}", "[]"}) EXPECT_EQ(shows(json::parse(value)), Shows::unknown) << value;
}

}  // namespace
}  // namespace vakt::flag::flagd
