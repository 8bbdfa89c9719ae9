#include "integrations/runtime/retry.hpp"

#include <algorithm>

namespace vakt {

namespace {

// SplitMix64: turns close seeds into unrelated numbers.
std::uint64_t scramble(std::uint64_t seed) {
  seed += 0x9e3779b97f4a7c15ULL;
  seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;
  seed = (seed ^ (seed >> 27)) * 0x94d049bb133111ebULL;
  return seed ^ (seed >> 31);
}

}  // namespace

std::chrono::milliseconds backoff(unsigned attempt, std::uint64_t seed) {
  constexpr std::uint64_t first = 500;
  constexpr auto cap = static_cast<std::uint64_t>(longest_backoff.count());
  const std::uint64_t ceiling = std::min(cap, first << std::min(attempt, 16U));
  return std::chrono::milliseconds(scramble(seed ^ scramble(attempt)) % (ceiling + 1));
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value) {
  const auto first = value.find_first_not_of(" \t");
  if (first == std::string_view::npos) return std::nullopt;
  value = value.substr(first, value.find_last_not_of(" \t") - first + 1);
  std::int64_t seconds = 0;
  for (const char digit : value) {
    if (digit < '0' || digit > '9') return std::nullopt;
    seconds = std::min<std::int64_t>(seconds * 10 + (digit - '0'), longest_retry_after.count());
  }
  return std::chrono::seconds(seconds);
}

}  // namespace vakt
