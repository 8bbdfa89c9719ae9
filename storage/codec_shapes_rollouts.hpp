// The stored fields of rollouts and of what is asked of them. Internal to the codec's .cpp files.
#pragma once

#include "bot/inbound.hpp"
#include "bot/rollouts/rollout.hpp"
#include "storage/codec_json.hpp"

namespace vakt::storage {

template <>
struct Names<rollout::State> {
  static constexpr auto all =
      std::to_array<std::string_view>({"planned", "running", "held", "complete", "rolled_back"});
};
template <>
struct Names<rollout::Stop::Why> {
  static constexpr auto all = std::to_array<std::string_view>({"asked", "changed_by_hand", "rollback"});
};

template <>
struct Shape<rollout::Stage> {
  using T = rollout::Stage;
  static constexpr std::tuple fields{Field{"percent", &T::percent}, Field{"minutes", &T::minutes},
                                     Field{"least_users", &T::least_users}};
};
template <>
struct Shape<rollout::GoNoGo> {
  using T = rollout::GoNoGo;
  static constexpr std::tuple fields{Field{"discipline", &T::discipline}, Field{"by", &T::by}, Field{"at", &T::at}};
};
template <>
struct Shape<rollout::Metric> {
  using T = rollout::Metric;
  static constexpr std::tuple fields{Field{"criterion", &T::criterion}, Field{"value", &T::value}};
};
template <>
struct Shape<rollout::Record> {
  using T = rollout::Record;
  static constexpr std::tuple fields{Field{"users", &T::users},     Field{"about", &T::about},
                                     Field{"metrics", &T::metrics}, Field{"downstream", &T::downstream},
                                     Field{"errors", &T::errors},   Field{"changes", &T::changes},
                                     Field{"by", &T::by},           Field{"at", &T::at}};
};
template <>
struct Shape<rollout::Run> {
  using T = rollout::Run;
  static constexpr std::tuple fields{Field{"began", &T::began},     Field{"ended", &T::ended},
                                     Field{"by", &T::by},           Field{"reason", &T::reason},
                                     Field{"records", &T::records}, Field{"reminded", &T::reminded}};
};
template <>
struct Shape<rollout::CheckIn> {
  using T = rollout::CheckIn;
  static constexpr std::tuple fields{Field{"due", &T::due}, Field{"told", &T::told}, Field{"records", &T::records}};
};
template <>
struct Shape<rollout::Pending> {
  using T = rollout::Pending;
  static constexpr std::tuple fields{Field{"key", &T::key}, Field{"stage", &T::stage}, Field{"by", &T::by},
                                     Field{"reason", &T::reason}, Field{"at", &T::at}};
};
template <>
struct Shape<rollout::Stop> {
  using T = rollout::Stop;
  static constexpr std::tuple fields{Field{"why", &T::why}, Field{"by", &T::by}, Field{"detail", &T::detail},
                                     Field{"at", &T::at}};
};
template <>
struct Names<rollout::Happening::What> {
  static constexpr auto all = std::to_array<std::string_view>(
      {"advanced", "held", "changed_by_hand", "resumed", "rollback_asked", "rolled_back"});
};
template <>
struct Shape<rollout::Happening> {
  using T = rollout::Happening;
  static constexpr std::tuple fields{Field{"what", &T::what}, Field{"stage", &T::stage}, Field{"by", &T::by},
                                     Field{"detail", &T::detail}, Field{"at", &T::at}};
};
template <>
struct Shape<rollout::Rollout> {
  using T = rollout::Rollout;
  static constexpr std::tuple fields{Field{"id", &T::id},
                                     Field{"flag", &T::flag},
                                     Field{"environment", &T::environment},
                                     Field{"provider", &T::provider},
                                     Field{"stages", &T::stages},
                                     Field{"criteria", &T::criteria},
                                     Field{"dashboards", &T::dashboards},
                                     Field{"watchers", &T::watchers},
                                     Field{"go_no_go", &T::go_no_go},
                                     Field{"state", &T::state},
                                     Field{"stage", &T::stage},
                                     Field{"runs", &T::runs},
                                     Field{"week", &T::week},
                                     Field{"month", &T::month},
                                     Field{"pending", &T::pending},
                                     Field{"stop", &T::stop},
                                     Field{"history", &T::history},
                                     Field{"change", &T::change},
                                     Field{"started_by", &T::started_by},
                                     Field{"started_at", &T::started_at},
                                     Field{"channel", &T::channel}};
};

template <>
struct Shape<rollout::asked::Start> {
  using T = rollout::asked::Start;
  static constexpr auto type = "start";
  static constexpr std::tuple fields{Field{"plan", &T::plan}};
};
template <>
struct Shape<rollout::asked::Report> {
  using T = rollout::asked::Report;
  static constexpr auto type = "report";
  static constexpr std::tuple fields{Field{"id", &T::id}, Field{"record", &T::record}};
};
template <>
struct Shape<rollout::asked::Hold> {
  using T = rollout::asked::Hold;
  static constexpr auto type = "hold";
  static constexpr std::tuple fields{Field{"id", &T::id}, Field{"reason", &T::reason}};
};
template <>
struct Shape<inbound::RolloutAsked> {
  using T = inbound::RolloutAsked;
  static constexpr std::tuple fields{Field{"rollout", &T::what}, Field{"by", &T::by}, Field{"at", &T::at}};
};

}  // namespace vakt::storage
