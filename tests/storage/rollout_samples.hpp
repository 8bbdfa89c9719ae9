// A rollout with every field set, and one of each that is asked of one.
#pragma once

#include "tests/storage/samples.hpp"

namespace vakt::test {

inline rollout::Record rollout_record() {
  rollout::Record record{.users = 170, .about = true};
  record.metrics.push_back({"Successful submissions", "168 of 170"});
  record.downstream = "No";
  record.errors = "VANOTIFY_400";
  record.changes = "Minor changes";
  record.by = "U2";
  record.at = at(noon + 3);
  return record;
}

inline rollout::Rollout rollout_sample(rollout::Id id = 3) {
  rollout::Rollout sample{.id = id, .flag = "checkout", .environment = "production", .provider = "unleash"};
  sample.stages = {{10, 7 * 1440, 5}, {100, 0, 5}};
  sample.criteria = {"Successful submissions"};
  sample.dashboards = {"https://dashboards.example/1"};
  sample.watchers = {"PM (Tom Davis)"};
  sample.go_no_go.push_back({"Engineering", "Scott James", at(noon)});
  sample.state = rollout::State::held;
  sample.stage = 0;
  sample.runs.resize(2);
  sample.runs[0].began = at(noon + 1);
  sample.runs[0].ended = at(noon + 2);
  sample.runs[0].by = "U1";
  sample.runs[0].reason = "agreed";
  sample.runs[0].records.push_back(rollout_record());
  sample.runs[0].reminded = 2;
  sample.week = rollout::CheckIn{.due = at(noon + 4), .told = true};
  sample.week->records.push_back(rollout_record());
  sample.month = rollout::CheckIn{.due = at(noon + 5)};
  sample.pending = rollout::Pending{"rollout:3:1:change:9", 1, "U1", "errors are known", at(noon + 6)};
  sample.stop = rollout::Stop{rollout::Stop::Why::changed_by_hand, "ola", "feature-strategy-update", at(noon + 7)};
  sample.history = {{rollout::Happening::What::advanced, 0, "U1", "agreed", at(noon + 1)},
                    {rollout::Happening::What::changed_by_hand, 0, "ola", "feature-strategy-update", at(noon + 7)}};
  sample.change = 8;
  sample.started_by = "U1";
  sample.started_at = at(noon);
  sample.channel = "C1";
  return sample;
}

inline std::vector<inbound::RolloutAsked> rollout_asked() {
  const std::vector<rollout::Asked> all{rollout::asked::Start{rollout_sample(0)},
                                        rollout::asked::Report{3, rollout_record()}, rollout::asked::Hold{3, "wait"}};
  std::vector<inbound::RolloutAsked> out;
  for (const auto& what : all) out.push_back({.what = what, .by = "terminal:kari", .at = at(noon)});
  return out;
}

}  // namespace vakt::test
