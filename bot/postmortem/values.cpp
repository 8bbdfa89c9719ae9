#include "bot/postmortem/values.hpp"

#include <algorithm>

#include "bot/postmortem/durations.hpp"
#include "bot/postmortem/exposures.hpp"
#include "bot/postmortem/links.hpp"
#include "bot/spelling.hpp"
#include "bot/texts/digest_texts.hpp"
#include "bot/texts/document_texts.hpp"
#include "bot/texts/markdown_text.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"

namespace vakt::postmortem {

namespace {

Value or_false(std::string text) { return text.empty() ? Value{false} : Value{std::move(text)}; }

// "27.10.2022" of "2022-10-27…".
std::string with_dots(const std::string& iso) {
  return iso.substr(8, 2) + "." + iso.substr(5, 2) + "." + iso.substr(0, 4);
}
std::string short_dots(const std::string& iso) {
  return iso.substr(8, 2) + "." + iso.substr(5, 2) + "." + iso.substr(2, 2);
}
std::string day_of(Instant at, const std::string& zone) { return date_and_time(at, zone).substr(0, 10); }

std::string capital(std::string_view text) {
  std::string out{text};
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

// A handle is one word: "@kari"; a full name stands as it is.
std::string author(const std::string& name) {
  return markdown_words(name.find(' ') == std::string::npos && !name.starts_with('@') ? "@" + name : name);
}

void add_field(Values& all, const Record& record, const std::string& field) {
  std::string paragraphs, list;
  for (const auto& entry : record.entries) {
    if (entry.kind != EntryKind::field || entry.detail != field || entry.deleted_at) continue;
    auto block = markdown_block(shown_text(entry), record.names);
    if (block.empty() || (entry.curated && entry.curated->left_out)) continue;
    // A fence holds only on a line of its own, whatever a template has around the field.
    if (block.starts_with("```")) block.insert(0, 1, '\n');
    if (block.ends_with("```")) block += '\n';
    paragraphs += (paragraphs.empty() ? "" : "\n\n") + block;
    // What brings lines or a list of its own stays as its author laid it out.
    const bool laid_out = block.starts_with("- ") || block.find('\n') != std::string::npos;
    list += (list.empty() ? "" : "\n") + (laid_out ? block : "- " + block);
  }
  all[field] = or_false(std::move(paragraphs));
  all[field + "_list"] = or_false(std::move(list));
}

Values row_values(const Row& row, const std::string& zone) {
  const auto whole = date_and_seconds(row.at, zone);
  const auto minute = whole.substr(11, 5);
  return {{"time", (row.approximate ? "~" : "") + minute},
          {"time_precise",
           (row.approximate ? "~ " : "") + (row.to_the_second ? minute + "." + whole.substr(17, 2) : minute)},
          {"event", row.event}};
}

void add_timeline(Values& all, const std::vector<Row>& rows, const std::string& zone) {
  std::vector<Values> timeline, days, of_day;
  std::string day;
  const auto end_day = [&] {
    if (of_day.empty()) return;
    days.push_back(
        {{"day", with_dots(day)}, {"short_day", short_dots(day)}, {"iso_day", day}, {"rows", std::move(of_day)}});
    of_day.clear();
  };
  for (const auto& row : rows) {
    if (auto on = day_of(row.at, zone); on != day) {
      end_day();
      day = std::move(on);
    }
    timeline.push_back(row_values(row, zone));
    of_day.push_back(timeline.back());
  }
  end_day();
  all["one_day"] = days.size() == 1;
  all["several_days"] = days.size() > 1;
  all["timeline"] = std::move(timeline);
  all["days"] = std::move(days);
}

Values item_values(const Record& record, const action::Item& item, Language language) {
  std::string line;
  // The address without the title's words, which change with the card.
  if (item.card)
    line = markdown_link(item.label.empty() ? "Trello" : item.label, "https://trello.com/c/" + item.card->short_link) +
           " - ";
  line += markdown_words(item.title);
  if (item.state == action::State::wont_do)
    line += " (" + fill(document_texts(language).wont_do, {markdown_words(item.reason)}) + ")";
  return {{"action", line},
          {"owner", or_false(item.owner.empty() ? "" : markdown_words(name_of(record, item.owner)))},
          {"due", or_false(item.due ? iso_date(*item.due) : "")}};
}

// Somebody said that none is needed, and none came later.
std::string no_actions(const Record& record, Language language) {
  const auto said = [](const Entry& entry) {
    return entry.kind == EntryKind::action && entry.detail == "none" && !entry.deleted_at;
  };
  const bool none = record.items.empty() && std::ranges::any_of(record.entries, said);
  return none ? std::string{document_texts(language).no_actions} : std::string{};
}

void add_flags(Values& all, const std::vector<flag::Change>& changes) {
  std::vector<Values> flags;
  for (const auto& change : changes) {
    if (change.progress.standing == flag::Standing::asked || change.progress.standing == flag::Standing::failed)
      continue;
    Values one{{"flag", markdown_words(change.wanted.name)},
               {"environment", markdown_words(change.wanted.environment)},
               {"provider", markdown_words(change.progress.provider)}};
    if (std::ranges::find(flags, one) == flags.end()) flags.push_back(std::move(one));
  }
  all["flags"] = std::move(flags);
}

// When it began, as far as the record knows.
Instant began(const Record& record, const std::vector<Row>& rows) {
  if (!rows.empty()) return rows.front().at;
  return record.incident.declared_at;
}

}  // namespace

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

std::string slug(const std::string& title) {
  std::string out;
  for (const char c : title) {
    const auto letter = lower({&c, 1})[0];
    const bool kept = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    if (kept)
      out += letter;
    else if (static_cast<unsigned char>(c) < 0x80 && !out.empty() && !out.ends_with('-'))
      out += '-';
  }
  out = out.substr(0, 60);
  while (out.ends_with('-')) out.pop_back();
  return out.empty() ? "incident" : out;
}

Values values(const Record& record, const std::vector<flag::Change>& changes, const Settings& settings,
              Language language) {
  const auto& incident = record.incident;
  const auto& zone = zone_of(incident, settings);
  const auto& t = texts(language);
  const auto rows = curated_timeline(record, changes, language);
  const auto title = readable(incident.title, record.names);
  const auto lead = incident.roles.find("lead");
  const auto day = day_of(began(record, rows), zone);
  Values all{
      {"number", std::to_string(incident.number)},
      {"title", markdown_words(title)},
      {"title_quoted", quoted(title)},
      {"severity", or_false(incident.severity == Severity::unset ? "" : std::string{shown(t, incident.severity)})},
      {"status", capital(state_shown(t, incident))},
      {"authors",
       or_false(author(name_of(record, lead == incident.roles.end() ? incident.declared_by : lead->second)))},
      {"team", or_false(markdown_words(incident.team))},
      {"channel", or_false(markdown_words(incident.channel.name))},
      {"timezone", zone},
      {"date", with_dots(day)},
      {"short_date", short_dots(day)},
      {"iso_date", day},
      {"drill", incident.test}};
  for (const auto field : field_names)
    if (field != "link") add_field(all, record, std::string{field});
  add_timeline(all, rows, zone);
  add_flags(all, changes);

  const Quoting quoting{zone, std::get<bool>(all["several_days"])};
  std::vector<Values> spans, exposed, items, supporting;
  for (const auto& one : durations(record, rows, quoting, language))
    spans.push_back({{"name", one.name}, {"words", one.words}, {"known", one.length.has_value()}});
  for (auto& words : exposures(record, changes, settings, quoting, language))
    exposed.push_back({{"words", std::move(words)}});
  for (const auto& item : record.items) items.push_back(item_values(record, item, language));
  std::string given;
  for (const auto& link : links(record, settings, language)) {
    const auto shown = markdown_link(link.title, link.url);
    if (link.given) given += (given.empty() ? "- " : "\n- ") + shown;
    supporting.push_back({{"link", shown}});
  }
  all["durations"] = std::move(spans);
  all["exposures"] = std::move(exposed);
  all["actions"] = std::move(items);
  all["no_actions"] = or_false(no_actions(record, language));
  all["links"] = std::move(supporting);
  all["link_list"] = or_false(std::move(given));
  return all;
}

}  // namespace vakt::postmortem
