#include "storage/sqlite/connection.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "storage/sqlite/error.hpp"

namespace vakt::sqlite {

namespace {
// SQLite gives -wal and -shm the mode of the main file, so only this one must be made with care.
void create_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0)
    ::close(file);
  else if (errno != EEXIST)
    throw StorageError(sentence(errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL
                                : errno == EROFS                   ? SQLITE_READONLY
                                                                   : SQLITE_CANTOPEN,
                                errno, path, ""));
}

// SQLite would take a short or foreign file for an empty database only to fail later: look at the header first. Through
// SQLite's own file: to open and close another one would drop every lock that this process has on it (fcntl(2)).
void require_database(sqlite3* db, const std::string& path) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  sqlite3_int64 size = 0;
  std::array<char, 16> header{};
  if (!file || !file->pMethods) throw StorageError(sentence(SQLITE_CANTOPEN, 0, path, ""));
  int code = file->pMethods->xFileSize(file, &size);
  if (code == SQLITE_OK && size > 0) code = file->pMethods->xRead(file, header.data(), header.size(), 0);
  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) throw StorageError(sentence(code, errno, path, ""));
  if (size > 0 && std::string_view(header.data(), header.size()) != std::string_view("SQLite format 3\0", 16))
    throw StorageError(sentence(SQLITE_NOTADB, 0, path, ""));
}
}  // namespace

Rows::Rows(Rows&& other) noexcept : db_(other.db_), statement_(std::exchange(other.statement_, nullptr)) {}

Rows::~Rows() {
  if (!statement_) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
  errno = 0;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(db_, sqlite3_extended_errcode(db_), path_of(db_));
}

std::int64_t Rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Rows::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : std::string{};
}

bool Rows::null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

void Rows::bind(int index, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_, index, value)) fail(db_, code, path_of(db_));
}

void Rows::bind(int index, std::string_view text, Text lifetime) {
  const char* bytes = text.data() ? text.data() : "";
  const auto destructor = lifetime == Text::kept ? SQLITE_STATIC : SQLITE_TRANSIENT;
  if (const int code = sqlite3_bind_text64(statement_, index, bytes, text.size(), destructor, SQLITE_UTF8))
    fail(db_, code, path_of(db_));
}

void Rows::bind(int index, std::nullptr_t, Text) {
  if (const int code = sqlite3_bind_null(statement_, index)) fail(db_, code, path_of(db_));
}

void Connection::Close::operator()(sqlite3* db) const { sqlite3_close(db); }
void Connection::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Connection::Connection(std::string path, Mode mode, std::chrono::milliseconds busy_timeout)
    : path_(std::move(path)), busy_timeout_(busy_timeout) {
  if (mode == Mode::read_write) create_private(path_);
  const int flags = (mode == Mode::read_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX |
                    SQLITE_OPEN_EXRESCODE;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path_.c_str(), &opened, flags, nullptr);
  db_.reset(opened);
  if (code != SQLITE_OK) fail(opened, code, path_);
  require_database(opened, path_);
  sqlite3_busy_timeout(opened, static_cast<int>(busy_timeout.count()));
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  script("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000;");
  if (mode == Mode::read_only) return;
  if (sqlite3_db_readonly(opened, "main") == 1) fail(nullptr, SQLITE_READONLY, path_);
  // FULL: what was acknowledged survives a power cut. secure_delete: redacted text leaves no copy in free pages.
  script(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
      "PRAGMA journal_size_limit = 16777216;");
}

void Connection::script(const std::string& sql) {
  if (const int code = sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr)) fail(db_.get(), code, path_);
}

Rows Connection::prepared(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) {
    sqlite3_stmt* made = nullptr;
    if (const int code = sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr))
      fail(db_.get(), code, path_);
    statement.reset(made);
  }
  if (sqlite3_stmt_busy(statement.get()))
    throw std::logic_error(std::string("A statement is used twice at once: ") + sql);
  return Rows(db_.get(), statement.get());
}

bool Connection::empty_log() {
  // Nobody waits for a reader that takes its time.
  sqlite3_busy_timeout(db_.get(), 0);
  const int code = sqlite3_wal_checkpoint_v2(db_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(db_.get(), static_cast<int>(busy_timeout_.count()));
  if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) return false;
  if (code != SQLITE_OK) fail(db_.get(), code, path_);
  return true;
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }
std::int64_t Connection::last_id() const { return sqlite3_last_insert_rowid(db_.get()); }
std::int64_t Connection::changes() const { return sqlite3_changes64(db_.get()); }

}  // namespace vakt::sqlite
