// Identifiers and instants that every floor shares. Plain values; safe to copy between threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace vakt {

// A moment in UTC, to the microsecond (the resolution of Slack's ts).
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Micros = std::chrono::microseconds;

using UserId = std::string;     // "U…" or "W…"; "B…" for a bot without a user
using ChannelId = std::string;  // "C…" or "G…"
using Ts = std::string;         // Slack's message id within a channel: "1700000000.000100", seconds.microseconds UTC

// Incidents are numbered densely from 1 within one database.
using IncidentNumber = std::int64_t;

enum class Severity : std::uint8_t { unset, sev1, sev2, sev3, sev4 };
enum class Status : std::uint8_t { open, resolved, cancelled };
enum class Phase : std::uint8_t { investigating, identified, monitoring };
enum class Language : std::uint8_t { en, nb };

}  // namespace vakt
