#include "storage/rollout_json.hpp"

#include <algorithm>

#include "bot/rollouts/rollout_life.hpp"
#include "bot/rollouts/what_now.hpp"
#include "storage/shown_json.hpp"

namespace vakt {

namespace {

using rollout::Rollout;
using storage::shown::Json, storage::shown::or_null, storage::shown::when, storage::shown::printed;

const char* name(rollout::State state) {
  static constexpr const char* words[]{"planned", "running", "held", "complete", "rolled_back"};
  return words[static_cast<std::size_t>(state)];
}

const char* name(rollout::WhatNow now) {
  static constexpr const char* words[]{
      "begin",  "wait",        "order_under_way",   "record",   "too_few", "decide_on_errors", "advance",
      "resume", "rolled_back", "wait_for_check_in", "check_in", "finished"};
  return words[static_cast<std::size_t>(now)];
}

const char* name(rollout::Verdict::Kind kind) {
  static constexpr const char* words[]{"not_recorded", "errors", "too_few", "no_error_seen"};
  return words[static_cast<std::size_t>(kind)];
}

const char* name(rollout::Stop::Why why) {
  static constexpr const char* words[]{"asked", "changed_by_hand", "rollback"};
  return words[static_cast<std::size_t>(why)];
}

const char* name(rollout::Happening::What what) {
  static constexpr const char* words[]{"advanced", "held",           "changed_by_hand",
                                       "resumed",  "rollback_asked", "rolled_back"};
  return words[static_cast<std::size_t>(what)];
}

// may_still_be: the error rate, 0..1, at 95 %.
Json verdict_json(const rollout::Verdict& told) {
  const bool tells = told.kind == rollout::Verdict::Kind::no_error_seen;
  return {{"kind", name(told.kind)}, {"error_rate_may_still_be", tells ? Json(told.may_still_be) : Json(nullptr)}};
}

Json records_json(const std::vector<rollout::Record>& records) {
  Json list = Json::array();
  for (const auto& one : records) {
    Json metrics = Json::array();
    for (const auto& metric : one.metrics)
      metrics.push_back({{"criterion", metric.criterion}, {"value", metric.value}});
    list.push_back({{"at", iso_utc(one.at)},
                    {"by", or_null(one.by)},
                    {"users", one.users},
                    {"approximate", one.about},
                    {"metrics", std::move(metrics)},
                    {"downstream", or_null(one.downstream)},
                    {"errors", or_null(one.errors)},
                    {"changes", or_null(one.changes)}});
  }
  return list;
}

// What happened before the first stage stands with it.
Json history_json(const Rollout& rollout, int stage) {
  Json list = Json::array();
  for (const auto& one : rollout.history)
    if (std::max(one.stage, 0) == stage)
      list.push_back({{"what", name(one.what)},
                      {"by", or_null(one.by)},
                      {"detail", or_null(one.detail)},
                      {"at", iso_utc(one.at)}});
  return list;
}

Json stages_json(const Rollout& rollout) {
  Json list = Json::array();
  for (std::size_t i = 0; i < rollout.stages.size(); ++i) {
    const auto& stage = rollout.stages[i];
    const auto& run = rollout.runs[i];
    list.push_back({{"percent", stage.percent},
                    {"minutes", stage.minutes ? Json(stage.minutes) : Json(nullptr)},
                    {"least_users", stage.least_users ? Json(stage.least_users) : Json(nullptr)},
                    {"began_at", when(run.began)},
                    {"ended_at", when(run.ended)},
                    {"advanced_by", or_null(run.by)},
                    {"reason", or_null(run.reason)},
                    {"history", history_json(rollout, static_cast<int>(i))},
                    {"verdict", verdict_json(rollout::verdict(stage, last_record(run.records)))},
                    {"records", records_json(run.records)}});
  }
  return list;
}

Json check_in_json(const std::optional<rollout::CheckIn>& one) {
  if (!one) return nullptr;
  return {{"due_at", iso_utc(one->due)}, {"records", records_json(one->records)}};
}

Json json_of(const Rollout& rollout, Instant now) {
  Json go_no_go = Json::array();
  for (const auto& one : rollout.go_no_go)
    go_no_go.push_back({{"discipline", one.discipline}, {"by", or_null(one.by)}, {"at", iso_utc(one.at)}});
  Json stopped = nullptr, under_way = nullptr;
  if (const auto& stop = rollout.stop)
    stopped = {{"why", name(stop->why)},
               {"by", or_null(stop->by)},
               {"detail", or_null(stop->detail)},
               {"at", iso_utc(stop->at)}};
  if (const auto& order = rollout.pending)
    under_way = {{"stage", order->stage + 1},
                 {"by", or_null(order->by)},
                 {"reason", or_null(order->reason)},
                 {"at", iso_utc(order->at)}};
  return {{"number", rollout.id},
          {"flag", rollout.flag},
          {"environment", rollout.environment},
          {"provider", rollout.provider},
          {"state", name(rollout.state)},
          {"stage", rollout.stage < 0 ? Json(nullptr) : Json(rollout.stage + 1)},
          {"stage_ends_at", when(stage_ends(rollout))},
          {"what_now", name(what_now(rollout, now))},
          {"under_way", std::move(under_way)},
          {"stopped", std::move(stopped)},
          {"stages", stages_json(rollout)},
          {"criteria", rollout.criteria},
          {"dashboards", rollout.dashboards},
          {"watchers", rollout.watchers},
          {"go_no_go", std::move(go_no_go)},
          {"week", check_in_json(rollout.week)},
          {"month", check_in_json(rollout.month)},
          {"started_by", or_null(rollout.started_by)},
          {"started_at", iso_utc(rollout.started_at)},
          {"channel", or_null(rollout.channel)}};
}

}  // namespace

std::string rollouts_json(const std::vector<Rollout>& rollouts, Instant now) {
  Json list = Json::array();
  for (const auto& one : rollouts) list.push_back(json_of(one, now));
  return printed(list);
}

std::string rollout_json(const Rollout& rollout, Instant now) { return printed(json_of(rollout, now)); }

}  // namespace vakt
