// The tables, as numbered migrations by PRAGMA user_version. Internal to storage/sqlite; the thread of the connection.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "storage/sqlite/connection.hpp"

namespace vakt::sqlite {

// "vakt": marks the file as ours (PRAGMA application_id).
inline constexpr int application_id = 0x76616b74;

// SQL that brings a database from version N-1 to N, N being its place in the list from 1. A released one never changes.
using Migration = const char*;
std::span<const Migration> migrations();

// Brings the database to the newest version, in one transaction. With `backup_first`, one that holds data is first
// copied to PATH.backup-vN, N its version before. StorageError: the file is another program's, or a newer vakt's.
void migrate(Connection& db, bool backup_first, std::span<const Migration> steps = migrations());

// For readers: StorageError unless the schema is exactly this program's.
void require_current(Connection& db);

}  // namespace vakt::sqlite
