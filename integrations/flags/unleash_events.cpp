#include "integrations/flags/unleash_events.hpp"

#include <algorithm>
#include <charconv>

#include "bot/time/zones.hpp"

namespace vakt::flag::unleash {

EventReader::EventReader(std::string_view cursor, Instant now) : horizon_(now - std::chrono::hours{24}) {
  const auto space = std::min(cursor.find(' '), cursor.size());
  const auto horizon = from_iso_utc(cursor.substr(0, space));
  if (!horizon) return;
  horizon_ = *horizon;
  for (std::string_view rest = cursor.substr(space); !rest.empty();) {
    rest.remove_prefix(1);
    long long id = 0;
    const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), id);
    if (fault != std::errc{}) break;
    told_.insert(id);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  }
}

bool EventReader::take(const EventPage& page) {
  const auto asked = static_cast<std::size_t>(limit());
  for (const Event& event : page.events)
    if (event.change.at > horizon_) events_.try_emplace({event.change.at, event.id}, event);
  ++pages_;
  offset_ += static_cast<int>(asked);
  const bool more = page.listed >= asked && (page.events.empty() || page.events.back().change.at > horizon_);
  cut_ = more && pages_ == most_pages;
  return more && !cut_;
}

EventReader::Found EventReader::finish() const {
  Found found;
  const auto told_until = events_.empty() ? horizon_ : std::max(horizon_, events_.rbegin()->first.first - read_again);
  found.cursor = iso_utc(told_until);
  if (cut_ && !events_.empty()) {
    found.changes.emplace_back();
    found.changes.back().at = events_.begin()->first.first;
    found.changes.back().what = "events-not-read";
  }
  for (const auto& [key, event] : events_) {
    if (event.about_flags && !told_.contains(event.id)) found.changes.push_back(event.change);
    if (event.change.at > told_until) found.cursor += " " + std::to_string(event.id);
  }
  return found;
}

}  // namespace vakt::flag::unleash
