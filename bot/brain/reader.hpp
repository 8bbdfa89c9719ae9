// Reads of the record that never hold up the brain: a connection of its own, read-only, one transaction each. One
// thread at a time. Errors as the ledger's.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/brain/ledger.hpp"
#include "bot/record/record.hpp"

namespace vakt {

class Reader {
 public:
  virtual ~Reader() = default;
  virtual std::vector<Incident> incidents(bool open_only) = 0;
  virtual std::optional<Record> record(IncidentNumber) = 0;
  virtual std::vector<Entry> timeline(IncidentNumber) = 0;  // entries on the timeline, sorted by at, then seq
  // Changes of flags asked of vakt, oldest first: all, of one flag, or of one incident. With what the command line left
  // and no `vakt run` has taken yet.
  virtual std::vector<flag::Change> flag_changes(const std::string& name) = 0;
  virtual std::vector<flag::Change> flag_changes(IncidentNumber) = 0;
  virtual std::vector<action::Item> items() = 0;                            // by id
  virtual std::vector<action::Item> items_of_incident(IncidentNumber) = 0;  // by id
  virtual std::vector<rollout::Rollout> rollouts() = 0;                     // newest first, as they are stored
  virtual std::vector<InboxRow> inbox() = 0;                                // what no `vakt run` has taken yet, by id
  virtual std::vector<AuditRow> audit(Instant since) = 0;
  virtual std::map<std::string, std::string> names() = 0;
  virtual std::string cursor(const std::string& name) = 0;  // "" if unset
  virtual std::map<std::string, std::string> cursors_with(const std::string& prefix) = 0;
  virtual std::vector<std::string> left_out() = 0;  // as the ledger's
};

}  // namespace vakt
