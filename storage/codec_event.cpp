// Events. A released version keeps its golden bytes for ever; a new version of a type is read beside an upcast of the
// old one.
#include "storage/codec.hpp"
#include "storage/codec_json.hpp"
#include "storage/codec_shapes.hpp"

namespace vakt::storage {

namespace {
constexpr int newest_version = 1;  // of every type, until one of them changes

struct Empty {
  static constexpr std::tuple<> fields{};
};
}  // namespace

template <>
struct Shape<event::Declared> {
  using T = event::Declared;
  static constexpr auto type = "declared";
  static constexpr std::tuple fields{Field{"title", &T::title}, Field{"severity", &T::severity},
                                     Field{"test", &T::test}, Field{"here", &T::here},
                                     Field{"declared_in", &T::declared_in}};
};
template <>
struct Shape<event::ChannelBound> {
  static constexpr auto type = "channel_bound";
  static constexpr std::tuple fields{Field{"channel", &event::ChannelBound::channel}};
};
template <>
struct Shape<event::MovedHere> : Empty {
  static constexpr auto type = "moved_here";
};
template <>
struct Shape<event::ChannelRenamed> {
  static constexpr auto type = "channel_renamed";
  static constexpr std::tuple fields{Field{"name", &event::ChannelRenamed::name}};
};
template <>
struct Shape<event::ChannelArchived> {
  static constexpr auto type = "channel_archived";
  static constexpr std::tuple fields{Field{"archived", &event::ChannelArchived::archived}};
};
template <>
struct Shape<event::HeadlinePosted> {
  static constexpr auto type = "headline_posted";
  static constexpr std::tuple fields{Field{"post", &event::HeadlinePosted::post}};
};
template <>
struct Shape<event::AnnouncementPosted> {
  static constexpr auto type = "announcement_posted";
  static constexpr std::tuple fields{Field{"post", &event::AnnouncementPosted::post}};
};
template <>
struct Shape<event::SeverityChanged> {
  static constexpr auto type = "severity_changed";
  static constexpr std::tuple fields{Field{"severity", &event::SeverityChanged::severity}};
};
template <>
struct Shape<event::PhaseChanged> {
  static constexpr auto type = "phase_changed";
  static constexpr std::tuple fields{Field{"phase", &event::PhaseChanged::phase}};
};
template <>
struct Shape<event::RoleAssigned> {
  static constexpr auto type = "role_assigned";
  static constexpr std::tuple fields{Field{"role", &event::RoleAssigned::role},
                                     Field{"user", &event::RoleAssigned::user}};
};
template <>
struct Shape<event::MarkerSet> {
  static constexpr auto type = "marker_set";
  static constexpr std::tuple fields{Field{"marker", &event::MarkerSet::marker},
                                     Field{"time", &event::MarkerSet::time}};
};
template <>
struct Shape<event::MarkerCleared> {
  static constexpr auto type = "marker_cleared";
  static constexpr std::tuple fields{Field{"marker", &event::MarkerCleared::marker}};
};
template <>
struct Shape<event::TitleChanged> {
  static constexpr auto type = "title_changed";
  static constexpr std::tuple fields{Field{"title", &event::TitleChanged::title}};
};
template <>
struct Shape<event::TeamChanged> {
  static constexpr auto type = "team_changed";
  static constexpr std::tuple fields{Field{"team", &event::TeamChanged::team}};
};
template <>
struct Shape<event::Updated> : Empty {
  static constexpr auto type = "updated";
};
template <>
struct Shape<event::Reminded> : Empty {
  static constexpr auto type = "reminded";
};
template <>
struct Shape<event::RemindersAnswered> : Empty {
  static constexpr auto type = "reminders_answered";
};
template <>
struct Shape<event::RemindersStopped> : Empty {
  static constexpr auto type = "reminders_stopped";
};
template <>
struct Shape<event::Resolved> : Empty {
  static constexpr auto type = "resolved";
};
template <>
struct Shape<event::Reopened> : Empty {
  static constexpr auto type = "reopened";
};
template <>
struct Shape<event::Cancelled> : Empty {
  static constexpr auto type = "cancelled";
};

template <>
struct Shape<event::PostmortemWanted> {
  using T = event::PostmortemWanted;
  static constexpr auto type = "postmortem_wanted";
  static constexpr std::tuple fields{Field{"owner", &T::owner}, Field{"due", &T::due}};
};
template <>
struct Shape<event::PostmortemOwned> {
  static constexpr auto type = "postmortem_owned";
  static constexpr std::tuple fields{Field{"owner", &event::PostmortemOwned::owner}};
};
template <>
struct Shape<event::PostmortemDueSet> {
  static constexpr auto type = "postmortem_due_set";
  static constexpr std::tuple fields{Field{"due", &event::PostmortemDueSet::due}};
};
template <>
struct Shape<event::PostmortemReminded> : Empty {
  static constexpr auto type = "postmortem_reminded";
};
template <>
struct Shape<event::PostmortemPublished> {
  static constexpr auto type = "postmortem_published";
  static constexpr std::tuple fields{Field{"url", &event::PostmortemPublished::url}};
};

// What surrounds every body; beside the body's own fields in one flat object.
template <>
struct Shape<Event> {
  static constexpr bool partial = true;
  static constexpr std::tuple fields{Field{"incident", &Event::incident}, Field{"at", &Event::at},
                                     Field{"actor", &Event::actor}};
};

std::string_view event_type(const Event& event) {
  return std::visit([]<class T>(const T&) -> std::string_view { return Shape<T>::type; }, event.body);
}

int event_version(const Event&) { return newest_version; }

std::string encode(const Event& event) {
  Json json = to_json(event.body);
  json.update(to_json(event));
  json["v"] = event_version(event);
  return dump(json);
}

Event decode_event(std::string_view bytes) {
  const Json json = parse(bytes);
  require_version(json, newest_version);
  Event event;
  from_json(json, event, Missing::refused);
  from_json(json, event.body, Missing::refused);
  return event;
}

}  // namespace vakt::storage
