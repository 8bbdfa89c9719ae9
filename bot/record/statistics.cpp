#include "bot/record/statistics.hpp"

#include <algorithm>
#include <map>

#include "bot/time/zones.hpp"

namespace vakt::statistics {

namespace {

using namespace std::chrono_literals;

Length between(const Incident& incident, Marker from, Marker to) {
  const auto &begins = incident.marker(from), &ends = incident.marker(to);
  if (!begins || !ends || ends->at < begins->at) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(ends->at - begins->at);
}

Spread spread(std::vector<std::chrono::seconds> lengths) {
  if (lengths.empty()) return {};
  std::ranges::sort(lengths);
  const auto middle = lengths.size() / 2;
  const auto median = lengths.size() % 2 ? lengths[middle] : (lengths[middle - 1] + lengths[middle]) / 2;
  return {lengths.size(), median, lengths.back()};
}

bool counts(const Incident& incident) { return !incident.test && incident.status != Status::cancelled; }

std::string month_of(const Incident& incident, const std::string& zone) {
  return date_and_time(incident.declared_at, zone).substr(0, 7);
}

// The worse severity first, unset last.
int rank(Severity severity) { return severity == Severity::unset ? 9 : static_cast<int>(severity); }

Row row_of(const std::vector<const Incident*>& incidents, const TimesOf& times_of) {
  std::vector<std::chrono::seconds> detect, react, fix, downtime;
  const auto keep = [](auto& into, const Length& length) {
    if (length) into.push_back(*length);
  };
  for (const auto* incident : incidents) {
    const auto times = times_of(*incident);
    keep(detect, times.detect);
    keep(react, times.react);
    keep(fix, times.fix);
    keep(downtime, times.downtime);
  }
  return {.incidents = incidents.size(),
          .detect = spread(std::move(detect)),
          .react = spread(std::move(react)),
          .fix = spread(std::move(fix)),
          .downtime = spread(std::move(downtime))};
}

Ages ages_of(const std::vector<action::Item>& items, Instant now) {
  Ages ages;
  for (const auto& item : items) {
    if (action::is_closed(item.state)) continue;
    const auto age = now - item.created_at;
    ++(age <= 24h * 7    ? ages.to_7_days
       : age <= 24h * 28 ? ages.to_28_days
       : age <= 24h * 90 ? ages.to_90_days
                         : ages.older);
  }
  return ages;
}

}  // namespace

Times times_of(const Incident& incident) {
  return {.detect = between(incident, Marker::downtime_start, Marker::event_start),
          .react = {},
          .fix = between(incident, Marker::event_start, Marker::problem_fixed),
          .downtime = between(incident, Marker::downtime_start, Marker::downtime_end)};
}

Statistics statistics(const std::vector<Incident>& incidents, const TimesOf& times,
                      const std::vector<action::Item>& items, Instant now, const std::string& zone) {
  Statistics all;
  std::map<std::tuple<std::string, int>, std::vector<const Incident*>> groups;
  for (const auto& incident : incidents) {
    if (!counts(incident)) continue;
    ++all.incidents;
    all.open += incident.status == Status::open;
    if (incident.postmortem && incident.postmortem->url.empty())
      all.postmortems.push_back({incident.number, *incident.postmortem});
    groups[{month_of(incident, zone), rank(incident.severity)}].push_back(&incident);
  }
  for (const auto& [key, group] : groups) {
    all.rows.push_back(row_of(group, times));
    all.rows.back().month = std::get<0>(key);
    all.rows.back().severity = group.front()->severity;
  }
  all.items = ages_of(items, now);
  return all;
}

Row month_of(const std::string& month, const std::vector<Incident>& incidents, const TimesOf& times,
             const std::string& zone) {
  std::vector<const Incident*> group;
  for (const auto& incident : incidents)
    if (counts(incident) && month_of(incident, zone) == month) group.push_back(&incident);
  auto row = row_of(group, times);
  row.month = month;
  return row;
}

}  // namespace vakt::statistics
