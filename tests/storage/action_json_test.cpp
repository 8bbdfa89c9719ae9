#include "storage/action_json.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "storage/record_json.hpp"
#include "tests/storage/samples.hpp"

namespace vakt {
namespace {

using Json = nlohmann::json;

TEST(ActionJson, HasWhatTheRecordPromises) {
  const auto list = Json::parse(items_json({test::action_item()}));
  ASSERT_EQ(list.size(), 1U);
  const auto& one = list[0];
  EXPECT_EQ(one.at("id"), 12);
  EXPECT_EQ(one.at("title"), "Keep Loki's logs [30 d] <!channel> 🪵");
  EXPECT_EQ(one.at("state"), "in_progress");
  EXPECT_EQ(one.at("kind"), "detect");
  EXPECT_EQ(one.at("priority"), "sev2");
  EXPECT_EQ(one.at("team"), "Payments");
  EXPECT_EQ(one.at("owner"), "U1");
  EXPECT_EQ(one.at("due"), "2026-12-04");
  EXPECT_EQ(one.at("snoozed_until"), "2026-12-24");
  EXPECT_EQ(one.at("card"),
            (Json{{"url", "https://trello.com/c/QIgNLSh1"}, {"short_link", "QIgNLSh1"}, {"label", "KM676"}}));
  EXPECT_EQ(one.at("created_at"), "2023-11-14T22:13:20.123456Z");
  EXPECT_EQ(one.at("closed_at"), "2023-11-14T22:13:20.123457Z");
  EXPECT_EQ(one.at("incidents"), (Json{7, 3}));
}

TEST(ActionJson, WhatIsNotSetIsNull) {
  const auto one = Json::parse(items_json({{.id = 1, .title = "x"}}))[0];
  for (const auto* key : {"kind", "priority", "team", "owner", "due", "snoozed_until", "card", "closed_at", "closed_by",
                          "reason", "verified_at"})
    EXPECT_EQ(one.at(key), nullptr) << key;
  EXPECT_EQ(one.at("state"), "open");
}

TEST(ActionJson, StandsInTheRecordOfItsIncident) {
  const auto actions_of = [](std::vector<action::Item> items) {
    std::ostringstream out;
    write_record_json(out, Record{.incident = test::incident(), .items = std::move(items)}, {}, "");
    return Json::parse(out.str()).at("actions");
  };
  EXPECT_EQ(actions_of({test::action_item()}), Json::parse(items_json({test::action_item()})));
  EXPECT_EQ(actions_of({}), Json::array());
}

}  // namespace
}  // namespace vakt
