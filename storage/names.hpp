// How enums are spelled in the database. Of its own, so that a change to what people read never touches stored bytes.
// Internal to storage. Stateless; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "bot/effect.hpp"
#include "bot/incident/entry.hpp"
#include "bot/incident/incident.hpp"
#include "bot/view/blocks.hpp"

namespace vakt::storage {

// In the order of the enumerators. A released name never changes and is never reused.
template <class Enum>
struct Names;

template <>
struct Names<Severity> {
  static constexpr auto all = std::to_array<std::string_view>({"unset", "sev1", "sev2", "sev3", "sev4"});
};
template <>
struct Names<Status> {
  static constexpr auto all = std::to_array<std::string_view>({"open", "resolved", "cancelled"});
};
template <>
struct Names<Phase> {
  static constexpr auto all = std::to_array<std::string_view>({"investigating", "identified", "monitoring"});
};
template <>
struct Names<Marker> {
  static constexpr auto all =
      std::to_array<std::string_view>({"downtime_start", "event_start", "problem_fixed", "downtime_end", "event_end"});
  static_assert(all.size() == marker_count);
};
template <>
struct Names<EntryKind> {
  static constexpr auto all =
      std::to_array<std::string_view>({"message", "note", "marker", "status", "severity", "role", "field", "update",
                                       "flag", "action", "member", "gap", "system"});
};
template <>
struct Names<Lane> {
  static constexpr auto all = std::to_array<std::string_view>({"kill", "answer", "chat", "cards", "rest"});
};
template <>
struct Names<view::Button::Style> {
  static constexpr auto all = std::to_array<std::string_view>({"normal", "primary", "danger"});
};
template <>
struct Names<view::Input::Kind> {
  static constexpr auto all = std::to_array<std::string_view>({"line", "paragraph", "select", "user", "channel"});
};

// "" for a value outside the enum.
template <class Enum>
constexpr std::string_view stored_name(Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < Names<Enum>::all.size() ? Names<Enum>::all[index] : std::string_view{};
}

template <class Enum>
constexpr std::optional<Enum> from_stored_name(std::string_view name) {
  for (std::size_t i = 0; i < Names<Enum>::all.size(); ++i)
    if (Names<Enum>::all[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace vakt::storage
