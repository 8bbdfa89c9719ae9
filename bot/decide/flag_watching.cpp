// What the flag services tell of changes, whoever made them.
#include <algorithm>

#include "bot/decide/rollout_turn.hpp"
#include "bot/flags/own_echo.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

constexpr int told_at_start = 2;  // hours

bool known(const Turn& turn, const std::string& provider, const flag::Observation& seen) {
  return std::ranges::any_of(turn.facts.observed, [&](const flag::Sighting& old) {
    return old.provider == provider && old.observation.at == seen.at && old.observation.name == seen.name &&
           old.observation.environment == seen.environment && old.observation.what == seen.what;
  });
}

// The kill that somebody has just taken back: the newest proven one of this flag, unless vakt itself undid it.
const flag::Change* killed(const Turn& turn, const std::string& provider, const flag::Observation& seen) {
  for (const auto& change : turn.facts.changes)
    if (concerns(change, provider, seen) && change.progress.standing == flag::Standing::proven)
      return change.wanted.action == flag::Action::off && !change.undone_by && seen.at > change.requested_at ? &change
                                                                                                             : nullptr;
  return nullptr;
}

void tell_came_back(Turn& turn, const flag::Change& kill, const flag::Observation& seen) {
  const auto& text = flag_texts(turn.settings.language);
  const auto name = code(seen.name);
  view::Message message = view::sentence(
      fill(text.came_back, {name, escaped(kill.wanted.environment), seen.by.empty() ? "?" : escaped(seen.by),
                            clock_time(seen.at, turn.settings.timezone)}));
  message.blocks.push_back(
      view::off_button(turn.settings, {kill.progress.provider, seen.name, kill.wanted.environment}));
  for (const auto& open : turn.facts.open)
    if (open.number == kill.incident && !open.channel.id.empty())
      turn.effect(effect::Post{.channel = open.channel.id, .message = message, .purpose = "flag_came_back"});
  if (!turn.settings.announce_channel.empty())
    turn.effect(
        effect::Post{.channel = turn.settings.announce_channel, .message = message, .purpose = "flag_came_back"});
}

}  // namespace

std::string order_words(const flag::Wanted& wanted) {
  switch (wanted.action) {
    case flag::Action::off:
      return "off";
    case flag::Action::on:
      return "on";
    case flag::Action::percent:
      return "percent " + std::to_string(wanted.percent);
    case flag::Action::restore:
      break;
  }
  return "undo";
}

void decide_flags_observed(Turn& turn, const inbound::FlagsObserved& told) {
  turn.out.cursors["flags:" + told.provider] = told.seen.cursor;
  const auto& text = flag_texts(turn.settings.language);
  std::vector<flag::Sighting> sightings;  // what is new, and what it has to be told apart from
  for (const auto& seen : told.seen.changes)
    if (!known(turn, told.provider, seen)) sightings.push_back({told.provider, seen});
  const auto count = sightings.size();
  turn.out.observed = sightings;
  sightings.insert(sightings.end(), turn.facts.observed.begin(), turn.facts.observed.end());
  const auto ours = flag::own_echoes(sightings, turn.facts.changes, turn.at);
  for (std::size_t i = 0; i < count; ++i) {
    if (ours[i]) continue;
    const auto& seen = sightings[i].observation;
    follow_observed(turn, told.provider, seen);
    const auto line = fill(text.changed_elsewhere, {code(seen.name), escaped(seen.environment), escaped(seen.what),
                                                    seen.by.empty() ? "?" : escaped(seen.by)});
    for (const auto& open : turn.facts.open) {
      if (seen.at < open.declared_at) continue;
      turn.take(open);
      turn.add({.at = seen.at, .kind = EntryKind::flag, .detail = seen.name, .text = line, .on_timeline = true});
    }
    if (seen.enabled.value_or(false))
      if (const auto* kill = killed(turn, told.provider, seen)) tell_came_back(turn, *kill, seen);
  }
}

std::vector<flag::Sighting> changes_by_others(const Turn& turn) {
  const auto& all = turn.facts.observed;
  const auto ours = flag::own_echoes(all, turn.facts.changes, turn.at);
  std::vector<flag::Sighting> out;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!ours[i]) out.push_back(all[i]);
  return out;
}

std::vector<flag::Sighting> recent_changes(const Turn& turn) {
  auto all = changes_by_others(turn);
  for (const auto& change : turn.facts.changes) {
    const auto& progress = change.progress;
    if (!may_have_changed(progress)) continue;
    const auto read_back = progress.verified_at.value_or(change.requested_at);
    all.push_back({progress.provider,
                   {.at = progress.stored_at.value_or(read_back),
                    .name = change.wanted.name,
                    .project = progress.project,
                    .environment = change.wanted.environment,
                    .what = order_words(change.wanted),
                    .by = change.by,
                    .enabled = flag::ends_enabled(change.wanted)}});
  }
  std::ranges::stable_sort(all, std::ranges::greater{}, [](const flag::Sighting& one) { return one.observation.at; });
  return all;
}

void tell_recent_changes(Turn& turn) {
  std::vector<flag::Sighting> recent;
  for (const auto& sighting : recent_changes(turn))
    if (sighting.observation.at > turn.at - std::chrono::hours{told_at_start} &&
        (sighting.observation.environment.empty() ||
         sighting.observation.environment == turn.settings.flags.environment))
      recent.push_back(sighting);
  if (!recent.empty()) turn.post(view::flag_recent(turn.settings, recent, turn.at, told_at_start), "flags_recent");
}

}  // namespace vakt
