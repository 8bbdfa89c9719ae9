// A file that others watch and edit: read, and replaced in one step. Any thread; blocks on the disk.
#pragma once

#include <memory>
#include <string>

#include "integrations/flags/flag_provider.hpp"

namespace vakt::flag {

// What tells one content of a file from another without reading it.
struct FileStamp {
  std::string text;  // device, inode, size and times
  Instant changed{};
};
struct FileContent {
  std::string text;
  FileStamp stamp;
};

// Symbolic links are followed. A file that is not there is Fault::not_found with what to do.
Answer<FileContent> read_file(const std::string& path);
Answer<FileStamp> stamp_of(const std::string& path);

// Held while a file of that folder is changed: keeps a second vakt out (flock on the folder; leaves nothing behind).
class FolderLock {
 public:
  // False while another has it. Errors as of read_file.
  Answer<bool> try_lock(const std::string& path);
  FolderLock() = default;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  int folder_ = -1;
};

enum class Replacing : std::uint8_t {
  done,
  changed_meanwhile,  // the file no longer holds `was`: nothing was changed
};
// The new text is on the disk, with the old one's mode and owner, before it takes its place; readers see all of the one
// or all of the other. `uncertain` only where it took its place and the disk did not confirm that.
Answer<Replacing> replace_file(const std::string& path, const std::string& was, const std::string& text);

}  // namespace vakt::flag
