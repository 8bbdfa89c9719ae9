// Rows that cannot be read back: the trouble of whoever asked for them, never of all storage. Internal to
// storage/sqlite; the thread of the connection.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/codec.hpp"
#include "storage/sqlite/connection.hpp"

namespace vakt::sqlite {

// What `decode` gives; DamagedRow where it fails, in the name of `what()`: "Incident 12".
template <class What, class Decode>
auto decoded_row(const What& what, const Decode& decode) -> decltype(decode()) {
  try {
    return decode();
  } catch (const storage::NewerValue&) {
    throw;  // said of all storage: what it would be to go on without it cannot be known
  } catch (const StorageError& error) {
    throw DamagedRow(what() + " cannot be read. " + error.what());
  }
}

// What lists have left out. Each is told once.
class LeftOut {
 public:
  void add(const std::string& sentence) {
    if (known_.insert(sentence).second) fresh_.push_back(sentence);
  }
  std::vector<std::string> take() { return std::exchange(fresh_, {}); }

 private:
  std::set<std::string> known_;
  std::vector<std::string> fresh_;
};

// All rows that can be read; `read` takes the one that `rows` stands on.
template <class Read>
auto readable_rows(Rows rows, LeftOut& left_out, const Read& read) {
  std::vector<decltype(read(rows))> found;
  while (rows.next()) {
    try {
      found.push_back(read(rows));
    } catch (const DamagedRow& error) {
      left_out.add(error.what());
    }
  }
  return found;
}

}  // namespace vakt::sqlite
