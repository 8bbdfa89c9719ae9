// What SQLite's result codes mean to the people who run vakt. Internal to storage/sqlite; any thread.
#pragma once

#include <string>

struct sqlite3;

namespace vakt::sqlite {

// The sentence for a result code: what happened to the file at `path`, and what to do. `system_errno` 0: unknown.
std::string sentence(int result_code, int system_errno, const std::string& path, const std::string& detail);

// Throws StorageError, or std::logic_error for a broken constraint. `db` may be null.
[[noreturn]] void fail(sqlite3* db, int result_code, const std::string& path);

// The path of the file behind an open connection.
std::string path_of(sqlite3* db);

}  // namespace vakt::sqlite
