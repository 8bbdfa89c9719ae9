// The bot's one decision: an Inbound and the facts it names become events, entries, effects and wake-ups. Pure.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/decide/draft.hpp"
#include "bot/flags/flag_change.hpp"
#include "bot/inbound.hpp"
#include "bot/incident/incident.hpp"
#include "bot/rollouts/rollout.hpp"
#include "bot/settings.hpp"

namespace vakt {

// What must be looked up before an Inbound can be decided.
struct Needs {
  IncidentNumber number = 0;         // the incident of this number, or
  ChannelId channel;                 // the one bound to this channel
  Ts ts;                             // the entries of (channel, ts), where the channel has an incident
  bool anywhere = false;             // and where it has none: a message of another channel may stand in a record
  std::string draft;                 // the draft of this key, and the entries of its message
  bool open = false;                 // all open incidents
  bool recorded = false;             // all incidents that record their channel now
  bool timeline = false;             // the entries on the incident's timeline
  bool fields = false;               // the incident's entries of fields: summary, impact …
  std::int64_t entry = 0;            // the incident's entry of this seq
  bool own_end = false;              // the entry of the EVENT END that vakt set by itself
  bool flags = false;                // who may, what happened to flags in the last 24 hours, the next change's number
  std::int64_t change = 0;           // the change of a flag with this number, or
  std::string change_key;            // with this key
  std::string flag_name;             // all changes of this flag, asked for and seen
  std::set<std::string> changes_of;  // all changes asked for of these flags, however long ago
  // Action items: which, and what goes with them.
  enum class Items : std::uint8_t {
    none,
    one,       // of this number, or with this card or label
    incident,  // of the incident that is named, or of `number`, closed ones too
    open,      // all that are not closed
    linked,    // all whose card is to be read: open ones, and those closed in the last 90 days
    digest,    // all open ones, those closed in the last 30 days, and all incidents
  } items = Items::none;
  action::ItemId item = 0;
  std::string card, label;     // short link of a card; a card's label
  UserId person;               // who is to own an item: their name
  std::set<std::string> kept;  // all cursors whose names begin so
  // Rollouts: which, and the change of the flag that each is at.
  enum class Rollouts : std::uint8_t {
    none,
    all,       // newest first, at most 500
    followed,  // those that a change of their flag concerns
  } rollouts = Rollouts::none;
  rollout::Id rollout = 0;  // this one alone
};
Needs needs(const Inbound&, const Settings&);

struct Facts {
  std::optional<Incident> incident;
  std::vector<Entry> entries;  // of the message that is named, in whichever records it stands
  std::optional<Draft> draft;
  std::optional<Entry> own_end;
  std::vector<Incident> open;
  std::vector<Incident> recorded;
  std::vector<Entry> timeline;
  std::vector<Entry> fields;  // by seq
  std::optional<Entry> chosen;
  IncidentNumber next_number = 1;
  std::optional<flag::Change> change;
  std::vector<flag::Change> changes;          // newest first
  std::vector<flag::Sighting> observed;       // newest first
  std::optional<std::set<UserId>> operators;  // nothing: no such group; anyone may turn off, nobody on
  std::int64_t next_change = 1;
  std::vector<action::Item> items;          // by id
  std::vector<Incident> incidents;          // all, by number, where a digest asks for them; of one item: its first
  std::map<std::string, std::string> kept;  // cursors, by name
  std::map<std::string, std::string> known_names;  // of the items' people, where a digest or a list asks
  action::ItemId next_item = 1;
  std::vector<rollout::Rollout> rollouts;
  std::optional<flag::Change> rollout_change;  // of the one rollout that is named: what its flag was proven to be
  rollout::Id next_rollout = 1;
};

struct Wake {
  std::string key;
  std::optional<Instant> at;  // nothing: cancelled
};

// What the acknowledgement of a command or of a form carries back.
struct Answer {
  view::Message message;
  std::map<std::string, std::string> form_errors;  // input's block -> sentence
  // The answer itself comes as a Respond to this response_url, from an effect of this turn: the ack waits for it, up to
  // 1.5 s, and says `message` if it does not come.
  std::string follows;
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
  std::map<std::string, Draft> drafts;         // to keep, by key
  std::vector<std::string> drafts_finished;    // keys
  std::vector<std::string> names_wanted;       // user ids whose names the record needs
  std::map<std::string, std::string> names;    // learned: id -> name
  std::vector<flag::Change> changes;           // saved by number
  std::vector<flag::Sighting> observed;        // kept once each
  std::map<std::string, std::string> cursors;  // name -> value
  std::vector<action::Item> items;             // saved by id
  std::vector<rollout::Rollout> rollouts;      // saved by id
  std::vector<Inbound> then;                   // decided next, in the same transaction (a fetched page's messages)
  std::optional<Answer> answer;
  std::optional<Audit> audit;
};

// Who may change flags, from what the ledger's cursors hold of the groups. Nothing: no such group, or not known yet.
inline constexpr const char* no_such_group = "!";
inline constexpr const char* group_cursor = "group:";  // + its handle or id: who is in it
std::optional<std::set<UserId>> read_operators(const Settings&,
                                               const std::function<std::string(const std::string& cursor)>&);

// What a kill needs while nothing can be recorded: the order and the first answer. Nothing if this is no kill, or one
// that waits for a person all the same (a protected name, somebody who may not).
struct UnrecordedKill {
  flag::Wanted wanted;
  view::Message answer;
};
std::optional<UnrecordedKill> unrecorded_kill(const Inbound&, const Settings&,
                                              const std::optional<std::set<UserId>>& operators);

Decision decide(const Inbound&, const Facts&, const Settings&);

// When the reminder to give an update is due, if ever.
std::optional<Instant> next_reminder(const Incident&, const Settings&);

}  // namespace vakt
