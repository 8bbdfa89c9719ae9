#include "storage/sqlite/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace vakt {

namespace {
// The process that wrote itself into the file, or "".
std::string holder(int file) {
  std::array<char, 16> digits{};
  const auto size = ::pread(file, digits.data(), digits.size(), 0);
  std::string pid;
  for (std::size_t i = 0; size > 0 && i < static_cast<std::size_t>(size) && digits[i] >= '0' && digits[i] <= '9'; ++i)
    pid += digits[i];
  return pid;
}
}  // namespace

Result<Lock> Lock::acquire(const std::string& path) {
  const std::string name = path + ".lock";
  Lock lock(::open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
  if (lock.file_ < 0)
    return std::unexpected(Error{"The lock " + name + " cannot be opened (" + std::strerror(errno) +
                                 "). Check that the user that runs vakt may write in that folder."});
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK)
      return std::unexpected(Error{"The lock " + name + " cannot be taken (" + std::strerror(errno) + ")."});
    const std::string pid = holder(lock.file_);
    return std::unexpected(Error{"Another vakt" + (pid.empty() ? "" : " (process " + pid + ")") + " already runs on " +
                                 path + ". Stop it first, or give this one a database of its own."});
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  // Only a help to people: a full disk must not keep vakt from starting.
  [[maybe_unused]] const bool told =
      ::ftruncate(lock.file_, 0) == 0 && ::pwrite(lock.file_, pid.data(), pid.size(), 0) > 0;
  return lock;
}

Lock::Lock(Lock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

Lock::~Lock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace vakt
