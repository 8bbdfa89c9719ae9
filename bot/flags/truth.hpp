// Whether everybody, somebody or nobody passes a condition. Plain value; no thread rule.
#pragma once

#include <cstdint>

namespace vakt::flag {

enum class Truth : std::uint8_t {
  no,       // nobody passes, whatever their context
  yes,      // everybody passes
  depends,  // on a context field that is not fixed
  unknown,  // cannot be told here, or official SDKs differ on it
};

constexpr Truth inverted(Truth truth) {
  if (truth == Truth::no) return Truth::yes;
  if (truth == Truth::yes) return Truth::no;
  return truth;
}

constexpr Truth truth_of(bool passes) { return passes ? Truth::yes : Truth::no; }

// OR: one yes is enough, whatever the others are.
constexpr Truth any_of(Truth a, Truth b) {
  if (a == Truth::yes || b == Truth::yes) return Truth::yes;
  if (a == Truth::unknown || b == Truth::unknown) return Truth::unknown;
  return a == Truth::depends ? a : b;
}

// AND: one no is enough, whatever the others are.
constexpr Truth all_of(Truth a, Truth b) { return inverted(any_of(inverted(a), inverted(b))); }

}  // namespace vakt::flag
