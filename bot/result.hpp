// What a fallible function returns when its input, not our infrastructure, can be at fault.
#pragma once

#include <expected>
#include <string>

namespace vakt {

// A sentence for a person: what happened, and what to do next. Never holds a secret.
struct Error {
  std::string text;
};

template <class T>
using Result = std::expected<T, Error>;

}  // namespace vakt
