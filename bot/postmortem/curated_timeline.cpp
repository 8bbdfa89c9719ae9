#include "bot/postmortem/curated_timeline.hpp"

#include <algorithm>

#include "bot/postmortem/retold.hpp"
#include "bot/spelling.hpp"
#include "bot/texts/document_texts.hpp"
#include "bot/texts/markdown_text.hpp"
#include "bot/texts/texts.hpp"

namespace vakt::postmortem {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_code_lines = 3;  // of one row: the first ones of a stack trace say what it is

bool belongs(EntryKind kind) {
  switch (kind) {
    case EntryKind::message:
    case EntryKind::note:
    case EntryKind::marker:
    case EntryKind::status:
    case EntryKind::update:
    case EntryKind::flag:
    case EntryKind::action:
      return true;
    default:
      return false;
  }
}

// Typed to the second: what is heard carries microseconds.
bool given_to_the_second(Instant at) {
  return at.time_since_epoch() % 1min != 0us && at.time_since_epoch() % 1s == 0us;
}
bool given_to_the_minute(Instant at) { return at.time_since_epoch() % 1min == 0us; }

std::string flag_words(const DocumentTexts& t, const flag::Change& change) {
  const auto& wanted = change.wanted;
  const auto pattern = wanted.action == flag::Action::off       ? t.flag_off
                       : wanted.action == flag::Action::on      ? t.flag_on
                       : wanted.action == flag::Action::percent ? t.flag_percent
                                                                : t.flag_restored;
  return fill(pattern,
              {markdown_code(wanted.name), markdown_words(wanted.environment), std::to_string(wanted.percent)});
}

// The proven change that a flag's entry tells of.
const flag::Change* change_of(const Entry& entry, const std::vector<flag::Change>& changes) {
  const auto found = std::ranges::find_if(changes, [&](const flag::Change& change) {
    const auto& p = change.progress;
    return change.wanted.name == entry.detail && p.standing == flag::Standing::proven &&
           (p.stored_at ? p.stored_at : p.verified_at) == entry.at;
  });
  return found == changes.end() ? nullptr : &*found;
}

std::string marker_words(const Entry& entry, Language language) {
  const auto marker = marker_from(entry.detail);
  return marker ? std::string{shown(texts(language), *marker)} : markdown_words(entry.detail);
}

std::string words_of(const Record& record, const Entry& entry, const std::vector<flag::Change>& changes,
                     Language language) {
  const bool reworded = entry.curated && !entry.curated->text.empty();
  std::string words;
  if (!reworded && entry.kind == EntryKind::marker)
    words = marker_words(entry, language);
  else if (const auto* change = entry.kind == EntryKind::flag ? change_of(entry, changes) : nullptr;
           change && !reworded)
    words = flag_words(document_texts(language), *change);
  else
    words = markdown_line(reworded ? shown_text(entry) : retold(entry, language), record.names, most_code_lines);
  for (const auto& file : entry.files) words += (words.empty() ? "" : " ") + markdown_link(file.name, file.url);
  return words;
}

// The first note that was given at the marker's moment goes into its row.
void join_notes(std::vector<Row>& rows) {
  for (std::size_t m = 0; m < rows.size(); ++m) {
    if (rows[m].kind != EntryKind::marker) continue;
    const auto minute = std::chrono::floor<std::chrono::minutes>(rows[m].at);
    const auto near = std::ranges::lower_bound(rows, Instant{minute}, {}, &Row::at);
    const auto goes_with = [&](const Row& row) {
      return row.kind == EntryKind::note && (row.at == rows[m].at || given_to_the_minute(row.at));
    };
    for (auto row = near; row != rows.end() && std::chrono::floor<std::chrono::minutes>(row->at) == minute; ++row) {
      if (!goes_with(*row)) continue;
      rows[m].event += " - " + row->event;
      rows[m].approximate = rows[m].approximate || row->approximate;
      const auto at = static_cast<std::size_t>(row - rows.begin());
      rows.erase(row);
      if (at < m) --m;
      break;
    }
  }
}

}  // namespace

bool is_shown(const Entry& entry) {
  return entry.on_timeline && belongs(entry.kind) && !entry.deleted_at && !(entry.curated && entry.curated->left_out);
}

std::vector<Row> curated_timeline(const Record& record, const std::vector<flag::Change>& changes, Language language) {
  std::vector<Row> rows;
  for (const auto& entry : record.entries) {
    if (!is_shown(entry)) continue;
    const bool moved = entry.curated && entry.curated->at;
    const auto at = shown_at(entry);
    rows.push_back({.at = at,
                    .approximate = shown_approximate(entry),
                    .to_the_second = (entry.kind == EntryKind::flag && !moved) || given_to_the_second(at),
                    .kind = entry.kind,
                    .detail = entry.detail,
                    .event = words_of(record, entry, changes, language)});
  }
  for (const auto& change : changes) {
    if (!flag::exposed_seconds(change)) continue;
    const auto opened = *change.exposed_since;
    const auto same_second = [&](const Row& row) {
      return std::chrono::floor<std::chrono::seconds>(row.at) == std::chrono::floor<std::chrono::seconds>(opened);
    };
    if (std::ranges::any_of(rows, same_second)) continue;  // somebody has said so already
    rows.push_back({.at = opened,
                    .to_the_second = true,
                    .kind = EntryKind::flag,
                    .detail = change.wanted.name,
                    .event = fill(document_texts(language).flag_on,
                                  {markdown_code(change.wanted.name), markdown_words(change.wanted.environment)})});
  }
  std::ranges::stable_sort(rows, {}, &Row::at);
  join_notes(rows);
  return rows;
}

const std::string& zone_of(const Incident& incident, const Settings& settings) {
  const auto& team = action::team_named(settings.actions, incident.team);
  return !incident.team.empty() && lower(team.name) == lower(incident.team) ? team.timezone : settings.timezone;
}

}  // namespace vakt::postmortem
