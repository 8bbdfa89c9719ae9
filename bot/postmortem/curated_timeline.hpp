// What of a record's timeline stands in a document, in order, as people curated it. Pure.
#pragma once

#include <string>
#include <vector>

#include "bot/flags/flag_change.hpp"
#include "bot/record/record.hpp"
#include "bot/settings.hpp"

namespace vakt::postmortem {

struct Row {
  Instant at{};
  bool approximate = false;
  bool to_the_second = false;  // a flag's, or a time that a person gave to the second
  EntryKind kind = EntryKind::note;
  std::string detail;  // as the entry's
  std::string event;   // one line of Markdown
};

// Pins, notes, updates, markers, status, flags and action items; deleted ones and those left out are gone. A note that
// was given at a marker's moment stands in its row ("DOWNTIME START - backend fails"). The moment at which a flag was
// opened has a row where it is known.
std::vector<Row> curated_timeline(const Record&, const std::vector<flag::Change>&, Language);

// Whether documents show the entry.
bool is_shown(const Entry&);
// The zone of the incident's team.
const std::string& zone_of(const Incident&, const Settings&);

}  // namespace vakt::postmortem
