// The timeline as a message: a line an entry.
#include <algorithm>

#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

// Who said it, before what was said; our own entries speak for themselves.
std::string said_by(const Entry& entry) {
  if (entry.kind != EntryKind::message && entry.kind != EntryKind::note && entry.kind != EntryKind::update) return {};
  const bool person = entry.actor.starts_with('U') || entry.actor.starts_with('W');
  const auto who = person ? "<@" + entry.actor + ">" : escaped(entry.actor_name);
  return who.empty() ? who : who + ": ";
}

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

Message timeline(const Settings& settings, const std::vector<Entry>& entries) {
  const auto& t = texts(settings.language);
  std::string text;
  for (const auto& entry : entries) {
    if (entry.deleted_at) continue;
    text += (text.empty() ? "" : "\n") + std::string{entry.approximate ? "~" : ""} +
            clock_time(entry.at, settings.timezone) + "  " + said_by(entry) +
            shortened(one_line(harmless(entry.text)), 300);
  }
  if (text.empty()) text = fill(t.timeline_empty, {settings.pin_emoji, settings.incident_command});
  return sentence(text);
}

}  // namespace vakt::view
