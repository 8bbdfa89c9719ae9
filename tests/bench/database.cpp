#include "tests/bench/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>

#include "storage/sqlite/ledger.hpp"
#include "tests/bench/slack.hpp"

namespace bench {

namespace {
constexpr std::uint64_t batch = 10'000;
}

void prefill(const std::string& path, std::uint64_t count) {
  const auto ledger = vakt::open_ledger(path);
  for (std::uint64_t done = 0; done < count;) {
    ledger->begin();
    for (const auto end = std::min(done + batch, count); done < end; ++done) {
      const auto number = first_prefilled + done;
      const auto text =
          "Message " + std::to_string(number) + " of a long night: the error rate of checkout is what it was.";
      ledger->add({.incident = 1,
                   .at = vakt::Instant{vakt::Micros{1'760'000'000'000'000 + static_cast<std::int64_t>(number)}},
                   .kind = vakt::EntryKind::message,
                   .actor = "U0USER" + std::to_string(number % 8),
                   .text = text,
                   .slack = vakt::SlackRef{.channel = channel, .ts = ts_of(number), .text = text}});
    }
    ledger->commit();
  }
}

std::int64_t number_in(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::int64_t number = -1;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
      sqlite3_step(statement) == SQLITE_ROW)
    number = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  const std::string error = sqlite3_errmsg(db);
  sqlite3_close(db);
  if (number < 0) throw std::runtime_error(path + " cannot be read: " + error);
  return number;
}

}  // namespace bench
