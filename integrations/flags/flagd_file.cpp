#include "integrations/flags/flagd_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace vakt::flag {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

// Removes the new file unless it took the old one's place.
struct Removal {
  std::string path;
  ~Removal() {
    if (!path.empty()) ::unlink(path.c_str());
  }
};

std::unexpected<ProviderError> failed(const std::string& path, const char* doing, int error) {
  const std::string reason = std::generic_category().message(error);
  if (error == ENOENT || error == ENOTDIR)
    return std::unexpected(ProviderError{
        Fault::not_found,
        path + " is not there: check the provider's file, or create it with {\"flags\": {}} and your flags in it.",
        {}});
  if (error == EACCES || error == EPERM || error == EROFS)
    return std::unexpected(ProviderError{Fault::refused,
                                         std::string("vakt may not ") + doing + " " + path + " (" + reason +
                                             "): give vakt's user the right to write the file and its folder.",
                                         {}});
  if (error == ENOSPC || error == EDQUOT)
    return std::unexpected(
        ProviderError{Fault::unreachable, "The disk that holds " + path + " is full: make room there.", {}});
  return std::unexpected(ProviderError{
      Fault::unreachable, std::string("vakt could not ") + doing + " " + path + " (" + reason + ").", {}});
}

Instant instant(const timespec& time) {
  return Instant(std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_nsec / 1000));
}

FileStamp stamp(const struct stat& status) {
  const auto part = [](auto number) { return std::to_string(number) + "."; };
  return {part(status.st_dev) + part(status.st_ino) + part(status.st_size) + part(status.st_mtim.tv_sec) +
              part(status.st_mtim.tv_nsec) + part(status.st_ctim.tv_sec) + std::to_string(status.st_ctim.tv_nsec),
          instant(status.st_mtim)};
}

bool write_all(int file, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const auto count = ::write(file, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    written += static_cast<std::size_t>(count);
  }
  return true;
}

// Whoever could read the old file must be able to read the new one.
bool keeps_access(int file, const struct stat& old) {
  if (::fchown(file, old.st_uid, old.st_gid) == 0) return true;
  if (old.st_uid == ::geteuid()) return (old.st_mode & S_IROTH) != 0;
  if (::fchown(file, static_cast<uid_t>(-1), old.st_gid) == 0) return (old.st_mode & (S_IRGRP | S_IROTH)) != 0;
  return (old.st_mode & S_IROTH) != 0;
}

}  // namespace

Answer<FileContent> read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return failed(path, "read", errno);
  struct stat status{};
  if (::fstat(file.number(), &status) != 0) return failed(path, "read", errno);
  if (!S_ISREG(status.st_mode)) return failed(path, "read", EISDIR);
  FileContent content{{}, stamp(status)};
  std::array<char, 65536> part{};
  for (;;) {
    const auto count = ::read(file.number(), part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(path, "read", errno);
    if (count == 0) return content;
    content.text.append(part.data(), static_cast<std::size_t>(count));
  }
}

Answer<FileStamp> stamp_of(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return failed(path, "read", errno);
  return stamp(status);
}

Answer<bool> FolderLock::try_lock(const std::string& path) {
  std::error_code error;
  const fs::path target = fs::canonical(path, error);
  if (error) return failed(path, "find", error.value());
  folder_ = ::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_ < 0) return failed(path, "lock the folder of", errno);
  if (::flock(folder_, LOCK_EX | LOCK_NB) == 0) return true;
  const int reason = errno;
  ::close(folder_);
  folder_ = -1;
  if (reason == EWOULDBLOCK || reason == EINTR) return false;
  return failed(path, "lock the folder of", reason);
}

FolderLock::~FolderLock() {
  if (folder_ >= 0) ::close(folder_);
}

Answer<Replacing> replace_file(const std::string& path, const std::string& was, const std::string& text) {
  std::error_code error;
  const fs::path target = fs::canonical(path, error);
  if (error) return failed(path, "find", error.value());
  struct stat old{};
  if (::stat(target.c_str(), &old) != 0) return failed(path, "read", errno);
  // What may not be written in place is not to be replaced either.
  if (::access(target.c_str(), W_OK) != 0) return failed(path, "write", errno);

  std::string fresh = (target.parent_path() / ("." + target.filename().string() + ".vakt-XXXXXX")).string();
  const Descriptor file(::mkostemp(fresh.data(), O_CLOEXEC));
  if (!file) return failed(path, "write beside", errno);
  Removal removal{fresh};
  if (!keeps_access(file.number(), old))
    return std::unexpected(
        ProviderError{Fault::refused,
                      "vakt cannot give a new " + path +
                          " the owner it has, and its readers would lose it: run vakt as the file's owner, or let its "
                          "group read it.",
                      {}});
  if (::fchmod(file.number(), old.st_mode & 07777) != 0 || !write_all(file.number(), text) ||
      ::fsync(file.number()) != 0)
    return failed(path, "write", errno);

  const auto now = read_file(path);
  if (!now) return std::unexpected(now.error());
  if (now->text != was) return Replacing::changed_meanwhile;
  if (::rename(fresh.c_str(), target.c_str()) != 0) return failed(path, "replace", errno);
  removal.path.clear();
  const Descriptor folder(::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || ::fsync(folder.number()) != 0)
    return std::unexpected(
        ProviderError{Fault::uncertain, path + " was replaced, but the disk did not confirm it.", {}});
  return Replacing::done;
}

}  // namespace vakt::flag
