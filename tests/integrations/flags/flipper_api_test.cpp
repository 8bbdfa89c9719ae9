#include "integrations/flags/flipper_api.hpp"

#include <gtest/gtest.h>

namespace vakt::flag::flipper {
namespace {

HttpResult answer(int status, std::string body) { return HttpResponse{status, {}, std::move(body)}; }

Answer<Feature> feature(const std::string& state, const std::string& gates) {
  return read_feature(answer(200, R"({"key":"a","state":")" + state + R"(","gates":[)" + gates + "]}"), "host", "a");
}
Gates gates(const std::string& state, const std::string& list) { return feature(state, list)->gates; }
std::string gate(const std::string& key, const std::string& value) {
  return R"({"key":")" + key + R"(","name":"x","value":)" + value + "}";
}

std::vector<std::string> shown(const Gates& all) {
  std::vector<std::string> names;
  for (const auto& one : state_of(all).strategies)
    names.push_back(one.name + (one.parameters.contains("rollout") ? " " + one.parameters.at("rollout") : ""));
  return names;
}
using Names = std::vector<std::string>;

std::vector<std::string> steps(const Gates& now, const Gates& wanted) {
  std::vector<std::string> all;
  for (const auto& call : plan(now, wanted)) all.push_back(call.method + " " + call.gate + " " + call.body);
  return all;
}

Order order(Action action, int percent = 0, std::string snapshot = {}) {
  return {.action = action,
          .name = "a",
          .project = {},
          .environment = "production",
          .percent = percent,
          .snapshot = std::move(snapshot)};
}

TEST(FlipperApi, reads_gates_as_texts_and_as_values) {
  const Gates texts = gates("conditional", gate("boolean", "null") + "," + gate("percentage_of_actors", "\"25\"") +
                                               "," + gate("actors", R"(["b","a"])") + "," + gate("groups", "[]"));
  EXPECT_TRUE(texts.readable);
  EXPECT_EQ(texts.actors, (Names{"a", "b"}));
  EXPECT_EQ(texts.percentage_of_actors, "25");
  EXPECT_EQ(gates("conditional", gate("percentage_of_actors", "25.0")).percentage_of_actors, "25");
  EXPECT_TRUE(gates("on", gate("boolean", "true")).boolean);
  EXPECT_TRUE(gates("on", gate("boolean", "\"true\"")).boolean);
  EXPECT_EQ(gates("off", gate("boolean", "false") + "," + gate("percentage_of_time", "0")), Gates{});
}

TEST(FlipperApi, tells_who_sees_it) {
  EXPECT_EQ(shown(gates("off", gate("boolean", "null"))), Names{});
  EXPECT_FALSE(state_of(gates("off", "")).enabled);
  EXPECT_EQ(shown(gates("on", gate("boolean", "true") + "," + gate("percentage_of_actors", "5"))),
            (Names{"default", "flexibleRollout 5"}));
  EXPECT_EQ(shown(gates("conditional", gate("actors", R"(["a"])"))), Names{"userWithId"});
  EXPECT_EQ(shown(gates("conditional", gate("percentage_of_time", "0.5"))), Names{"flexibleRollout 1"});
  EXPECT_EQ(state_of(gates("conditional", gate("percentage_of_time", "0.5"))).strategies[0].shown,
            "percentage_of_time (0.5 %)");
}

TEST(FlipperApi, what_only_the_application_knows_is_an_unknown_strategy) {
  EXPECT_EQ(shown(gates("conditional", gate("groups", R"(["admins"])"))), Names{"flipper.groups"});
  EXPECT_EQ(shown(gates("conditional", gate("expression", R"({"Equal":[1,1]})"))), Names{"flipper.expression"});
  EXPECT_EQ(shown(gates("conditional", gate("moon", R"({"full":true})"))), Names{"flipper.moon"});
}

TEST(FlipperApi, what_cannot_be_read_is_never_off) {
  for (const auto& odd : {gates("conditional", ""), gates("off", gate("boolean", "true")), gates("", ""),
                          gates("off", gate("boolean", "7")), gates("off", gate("percentage_of_actors", "\"x\"")),
                          gates("off", gate("percentage_of_actors", "101")), gates("off", gate("actors", "\"a\""))}) {
    EXPECT_FALSE(odd.readable);
    EXPECT_TRUE(state_of(odd).enabled);
    EXPECT_FALSE(state_of(odd).strategies.at(0).readable);
  }
}

TEST(FlipperApi, only_flippers_own_404_means_that_there_is_no_such_flag) {
  const auto fault = [](const HttpResult& result) { return read_feature(result, "host", "a").error().fault; };
  EXPECT_EQ(fault(answer(404, R"({"code":1,"message":"Feature not found."})")), Fault::not_found);
  EXPECT_EQ(fault(answer(404, "{}")), Fault::not_found) << "older versions";
  EXPECT_EQ(fault(answer(404, "<h1>Not Found</h1>")), Fault::unreachable);
  EXPECT_EQ(fault(answer(200, "<h1>Log in</h1>")), Fault::unreachable);
  EXPECT_EQ(fault(answer(200, R"({"key":"A","state":"off","gates":[]})")), Fault::unreachable) << "another name";
  EXPECT_EQ(fault(answer(401, "")), Fault::refused);
  EXPECT_EQ(fault(answer(302, "")), Fault::refused);
  EXPECT_EQ(fault(answer(503, "")), Fault::uncertain);
  EXPECT_EQ(fault(std::unexpected(HttpError{HttpFault::timed_out, "slow"})), Fault::uncertain);
  EXPECT_EQ(fault(std::unexpected(HttpError{HttpFault::unreachable, "no"})), Fault::unreachable);
}

TEST(FlipperApi, off_is_one_request_whatever_was_open) {
  const Gates open{.percentage_of_actors = "5", .actors = {"a"}};
  EXPECT_EQ(steps(open, *wanted_gates(order(Action::off), open)), Names{"DELETE boolean "});
  EXPECT_EQ(steps({}, *wanted_gates(order(Action::on), {})), Names{"POST boolean "});
}

TEST(FlipperApi, a_percentage_leaves_the_named_in_and_closes_everybody) {
  const Gates part{.percentage_of_actors = "5", .actors = {"a"}};
  EXPECT_EQ(steps(part, *wanted_gates(order(Action::percent, 10), part)),
            Names{"POST percentage_of_actors percentage=10"});
  const Gates all{.boolean = true, .actors = {"a&b"}};
  EXPECT_EQ(steps(all, *wanted_gates(order(Action::percent, 10), all)),
            (Names{"DELETE boolean ", "POST percentage_of_actors percentage=10", "POST actors flipper_id=a%26b"}));
}

TEST(FlipperApi, a_percentage_that_would_not_be_one_is_refused) {
  EXPECT_FALSE(wanted_gates(order(Action::percent, 0), {}));
  EXPECT_FALSE(wanted_gates(order(Action::percent, 101), {}));
  EXPECT_FALSE(wanted_gates(order(Action::percent, 5), {.percentage_of_time = "50"}));
  EXPECT_FALSE(wanted_gates(order(Action::percent, 5), {.unknown = {"moon"}}));
  EXPECT_FALSE(wanted_gates(order(Action::percent, 5), {.readable = false}));
}

TEST(FlipperApi, restores_every_gate_and_takes_back_what_came_since) {
  const Gates was{.percentage_of_actors = "25", .actors = {"a", "b"}, .groups = {"g"}, .expression = R"({"x":1})"};
  const std::string snapshot = snapshot_of({{"production", was}});
  const auto wanted = wanted_gates(order(Action::restore, 0, snapshot), {});
  ASSERT_TRUE(wanted);
  EXPECT_EQ(*wanted, was);
  EXPECT_EQ(steps({.percentage_of_time = "3", .actors = {"b", "c"}}, *wanted),
            (Names{"DELETE actors flipper_id=c", "POST percentage_of_actors percentage=25",
                   "POST percentage_of_time percentage=0", "POST actors flipper_id=a",
                   "POST groups name=g&allow_unregistered_groups=true", R"(POST expression {"x":1})"}));
  EXPECT_EQ(steps({.boolean = true, .actors = {"z"}}, Gates{.actors = {"a"}}),
            (Names{"DELETE boolean ", "POST actors flipper_id=a"}));
  EXPECT_EQ(steps({.unknown = {"moon"}}, Gates{.boolean = true}), Names{"POST boolean "});
}

TEST(FlipperApi, what_is_not_known_is_not_restored) {
  EXPECT_FALSE(gates_in("", "production"));
  EXPECT_FALSE(gates_in(snapshot_of({{"production", {}}}), "staging"));
  EXPECT_FALSE(gates_in(snapshot_of({{"production", {.readable = false}}}), "production"));
  const auto unknown = gates_in(snapshot_of({{"production", {.unknown = {"moon"}}}}), "production");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().fault, Fault::unsupported);
  EXPECT_TRUE(unknown.error().text.contains("moon"));
}

TEST(FlipperApi, the_token_is_a_bearer_unless_it_names_its_scheme) {
  EXPECT_EQ(headers("abc").at(1).second, "Bearer abc");
  EXPECT_EQ(headers("Basic dTpw").at(1).second, "Basic dTpw");
  EXPECT_EQ(headers("").size(), 1U);
}

TEST(FlipperApi, addresses) {
  EXPECT_EQ(address("https://a/flipper/api/", "x/../y", "boolean"),
            "https://a/flipper/api/features/x%2F..%2Fy/boolean");
  EXPECT_EQ(address("https://a", {}), "https://a/features");
}

}  // namespace
}  // namespace vakt::flag::flipper
