#include "storage/statistics_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace vakt {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

TEST(StatisticsJson, SaysSecondsAndNullWhereNothingIsKnown) {
  const statistics::Statistics all{
      .incidents = 2,
      .open = 1,
      .rows = {{.month = "2026-11", .severity = Severity::sev2, .incidents = 2, .fix = {1, 90s, 90s}},
               {.month = "2026-12", .severity = Severity::unset, .incidents = 0}},
      .items = {.to_28_days = 3},
      .postmortems = {{.incident = 7, .postmortem = {.owner = "UKARI"}}}};
  const auto read = json::parse(statistics_json(all));
  EXPECT_EQ(read["incidents"], 2);
  EXPECT_EQ(read["open"], 1);
  const auto& rows = read["by_month_and_severity"];
  EXPECT_EQ(rows[0]["month"], "2026-11");
  EXPECT_EQ(rows[0]["severity"], "sev2");
  EXPECT_EQ(rows[0]["time_to_fix"], json::parse(R"({"known": 1, "median_seconds": 90, "longest_seconds": 90})"));
  EXPECT_EQ(rows[0]["downtime"], json::parse(R"({"known": 0, "median_seconds": null, "longest_seconds": null})"));
  EXPECT_TRUE(rows[1]["severity"].is_null());
  EXPECT_EQ(read["open_actions"]["all"], 3);
  EXPECT_EQ(read["postmortems_outstanding"], json::parse(R"([{"incident": 7, "owner": "UKARI", "due": null}])"));
}

}  // namespace
}  // namespace vakt
