#include "integrations/flags/unleash_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/time/zones.hpp"

namespace vakt::flag::unleash {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

// Recorded on 7.4.1, less what nobody reads.
constexpr auto feature = R"({"environments":[
  {"name":"development","lastSeenAt":null,"enabled":true,"yes":0,"no":0,"type":"development","sortOrder":2,"strategies":[
    {"name":"flexibleRollout","constraints":[
       {"values":["dev-gcp"],"inverted":false,"operator":"IN","contextName":"environment","caseInsensitive":false},
       {"value":"1.2.3","values":[],"inverted":true,"operator":"SEMVER_GT","contextName":"appVersion"}],
     "variants":[{"name":"A","weight":1000,"payload":{"type":"string","value":"x"},"stickiness":"default","weightType":"variable"}],
     "parameters":{"groupId":"t2.rich","rollout":"50","stickiness":"userId"},"segments":[1],"sortOrder":0,
     "id":"a83a71cc-f140-4abf-b330-784853ea0097","title":"half","disabled":false},
    {"name":"default","constraints":[],"variants":[],"parameters":{},"segments":[],"sortOrder":1,
     "id":"2b102c4f-6a51-4d1c-8ed5-7acb14fb878a","title":null,"disabled":true}]},
  {"name":"production","lastSeenAt":null,"enabled":false,"type":"production","sortOrder":3,"strategies":[]}],
  "name":"t2.rich","impressionData":false,"description":null,"project":"default","stale":false,
  "type":"release","variants":[],"archived":false,
  "dependencies":[{"feature":"t2.parent","enabled":false,"variants":["A"]}],"children":["t2.grandchild"]})";

TEST(UnleashJson, AFeatureIsReadWithAllThatNarrowsIt) {
  const auto flag = read_feature(feature);
  ASSERT_TRUE(flag);
  EXPECT_EQ(flag->name, "t2.rich");
  EXPECT_EQ(flag->project, "default");
  EXPECT_FALSE(flag->archived);
  EXPECT_THAT(flag->parents, ElementsAre(Parent{"t2.parent", false, {"A"}}));
  EXPECT_THAT(flag->children, ElementsAre("t2.grandchild"));
  ASSERT_THAT(flag->states, SizeIs(2));
  EXPECT_EQ(flag->states.at("production"), State{});
  const State& state = flag->states.at("development");
  EXPECT_TRUE(state.enabled);
  ASSERT_THAT(state.strategies, SizeIs(2));
  const Strategy& half = state.strategies[0];
  EXPECT_EQ(half.parameters.at("rollout"), "50");
  EXPECT_THAT(half.segments, ElementsAre(1));
  EXPECT_THAT(half.constraints, ElementsAre(Constraint{"environment", "IN", {"dev-gcp"}, "", false, false, true},
                                            Constraint{"appVersion", "SEMVER_GT", {}, "1.2.3", true, false, true}));
  EXPECT_TRUE(half.readable);
  EXPECT_TRUE(state.strategies[1].disabled);
}

TEST(UnleashJson, AFeatureOfVersion4IsReadToo) {
  const auto flag = read_feature(
      R"({"environments":[{"name":"production","enabled":true,"type":"production","sortOrder":200,"strategies":[
        {"name":"default","constraints":[],"parameters":{},"sortOrder":9999,"id":"d4f2266d-d0bd-4d10-8939-080bac1fca0e"}]}],
        "name":"x","impressionData":false,"description":null,"project":"default","type":"release","variants":[],"archived":true})");
  ASSERT_TRUE(flag);
  EXPECT_TRUE(flag->archived);
  EXPECT_TRUE(flag->states.at("production").strategies.at(0).readable);
}

TEST(UnleashJson, WhatDecidesAndCannotBeReadMakesTheAnswerNothing) {
  for (const char* body :
       {"", "{", "null", "[]", "{}", "<html>", R"({"environments":[]})", R"({"name":1,"environments":[]})",
        R"({"name":"x","environments":{}})", R"({"name":"x","environments":[{"name":"p","strategies":[]}]})",
        R"({"name":"x","environments":[{"name":"p","enabled":"true","strategies":[]}]})",
        R"({"name":"x","environments":[{"name":"p","enabled":true}]})",
        R"({"name":"x","environments":[{"name":"p","enabled":true,"strategies":{}}]})",
        R"({"name":"x","environments":[{"enabled":true,"strategies":[]}]})",
        R"({"name":"x","environments":[],"archived":"no"})", R"({"name":"x","environments":[],"dependencies":{}})",
        R"({"name":"x","environments":[],"dependencies":[{"enabled":true}]})"})
    EXPECT_FALSE(read_feature(body)) << body;
  const std::string deep(200'000, '[');
  EXPECT_FALSE(read_feature(deep));
  EXPECT_FALSE(read_client_features(deep));
  EXPECT_FALSE(read_events(deep));
}

Strategy strategy(const std::string& json) {
  return read_feature(R"({"name":"x","environments":[{"name":"p","enabled":true,"strategies":[)" + json + "]}]}")
      .value()
      .states.at("p")
      .strategies.at(0);
}

TEST(UnleashJson, AStrategyThatCannotBeReadIsKeptAsUnreadable) {
  for (const char* bad : {"null", "7", "{}", R"({"name":""})", R"({"name":"default","parameters":[]})",
                          R"({"name":"default","parameters":{"a":{}}})", R"({"name":"default","segments":"1"})",
                          R"({"name":"default","segments":["1"]})", R"({"name":"default","segments":[-1]})",
                          R"({"name":"default","segments":[99999999999]})", R"({"name":"default","disabled":"false"})"})
    EXPECT_FALSE(strategy(bad).readable) << bad;
  EXPECT_TRUE(strategy(R"({"name":"default"})").readable);
  EXPECT_EQ(strategy(R"({"name":"gradualRolloutRandom","parameters":{"percentage":10}})").parameters.at("percentage"),
            "10");
}

TEST(UnleashJson, AConstraintThatCannotBeReadIsKeptAsUnreadable) {
  for (const char* bad :
       {"7", "[7]", "[{}]", R"([{"contextName":"userId"}])", R"([{"contextName":"u","operator":"IN","values":"7"}])",
        R"([{"contextName":"u","operator":"IN","values":[7]}])",
        R"([{"contextName":"u","operator":"IN","inverted":"yes"}])",
        R"([{"contextName":"u","operator":"NUM_GT","value":{}}])"}) {
    const Strategy made = strategy(R"({"name":"default","constraints":)" + std::string(bad) + "}");
    ASSERT_THAT(made.constraints, SizeIs(1)) << bad;
    EXPECT_FALSE(made.constraints[0].readable) << bad;
  }
}

// Recorded on 7.4.1 with the header Unleash-Client-Spec.
constexpr auto client = R"({"version":2,"features":[
  {"name":"auto","type":"release","enabled":true,"project":"default","stale":false,"strategies":[
    {"name":"flexibleRollout","constraints":[],"parameters":{"groupId":"auto","rollout":"50","stickiness":"default"},"variants":[],"segments":[1]}],
   "variants":[],"description":null,"impressionData":false,"dependencies":[{"feature":"top","enabled":true,"variants":[]}]},
  {"name":"top","type":"release","enabled":false,"project":"default","stale":false,"strategies":[],"variants":[]}],
  "query":{"environment":"production","inlineSegmentConstraints":false},
  "segments":[{"id":1,"name":"s1","constraints":[{"values":["7"],"operator":"IN","contextName":"userId"}]}],
  "meta":{"revisionId":19,"etag":"\"430e5794:19:v1\"","queryHash":"430e5794"}})";

TEST(UnleashJson, WhatApplicationsGetIsReadWithItsEnvironmentAndSegments) {
  const auto made = read_client_features(client);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->environment, "production");
  EXPECT_TRUE(made->catalog.flags.at("auto").states.at("production").enabled);
  EXPECT_FALSE(made->catalog.flags.at("top").states.at("production").enabled);
  EXPECT_THAT(made->catalog.flags.at("top").children, ElementsAre("auto"));
  EXPECT_EQ(made->catalog.segments.at(1).name, "s1");
  EXPECT_THAT(made->catalog.segments.at(1).constraints, ElementsAre(Constraint{"userId", "IN", {"7"}}));
}

TEST(UnleashJson, OneFlagThatCannotBeReadSpoilsTheList) {
  EXPECT_FALSE(read_client_features(R"({"features":[{"name":"x","strategies":[]}],"query":{"environment":"p"}})"));
  EXPECT_FALSE(read_client_features(R"({"features":[{"enabled":false,"strategies":[]}]})"));
  EXPECT_FALSE(read_client_features(R"({"toggles":[]})"));
  EXPECT_EQ(read_client_features(R"({"features":[],"query":{"environment":7}})")->environment, "");
}

TEST(UnleashJson, ListsOfFlagsTellProjectAndArchive) {
  const auto found = read_list(
      R"({"features":[{"name":"arch","project":"default","archivedAt":"2026-11-21T16:15:44.357Z"},
                      {"name":"now","project":"team-b","archivedAt":null},{"name":"v4","archived":true}],"total":3})");
  ASSERT_TRUE(found);
  ASSERT_THAT(*found, SizeIs(3));
  EXPECT_TRUE((*found)[0].archived);
  EXPECT_EQ((*found)[1].project, "team-b");
  EXPECT_FALSE((*found)[1].archived);
  EXPECT_TRUE((*found)[2].archived);
  EXPECT_FALSE(read_list(R"({"features":{}})"));
  EXPECT_EQ(read_project_of(R"({"name":"x","project":"p"})"), "p");
  EXPECT_FALSE(read_project_of(R"({"name":"x"})"));
  EXPECT_THAT(*read_projects(R"({"projects":[{"id":"default"},{"name":"no id"}]})"), ElementsAre("default"));
}

TEST(UnleashJson, AnEnvironmentThatIsHiddenAndUnusedIsLeftOut) {
  EXPECT_THAT(*read_environments(
                  R"({"environments":[{"name":"default","enabled":false,"projectCount":0},
                     {"name":"old","enabled":false,"projectCount":2},{"name":"production","enabled":true,"projectCount":1}]})"),
              ElementsAre("old", "production"));
  EXPECT_FALSE(read_environments("{}"));
}

TEST(UnleashJson, EventsTellWhoAndWhetherItIsOn) {
  const auto page = read_events(
      R"({"events":[{"id":55,"type":"feature-environment-disabled","createdBy":"kari","createdAt":"2026-11-21T11:23:40.437Z",
        "data":null,"featureName":"f","project":"default","environment":"production"},
        {"id":54,"type":"feature-tagged","createdBy":"kari","createdAt":"2026-11-21T11:23:40.411Z","featureName":"f"},
        {"id":53,"type":"feature-strategy-add","createdAt":"2026-11-21T11:23:40Z","featureName":"f","environment":"production"},
        {"id":"x"},{"id":9,"createdAt":"yesterday"},7]})");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->listed, 6U);
  ASSERT_THAT(page->events, SizeIs(3));
  const Observation& off = page->events[0].change;
  EXPECT_EQ(off.at, *from_iso_utc("2026-11-21T11:23:40.437Z"));
  EXPECT_EQ(off.by, "kari");
  EXPECT_EQ(off.enabled, false);
  EXPECT_EQ(off.environment, "production");
  EXPECT_TRUE(page->events[0].about_flags);
  EXPECT_FALSE(page->events[1].about_flags);
  EXPECT_TRUE(page->events[2].about_flags);
  EXPECT_FALSE(page->events[2].change.enabled);
}

TEST(UnleashJson, ARefusalTellsWhichPermissionIsMissing) {
  const auto made = read_refusal(
      R"({"name":"PermissionError","message":"x","details":[{"message":"To perform this action, you need the \"UPDATE_FEATURE_ENVIRONMENT\" permission."}]})");
  EXPECT_EQ(made.name, "PermissionError");
  EXPECT_EQ(made.permission, "UPDATE_FEATURE_ENVIRONMENT");
  EXPECT_EQ(read_refusal(R"({"permissions":["ADMIN"]})").permission, "ADMIN");
  EXPECT_EQ(read_refusal(R"({"message":"need the \"unclosed"})").permission, "unclosed");
  EXPECT_EQ(read_refusal("<html>").message, "");
  const auto longest = read_refusal(R"({"message":"a\n)" + std::string(197, 'x') + "åå\"}").message;
  EXPECT_LE(longest.size(), 203U);
  EXPECT_THAT(longest, ::testing::StartsWith("a "));
}

}  // namespace
}  // namespace vakt::flag::unleash
