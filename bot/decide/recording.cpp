// What is said and done in an incident's channel becomes its record.
#include <algorithm>
#include <utility>

#include "bot/decide/turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

bool is_recorded(const Incident* incident) { return incident && !incident->archived && !incident->channel.id.empty(); }

bool is_ours(const Turn& turn, const inbound::Message& message) {
  const auto& self = turn.settings.self;
  return (!self.bot_id.empty() && message.bot_id == self.bot_id) || (!self.user.empty() && message.user == self.user);
}

// When the text that a message holds was written: its newest edit, or the message itself.
Instant written_at(const Ts& edited_ts, Instant posted) { return from_ts(edited_ts).value_or(posted); }

// Deliveries come in any order: an older text that arrives after a newer one is an earlier version all the same.
bool add_earlier_version(Entry& entry, const std::string& text, Instant written) {
  const auto same_time = [&](const Version& version) { return version.at == written; };
  if (text == entry.text || std::ranges::any_of(entry.versions, same_time)) return false;
  entry.versions.push_back({.at = written, .text = text});
  std::ranges::sort(entry.versions, {}, &Version::at);
  return true;
}

void erase_later(Turn& turn, const ChannelId& channel, const Ts& ts, Instant deleted_at) {
  turn.out.wakes.push_back(
      {"erase:" + channel + ":" + ts, deleted_at + std::chrono::hours{24} * turn.settings.deleted_text_days});
}

// A text that differs and was edited later is a new version; an unfurl changes neither.
void take_over(Turn& turn, Entry entry, const inbound::Message& message) {
  if (entry.deleted_at) {
    if (!entry.actor.empty()) return;  // heard of only by its deletion so far: now we know whose it was
    auto known = entry_of(turn, message);
    known.incident = entry.incident;
    known.seq = entry.seq;
    known.deleted_at = entry.deleted_at;
    turn.out.replaced.push_back(std::move(known));
    erase_later(turn, message.channel, message.ts, *entry.deleted_at);  // the first time may be over: there was no text
    return;
  }
  const auto& text = message.text.empty() ? message.fallback : message.text;
  const auto held = written_at(entry.slack->edited_ts, entry.at), brought = written_at(message.edited_ts, entry.at);
  bool changed = false;
  if (brought > held) {
    if (text != entry.text) {
      entry.versions.push_back({.at = held, .text = std::exchange(entry.text, text)});
      entry.slack->text = message.text;
      turn.want_names({}, text);
    }
    entry.slack->edited_ts = message.edited_ts;
    changed = true;
  } else if (brought < held) {
    changed = add_earlier_version(entry, text, brought);
  }
  if (brought >= held && !message.files.empty() && message.files != entry.files) {
    entry.files = message.files;
    changed = true;
  }
  if (changed) turn.out.replaced.push_back(std::move(entry));
}

void put_on_timeline(Turn& turn, const ChannelId& channel, const Ts& ts, bool on) {
  if (!is_recorded(turn.incident()) || !turn.facts.entry || turn.facts.entry->on_timeline == on) return;
  auto entry = *turn.facts.entry;
  entry.on_timeline = on;
  turn.out.replaced.push_back(std::move(entry));
  turn.effect(effect::React{.channel = channel, .ts = ts, .emoji = "white_check_mark", .remove = !on});
}

}  // namespace

Entry entry_of(const Turn& turn, const inbound::Message& message) {
  return {.at = from_ts(message.ts).value_or(turn.at),
          .kind = EntryKind::message,
          .actor = message.user.empty() ? message.bot_id : message.user,
          .actor_name = message.bot_name,
          .text = message.text.empty() ? message.fallback : message.text,
          .backfilled = message.backfilled,
          .slack = SlackRef{.channel = message.channel,
                            .ts = message.ts,
                            .thread_ts = message.thread_ts,
                            .text = message.text,
                            .edited_ts = message.edited_ts},
          .files = message.files};
}

void decide_message(Turn& turn, const inbound::Message& message) {
  if (!is_recorded(turn.incident()) || is_ours(turn, message) || !from_ts(message.ts)) return;
  if (turn.facts.entry) return take_over(turn, *turn.facts.entry, message);
  turn.add(entry_of(turn, message));
}

void decide_edit(Turn& turn, const inbound::MessageChanged& changed) { decide_message(turn, changed.message); }

void decide_deletion(Turn& turn, const inbound::MessageDeleted& deleted) {
  const auto said_at = from_ts(deleted.ts);
  if (!is_recorded(turn.incident()) || !said_at || (turn.facts.entry && turn.facts.entry->deleted_at)) return;
  const auto deleted_at = from_ts(deleted.event_ts).value_or(turn.at);
  if (!turn.facts.entry) {
    // The deletion overtook its message; one from before the incident is none of ours.
    if (*said_at < turn.incident()->declared_at) return;
    turn.add({.at = *said_at,
              .kind = EntryKind::message,
              .slack = SlackRef{.channel = deleted.channel, .ts = deleted.ts},
              .deleted_at = deleted_at});
  } else {
    auto entry = *turn.facts.entry;
    entry.deleted_at = deleted_at;
    turn.out.replaced.push_back(std::move(entry));
  }
  erase_later(turn, deleted.channel, deleted.ts, turn.at);
}

void decide_reaction(Turn& turn, const inbound::Reaction& reaction) {
  if (reaction.emoji != turn.settings.pin_emoji || reaction.user == turn.settings.self.user) return;
  put_on_timeline(turn, reaction.channel, reaction.ts, reaction.added);
}

void decide_pin(Turn& turn, const inbound::Pin& pin) {
  if (pin.user == turn.settings.self.user) return;
  put_on_timeline(turn, pin.channel, pin.ts, pin.added);
}

void decide_member(Turn& turn, const inbound::Member& member) {
  if (!is_recorded(turn.incident()) || member.user == turn.settings.self.user) return;
  turn.add({.at = from_ts(member.event_ts).value_or(turn.at),
            .kind = EntryKind::member,
            .detail = member.joined ? "joined" : "left",
            .actor = member.user,
            .text = std::string{member.joined ? turn.text.entry_joined : turn.text.entry_left}});
}

}  // namespace vakt
