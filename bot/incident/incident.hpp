// An incident's bounded state, the events that change it, and how they do. Pure: replay(events) == state, and apply is
// total. People's text (messages, notes, updates, fields) lives in entries alone; the title is the only text of theirs
// here.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bot/types.hpp"

namespace vakt {

enum class Marker : std::uint8_t { downtime_start, event_start, problem_fixed, downtime_end, event_end };
inline constexpr std::size_t marker_count = 5;

struct MarkerTime {
  Instant at{};
  bool approximate = false;
  bool operator==(const MarkerTime&) const = default;
};

struct ChannelRef {
  ChannelId id;
  std::string name;
  bool operator==(const ChannelRef&) const = default;
};

struct PostRef {
  ChannelId channel;
  Ts ts;
  bool operator==(const PostRef&) const = default;
};

// Who sees to it that the post-mortem gets published, and until when.
struct Postmortem {
  UserId owner;
  std::optional<std::chrono::year_month_day> due;  // in the team's zone; nothing: nobody is reminded
  Instant due_set_at{};
  std::optional<Instant> reminded_at;
  std::string url;  // empty until it is published
  std::optional<Instant> published_at;
  bool operator==(const Postmortem&) const = default;
};

struct Incident {
  IncidentNumber number = 0;
  std::string title;
  Severity severity = Severity::unset;
  Status status = Status::open;
  Phase phase = Phase::investigating;
  bool test = false;      // a drill
  bool here = false;      // bound to the channel it was declared in
  bool archived = false;  // the channel is archived: recording has ended
  std::string team;
  ChannelRef channel;     // id empty until Slack has made it
  ChannelId declared_in;  // where the command was typed
  Instant declared_at{};
  UserId declared_by;
  std::optional<Instant> resolved_at;
  std::array<std::optional<MarkerTime>, marker_count> markers;
  bool event_end_ours = false;  // EVENT END was set by vakt, and moves with DOWNTIME END
  std::map<std::string, UserId> roles;
  PostRef headline, announcement;  // ts empty until posted
  Instant last_update_at{};        // or when the reminder to give one was snoozed
  int reminders_unanswered = 0;
  bool reminders_stopped = false;
  std::optional<Postmortem> postmortem;  // nothing: nobody wants one
  bool operator==(const Incident&) const = default;

  const std::optional<MarkerTime>& marker(Marker m) const { return markers[static_cast<std::size_t>(m)]; }
};

namespace event {
struct Declared {
  std::string title;
  Severity severity;
  bool test, here;
  ChannelId declared_in;
};
struct ChannelBound {
  ChannelRef channel;
};
struct MovedHere {};  // no channel of its own could be had: the one it was declared in serves
struct ChannelRenamed {
  std::string name;
};
struct ChannelArchived {
  bool archived;
};
struct HeadlinePosted {
  PostRef post;
};
struct AnnouncementPosted {
  PostRef post;
};
struct SeverityChanged {
  Severity severity;
};
struct PhaseChanged {
  Phase phase;
};
struct RoleAssigned {
  std::string role;
  UserId user;
};
struct MarkerSet {
  Marker marker;
  MarkerTime time;
};
struct MarkerCleared {
  Marker marker;
};
struct TitleChanged {
  std::string title;
};
struct TeamChanged {
  std::string team;
};
struct Updated {};
struct Reminded {};
struct RemindersAnswered {};  // snoozed: the count of unanswered ones starts again
struct RemindersStopped {};
struct Resolved {};
struct Reopened {};
struct Cancelled {};
struct PostmortemWanted {
  UserId owner;
  std::optional<std::chrono::year_month_day> due;
};
struct PostmortemOwned {
  UserId owner;
};
struct PostmortemDueSet {
  std::chrono::year_month_day due;
};
struct PostmortemReminded {};
struct PostmortemPublished {
  std::string url;
};
}  // namespace event

using EventBody =
    std::variant<event::Declared, event::ChannelBound, event::MovedHere, event::ChannelRenamed, event::ChannelArchived,
                 event::HeadlinePosted, event::AnnouncementPosted, event::SeverityChanged, event::PhaseChanged,
                 event::RoleAssigned, event::MarkerSet, event::MarkerCleared, event::TitleChanged, event::TeamChanged,
                 event::Updated, event::Reminded, event::RemindersAnswered, event::RemindersStopped, event::Resolved,
                 event::Reopened, event::Cancelled, event::PostmortemWanted, event::PostmortemOwned,
                 event::PostmortemDueSet, event::PostmortemReminded, event::PostmortemPublished>;

struct Event {
  IncidentNumber incident = 0;
  Instant at{};
  UserId actor;  // empty: vakt itself
  EventBody body;
};

void apply(Incident& state, const Event& event);
Incident replay(const std::vector<Event>& events);

// Names as the command line, the record and Slack's buttons spell them.
std::string_view name(Severity);  // "unset", "sev1" …
std::string_view name(Status);
std::string_view name(Phase);
std::string_view name(Marker);  // "downtime_start" …
std::optional<Severity> severity_from(std::string_view);
std::optional<Phase> phase_from(std::string_view);
std::optional<Marker> marker_from(std::string_view);  // of the record's names

}  // namespace vakt
