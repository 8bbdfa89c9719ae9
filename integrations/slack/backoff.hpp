// How long to wait before the next attempt to connect: exponential, full jitter. Randomness is data. Pure; any thread.
#pragma once

#include <algorithm>
#include <cstdint>

#include "bot/types.hpp"

namespace vakt {

class Backoff {
 public:
  explicit Backoff(std::uint64_t seed) : state_(seed) {}

  // A delay in [0, min(30 s, 1 s doubled for each earlier failure in a row)).
  Micros after_failure() {
    const Micros range =
        std::min<Micros>(std::chrono::seconds(30), std::chrono::seconds(1LL << std::min(failures_, 5)));
    ++failures_;
    return between(Micros(0), range);
  }

  void forget() { failures_ = 0; }
  int failures() const { return failures_; }

  // Uniform in [low, high).
  Micros between(Micros low, Micros high) {
    const auto range = static_cast<std::uint64_t>((high - low).count());
    return range == 0 ? low : low + Micros(static_cast<std::int64_t>(next() % range));
  }

 private:
  // SplitMix64 (Steele, Lea, Flood 2014).
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
  int failures_ = 0;
};

}  // namespace vakt
