// The stored fields of the incident's parts: state, references, entries' lists. Internal to the codec's .cpp files.
#pragma once

#include "storage/codec_json.hpp"
#include "storage/codec_shapes_actions.hpp"

namespace vakt::storage {

template <>
struct Shape<MarkerTime> {
  using T = MarkerTime;
  static constexpr std::tuple fields{Field{"at", &T::at}, Field{"approximate", &T::approximate}};
};
template <>
struct Shape<ChannelRef> {
  using T = ChannelRef;
  static constexpr std::tuple fields{Field{"id", &T::id}, Field{"name", &T::name}};
};
template <>
struct Shape<PostRef> {
  using T = PostRef;
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"ts", &T::ts}};
};
template <>
struct Shape<File> {
  using T = File;
  static constexpr std::tuple fields{Field{"id", &T::id}, Field{"name", &T::name}, Field{"url", &T::url}};
};
template <>
struct Shape<Version> {
  using T = Version;
  static constexpr std::tuple fields{Field{"at", &T::at}, Field{"text", &T::text}};
};
template <>
struct Shape<Curation> {
  using T = Curation;
  static constexpr std::tuple fields{
      Field{"text", &T::text},         Field{"at", &T::at}, Field{"approximate", &T::approximate},
      Field{"left_out", &T::left_out}, Field{"by", &T::by}, Field{"made", &T::made}};
};
template <>
struct Shape<Postmortem> {
  using T = Postmortem;
  static constexpr std::tuple fields{Field{"owner", &T::owner},
                                     Field{"due", &T::due},
                                     Field{"due_set_at", &T::due_set_at},
                                     Field{"reminded_at", &T::reminded_at},
                                     Field{"url", &T::url},
                                     Field{"published_at", &T::published_at}};
};
template <>
struct Shape<Incident> {
  using T = Incident;
  static constexpr std::tuple fields{Field{"number", &T::number},
                                     Field{"title", &T::title},
                                     Field{"severity", &T::severity},
                                     Field{"status", &T::status},
                                     Field{"phase", &T::phase},
                                     Field{"test", &T::test},
                                     Field{"here", &T::here},
                                     Field{"archived", &T::archived},
                                     Field{"team", &T::team},
                                     Field{"channel", &T::channel},
                                     Field{"declared_in", &T::declared_in},
                                     Field{"declared_at", &T::declared_at},
                                     Field{"declared_by", &T::declared_by},
                                     Field{"resolved_at", &T::resolved_at},
                                     Field{"markers", &T::markers},
                                     Field{"event_end_ours", &T::event_end_ours},
                                     Field{"roles", &T::roles},
                                     Field{"headline", &T::headline},
                                     Field{"announcement", &T::announcement},
                                     Field{"last_update_at", &T::last_update_at},
                                     Field{"reminders_unanswered", &T::reminders_unanswered},
                                     Field{"reminders_stopped", &T::reminders_stopped},
                                     Field{"postmortem", &T::postmortem}};
};

template <>
struct Shape<inbound::Message> {
  using T = inbound::Message;
  static constexpr std::tuple fields{Field{"channel", &T::channel},     Field{"ts", &T::ts},
                                     Field{"thread_ts", &T::thread_ts}, Field{"user", &T::user},
                                     Field{"bot_id", &T::bot_id},       Field{"bot_name", &T::bot_name},
                                     Field{"app_id", &T::app_id},       Field{"subtype", &T::subtype},
                                     Field{"text", &T::text},           Field{"fallback", &T::fallback},
                                     Field{"files", &T::files},         Field{"edited_ts", &T::edited_ts},
                                     Field{"nonce", &T::nonce},         Field{"backfilled", &T::backfilled}};
};
template <>
struct Shape<Draft> {
  using T = Draft;
  static constexpr std::tuple fields{
      Field{"title", &T::title},     Field{"severity", &T::severity}, Field{"here", &T::here},
      Field{"test", &T::test},       Field{"sure", &T::sure},         Field{"description", &T::description},
      Field{"message", &T::message}, Field{"channel", &T::channel},   Field{"response_url", &T::response_url},
      Field{"begun", &T::begun},     Field{"incident", &T::incident}, Field{"item", &T::item}};
};

}  // namespace vakt::storage
