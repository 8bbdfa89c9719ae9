// Which of a hundred buckets an id falls into: what makes a gradual rollout sticky. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vakt::flag {

// MurmurHash3, x86, 32 bits (Austin Appleby, public domain).
std::uint32_t murmur3(std::string_view bytes, std::uint32_t seed);

// 1..100: murmur3("group:id", 0) % 100 + 1. Nothing beyond ASCII, where SDKs hash different bytes.
std::optional<int> bucket(std::string_view group, std::string_view id);

}  // namespace vakt::flag
