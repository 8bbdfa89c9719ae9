#include "storage/record_json.hpp"

#include <array>
#include <ostream>

#include "bot/settings.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "storage/action_json.hpp"
#include "storage/codec_shapes_flags.hpp"
#include "storage/json_writer.hpp"
#include "storage/shown_json.hpp"

namespace vakt {

namespace {

using storage::ObjectWriter;
using storage::shown::Json, storage::shown::or_null, storage::shown::when, storage::shown::day, storage::shown::printed;

constexpr std::array<const char*, 13> kinds{"message", "note", "marker", "status", "severity", "role",  "field",
                                            "update",  "flag", "action", "member", "gap",      "system"};

Json channel_json(const Incident& incident) {
  return {{"id", or_null(incident.channel.id)}, {"name", or_null(incident.channel.name)}};
}

void write_slack(std::string& out, const Record& record, const Entry& entry, const std::string& team_url) {
  const auto& slack = *entry.slack;
  ObjectWriter object{out};
  object.field("channel", slack.channel);
  object.field("ts", slack.ts);
  object.text_or_null("thread_ts", slack.thread_ts);
  object.field("permalink", permalink(team_url, slack.channel, slack.ts, slack.thread_ts));
  object.field("text", entry.deleted_at ? std::nullopt : std::optional<std::string_view>{slack.text});
  object.text_or_null("channel_name",
                      slack.channel == record.incident.channel.id ? record.incident.channel.name : std::string{});
}

void write_curation(std::string& out, const Record& record, const Entry& entry) {
  const auto& curated = *entry.curated;
  ObjectWriter object{out};
  object.text_or_null("text", entry.deleted_at ? std::string{} : readable(curated.text, record.names));
  object.field("at", curated.at ? std::optional{iso_utc(*curated.at)} : std::nullopt);
  object.field("approximate", curated.approximate);
  object.field("left_out", curated.left_out);
  object.text_or_null("by", curated.by);
  object.field("made", iso_utc(curated.made));
}

void write_entry(std::string& out, const Record& record, const Entry& entry, const std::string& team_url) {
  Json files = Json::array(), versions = Json::array();
  if (!entry.deleted_at) {
    for (const auto& file : entry.files) files.push_back({{"id", file.id}, {"name", file.name}, {"url", file.url}});
    for (const auto& version : entry.versions)
      versions.push_back({{"at", iso_utc(version.at)}, {"text", readable(version.text, record.names)}});
  }
  ObjectWriter object{out};
  object.field("seq", entry.seq);
  object.field("at", iso_utc(entry.at));
  object.field("approximate", entry.approximate);
  object.field("kind", kinds[static_cast<std::size_t>(entry.kind)]);
  object.text_or_null("detail", entry.detail);
  object.text_or_null("actor", entry.actor);
  object.field("actor_name", actor_name(record, entry));
  object.field("text", entry.deleted_at ? std::nullopt : std::optional{readable_text(record, entry)});
  object.field("on_timeline", entry.on_timeline && !entry.deleted_at);
  object.field("backfilled", entry.backfilled);
  if (entry.slack)
    write_slack(object.open("slack"), record, entry, team_url);
  else
    object.field("slack", nullptr);
  object.raw("files", files.empty() ? "[]" : printed(files));
  object.raw("versions", versions.empty() ? "[]" : printed(versions));
  object.field("deleted_at", entry.deleted_at ? std::optional{iso_utc(*entry.deleted_at)} : std::nullopt);
  object.field("redacted", nullptr);
  if (entry.curated)
    write_curation(object.open("curated"), record, entry);
  else
    object.field("curated", nullptr);
}

Json change_json(const flag::Change& change) {
  const auto& p = change.progress;
  const auto seconds = flag::exposed_seconds(change);
  return {{"name", change.wanted.name},
          {"environment", change.wanted.environment},
          {"provider", p.provider.empty() ? change.wanted.provider : p.provider},
          {"change", storage::stored_name(change.wanted.action)},
          {"percent", change.wanted.action == flag::Action::percent ? Json(change.wanted.percent) : Json(nullptr)},
          {"standing", storage::stored_name(p.standing)},
          {"by", or_null(change.by)},
          {"confirmed_by", or_null(change.confirmed_by)},
          {"reason", or_null(readable(change.reason, {}))},
          {"requested_at", iso_utc(change.requested_at)},
          {"stored_at", when(p.stored_at)},
          {"served_at", when(p.served_at)},
          {"verified_at", when(p.verified_at)},
          {"exposed_since", when(change.exposed_since)},
          {"exposed_seconds", seconds ? Json(*seconds) : Json(nullptr)}};
}

Json fields_json(const Record& record) {
  Json fields = Json::object();
  for (const auto& entry : record.entries)
    if (entry.kind == EntryKind::field)
      fields[entry.detail].push_back(
          {{"at", iso_utc(entry.at)}, {"actor", entry.actor}, {"text", readable_text(record, entry)}});
  return fields;
}

Json postmortem_json(const std::optional<Postmortem>& postmortem) {
  if (!postmortem) return nullptr;
  return {{"owner", or_null(postmortem->owner)},
          {"due", day(postmortem->due)},
          {"url", or_null(postmortem->url)},
          {"published_at", when(postmortem->published_at)}};
}

Json head_json(const Record& record) {
  const auto& i = record.incident;
  Json markers = Json::object(), roles = Json::object();
  for (std::size_t m = 0; m < marker_count; ++m) {
    const auto& time = i.markers[m];
    markers[std::string{name(static_cast<Marker>(m))}] = time ? Json(iso_utc(time->at)) : Json(nullptr);
  }
  for (const auto& [role, user] : i.roles) roles[role] = user;
  return {{"number", i.number},
          {"title", readable(i.title, record.names)},
          {"severity", i.severity == Severity::unset ? Json(nullptr) : Json(name(i.severity))},
          {"status", name(i.status)},
          {"phase", name(i.phase)},
          {"test", i.test},
          {"private", false},
          {"team", or_null(i.team)},
          {"channel", channel_json(i)},
          {"declared_at", iso_utc(i.declared_at)},
          {"declared_by", i.declared_by},
          {"resolved_at", when(i.resolved_at)},
          {"markers", std::move(markers)},
          {"roles", std::move(roles)},
          {"postmortem", postmortem_json(i.postmortem)},
          {"fields", fields_json(record)}};
}

}  // namespace

void write_record_json(std::ostream& out, const Record& record, const std::vector<flag::Change>& changes,
                       const std::string& team_url) {
  auto head = printed(head_json(record));
  head.pop_back();  // the entries go inside the same object
  out << head << ",\n\"entries\":[";
  std::string line;
  for (const auto& entry : record.entries) {
    line = &entry == &record.entries.front() ? "\n" : ",\n";
    write_entry(line, record, entry, team_url);
    out << line;
  }
  out << "\n],\"flags\":" << flag_changes_json(changes) << ",\"actions\":" << items_json(record.items) << "}\n";
}

std::string flag_changes_json(const std::vector<flag::Change>& changes) {
  Json list = Json::array();
  for (const auto& change : changes)
    if (change.progress.standing != flag::Standing::asked) list.push_back(change_json(change));
  return printed(list);
}

std::string incidents_json(const std::vector<Incident>& incidents) {
  Json list = Json::array();
  for (const auto& i : incidents)
    list.push_back({{"number", i.number},
                    {"title", readable(i.title, {})},
                    {"severity", i.severity == Severity::unset ? Json(nullptr) : Json(name(i.severity))},
                    {"status", name(i.status)},
                    {"phase", name(i.phase)},
                    {"channel", channel_json(i)},
                    {"declared_at", iso_utc(i.declared_at)},
                    {"resolved_at", when(i.resolved_at)},
                    {"test", i.test},
                    {"private", false}});
  return printed(list);
}

std::string audit_json(const std::vector<AuditRow>& rows) {
  Json list = Json::array();
  for (const auto& row : rows)
    list.push_back({{"at", iso_utc(row.at)},
                    {"actor", row.actor},
                    {"channel", row.channel},
                    {"command", row.command},
                    {"outcome", row.outcome},
                    {"detail", row.detail}});
  return printed(list);
}

}  // namespace vakt
