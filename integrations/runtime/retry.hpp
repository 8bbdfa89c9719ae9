// How long to wait before trying again. Pure: time and randomness come in as values; safe on any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vakt {

inline constexpr std::chrono::milliseconds longest_backoff{30'000};
inline constexpr std::chrono::seconds longest_retry_after{3'600};

// Full jitter: evenly in 0 … min(30 s, 500 ms * 2^attempt). attempt counts failures so far, from 0; the same seed
// answers the same.
std::chrono::milliseconds backoff(unsigned attempt, std::uint64_t seed);

// The value of a Retry-After header as seconds (RFC 9110, 10.2.3), at most an hour; nothing for a date, a sign or
// nonsense.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value);

}  // namespace vakt
