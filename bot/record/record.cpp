#include "bot/record/record.hpp"

#include "bot/texts/mrkdwn.hpp"

namespace vakt {

const std::string& shown_text(const Entry& entry) {
  return entry.curated && !entry.curated->text.empty() ? entry.curated->text : entry.text;
}

Instant shown_at(const Entry& entry) { return entry.curated ? entry.curated->at.value_or(entry.at) : entry.at; }

bool shown_approximate(const Entry& entry) {
  return entry.curated && entry.curated->at ? entry.curated->approximate : entry.approximate;
}

const std::string& name_of(const Record& record, const std::string& id) {
  const auto known = record.names.find(id);
  return known == record.names.end() || known->second.empty() ? id : known->second;
}

std::string actor_name(const Record& record, const Entry& entry) {
  if (!entry.actor_name.empty()) return entry.actor_name;
  if (entry.actor.empty()) return "vakt";
  return name_of(record, entry.actor);
}

std::string readable_text(const Record& record, const Entry& entry) {
  return entry.deleted_at ? std::string{} : readable(entry.text, record.names);
}

}  // namespace vakt
