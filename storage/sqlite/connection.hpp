// A connection to one SQLite file, with its prepared statements. Internal to storage/sqlite; one thread at a time.
// Every failure is a StorageError whose text says what happened and what to do; a broken constraint is a
// std::logic_error, for it is the caller's mistake and says nothing about the storage.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bot/brain/ledger.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace vakt::sqlite {

// How long to wait for another program's transaction.
// Somebody may be waiting for an answer that has to reach Slack within 3 s.
inline constexpr std::chrono::milliseconds default_busy_timeout{700};

// Rows of one run of a prepared statement. Resets it when destroyed; columns count from 0 and live until the next step.
class Rows {
 public:
  Rows(Rows&& other) noexcept;
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  bool next();  // false after the last row
  std::int64_t integer(int column) const;
  bool boolean(int column) const { return integer(column) != 0; }
  Instant instant(int column) const { return Instant{Micros{integer(column)}}; }
  std::string text(int column) const;  // "" for null
  bool null(int column) const;

 private:
  friend class Connection;
  Rows(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
  void bind(int index, std::int64_t value);
  enum class Text { copied, kept };  // kept: the text lives as long as these rows
  void bind(int index, std::string_view text, Text);
  void bind(int index, std::nullptr_t, Text);
  void bind(int index, Instant at, Text) { bind(index, std::int64_t{at.time_since_epoch().count()}); }
  template <std::integral T>
  void bind(int index, T value, Text) {
    bind(index, static_cast<std::int64_t>(value));
  }
  template <class T>
  void bind(int index, const std::optional<T>& value, Text text) {
    if (value)
      bind(index, *value, text);
    else
      bind(index, nullptr, text);
  }

  sqlite3* db_;
  sqlite3_stmt* statement_;
};

class Connection {
 public:
  enum class Mode { read_write, read_only };

  // read_write creates a missing file as 0600; read_only refuses a missing one.
  Connection(std::string path, Mode mode, std::chrono::milliseconds busy_timeout = default_busy_timeout);

  const std::string& path() const { return path_; }

  // Statements without results, one or several; not cached.
  void script(const std::string& sql);

  // A cached statement: `sql` is a literal. Arguments are ?1, ?2 …, and are copied.
  template <class... Args>
  Rows query(const char* sql, const Args&... args) {
    Rows rows = prepared(sql);
    int index = 0;
    (rows.bind(++index, args, Rows::Text::copied), ...);
    return rows;
  }

  // Runs a statement to its end and says how many rows it changed.
  template <class... Args>
  std::int64_t run(const char* sql, const Args&... args) {
    Rows rows = prepared(sql);
    int index = 0;
    (rows.bind(++index, args, Rows::Text::kept), ...);
    while (rows.next()) {
    }
    return changes();
  }

  // The first column of the first row.
  template <class... Args>
  std::int64_t number(const char* sql, const Args&... args) {
    Rows rows = query(sql, args...);
    return rows.next() ? rows.integer(0) : 0;
  }

  // Moves the write-ahead log into the main file and cuts it to nothing. False if another program is reading it.
  bool empty_log();

  bool in_transaction() const;
  std::int64_t last_id() const;  // of the newest insert

 private:
  struct Close {
    void operator()(sqlite3*) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt*) const;
  };

  Rows prepared(const char* sql);
  std::int64_t changes() const;

  std::string path_;
  std::chrono::milliseconds busy_timeout_;
  std::unique_ptr<sqlite3, Close> db_;
  std::map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;  // by the literal's address
};

}  // namespace vakt::sqlite
