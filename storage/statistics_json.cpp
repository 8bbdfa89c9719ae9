#include "storage/statistics_json.hpp"

#include "storage/shown_json.hpp"

namespace vakt {

namespace {

using statistics::Length, statistics::Spread;
using storage::shown::Json, storage::shown::or_null, storage::shown::day;

Json seconds(const Length& length) { return length ? Json(length->count()) : Json(nullptr); }

Json spread_json(const Spread& spread) {
  return {{"known", spread.known},
          {"median_seconds", seconds(spread.median)},
          {"longest_seconds", seconds(spread.longest)}};
}

Json row_json(const statistics::Row& row) {
  return {{"month", row.month},
          {"severity", row.severity == Severity::unset ? Json(nullptr) : Json(name(row.severity))},
          {"incidents", row.incidents},
          {"time_to_detect", spread_json(row.detect)},
          {"time_to_react", spread_json(row.react)},
          {"time_to_fix", spread_json(row.fix)},
          {"downtime", spread_json(row.downtime)}};
}

Json outstanding_json(const statistics::Outstanding& one) {
  return {{"incident", one.incident}, {"owner", or_null(one.postmortem.owner)}, {"due", day(one.postmortem.due)}};
}

}  // namespace

std::string statistics_json(const statistics::Statistics& all) {
  Json rows = Json::array(), outstanding = Json::array();
  for (const auto& row : all.rows) rows.push_back(row_json(row));
  for (const auto& one : all.postmortems) outstanding.push_back(outstanding_json(one));
  const Json out{{"incidents", all.incidents},
                 {"open", all.open},
                 {"by_month_and_severity", rows},
                 {"open_actions",
                  {{"all", all.items.all()},
                   {"to_7_days", all.items.to_7_days},
                   {"to_28_days", all.items.to_28_days},
                   {"to_90_days", all.items.to_90_days},
                   {"older", all.items.older}}},
                 {"postmortems_outstanding", outstanding}};
  return storage::shown::printed(out);
}

}  // namespace vakt
