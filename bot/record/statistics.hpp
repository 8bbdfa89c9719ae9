// Figures over all incidents: how many, how long they took, and what is still open. For `vakt stats` and the month's
// summary. Pure. Drills and cancelled incidents (false alarms, duplicates) are left out.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bot/actions/action_item.hpp"
#include "bot/incident/incident.hpp"

namespace vakt::statistics {

using Length = std::optional<std::chrono::seconds>;  // nothing: the markers cannot tell

struct Times {
  Length detect;    // DOWNTIME START to EVENT START
  Length react;     // EVENT START to what was noted next; needs the record's entries
  Length fix;       // EVENT START to PROBLEM FIXED
  Length downtime;  // DOWNTIME START to DOWNTIME END
};
Times times_of(const Incident&);  // from its markers alone, so without `react`; never negative

struct Spread {
  std::size_t known = 0;  // of so many incidents it could be told
  Length median, longest;
};

struct Row {
  std::string month;  // "2026-11", of its declaration, in the zone
  Severity severity = Severity::unset;
  std::size_t incidents = 0;
  Spread detect, react, fix, downtime;
};

// Open action items, by how long ago they were made.
struct Ages {
  std::size_t to_7_days = 0, to_28_days = 0, to_90_days = 0, older = 0;
  std::size_t all() const { return to_7_days + to_28_days + to_90_days + older; }
};

struct Outstanding {
  IncidentNumber incident = 0;
  Postmortem postmortem;  // not published yet
};

struct Statistics {
  std::size_t incidents = 0, open = 0;
  std::vector<Row> rows;  // by month, then the worse severity first, unset last
  Ages items;
  std::vector<Outstanding> postmortems;  // by number
};

using TimesOf = std::function<Times(const Incident&)>;
Statistics statistics(const std::vector<Incident>&, const TimesOf&, const std::vector<action::Item>&, Instant now,
                      const std::string& zone);

// All of one month as one row; severity is unset.
Row month_of(const std::string& month, const std::vector<Incident>&, const TimesOf&, const std::string& zone);

}  // namespace vakt::statistics
