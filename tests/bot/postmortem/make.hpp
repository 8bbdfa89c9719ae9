// Records to write documents from.
#pragma once

#include <gmock/gmock.h>

#include "bot/postmortem/document.hpp"
#include "bot/time/zones.hpp"

namespace vakt::test {

using namespace std::chrono_literals;

// "2022-04-20 11:28" or "…:34", in Oslo.
inline Instant oslo(const std::string& wall) {
  const auto number = [&](std::size_t from, std::size_t length) { return std::stoi(wall.substr(from, length)); };
  return from_wall(
      {number(0, 4), number(5, 2), number(8, 2), number(11, 2), number(14, 2), wall.size() > 16 ? number(17, 2) : 0},
      "Europe/Oslo");
}

struct Written {
  Record record{.incident = {.number = 5, .title = "Loki PVC full", .declared_by = "U1"}, .names = {{"U1", "kari"}}};
  std::vector<flag::Change> changes;
  Settings settings{.timezone = "Europe/Oslo"};

  Entry& add(Instant at, EntryKind kind, const std::string& text, const std::string& detail = {}) {
    record.entries.push_back({.incident = record.incident.number,
                              .seq = static_cast<std::int64_t>(record.entries.size()) + 1,
                              .at = at,
                              .kind = kind,
                              .detail = detail,
                              .actor = "U1",
                              .text = text,
                              .on_timeline = kind != EntryKind::field});
    return record.entries.back();
  }
  Entry& note(const std::string& when, const std::string& text) { return add(oslo(when), EntryKind::note, text); }
  Entry& field(const std::string& name, const std::string& text) {
    return add(oslo("2022-04-20 20:00"), EntryKind::field, text, name);
  }
  void mark(Marker marker, const std::string& when, bool approximate = false) {
    record.incident.markers[static_cast<std::size_t>(marker)] = MarkerTime{oslo(when), approximate};
    add(oslo(when), EntryKind::marker, "", std::string{name(marker)}).approximate = approximate;
  }

  // A flag that was open since `from` and proven off at `to`.
  flag::Change& killed(const std::string& flag_name, Instant from, Instant to) {
    flag::Change change{.number = 1};
    change.wanted = {.name = flag_name, .environment = "production", .action = flag::Action::off};
    change.progress.standing = flag::Standing::proven;
    change.progress.stored_at = change.progress.verified_at = to;
    change.before = flag::Seen{flag::Sees::everybody, 1, 1};
    change.state_before.enabled = true;
    change.exposed_since = from;
    changes.push_back(change);
    add(to, EntryKind::flag, "`" + flag_name + "` is OFF in production.", flag_name);
    return changes.back();
  }

  Result<postmortem::Document> through(const std::string& name_or_text) const {
    if (const auto built_in = postmortem::built_in(name_or_text))
      return postmortem::write(record, changes, *built_in, settings);
    return postmortem::write(record, changes, {"own", "own.mustache", name_or_text}, settings);
  }
  std::string markdown(const std::string& name_or_text) const {
    const auto document = through(name_or_text);
    EXPECT_TRUE(document) << (document ? "" : document.error().text);
    return document ? document->markdown : std::string{};
  }
  std::string error(const std::string& text) const {
    const auto document = through(text);
    return document ? std::string{} : document.error().text;
  }
};

}  // namespace vakt::test
