#include "bot/flags/ip_range.hpp"

#include <algorithm>
#include <charconv>

namespace vakt::flag {

namespace {

// A number without leading zeros or signs, at most `highest`.
std::optional<int> number(std::string_view text, int highest) {
  if (text.empty() || text.size() > 3 || text[0] < '0' || text[0] > '9' || (text.size() > 1 && text[0] == '0'))
    return std::nullopt;
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || value < 0 || value > highest)
    return std::nullopt;
  return value;
}

bool parse_v4(std::string_view text, std::uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    const auto dot = i < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return false;
    const auto part = number(text.substr(0, dot), 255);
    if (!part) return false;
    out[i] = static_cast<std::uint8_t>(*part);
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return true;
}

// The groups of one side of "::", two bytes each; -1 where it cannot be read.
std::ptrdiff_t parse_groups(std::string_view text, std::uint8_t* out) {
  std::ptrdiff_t groups = 0;
  while (!text.empty()) {
    const auto colon = text.find(':');
    const auto part = text.substr(0, colon);
    unsigned value = 0;
    const auto read = std::from_chars(part.data(), part.data() + part.size(), value, 16);
    if (groups == 8 || part.empty() || part.size() > 4 || read.ec != std::errc{} ||
        read.ptr != part.data() + part.size())
      return -1;
    out[2 * groups] = static_cast<std::uint8_t>(value >> 8);
    out[2 * groups + 1] = static_cast<std::uint8_t>(value & 0xff);
    ++groups;
    if (colon == std::string_view::npos) return groups;
    text.remove_prefix(colon + 1);
    if (text.empty()) return -1;  // ends with a single colon
  }
  return groups;
}

bool parse_v6(std::string_view text, std::array<std::uint8_t, 16>& out) {
  const auto gap = text.find("::");
  if (gap == std::string_view::npos) return parse_groups(text, out.data()) == 8;
  std::array<std::uint8_t, 16> tail{};
  const auto front = parse_groups(text.substr(0, gap), out.data());
  const auto back = parse_groups(text.substr(gap + 2), tail.data());
  if (front < 0 || back < 0 || front + back > 7) return false;
  std::copy_n(tail.data(), 2 * back, out.data() + (16 - 2 * back));
  return true;
}

// No SDK takes text with such characters for an address.
bool surely_none(std::string_view text) {
  return text.empty() || text.find_first_not_of("0123456789abcdefABCDEFxX.:/%[] \t") != std::string_view::npos;
}

// The first `bits` of both are the same.
bool same_prefix(const std::array<std::uint8_t, 16>& a, const std::array<std::uint8_t, 16>& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
  return bits % 8 == 0 || (a[whole] ^ b[whole]) >> (8 - bits % 8) == 0;
}

// Whether ::ffff:0:0/96, where some systems put IPv4, meets the range.
bool may_hold_v4(const IpRange& range) {
  constexpr std::array<std::uint8_t, 16> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return range.v6 && same_prefix(range.bytes, mapped, std::min(range.bits, 96));
}

}  // namespace

std::optional<IpRange> parse_ip_range(std::string_view text) {
  IpRange range;
  const auto slash = text.find('/');
  const auto address = text.substr(0, slash);
  range.v6 = address.find(':') != std::string_view::npos;
  if (range.v6 ? !parse_v6(address, range.bytes) : !parse_v4(address, range.bytes.data())) return std::nullopt;
  const int width = range.v6 ? 128 : 32;
  range.bits = width;
  if (slash != std::string_view::npos) {
    const auto bits = number(text.substr(slash + 1), width);
    if (!bits) return std::nullopt;
    range.bits = *bits;
  }
  return range;
}

Truth in_ip_range(std::string_view address, std::string_view range) {
  if (surely_none(address) || surely_none(range)) return Truth::no;
  const auto one = parse_ip_range(address), many = parse_ip_range(range);
  if (!one || !many || address.find('/') != std::string_view::npos) return Truth::unknown;
  if (one->v6 == many->v6) return truth_of(same_prefix(one->bytes, many->bytes, many->bits));
  return may_hold_v4(*one) || may_hold_v4(*many) ? Truth::unknown : Truth::no;
}

}  // namespace vakt::flag
