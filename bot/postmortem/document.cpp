#include "bot/postmortem/document.hpp"

#include "bot/postmortem/finishing.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt::postmortem {

std::string shown_place(const Template& from) {
  return from.file.empty() ? "the built-in template " + from.name : from.file;
}

Result<Document> write(const Record& record, const std::vector<flag::Change>& changes, const Template& from,
                       const Settings& settings) {
  const auto& incident = record.incident;
  return finished(from, settings.language, {std::to_string(incident.number), readable(incident.title, record.names)},
                  [&](Language language) { return values(record, changes, settings, language); });
}

}  // namespace vakt::postmortem
