// One row of an incident's record. Plain values; no thread rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bot/types.hpp"

namespace vakt {

enum class EntryKind : std::uint8_t {
  message,   // said in the channel, by a person or another bot
  note,      // typed with /incident note
  marker,    // detail = marker's name
  status,    // detail = the new phase or status
  severity,  // detail = the new severity
  role,      // detail = the role's name
  field,     // detail = the field's name
  update,    // a status update that was posted
  flag,
  action,
  member,  // detail = "joined" | "left"
  gap,     // minutes that vakt could not hear
  system,  // what vakt itself did
};

struct File {
  std::string id, name, url;  // the bytes stay in Slack
  bool operator==(const File&) const = default;
};

struct Version {
  Instant at;        // when this earlier text was written
  std::string text;  // as Slack sent it
  bool operator==(const Version&) const = default;
};

struct SlackRef {
  ChannelId channel;
  Ts ts;
  Ts thread_ts;      // empty unless a reply in a thread
  std::string text;  // as Slack sent it, entities and all
  Ts edited_ts;      // of the newest edit seen, empty if never edited
  bool operator==(const SlackRef&) const = default;
};

// What a person made of it for documents; the original stays as it was.
struct Curation {
  std::string text;           // instead of its own, written as that is; empty: its own
  std::optional<Instant> at;  // instead of its own
  bool approximate = false;   // of `at`
  bool left_out = false;      // of documents
  UserId by;
  Instant made{};
  bool operator==(const Curation&) const = default;
};

struct Entry {
  IncidentNumber incident = 0;
  std::int64_t seq = 0;  // dense from 1 within the incident; 0 until the ledger gives one
  Instant at{};          // when it happened: a Slack message's own ts, never its arrival
  bool approximate = false;
  EntryKind kind = EntryKind::system;
  std::string detail;
  UserId actor;
  std::string actor_name;  // only where Slack sent one that no look-up gives (another bot's name)
  std::string text;        // Slack's mrkdwn or plain words; made readable when it is shown
  bool on_timeline = false;
  std::vector<std::string> held_by;  // who holds a message there: user ids (reactions), "pin", "added" (a shortcut)
  bool backfilled = false;           // fetched later, not heard
  std::optional<SlackRef> slack;
  std::vector<File> files;
  std::vector<Version> versions;
  std::optional<Instant> deleted_at;
  std::optional<Curation> curated;
  bool operator==(const Entry&) const = default;
};

}  // namespace vakt
