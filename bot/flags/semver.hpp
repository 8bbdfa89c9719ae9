// Semantic versions, as semver.org 2.0.0 orders them. Pure.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vakt::flag {

struct Semver {
  std::uint64_t major = 0, minor = 0, patch = 0;
  std::vector<std::string> pre;  // the dot-separated identifiers after '-'
  bool build = false;            // it has a "+…", which has no part in the order
};

// Strict: "1.2.3", "2.0.0-alpha.1"; nothing for "v1.2.3", "1.2", "01.2.3" or numbers of more than 15 digits.
std::optional<Semver> parse_semver(std::string_view text);

std::strong_ordering compare(const Semver& a, const Semver& b);

}  // namespace vakt::flag
