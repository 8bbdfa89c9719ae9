#include "bot/flags/bucket.hpp"

#include <bit>
#include <string>

#include "bot/flags/words.hpp"

namespace vakt::flag {

std::uint32_t murmur3(std::string_view bytes, std::uint32_t seed) {
  const auto mixed = [](std::uint32_t k) { return std::rotl(k * 0xcc9e2d51U, 15) * 0x1b873593U; };
  const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
  std::uint32_t hash = seed;
  std::size_t i = 0;
  for (; i + 4 <= bytes.size(); i += 4) {
    hash ^= mixed(byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24);
    hash = std::rotl(hash, 13) * 5 + 0xe6546b64U;
  }
  std::uint32_t tail = 0;
  for (std::size_t j = bytes.size(); j > i; --j) tail = tail << 8 | byte(j - 1);
  hash ^= mixed(tail);  // of nothing: 0
  hash ^= static_cast<std::uint32_t>(bytes.size());
  hash = (hash ^ hash >> 16) * 0x85ebca6bU;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35U;
  return hash ^ hash >> 16;
}

std::optional<int> bucket(std::string_view group, std::string_view id) {
  if (!ascii(group) || !ascii(id)) return std::nullopt;
  std::string key(group);
  key += ':';
  key += id;
  return static_cast<int>(murmur3(key, 0) % 100) + 1;
}

}  // namespace vakt::flag
