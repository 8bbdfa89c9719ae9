// A folder of a test's own, gone with it; and small tools to look at what is in there.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace vakt::test {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "vakt-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string& name = "vakt.db") const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The permission bits, or 0 where there is no such file.
inline unsigned mode(const std::string& path) {
  struct stat found{};
  return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 07777u : 0u;
}

inline std::string bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What `call` throws, as text; "" if it throws nothing, "other" if it is not an Exception.
template <class Exception, class Call>
std::string thrown(Call&& call) {
  try {
    call();
    return "";
  } catch (const Exception& error) {
    return error.what();
  } catch (...) {
    return "other";
  }
}

}  // namespace vakt::test
