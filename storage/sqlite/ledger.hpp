// The ledger in one SQLite file (WAL, synchronous FULL, mode 0600). Used by one thread at a time, the brain's.
// Errors: StorageError where storage is broken, std::logic_error where a row breaks a rule of the record (a message
// that is there already, an entry of an incident that is not); the latter spoils its savepoint only.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "bot/brain/ledger.hpp"

namespace vakt {

struct LedgerOptions {
  bool backup_before_migration = true;          // to PATH.backup-vN
  std::chrono::milliseconds busy_timeout{700};  // how long to wait for another program's transaction
};

// Creates or migrates the file at `path` and checks that it is sound (in full up to 16 MiB, its header above that).
// StorageError: no database, damaged, read-only, another program's, or of a newer vakt.
std::unique_ptr<Ledger> open_ledger(const std::string& path, const LedgerOptions& options = {});

}  // namespace vakt
