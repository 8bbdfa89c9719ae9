#include "storage/sqlite/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <filesystem>

#include "storage/sqlite/connection.hpp"

namespace vakt {

namespace {
std::unexpected<Error> failed(const std::string& target, int error) {
  if (error == EEXIST) return std::unexpected(Error{target + " exists already. Move it away or choose another name."});
  return std::unexpected(Error{"The backup " + target + " could not be written (" + std::strerror(error) + ")."});
}

// True once the file, or folder, at `path` is on disk.
bool synced(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return false;
  const bool done = ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  errno = error;
  return done;
}
}  // namespace

Result<void> backup(const std::string& path, const std::string& target) try {
  sqlite::Connection db(path, sqlite::Connection::Mode::read_only);
  const int file = ::open(target.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) return failed(target, errno);
  ::close(file);
  try {
    db.run("VACUUM INTO ?1", target);
  } catch (const std::exception& error) {
    ::unlink(target.c_str());
    return std::unexpected(Error{"The backup " + target + " could not be written. " + error.what()});
  }
  const auto folder = std::filesystem::path(target).parent_path();
  if (!synced(target, O_RDWR) || !synced(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY)) {
    const int error = errno;
    ::unlink(target.c_str());
    return failed(target, error);
  }
  return {};
} catch (const std::exception& error) {
  return std::unexpected(Error{error.what()});
}

}  // namespace vakt
