// Whether a database can be written now. Any thread; also beside a running vakt.
#pragma once

#include <string>

#include "bot/result.hpp"

namespace vakt {

// Proved by a commit of its own. The file at `path` must be a current database; errors say what is wrong with it.
Result<void> prove_writable(const std::string& path);

}  // namespace vakt
