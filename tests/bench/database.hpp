// What stands in the databases of the programs under measurement.
#pragma once

#include <cstdint>
#include <string>

namespace bench {

// Puts `count` messages into the record of incident 1. Nobody else may have the file open.
void prefill(const std::string& path, std::uint64_t count);

// Of the first column and row. std::runtime_error if it cannot be read.
std::int64_t number_in(const std::string& path, const std::string& sql);

}  // namespace bench
