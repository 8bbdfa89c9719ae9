#include "storage/sqlite/lock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using testing::HasSubstr;

TEST(Lock, RefusesASecondHolderAndNamesTheFirst) {
  test::Folder folder;
  const auto before = ::umask(0);
  auto first = Lock::acquire(folder.file());
  ::umask(before);
  ASSERT_TRUE(first) << first.error().text;
  EXPECT_EQ(test::mode(folder.file() + ".lock"), 0600u);
  const auto second = Lock::acquire(folder.file());
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().text, HasSubstr("process " + std::to_string(::getpid())));
  Lock moved = std::move(*first);
  EXPECT_FALSE(Lock::acquire(folder.file()));
}

TEST(Lock, IsFreeOnceItsHolderIsGone) {
  test::Folder folder;
  {
    const auto lock = Lock::acquire(folder.file());
  }
  EXPECT_TRUE(Lock::acquire(folder.file()));
}

TEST(Lock, IsFreedByKill9) {
  test::Folder folder;
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = Lock::acquire(folder.file());
    const char done = lock ? 'y' : 'n';
    if (::write(ends[1], &done, 1) == 1)
      for (;;) ::pause();
    ::_exit(1);
  }
  char done = 0;
  ASSERT_EQ(::read(ends[0], &done, 1), 1);
  EXPECT_EQ(done, 'y');
  EXPECT_FALSE(Lock::acquire(folder.file()));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(Lock::acquire(folder.file()));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Lock, SaysWhyItCannotBeTaken) {
  test::Folder folder;
  const auto lock = Lock::acquire(folder.file("none/vakt.db"));
  ASSERT_FALSE(lock);
  EXPECT_THAT(lock.error().text, HasSubstr("cannot be opened"));
}

}  // namespace
}  // namespace vakt
