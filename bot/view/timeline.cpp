// The timeline as a message: a line an entry, as documents have it, and a way to edit each.
#include <algorithm>
#include <iterator>

#include "bot/record/record.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/postmortem_texts.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/incident_view.hpp"
#include "bot/view/postmortem_view.hpp"
#include "bot/view/timeline_edit_view.hpp"

namespace vakt::view {

namespace {

constexpr std::size_t lines_most = 300;    // of a message: Slack cuts it at 50 blocks of 3,000 characters
constexpr std::size_t options_most = 100;  // of one select

// Who said it, before what was said; our own entries speak for themselves.
std::string said_by(const Entry& entry) {
  if (entry.kind != EntryKind::message && entry.kind != EntryKind::note && entry.kind != EntryKind::update) return {};
  const auto who = person(is_user_id(entry.actor) ? entry.actor : entry.actor_name);
  return who.empty() ? who : who + ": ";
}

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

bool is_left_out(const Entry& entry) { return entry.curated && entry.curated->left_out; }

std::string time_shown(const Entry& entry, const Settings& settings) {
  return (shown_approximate(entry) ? "~" : "") + clock_time(shown_at(entry), settings.timezone);
}

bool of_several_days(const Settings& settings, const std::vector<Entry>& sorted) {
  return !sorted.empty() && local_date(shown_at(sorted.front()), settings.timezone) !=
                                local_date(shown_at(sorted.back()), settings.timezone);
}

// Every entry can be chosen, in as many selects as that takes.
Actions choices(const Settings& settings, const std::vector<Entry>& entries, bool several_days) {
  const auto& t = postmortem_texts(settings.language);
  Actions actions;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i % options_most == 0)
      actions.elements.emplace_back(Select{
          .placeholder = std::string{t.edit_entry}, .action = action::timeline_edit, .options = {}, .initial = {}});
    const auto& entry = entries[i];
    const auto mark = is_left_out(entry) ? " (" + std::string{t.left_out} + ")" : std::string{};
    std::get<Select>(actions.elements.back())
        .options.push_back(
            {shortened((several_days ? iso_date(local_date(shown_at(entry), settings.timezone)) + " " : "") +
                           time_shown(entry, settings) + mark + "  " + one_line(readable(shown_text(entry), {})),
                       75),
             std::to_string(entry.incident) + ":" + std::to_string(entry.seq)});
  }
  return actions;
}

}  // namespace

Message timeline(const Settings& settings, const std::vector<Entry>& all) {
  std::vector<Entry> entries;
  std::ranges::copy_if(all, std::back_inserter(entries), [](const Entry& entry) { return !entry.deleted_at; });
  std::ranges::stable_sort(entries, {}, shown_at);
  const bool several_days = of_several_days(settings, entries);
  std::vector<const Entry*> shown;
  for (const auto& entry : entries)
    if (!is_left_out(entry)) shown.push_back(&entry);
  if (entries.empty())
    return sentence(fill(texts(settings.language).timeline_empty, {settings.pin_emoji, settings.incident_command}));
  std::string text;
  const auto earlier = shown.size() - std::min(shown.size(), lines_most);
  if (earlier > 0)
    text = fill(postmortem_texts(settings.language).earlier_entries,
                {std::to_string(earlier), std::to_string(entries.front().incident)});
  std::optional<std::chrono::year_month_day> day;
  for (auto i = earlier; i < shown.size(); ++i) {
    const auto& entry = *shown[i];
    if (const auto its_day = local_date(shown_at(entry), settings.timezone); several_days && its_day != day) {
      text += (text.empty() ? "*" : "\n*") + iso_date(its_day) + "*";
      day = its_day;
    }
    text += (text.empty() ? "" : "\n") + time_shown(entry, settings) + "  " + said_by(entry) +
            shortened(one_line(harmless(shown_text(entry))), 300);
  }
  if (text.empty()) text = postmortem_texts(settings.language).entry_left_out;
  auto message = sentence(text);
  message.blocks.emplace_back(choices(settings, entries, several_days));
  return message;
}

}  // namespace vakt::view
