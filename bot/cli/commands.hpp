// The commands of the binary, one file each. Main thread. Each returns the exit code: 0 done, 1 refused or failed,
// 2 wrong usage.
#pragma once

#include <functional>
#include <string>

#include "bot/brain/reader.hpp"
#include "bot/config/config.hpp"

namespace vakt::cli {

int run(const Config&);
int check(const Config&);
int incidents(const Config&, bool open_only, bool json);
// What `vakt export` writes: the record, or a document through a template.
struct Export {
  IncidentNumber number = 0;
  std::string format;         // "json", "markdown", "html"; "": json for a record, markdown for a document
  std::string template_name;  // "": the record
  bool check = false;         // fails, and says so, where sections of the document are empty
};
int export_record(const Config&, const Export&);
enum class ItemsListed { all, open, overdue };
int actions(const Config&, ItemsListed, bool json);
int stats(const Config&, bool json);
int digest(const Config&, const std::string& at, const std::string& team);  // "": now; every team
int audit(const Config&, const std::string& since, bool json);
int backup_database(const Config&, const std::string& target);

// One line on stderr; returns 1.
int failed(const std::string& sentence);

// The moment that the command takes for now.
Instant now_of(const Config&);

// Reads the database at `config.database`; storage that cannot be read is one line that says so, and so is what lists
// had to leave out: then what was printed is not all, and it returns 1.
int reading(const Config&, const std::function<int(Reader&)>&);
// That a list is empty, on standard error; not where something could not be read.
void say_if_done(int code, const std::string& sentence);

}  // namespace vakt::cli
