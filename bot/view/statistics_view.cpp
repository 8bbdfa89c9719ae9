#include "bot/view/statistics_view.hpp"

#include <array>

#include "bot/texts/digest_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/statistics_texts.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

using statistics::Spread, statistics::Statistics;

constexpr std::size_t outstanding_named = 10;
constexpr std::size_t columns = 7;
using Line = std::array<std::string, columns>;

// "31 min", or "31 min (2)" where it is known of 2 incidents of more.
std::string cell(const Spread& spread, std::size_t incidents) {
  if (!spread.median) return "-";
  const auto shown = duration_shown(*spread.median);
  return spread.known == incidents ? shown : shown + " (" + std::to_string(spread.known) + ")";
}

// Of UTF-8.
std::size_t width(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string aligned(const std::vector<Line>& lines) {
  std::array<std::size_t, columns> widest{};
  for (const auto& line : lines)
    for (std::size_t i = 0; i < columns; ++i) widest[i] = std::max(widest[i], width(line[i]));
  std::string out;
  for (const auto& line : lines) {
    std::string row;
    for (std::size_t i = 0; i < columns; ++i) row += line[i] + std::string(widest[i] - width(line[i]) + 2, ' ');
    out += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string items_line(const StatisticsTexts& t, const statistics::Ages& ages) {
  if (ages.all() == 0) return std::string{t.no_items};
  const auto number = [](std::size_t count) { return std::to_string(count); };
  return fill(t.items, {number(ages.all()), number(ages.to_7_days), number(ages.to_28_days), number(ages.to_90_days),
                        number(ages.older)});
}

std::string outstanding_line(const StatisticsTexts& t, const Statistics& all) {
  std::string which;
  for (std::size_t i = 0; i < all.postmortems.size() && i < outstanding_named; ++i) {
    const auto& [incident, postmortem] = all.postmortems[i];
    which += (i ? ", " : "") + (postmortem.due ? fill(t.due, {std::to_string(incident), iso_date(*postmortem.due)})
                                               : std::to_string(incident));
  }
  if (all.postmortems.size() > outstanding_named) which += " …";
  return fill(t.outstanding, {std::to_string(all.postmortems.size()), which});
}

// "November 2026", from "2026-11".
std::string month_name(const Settings& settings, const std::string& month) {
  const auto& names = digest_texts(settings.language).months;
  const auto number = static_cast<std::size_t>(std::stoi(month.substr(5, 2)));
  return std::string{names.at(number - 1)} + " " + month.substr(0, 4);
}

}  // namespace

std::string statistics_table(const Settings& settings, const Statistics& all) {
  const auto& t = statistics_texts(settings.language);
  std::string out;
  if (all.incidents == 0) {
    out += std::string{t.none} + "\n";
  } else {
    out += fill(t.incidents, {std::to_string(all.incidents), std::to_string(all.open)}) + "\n\n";
    const auto word = [](std::string_view text) { return std::string{text}; };
    std::vector<Line> lines{
        {word(t.month), word(t.severity), word(t.count), word(t.detect), word(t.react), word(t.fix), word(t.downtime)}};
    for (const auto& row : all.rows)
      lines.push_back({row.month, std::string{shown(texts(settings.language), row.severity)},
                       std::to_string(row.incidents), cell(row.detect, row.incidents), cell(row.react, row.incidents),
                       cell(row.fix, row.incidents), cell(row.downtime, row.incidents)});
    out += aligned(lines) + "\n" + std::string{t.columns} + "\n";
  }
  out += "\n" + items_line(t, all.items) + "\n";
  if (!all.postmortems.empty()) out += outstanding_line(t, all) + "\n";
  return out;
}

Message month_summary(const Settings& settings, const statistics::Row& month, const Statistics& all) {
  const auto& t = statistics_texts(settings.language);
  auto text =
      fill(month.incidents ? t.heading : t.quiet, {month_name(settings, month.month), std::to_string(month.incidents)});
  const auto add = [&](std::string_view what, const Spread& spread) {
    if (!spread.median) return;
    text += "\n" + fill(t.spread, {std::string{what}, duration_shown(*spread.median), duration_shown(*spread.longest),
                                   std::to_string(spread.known)});
  };
  add(t.detect, month.detect);
  add(t.fix, month.fix);
  add(t.downtime, month.downtime);
  text += "\n" + items_line(t, all.items);
  if (!all.postmortems.empty()) text += "\n" + outstanding_line(t, all);
  return sentence(text);
}

}  // namespace vakt::view
