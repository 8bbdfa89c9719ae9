#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>

#include "tests/storage/damage.hpp"
#include "tests/storage/samples.hpp"

namespace vakt {
namespace {

using Due = std::optional<std::optional<Instant>>;

// One line each: an item, the orders for its card, and a reading.
std::vector<std::string> golden() {
  std::ifstream in(std::filesystem::path(VAKT_GOLDEN_FOLDER) / "actions_v1.jsonl");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Effect> effects() {
  std::vector<Effect> found;
  for (auto& effect : test::every_effect())
    if (std::holds_alternative<effect::WriteCard>(effect.body) ||
        std::holds_alternative<effect::ReadCards>(effect.body))
      found.push_back({7, std::move(effect.body)});
  for (const Due& due : {Due{}, Due{std::optional<Instant>{}}, Due{test::at(test::noon)}})
    found.push_back({7, effect::WriteCard{.order = test::change_card(due)}});
  return found;
}

TEST(CodecActions, WritesItsGoldenBytes) {
  std::vector<std::string> lines{storage::encode(test::action_item())};
  for (const auto& effect : effects()) lines.push_back(storage::encode(effect));
  EXPECT_EQ(lines, golden());
}

TEST(CodecActions, ReadsItsGoldenBytes) {
  const auto lines = golden();
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(storage::decode_item(lines[0]), test::action_item());
  const auto written = std::get<effect::WriteCard>(storage::decode_effect(lines[1]).body);
  EXPECT_EQ(std::get<action::CreateCard>(written.order), test::create_card());
  EXPECT_EQ(written.response_url + written.user + written.channel, "https://hooks.example/6U1C1");
  const auto read = std::get<effect::ReadCards>(storage::decode_effect(lines[2]).body);
  EXPECT_EQ(read.what.purpose, "link");
  EXPECT_EQ(read.what.boards, std::vector{test::board()});
  EXPECT_EQ(read.what.cards.at(0).card, "QIgNLSh1");
  EXPECT_EQ(read.until, test::at(test::noon));
}

// To leave a card's date alone, to take it away and to set it are three things.
TEST(CodecActions, AnOrderKeepsWhatItLeavesAloneApartFromWhatItTakesAway) {
  for (const Due& due : {Due{}, Due{std::optional<Instant>{}}, Due{test::at(test::noon)}}) {
    const Effect effect{7, effect::WriteCard{.order = test::change_card(due)}};
    const auto read = std::get<effect::WriteCard>(storage::decode_effect(storage::encode(effect)).body);
    EXPECT_EQ(std::get<action::ChangeCard>(read.order), test::change_card(due));
  }
}

TEST(CodecActions, WhatOlderBytesLackKeepsItsDefault) {
  EXPECT_EQ(storage::decode_item(R"({"v":1,"id":4,"title":"x"})"), (action::Item{.id = 4, .title = "x"}));
}

TEST(CodecActions, ADayOfAnyYearComesBack) {
  for (const auto& date :
       {test::day(1, 1, 1), test::day(1969, 12, 31), test::day(2028, 2, 29), test::day(20'000, 1, 1)}) {
    action::Item item{.id = 1};
    item.due = date;
    EXPECT_EQ(storage::decode_item(storage::encode(item)).due, date);
  }
}

TEST(CodecActions, DamagedBytesAreAnError) {
  for (const auto* bytes :
       {"", "[]", "null", "{", R"({"v":2,"id":1})", R"({"id":1})", R"({"v":1,"id":"1"})", R"({"v":1,"state":"lost"})",
        R"({"v":1,"due":"2026-12-01"})", R"({"v":1,"due":99999999})", R"({"v":1,"kind":7})", R"({"v":1,"card":[]})",
        R"({"v":1,"incidents":[null]})", R"({"v":1,"synced":{"members":{}}})", R"({"v":1,"snoozed":{"until":null}})"})
    EXPECT_THROW(storage::decode_item(bytes), StorageError) << bytes;
  for (const auto* order : {R"({"type":"burn_card"})", R"({"type":"change_card","due":[1,2]})",
                            R"({"type":"change_card","due":7})", R"({})"})
    EXPECT_THROW(storage::decode_effect(R"({"v":1,"type":"write_card","order":)" + std::string{order} + "}"),
                 StorageError)
        << order;
}

TEST(CodecActions, EveryCutOrChangedByteIsReadOrRefused) {
  test::damage_is_read_or_refused(storage::encode(test::action_item()), storage::decode_item);
}

TEST(CodecActionsProperties, AnyItemComesBackAsItWas) {
  const auto text = rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
  const auto maybe_time = [] {
    return *rc::gen::arbitrary<bool>() ? std::optional{Instant{Micros{*rc::gen::arbitrary<std::int64_t>()}}}
                                       : std::nullopt;
  };
  const auto any_day = [] {
    return action::Date{std::chrono::sys_days{std::chrono::days{*rc::gen::inRange(-1'000'000, 1'000'000)}}};
  };
  rc::check([&] {
    auto item = test::action_item();
    item.id = *rc::gen::arbitrary<std::int64_t>();
    item.title = *text;
    item.due.reset();
    if (*rc::gen::arbitrary<bool>()) item.due = any_day();
    item.kind = static_cast<action::Kind>(*rc::gen::inRange(0, 5));
    item.priority = static_cast<Severity>(*rc::gen::inRange(0, 5));
    item.state = static_cast<action::State>(*rc::gen::inRange(0, 8));
    item.stage = static_cast<action::CardStage>(*rc::gen::inRange(0, 3));
    item.incidents = *rc::gen::arbitrary<std::vector<std::int64_t>>();
    item.closed_at = maybe_time();
    item.synced.due = maybe_time();
    item.synced.members = *rc::gen::container<std::vector<std::string>>(text);
    if (*rc::gen::arbitrary<bool>()) item.card.reset();
    if (*rc::gen::arbitrary<bool>())
      item.snoozed.reset();
    else
      item.snoozed->until = any_day();
    RC_ASSERT(storage::decode_item(storage::encode(item)) == item);
  });
}

}  // namespace
}  // namespace vakt
