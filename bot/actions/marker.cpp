#include "bot/actions/marker.hpp"

namespace vakt::action {

std::string ulid(Instant at, std::uint64_t seed, std::uint16_t number) {
  static constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const auto milliseconds =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
  // 48 bits of time, 16 of the number, 64 of the seed, read five at a time from the left; the first two are nought.
  const std::uint64_t high = milliseconds << 16U | number;
  const auto bit = [&](int index) { return (index < 64 ? high >> (63 - index) : seed >> (127 - index)) & 1U; };
  std::string out;
  for (int character = 0; character < 26; ++character) {
    std::size_t value = 0;
    for (int i = 0; i < 5; ++i) {
      const int index = character * 5 + i - 2;
      value = value << 1U | (index < 0 ? 0U : static_cast<std::size_t>(bit(index)));
    }
    out += digits[value];
  }
  return out;
}

}  // namespace vakt::action
