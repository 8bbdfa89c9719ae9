// How long it took to detect, to react, to fix, and how long it was down: from which entry to which, or why that cannot
// be told. Pure.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "bot/postmortem/curated_timeline.hpp"

namespace vakt::postmortem {

// A time as documents quote it: with the day where the record spans several, "~" where it is approximate.
struct Quoting {
  std::string zone;
  bool with_day = false;
};
std::string quoted_time(const Quoting&, Instant, bool approximate, bool to_the_second);

struct Span {
  std::chrono::seconds length{};  // never negative
  bool approximate = false;
};
// "7 min 47 s", "31 min", "7 h 52 min"; "about 6 and a half minutes" where it is approximate.
std::string span_words(Span, Language);

struct Duration {
  std::string name;                              // "Time to detect"
  std::optional<std::chrono::seconds> length{};  // nothing: it cannot be told, and `words` say why
  std::string words;                             // "9 min (from DOWNTIME START 09:09 to EVENT START 09:18)"
};
// Detect, react, fix, downtime.
std::array<Duration, 4> durations(const Record&, const std::vector<Row>&, const Quoting&, Language);

// A marker as documents know it: with a time that was curated.
std::optional<MarkerTime> marker_shown(const Record&, Marker);

}  // namespace vakt::postmortem
