// incidents, audit, backup: what reads the database, also while `vakt run` is running.
#include <iomanip>
#include <iostream>

#include "bot/cli/commands.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "integrations/runtime/system_clock.hpp"
#include "storage/record_json.hpp"
#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/reader.hpp"

namespace vakt::cli {

int failed(const std::string& sentence) {
  std::cerr << sentence << "\n";
  return 1;
}

Instant now_of(const Config& config) { return config.clock.value_or(system_now()); }

int reading(const Config& config, const std::function<int(Reader&)>& read) {
  try {
    const auto reader = open_reader(config.database);
    const int code = read(*reader);
    const auto left_out = reader->left_out();
    for (const auto& sentence : left_out) failed(sentence + " It is left out here.");
    return left_out.empty() ? code : 1;
  } catch (const StorageError& error) {
    return failed(error.what());
  } catch (const DamagedRow& error) {
    return failed(error.what());
  }
}

void say_if_done(int code, const std::string& sentence) {
  if (code == 0) std::cerr << sentence << "\n";
}

int incidents(const Config& config, bool open_only, bool json) {
  bool none = false;
  const int code = reading(config, [&](Reader& reader) {
    const auto list = reader.incidents(open_only);
    none = list.empty();
    if (json) {
      std::cout << incidents_json(list) << "\n";
      return 0;
    }
    const auto& t = texts(config.settings.language);
    for (const auto& i : list)
      std::cout << std::setw(4) << i.number << "  " << date_and_time(i.declared_at, config.settings.timezone) << "  "
                << (i.severity == Severity::unset ? "    " : std::string{shown(t, i.severity)}) << "  "
                << state_shown(t, i) << "  " << (i.test ? "[" + std::string{t.drill} + "] " : std::string{})
                << readable(i.title, {}) << (i.channel.name.empty() ? "" : "  #" + i.channel.name) << "\n";
    return 0;
  });
  if (none && !json) say_if_done(code, open_only ? "No incident is open." : "There is no incident yet.");
  return code;
}

int audit(const Config& config, const std::string& since, bool json) {
  Instant from{};
  if (!since.empty()) {
    const auto at = from_iso_utc(since.ends_with('Z') ? since : since + "T00:00:00Z");
    if (!at) return failed("--since takes a day or a time in UTC: 2026-11-21 or 2026-11-21T02:10:00Z.");
    from = *at;
  }
  return reading(config, [&](Reader& reader) {
    const auto rows = reader.audit(from);
    if (json) {
      std::cout << audit_json(rows) << "\n";
      return 0;
    }
    const auto names = reader.names();
    for (const auto& row : rows)
      std::cout << date_and_seconds(row.at, config.settings.timezone) << "  " << row.actor << "  " << row.outcome
                << "  " << readable(row.command, names)
                << (row.detail.empty() ? "" : "  (" + readable(row.detail, names) + ")") << "\n";
    return 0;
  });
}

int backup_database(const Config& config, const std::string& target) {
  const auto done = backup(config.database, target);
  return done ? 0 : failed(done.error().text);
}

}  // namespace vakt::cli
