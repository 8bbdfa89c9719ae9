// What time it is. Any thread.
#pragma once

#include "bot/types.hpp"

namespace vakt {

inline Instant system_now() { return std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now()); }

}  // namespace vakt
