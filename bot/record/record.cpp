#include "bot/record/record.hpp"

#include "bot/texts/mrkdwn.hpp"

namespace vakt {

std::string actor_name(const Record& record, const Entry& entry) {
  if (!entry.actor_name.empty()) return entry.actor_name;
  if (entry.actor.empty()) return "vakt";
  const auto known = record.names.find(entry.actor);
  return known == record.names.end() || known->second.empty() ? entry.actor : known->second;
}

std::string readable_text(const Record& record, const Entry& entry) {
  return entry.deleted_at ? std::string{} : readable(entry.text, record.names);
}

}  // namespace vakt
