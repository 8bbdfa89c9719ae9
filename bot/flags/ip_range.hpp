// IP addresses and ranges in CIDR notation, IPv4 and IPv6, and whether one lies in the other. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "bot/flags/truth.hpp"

namespace vakt::flag {

struct IpRange {
  bool v6 = false;
  int bits = 0;  // of the prefix: 0..32 or 0..128
  std::array<std::uint8_t, 16> bytes{};
};

// Strict: "10.0.0.1", "10.0.0.0/8", "2001:db8::/32". Nothing for leading zeros, ports or zones.
std::optional<IpRange> parse_ip_range(std::string_view text);

// Unknown where one is no plain address but some SDK may still read it as one. Never depends.
Truth in_ip_range(std::string_view address, std::string_view range);

}  // namespace vakt::flag
