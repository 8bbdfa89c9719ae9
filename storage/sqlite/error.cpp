#include "storage/sqlite/error.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "bot/brain/ledger.hpp"

namespace vakt::sqlite {

namespace {
std::string because(int system_errno) {
  return system_errno == 0 ? std::string{} : std::string(" (") + std::strerror(system_errno) + ")";
}

bool no_room(int code, int system_errno) {
  return code == SQLITE_FULL ||
         (code == SQLITE_IOERR && (system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG));
}
}  // namespace

std::string sentence(int result_code, int system_errno, const std::string& path, const std::string& detail) {
  const int code = result_code & 0xff;
  if (no_room(code, system_errno))
    return "No room is left to write " + path + because(system_errno) +
           ". Nothing of this was recorded. Free space on its disk (or raise the quota); vakt then goes on by itself.";
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return path +
             " is locked by another program. Nothing of this was recorded. End the open transaction there "
             "(a database shell, a copy that is running); vakt then goes on by itself.";
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return path +
             " cannot be written: the file, its folder or its disk is read-only for this user. Give the user that "
             "runs vakt the right to write both the file and its folder.";
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      if (system_errno == ENOENT)
        return path + " cannot be opened" + because(system_errno) +
               ". There is no database there: name the right one with VAKT_DATABASE or in the configuration. "
               "`vakt run` makes a new one, where the folder exists.";
      return path + " cannot be opened" + because(system_errno) +
             ". Check that its folder exists and that the user that runs vakt may read and write there.";
    case SQLITE_NOTADB:
      return path + " is not a vakt database. Check the path; if it is right, restore a backup over it.";
    case SQLITE_CORRUPT:
      return path +
             " is damaged. Stop vakt, keep a copy of the file with its -wal, and restore the newest backup "
             "(the sqlite3 shell's .recover may save what came after it).";
    case SQLITE_IOERR:
      return path + " could not be read or written" + because(system_errno) + " [" + std::to_string(result_code) + "]" +
             ". Nothing of this was recorded. Look at the disk and at the system's log.";
    case SQLITE_NOMEM:
      return "There is no memory left to work on " + path + ". Nothing of this was recorded.";
    default:
      return "SQLite could not work on " + path + ": " + detail + " (" + std::to_string(result_code) + ").";
  }
}

void fail(sqlite3* db, int result_code, const std::string& path) {
  const int system_errno = errno;
  const std::string detail = db ? sqlite3_errmsg(db) : sqlite3_errstr(result_code);
  if ((result_code & 0xff) == SQLITE_CONSTRAINT) throw std::logic_error("The ledger refused a row: " + detail);
  // SQLite notes no errno where a COMMIT fails; then the thread's own one tells.
  const int noted = db ? sqlite3_system_errno(db) : 0;
  throw StorageError(sentence(result_code, noted != 0 ? noted : system_errno, path, detail));
}

std::string path_of(sqlite3* db) {
  const char* name = db ? sqlite3_db_filename(db, "main") : nullptr;
  return name && *name ? name : "the database";
}

}  // namespace vakt::sqlite
