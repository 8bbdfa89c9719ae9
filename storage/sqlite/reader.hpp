// Reads of the record over a read-only connection of its own: each call sees one moment, and holds up no writer.
// One thread at a time. Every call may throw StorageError.
#pragma once

#include <memory>
#include <string>

#include "bot/brain/reader.hpp"

namespace vakt {

// Works beside a running ledger and without one. StorageError: no vakt database there, or not of this program's schema.
std::unique_ptr<Reader> open_reader(const std::string& path);

}  // namespace vakt
