// Reads Unleash's event log page by page, newest first, back to where the last reading ended. Pure; any thread.
// Unleash numbers an event before it commits it, so the last seconds are read again and what was told is left out.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "integrations/flags/unleash_json.hpp"

namespace vakt::flag::unleash {

class EventReader {
 public:
  // A cursor that cannot be read counts as none: the last 24 hours.
  EventReader(std::string_view cursor, Instant now);

  int offset() const { return offset_; }
  int limit() const { return pages_ == 0 ? 20 : 100; }  // nothing new is the usual case, and cheap
  // True where another page is needed.
  bool take(const EventPage& page);

  // Oldest first, each once. What lay too far back is told as one "events-not-read".
  struct Found {
    std::vector<Observation> changes;
    std::string cursor;
  };
  Found finish() const;

  static constexpr std::chrono::seconds read_again{10};
  static constexpr int most_pages = 50;

 private:
  Instant horizon_;           // everything until then was told
  std::set<long long> told_;  // and these after it
  std::map<std::pair<Instant, long long>, Event> events_;
  int pages_ = 0, offset_ = 0;
  bool cut_ = false;
};

}  // namespace vakt::flag::unleash
