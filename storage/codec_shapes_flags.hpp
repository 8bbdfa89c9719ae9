// The stored fields of flags and of their changes. Internal to the codec's .cpp files.
#pragma once

#include "bot/flags/flag_change.hpp"
#include "bot/inbound.hpp"
#include "storage/codec_json.hpp"

namespace vakt::storage {

template <>
struct Names<flag::Action> {
  static constexpr auto all = std::to_array<std::string_view>({"off", "on", "percent", "restore"});
};
template <>
struct Names<flag::Standing> {
  static constexpr auto all =
      std::to_array<std::string_view>({"asked", "under_way", "unknown", "proven", "stopped", "overruled", "failed"});
};
template <>
struct Names<flag::Sees> {
  static constexpr auto all = std::to_array<std::string_view>({"nobody", "some", "everybody", "cannot_tell"});
};

template <>
struct Shape<flag::Constraint> {
  using T = flag::Constraint;
  static constexpr std::tuple fields{Field{"field", &T::field},       Field{"op", &T::op},
                                     Field{"values", &T::values},     Field{"value", &T::value},
                                     Field{"inverted", &T::inverted}, Field{"case_insensitive", &T::case_insensitive},
                                     Field{"readable", &T::readable}};
};
template <>
struct Shape<flag::Strategy> {
  using T = flag::Strategy;
  static constexpr std::tuple fields{Field{"name", &T::name},
                                     Field{"shown", &T::shown},
                                     Field{"parameters", &T::parameters},
                                     Field{"constraints", &T::constraints},
                                     Field{"segments", &T::segments},
                                     Field{"disabled", &T::disabled},
                                     Field{"readable", &T::readable}};
};
template <>
struct Shape<flag::Segment> {
  using T = flag::Segment;
  static constexpr std::tuple fields{Field{"name", &T::name}, Field{"constraints", &T::constraints}};
};
template <>
struct Shape<flag::Parent> {
  using T = flag::Parent;
  static constexpr std::tuple fields{Field{"name", &T::name}, Field{"enabled", &T::enabled},
                                     Field{"variants", &T::variants}};
};
template <>
struct Shape<flag::State> {
  using T = flag::State;
  static constexpr std::tuple fields{Field{"enabled", &T::enabled}, Field{"strategies", &T::strategies}};
};
template <>
struct Shape<flag::Flag> {
  using T = flag::Flag;
  static constexpr std::tuple fields{Field{"name", &T::name},         Field{"project", &T::project},
                                     Field{"archived", &T::archived}, Field{"parents", &T::parents},
                                     Field{"children", &T::children}, Field{"states", &T::states}};
};
template <>
struct Shape<flag::Catalog> {
  using T = flag::Catalog;
  static constexpr std::tuple fields{Field{"flags", &T::flags}, Field{"segments", &T::segments}};
};
template <>
struct Shape<flag::Reading> {
  using T = flag::Reading;
  static constexpr std::tuple fields{Field{"flag", &T::flag}, Field{"catalog", &T::catalog},
                                     Field{"snapshot", &T::snapshot}};
};
template <>
struct Shape<flag::Wanted> {
  using T = flag::Wanted;
  static constexpr std::tuple fields{Field{"key", &T::key},
                                     Field{"provider", &T::provider},
                                     Field{"name", &T::name},
                                     Field{"environment", &T::environment},
                                     Field{"action", &T::action},
                                     Field{"percent", &T::percent},
                                     Field{"snapshot", &T::snapshot},
                                     Field{"shown", &T::shown},
                                     Field{"restored", &T::restored},
                                     Field{"resumed", &T::resumed},
                                     Field{"stored_at", &T::stored_at},
                                     Field{"asked_at", &T::asked_at}};
};
template <>
struct Shape<flag::Progress> {
  using T = flag::Progress;
  static constexpr std::tuple fields{Field{"standing", &T::standing},
                                     Field{"provider", &T::provider},
                                     Field{"project", &T::project},
                                     Field{"stored_at", &T::stored_at},
                                     Field{"verified_at", &T::verified_at},
                                     Field{"served_at", &T::served_at},
                                     Field{"was_so_already", &T::was_so_already},
                                     Field{"before", &T::before},
                                     Field{"after", &T::after},
                                     Field{"problem", &T::problem},
                                     Field{"link", &T::link},
                                     Field{"not_found", &T::not_found},
                                     Field{"candidates", &T::candidates},
                                     Field{"also_at", &T::also_at},
                                     Field{"by_hand", &T::by_hand},
                                     Field{"sent_again", &T::sent_again}};
};
template <>
struct Shape<flag::Seen> {
  using T = flag::Seen;
  static constexpr std::tuple fields{Field{"sees", &T::sees}, Field{"lo", &T::lo}, Field{"hi", &T::hi}};
};
template <>
struct Shape<flag::Elsewhere> {
  using T = flag::Elsewhere;
  static constexpr std::tuple fields{Field{"environment", &T::environment}, Field{"seen", &T::seen}};
};
template <>
struct Shape<flag::Change> {
  using T = flag::Change;
  static constexpr std::tuple fields{Field{"number", &T::number},
                                     Field{"wanted", &T::wanted},
                                     Field{"progress", &T::progress},
                                     Field{"by", &T::by},
                                     Field{"confirmed_by", &T::confirmed_by},
                                     Field{"reason", &T::reason},
                                     Field{"incident", &T::incident},
                                     Field{"asked_in", &T::asked_in},
                                     Field{"response_url", &T::response_url},
                                     Field{"requested_at", &T::requested_at},
                                     Field{"before", &T::before},
                                     Field{"after", &T::after},
                                     Field{"elsewhere", &T::elsewhere},
                                     Field{"state_before", &T::state_before},
                                     Field{"state_after", &T::state_after},
                                     Field{"snapshot", &T::snapshot},
                                     Field{"exposed_since", &T::exposed_since},
                                     Field{"restore_at", &T::restore_at},
                                     Field{"undoes", &T::undoes},
                                     Field{"undone_by", &T::undone_by},
                                     Field{"post_channel", &T::post_channel},
                                     Field{"announced_in", &T::announced_in},
                                     Field{"post_ts", &T::post_ts},
                                     Field{"announced_ts", &T::announced_ts}};
};
template <>
struct Shape<inbound::FlagProgress> {
  using T = inbound::FlagProgress;
  static constexpr std::tuple fields{Field{"change", &T::change},
                                     Field{"wanted", &T::wanted},
                                     Field{"progress", &T::progress},
                                     Field{"by", &T::by},
                                     Field{"requested_at", &T::requested_at},
                                     Field{"restore_at", &T::restore_at},
                                     Field{"reason", &T::reason}};
};

}  // namespace vakt::storage
