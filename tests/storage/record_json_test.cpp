#include "storage/record_json.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/storage/samples.hpp"

namespace vakt {
namespace {

nlohmann::json flags_of(const std::vector<flag::Change>& changes) {
  std::ostringstream out;
  write_record_json(out, Record{.incident = test::incident()}, changes, "https://team.slack.com/");
  return nlohmann::json::parse(out.str()).at("flags");
}

nlohmann::json entry_of(const Entry& entry) {
  std::ostringstream out;
  write_record_json(out, Record{.incident = test::incident(), .entries = {entry}}, {}, "https://team.slack.com/");
  return nlohmann::json::parse(out.str()).at("entries").at(0);
}

TEST(RecordJson, ShowsWhatAPersonMadeOfAnEntryBesideTheOriginal) {
  auto entry = test::entry(7, "C0INC", "1700000000.000100", "original");
  EXPECT_EQ(entry_of(entry).at("curated"), nullptr);
  entry.curated = test::curation();
  const auto shown = entry_of(entry);
  EXPECT_EQ(shown.at("text"), "original");
  const auto expected = nlohmann::json::parse(R"json({
    "text": "Backend fell over 5xx (https://grafana.example/d/1)", "at": "2023-11-14T22:12:20.123456Z",
    "approximate": true, "left_out": true, "by": "U0BOB", "made": "2023-11-14T22:13:20.123465Z"})json");
  EXPECT_EQ(shown.at("curated"), expected);
  entry.curated = Curation{.by = "U1"};
  EXPECT_EQ(entry_of(entry).at("curated").at("text"), nullptr);
  EXPECT_EQ(entry_of(entry).at("curated").at("at"), nullptr);
}

TEST(RecordJson, ADeletedMessageShowsNothingOfItsCuratedText) {
  auto entry = test::entry(7, "C0INC", "1700000000.000100", "original");
  entry.curated = test::curation();
  entry.deleted_at = test::at(test::noon);
  const auto shown = entry_of(entry);
  EXPECT_EQ(shown.at("text"), nullptr);
  EXPECT_EQ(shown.at("curated").at("text"), nullptr);
  EXPECT_EQ(shown.at("curated").at("by"), "U0BOB");
  EXPECT_THAT(shown.dump(), testing::Not(testing::HasSubstr("Backend")));
}

TEST(RecordJson, SaysWhoSeesToThePostmortemAndWhereItIs) {
  const auto of = [](const Incident& incident) {
    std::ostringstream out;
    write_record_json(out, Record{.incident = incident}, {}, "https://team.slack.com/");
    return nlohmann::json::parse(out.str()).at("postmortem");
  };
  EXPECT_EQ(of(test::incident()), nlohmann::json::parse(R"({"owner": "U0ADA", "due": "2026-12-01",
    "url": "https://wiki.example/pm/7", "published_at": "2023-11-14T22:13:20.123468Z"})"));
  auto wanted = test::incident();
  wanted.postmortem = Postmortem{.owner = "U1"};
  EXPECT_EQ(of(wanted), nlohmann::json::parse(R"({"owner": "U1", "due": null, "url": null, "published_at": null})"));
  EXPECT_EQ(of(Incident{}), nullptr);
}

TEST(RecordJson, TellsOfEachFlagWhoWhenAndHowLongItWasExposed) {
  auto change = test::flag_change();
  change.wanted.action = flag::Action::off;
  const auto flags = flags_of({change});
  ASSERT_EQ(flags.size(), 1U);
  const auto& one = flags[0];
  EXPECT_EQ(one.at("name"), "checkout");
  EXPECT_EQ(one.at("environment"), "production");
  EXPECT_EQ(one.at("provider"), "unleash");
  EXPECT_EQ(one.at("change"), "off");
  EXPECT_EQ(one.at("percent"), nullptr);
  EXPECT_EQ(one.at("standing"), "proven");
  EXPECT_EQ(one.at("by"), "U1");
  EXPECT_EQ(one.at("confirmed_by"), "U2");
  EXPECT_EQ(one.at("reason"), "a < b");
  EXPECT_EQ(one.at("requested_at"), "2023-11-14T22:13:20.123456Z");
  EXPECT_EQ(one.at("stored_at"), "2023-11-14T22:13:20.129456Z");
  EXPECT_EQ(one.at("verified_at"), "2023-11-14T22:13:20.137456Z");
  EXPECT_EQ(one.at("served_at"), "2023-11-14T22:13:20.763456Z");
  EXPECT_EQ(one.at("exposed_since"), "2023-11-14T22:05:33.123456Z");
  EXPECT_DOUBLE_EQ(one.at("exposed_seconds").get<double>(), 467.64);
}

TEST(RecordJson, WhatIsNotKnownIsNull) {
  flag::Change change{.number = 1};
  change.wanted = {.key = "k", .name = "checkout", .environment = "production"};
  change.progress.standing = flag::Standing::unknown;
  const auto flags = flags_of({change});
  for (const auto* key : {"stored_at", "served_at", "verified_at", "exposed_since", "exposed_seconds", "confirmed_by",
                          "reason", "percent"})
    EXPECT_EQ(flags[0].at(key), nullptr) << key;
  EXPECT_EQ(flags[0].at("standing"), "unknown");
}

TEST(RecordJson, WhatWasOnlyAskedIsNoChange) {
  auto change = test::flag_change();
  change.progress.standing = flag::Standing::asked;
  EXPECT_TRUE(flags_of({change}).empty());
  EXPECT_EQ(nlohmann::json::parse(flag_changes_json({change})).size(), 0U);
  change.progress.standing = flag::Standing::stopped;
  EXPECT_EQ(nlohmann::json::parse(flag_changes_json({change})).size(), 1U);
}

}  // namespace
}  // namespace vakt
