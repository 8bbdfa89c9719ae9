#include "integrations/flags/flagd_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace vakt::flag {
namespace {

namespace fs = std::filesystem;

class FlagdFile : public testing::Test {
 protected:
  FlagdFile() {
    std::string name = (fs::temp_directory_path() / "vakt-flagd-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    file_ = folder_ / "flags.json";
    write("old");
  }
  ~FlagdFile() override { fs::remove_all(folder_); }

  void write(const std::string& text) { std::ofstream(file_) << text; }
  std::string text() { return read_file(file_)->text; }
  std::size_t entries() {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_, file_;
};

TEST_F(FlagdFile, replaces_and_keeps_the_mode) {
  ::chmod(file_.c_str(), 0604);
  EXPECT_EQ(replace_file(file_, "old", "new"), Replacing::done);
  EXPECT_EQ(text(), "new");
  EXPECT_EQ(fs::status(file_).permissions(), fs::perms(0604));
  EXPECT_EQ(entries(), 1U);
}

TEST_F(FlagdFile, an_edit_meanwhile_is_never_overwritten) {
  write("edited");
  EXPECT_EQ(replace_file(file_, "old", "new"), Replacing::changed_meanwhile);
  EXPECT_EQ(text(), "edited");
  EXPECT_EQ(entries(), 1U) << "no new file stays behind";
}

TEST_F(FlagdFile, keeps_the_owner) {
  // Only root can give a file away; anybody else's file stays theirs.
  const uid_t user = ::geteuid() == 0 ? 12345 : ::geteuid();
  const gid_t group = ::geteuid() == 0 ? 23456 : ::getegid();
  ASSERT_EQ(::chown(file_.c_str(), user, group), 0);
  EXPECT_EQ(replace_file(file_, "old", "new"), Replacing::done);
  struct stat status{};
  ::stat(file_.c_str(), &status);
  EXPECT_EQ(status.st_uid, user);
  EXPECT_EQ(status.st_gid, group);
}

TEST_F(FlagdFile, follows_links) {
  fs::create_directory(folder_ / "data");
  std::ofstream(folder_ / "data" / "real.json") << "old";
  fs::create_symlink("data/real.json", folder_ / "link.json");
  EXPECT_EQ(replace_file(folder_ / "link.json", "old", "new"), Replacing::done);
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.json"));
  EXPECT_EQ(read_file(folder_ / "data" / "real.json")->text, "new");
}

TEST_F(FlagdFile, a_missing_file_says_what_to_do) {
  for (const auto& path : {folder_ / "gone.json", file_ / "below"}) {
    EXPECT_EQ(read_file(path).error().fault, Fault::not_found);
    EXPECT_TRUE(read_file(path).error().text.contains("create it"));
    EXPECT_EQ(replace_file(path, "", "new").error().fault, Fault::not_found);
  }
  EXPECT_EQ(read_file(folder_).error().fault, Fault::unreachable) << "a folder is no file";
}

TEST_F(FlagdFile, one_holds_the_lock_at_a_time) {
  FolderLock first, second;
  EXPECT_EQ(first.try_lock(file_), true);
  EXPECT_EQ(second.try_lock(file_), false);
}

TEST_F(FlagdFile, the_lock_ends_with_its_holder) {
  {
    EXPECT_EQ(FolderLock().try_lock(file_), true);
  }
  EXPECT_EQ(FolderLock().try_lock(file_), true);
}

TEST_F(FlagdFile, the_stamp_tells_contents_apart) {
  const std::string before = stamp_of(file_)->text;
  EXPECT_EQ(stamp_of(file_)->text, before);
  EXPECT_EQ(read_file(file_)->stamp.text, before);
  EXPECT_EQ(replace_file(file_, "old", "new"), Replacing::done);
  EXPECT_NE(stamp_of(file_)->text, before);
}

}  // namespace
}  // namespace vakt::flag
