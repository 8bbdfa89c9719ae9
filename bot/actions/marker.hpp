// What tells a card that vakt orders apart from every other: a ULID (github.com/ulid/spec), 26 characters of
// Crockford's base 32. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "bot/types.hpp"

namespace vakt::action {

// The same for the same arguments; `number` sets several of one moment apart.
std::string ulid(Instant at, std::uint64_t seed, std::uint16_t number);

}  // namespace vakt::action
