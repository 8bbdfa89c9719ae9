#include "bot/postmortem/durations.hpp"

#include <algorithm>

#include "bot/texts/document_texts.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"

namespace vakt::postmortem {

namespace {

using namespace std::chrono_literals;

// An end of a span: "DOWNTIME START 09:09".
struct End {
  std::string name;
  std::optional<MarkerTime> time;
  std::string quoted;  // name and time
};

std::chrono::seconds between(Instant from, Instant to) {
  return std::chrono::floor<std::chrono::seconds>(to) - std::chrono::floor<std::chrono::seconds>(from);
}

Duration measured(std::string_view name, const End& from, const End& to, Language language) {
  const auto& t = document_texts(language);
  const auto unknown = [&](const std::string& why) {
    return Duration{.name = std::string{name}, .words = fill(t.cannot_tell, {why})};
  };
  for (const auto* end : {&from, &to})
    if (!end->time) return unknown(fill(t.no_marker, {end->name}));
  if (to.time->at < from.time->at) return unknown(fill(t.out_of_order, {from.quoted, to.quoted}));
  const Span span{between(from.time->at, to.time->at), from.time->approximate || to.time->approximate};
  return {std::string{name}, span.length, fill(t.lasted, {span_words(span, language), from.quoted, to.quoted})};
}

}  // namespace

std::string quoted_time(const Quoting& quoting, Instant at, bool approximate, bool to_the_second) {
  const auto whole = date_and_seconds(at, quoting.zone);  // "2026-11-21 03:10:04"
  const std::string clock = whole.substr(11, to_the_second ? 8 : 5);
  return (approximate ? "~" : "") + (quoting.with_day ? whole.substr(0, 11) + clock : clock);
}

std::string span_words(Span span, Language language) {
  const auto& t = document_texts(language);
  const auto seconds = span.length.count();
  if (span.approximate && span.length < 1h) {
    const auto halves = std::max<std::int64_t>((seconds + 15) / 30, 1);
    const auto whole = std::to_string(halves / 2);
    return fill(t.about, {halves == 1       ? "30 s"
                          : halves % 2 == 1 ? fill(t.and_a_half, {whole})
                                            : fill(t.minutes, {whole})});
  }
  std::string words;
  const auto add = [&](std::int64_t count, const char* unit) {
    if (count) words += (words.empty() ? "" : " ") + std::to_string(count) + unit;
  };
  add(seconds / 86'400, " d");
  add(seconds / 3'600 % 24, " h");
  add(seconds / 60 % 60, " min");
  if (span.length < 1h) add(seconds % 60, " s");
  if (words.empty()) words = "0 s";
  return span.approximate ? fill(t.about, {words}) : words;
}

std::optional<MarkerTime> marker_shown(const Record& record, Marker marker) {
  const auto time = record.incident.marker(marker);
  if (!time) return time;
  for (const auto& entry : record.entries)
    if (entry.kind == EntryKind::marker && entry.on_timeline && entry.detail == name(marker) && entry.curated &&
        entry.curated->at && entry.at == time->at)
      return MarkerTime{*entry.curated->at, entry.curated->approximate};
  return time;
}

namespace {

constexpr std::size_t quoted_most = 60;  // bytes of a row

// A row named by how it begins, cut at a word and before any markup; nothing where it begins with some.
std::string quoted_row(const std::string& event, Language language) {
  auto words = event;
  if (words.size() > quoted_most) {
    const auto end = words.rfind(' ', std::min(words.find_first_of("[`*\\<&"), quoted_most));
    words = end == std::string::npos || end == 0 ? std::string{} : words.substr(0, end) + " …";
  }
  if (words.empty()) return words;
  return language == Language::nb ? "«" + words + "» " : "“" + words + "” ";
}

// The first thing that was said or done after it was noticed.
Duration reaction(const std::vector<Row>& rows, const End& detected, const Quoting& quoting, Language language) {
  const auto& t = document_texts(language);
  const auto whole = [](Instant at) { return std::chrono::floor<std::chrono::seconds>(at); };
  const auto first = std::ranges::find_if(rows, [&](const Row& row) {
    return detected.time && row.kind != EntryKind::marker && row.kind != EntryKind::action &&
           whole(row.at) > whole(detected.time->at);
  });
  if (detected.time && first != rows.end())
    return measured(t.time_to_react, detected,
                    {{},
                     MarkerTime{first->at, first->approximate},
                     quoted_row(first->event, language) +
                         quoted_time(quoting, first->at, first->approximate, first->to_the_second)},
                    language);
  const auto why = fill(detected.time ? t.no_reaction : t.no_marker, {detected.name});
  return {.name = std::string{t.time_to_react}, .words = fill(t.cannot_tell, {why})};
}

}  // namespace

std::array<Duration, 4> durations(const Record& record, const std::vector<Row>& rows, const Quoting& quoting,
                                  Language language) {
  const auto& t = document_texts(language);
  const auto end_of = [&](Marker marker) {
    const std::string called{shown(texts(language), marker)};
    const auto time = marker_shown(record, marker);
    return End{called, time, time ? called + " " + quoted_time(quoting, time->at, time->approximate, false) : called};
  };
  const auto down = end_of(Marker::downtime_start), detected = end_of(Marker::event_start);
  return {measured(t.time_to_detect, down, detected, language), reaction(rows, detected, quoting, language),
          measured(t.time_to_fix, detected, end_of(Marker::problem_fixed), language),
          measured(t.downtime, down, end_of(Marker::downtime_end), language)};
}

}  // namespace vakt::postmortem
