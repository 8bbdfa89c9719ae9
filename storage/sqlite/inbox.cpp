#include "storage/sqlite/inbox.hpp"

#include <filesystem>

#include "storage/codec.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/schema.hpp"

namespace vakt {

namespace {

constexpr std::chrono::milliseconds busy_timeout{5000};

Result<void> leave(const std::string& database, Instant at, const std::string& body) {
  std::error_code unknown;
  if (!std::filesystem::exists(database, unknown))
    return std::unexpected(
        Error{"There is no database at " + database + ". `vakt run` makes one; add this to the record by hand."});
  try {
    sqlite::Connection db{database, sqlite::Connection::Mode::read_write, busy_timeout};
    sqlite::require_current(db);
    db.run("INSERT INTO inbox (at, body) VALUES (?1, ?2)", at, body);
    return {};
  } catch (const StorageError& error) {
    return std::unexpected(Error{error.what()});
  }
}

}  // namespace

Result<void> leave_in_inbox(const std::string& database, const inbound::FlagProgress& progress) {
  return leave(database, progress.requested_at, storage::encode(progress));
}

Result<void> leave_in_inbox(const std::string& database, const inbound::RolloutAsked& asked) {
  return leave(database, asked.at, storage::encode(asked));
}

}  // namespace vakt
