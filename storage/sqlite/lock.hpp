// The lock that keeps a second `vakt run` off a database: an flock()ed file beside it, freed by the system when we die.
// Any thread.
#pragma once

#include <string>

#include "bot/result.hpp"

namespace vakt {

// Held while it lives. Move-only.
class Lock {
 public:
  // Locks PATH.lock (0600), without waiting. The error names the process that holds it.
  static Result<Lock> acquire(const std::string& path);

  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&& other) noexcept;
  ~Lock();

 private:
  explicit Lock(int file) : file_(file) {}
  int file_;
};

}  // namespace vakt
