// The bot's one decision: an Inbound and the facts it names become events, entries, effects and wake-ups. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/inbound.hpp"
#include "bot/incident/incident.hpp"
#include "bot/settings.hpp"

namespace vakt {

// What must be looked up before an Inbound can be decided.
struct Needs {
  IncidentNumber number = 0;  // the incident of this number, or
  ChannelId channel;          // the one bound to this channel
  Ts ts;                      // the entry of (channel, ts)
  bool open = false;          // all open incidents
  bool recorded = false;      // all incidents with a channel that is not archived
  bool timeline = false;      // the entries on the incident's timeline
};
Needs needs(const Inbound&);

struct Facts {
  std::optional<Incident> incident;
  std::optional<Entry> entry;
  std::vector<Incident> open;
  std::vector<Incident> recorded;
  std::vector<Entry> timeline;
  IncidentNumber next_number = 1;
};

struct Wake {
  std::string key;
  std::optional<Instant> at;  // nothing: cancelled
};

// What the acknowledgement of a command or of a form carries back.
struct Answer {
  view::Message message;
  std::map<std::string, std::string> form_errors;  // input's block -> sentence
};

struct Audit {
  UserId actor;
  ChannelId channel;
  std::string command, outcome, detail;  // outcome: "done" | "refused"
};

struct Decision {
  std::vector<Incident> changed;  // states after the events
  std::vector<Event> events;
  std::vector<Entry> added;     // in order; seq is given by the ledger
  std::vector<Entry> replaced;  // by incident and seq
  std::vector<Effect> effects;
  std::vector<Wake> wakes;
  std::vector<std::string> names_wanted;     // user ids whose names the record needs
  std::map<std::string, std::string> names;  // learned: id -> name
  std::vector<Inbound> then;                 // decided next, in the same transaction (a fetched page's messages)
  std::optional<Answer> answer;
  std::optional<Audit> audit;
};

Decision decide(const Inbound&, const Facts&, const Settings&);

// When the reminder to give an update is due, if ever.
std::optional<Instant> next_reminder(const Incident&, const Settings&);

}  // namespace vakt
