#include "storage/sqlite/probe.hpp"

#include <exception>

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/schema.hpp"

namespace vakt {

Result<void> prove_writable(const std::string& path) try {
  sqlite::Connection db(path, sqlite::Connection::Mode::read_write);
  sqlite::require_current(db);
  db.run("BEGIN IMMEDIATE");
  db.run(
      "INSERT INTO cursors (name, value) VALUES ('proved_writable', 1) ON CONFLICT (name) DO UPDATE SET value = value "
      "+ 1");
  db.run("COMMIT");
  return {};
} catch (const std::exception& error) {
  return std::unexpected(Error{error.what()});
}

}  // namespace vakt
