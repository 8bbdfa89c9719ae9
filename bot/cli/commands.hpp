// The commands of the binary, one file each. Main thread. Each returns the exit code: 0 done, 1 refused or failed.
#pragma once

#include <string>

#include "bot/config/config.hpp"

namespace vakt::cli {

int run(const Config&);
int check(const Config&);
int incidents(const Config&, bool open_only, bool json);
int export_record(const Config&, IncidentNumber, const std::string& format);
int audit(const Config&, const std::string& since, bool json);
int backup_database(const Config&, const std::string& target);

// One line on stderr; returns 1.
int failed(const std::string& sentence);

}  // namespace vakt::cli
