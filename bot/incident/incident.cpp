#include "bot/incident/incident.hpp"

#include <algorithm>

namespace vakt {

namespace {

template <class Enum, std::size_t N>
std::optional<Enum> from_name(const std::array<std::string_view, N>& names, std::string_view wanted) {
  const auto found = std::ranges::find(names, wanted);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

constexpr std::array<std::string_view, 5> severity_names{"unset", "sev1", "sev2", "sev3", "sev4"};
constexpr std::array<std::string_view, 3> status_names{"open", "resolved", "cancelled"};
constexpr std::array<std::string_view, 3> phase_names{"investigating", "identified", "monitoring"};
constexpr std::array<std::string_view, marker_count> marker_names{"downtime_start", "event_start", "problem_fixed",
                                                                  "downtime_end", "event_end"};

// One overload an event: what it changes.
class Applier {
 public:
  Applier(Incident& into, const Event& happened) : state(into), event(happened) {}

  void operator()(const event::Declared& e) const {
    state.title = e.title;
    state.severity = e.severity;
    state.test = e.test;
    state.here = e.here;
    state.declared_in = e.declared_in;
    state.declared_at = event.at;
    state.declared_by = event.actor;
    state.last_update_at = event.at;
  }
  void operator()(const event::ChannelBound& e) const { state.channel = e.channel; }
  void operator()(const event::MovedHere&) const { state.here = true; }
  void operator()(const event::ChannelRenamed& e) const { state.channel.name = e.name; }
  void operator()(const event::ChannelArchived& e) const { state.archived = e.archived; }
  void operator()(const event::HeadlinePosted& e) const { state.headline = e.post; }
  void operator()(const event::AnnouncementPosted& e) const { state.announcement = e.post; }
  void operator()(const event::SeverityChanged& e) const { state.severity = e.severity; }
  void operator()(const event::PhaseChanged& e) const { state.phase = e.phase; }
  void operator()(const event::RoleAssigned& e) const { state.roles[e.role] = e.user; }
  void operator()(const event::MarkerSet& e) const {
    state.markers[static_cast<std::size_t>(e.marker)] = e.time;
    if (e.marker == Marker::event_end) state.event_end_ours = event.actor.empty();
  }
  void operator()(const event::MarkerCleared& e) const {
    state.markers[static_cast<std::size_t>(e.marker)].reset();
    if (e.marker == Marker::event_end) state.event_end_ours = false;
  }
  void operator()(const event::TitleChanged& e) const { state.title = e.title; }
  void operator()(const event::TeamChanged& e) const { state.team = e.team; }
  void operator()(const event::Updated&) const {
    state.last_update_at = event.at;
    state.reminders_unanswered = 0;
  }
  void operator()(const event::Reminded&) const { ++state.reminders_unanswered; }
  void operator()(const event::RemindersAnswered&) const {
    state.last_update_at = event.at;
    state.reminders_unanswered = 0;
  }
  void operator()(const event::RemindersStopped&) const { state.reminders_stopped = true; }
  void operator()(const event::Resolved&) const {
    state.status = Status::resolved;
    state.resolved_at = event.at;
  }
  void operator()(const event::Reopened&) const {
    state.status = Status::open;
    state.resolved_at.reset();
    state.last_update_at = event.at;
    state.reminders_unanswered = 0;
    state.reminders_stopped = false;
  }
  void operator()(const event::Cancelled&) const {
    state.status = Status::cancelled;
    state.resolved_at = event.at;
  }
  void operator()(const event::PostmortemWanted& e) const {
    state.postmortem = Postmortem{.owner = e.owner, .due = e.due, .due_set_at = event.at};
  }
  void operator()(const event::PostmortemOwned& e) const { postmortem().owner = e.owner; }
  void operator()(const event::PostmortemDueSet& e) const {
    postmortem().due = e.due;
    postmortem().due_set_at = event.at;
    postmortem().reminded_at.reset();
  }
  void operator()(const event::PostmortemReminded&) const { postmortem().reminded_at = event.at; }
  void operator()(const event::PostmortemPublished& e) const {
    postmortem().url = e.url;
    postmortem().published_at = event.at;
  }

 private:
  Incident& state;
  const Event& event;

  Postmortem& postmortem() const { return state.postmortem ? *state.postmortem : state.postmortem.emplace(); }
};

}  // namespace

void apply(Incident& state, const Event& event) {
  state.number = event.incident;
  std::visit(Applier{state, event}, event.body);
}

Incident replay(const std::vector<Event>& events) {
  Incident state;
  for (const auto& event : events) apply(state, event);
  return state;
}

std::string_view name(Severity value) { return severity_names[static_cast<std::size_t>(value)]; }
std::string_view name(Status value) { return status_names[static_cast<std::size_t>(value)]; }
std::string_view name(Phase value) { return phase_names[static_cast<std::size_t>(value)]; }
std::string_view name(Marker value) { return marker_names[static_cast<std::size_t>(value)]; }

std::optional<Severity> severity_from(std::string_view text) { return from_name<Severity>(severity_names, text); }
std::optional<Phase> phase_from(std::string_view text) { return from_name<Phase>(phase_names, text); }
std::optional<Marker> marker_from(std::string_view text) { return from_name<Marker>(marker_names, text); }

}  // namespace vakt
