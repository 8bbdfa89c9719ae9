#include "bot/record/markdown.hpp"

#include "bot/texts/digest_texts.hpp"
#include "bot/texts/markdown_text.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

std::string line(const Record& record, const Settings& settings, const Entry& entry) {
  auto out = "- " + std::string{entry.approximate ? "~" : ""} + date_and_seconds(entry.at, settings.timezone) + " **" +
             markdown_words(actor_name(record, entry)) + "** ";
  if (entry.kind != EntryKind::message && entry.kind != EntryKind::member) out += "*";
  if (entry.kind == EntryKind::field)
    out += markdown_words(std::string{shown_field(texts(settings.language), entry.detail)}) + ": ";
  out += entry.deleted_at ? "(deleted)" : markdown_line(entry.text, record.names);
  if (entry.kind != EntryKind::message && entry.kind != EntryKind::member) out += "*";
  if (!entry.versions.empty() && !entry.deleted_at) out += " (edited)";
  if (entry.slack && !entry.slack->thread_ts.empty()) out += " (reply)";
  if (!entry.deleted_at)
    for (const auto& file : entry.files) out += " " + markdown_link(file.name, file.url);
  return out + "\n";
}

void section(std::string& out, const Record& record, const Settings& settings, const std::string& heading,
             bool timeline_only) {
  out += "\n## " + heading + "\n\n";
  bool any = false;
  for (const auto& entry : record.entries) {
    if (timeline_only && (!entry.on_timeline || entry.deleted_at)) continue;
    out += line(record, settings, entry);
    any = true;
  }
  if (!any) out += "(none)\n";
}

// A task of Markdown's: "- [ ] 12 [KM676](https://trello.com/c/…) Title · SEV1 · Kari · due 2026-12-01".
std::string item_line(const Record& record, const Settings& settings, const action::Item& item) {
  const auto& t = digest_texts(settings.language);
  auto out = std::string{action::is_closed(item.state) ? "- [x] " : "- [ ] "} + std::to_string(item.id) + " ";
  if (item.card)
    out += markdown_link(item.label.empty() ? "Trello" : item.label, item.card->url) + " ";
  else if (!item.label.empty())
    out += markdown_words(item.label) + " ";
  out += markdown_words(item.title);
  const auto add = [&](std::string_view part) { out += " · " + std::string{part}; };
  if (item.priority != Severity::unset) add(shown(texts(settings.language), item.priority));
  add(item.owner.empty() ? std::string{t.no_owner} : markdown_words(name_of(record, item.owner)));
  if (item.due) add(fill(t.due, {iso_date(*item.due)}));
  if (item.state == action::State::in_progress) add(t.in_progress);
  if (const auto reason = reason_of(t, item.state); !reason.empty()) add(reason);
  if (item.state == action::State::wont_do) {
    add(t.wont_do);
    out += ": " + markdown_words(item.reason);
  }
  if (action::is_closed(item.state) && item.closed_at) add(date_and_time(*item.closed_at, settings.timezone));
  return out + "\n";
}

}  // namespace

std::string record_markdown(const Record& record, const Settings& settings) {
  const auto& t = texts(settings.language);
  const auto& incident = record.incident;
  const auto zone = settings.timezone;
  auto out =
      "# " + std::to_string(incident.number) + " " + markdown_words(readable(incident.title, record.names)) + "\n\n";
  out += "- " + std::string{shown(t, incident.severity)} + ", " + state_shown(t, incident) + "\n";
  if (incident.test) out += "- " + std::string{t.drill} + "\n";
  for (const auto& [role, user] : incident.roles)
    out += "- " + (role == "lead" ? std::string{t.lead} : markdown_words(role)) + ": " +
           markdown_words(name_of(record, user)) + "\n";
  for (std::size_t i = 0; i < marker_count; ++i)
    if (const auto& time = incident.markers[i])
      out += "- " + std::string{shown(t, static_cast<Marker>(i))} + ": " + (time->approximate ? "~" : "") +
             date_and_seconds(time->at, zone) + "\n";
  out += "- " + zone + "\n";
  section(out, record, settings, std::string{t.show_timeline}, true);
  if (!record.items.empty()) {
    out += "\n## " + std::string{t.record_items} + "\n\n";
    for (const auto& item : record.items) out += item_line(record, settings, item);
  }
  section(out, record, settings,
          std::string{settings.language == Language::nb ? "Alt som ble sagt og gjort" : "Everything said and done"},
          false);
  return out;
}

}  // namespace vakt
