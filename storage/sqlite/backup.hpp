// Copies of a database while it is in use, complete and consistent (VACUUM INTO, never a file copy). Any thread.
#pragma once

#include <string>

#include "bot/result.hpp"

namespace vakt {

// Copies the database at `path` to `target`, which must not exist; it gets mode 0600 and is on disk when this returns.
// Nothing is left at `target` after an error.
Result<void> backup(const std::string& path, const std::string& target);

}  // namespace vakt
