// A change of a flag is asked for: it is kept, announced, and sent to the service.
#include "bot/decide/flag_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

flag::Change new_change(const Turn& turn, const Request& request, const view::FlagTarget& target, flag::Action action) {
  flag::Change change{.number = turn.facts.next_change};
  change.wanted = {.key = turn.envelope_id.empty() ? "change:" + std::to_string(change.number) : turn.envelope_id,
                   .provider = target.provider,
                   .name = target.name,
                   .environment = target.environment.empty() ? turn.settings.flags.environment : target.environment,
                   .action = action};
  change.by = request.reply.user;
  change.asked_in = request.reply.channel;
  change.response_url = request.reply.response_url;
  change.requested_at = turn.at;
  if (const auto* incident = turn.incident(); incident && !incident->archived) change.incident = incident->number;
  return change;
}

flag::Change undo_of(const Turn& turn, const Request& request, const flag::Change& done) {
  const auto provider = done.progress.provider.empty() ? done.wanted.provider : done.progress.provider;
  auto undo = new_change(turn, request, {provider, done.wanted.name, done.wanted.environment}, flag::Action::restore);
  undo.wanted.snapshot = done.snapshot;
  undo.wanted.shown = done.state_after;
  undo.wanted.restored = done.state_before;
  undo.undoes = done.number;
  if (undo.incident == 0) undo.incident = done.incident;
  return undo;
}

void take_incident_of(Turn& turn, const flag::Change& change) {
  if (turn.incident() || change.incident == 0) return;
  for (const auto& open : turn.facts.open)
    if (open.number == change.incident) return turn.take(open);
}

void start_change(Turn& turn, flag::Change change) {
  take_incident_of(turn, change);
  change.progress.standing = flag::Standing::under_way;
  turn.effect(effect::ChangeFlag{change.number, change.wanted});
  const auto message = view::flag_change(turn.settings, change);
  const auto number = std::to_string(change.number);
  if (const auto* incident = turn.incident(); incident && change.incident == incident->number)
    turn.post(message, "flag:" + number);
  if (!turn.settings.announce_channel.empty())
    turn.effect(effect::Post{
        .channel = turn.settings.announce_channel, .message = message, .purpose = "flag_announced:" + number});
  turn.out.changes.push_back(std::move(change));
}

void keep_change(Turn& turn, const flag::Change& before, flag::Change after) {
  const auto now = view::flag_change(turn.settings, after);
  if (view::fingerprint(now) != view::fingerprint(view::flag_change(turn.settings, before))) {
    if (!after.post_ts.empty()) turn.effect(effect::Update{after.post_channel, after.post_ts, now});
    if (!after.announced_ts.empty()) turn.effect(effect::Update{after.announced_in, after.announced_ts, now});
  }
  turn.out.changes.push_back(std::move(after));
}

void record_change(Turn& turn, const flag::Change& change) {
  const auto took_effect = change.progress.stored_at ? change.progress.stored_at : change.progress.verified_at;
  // What changed nothing is no event for a reader; the record keeps it.
  const auto& p = change.progress;
  const bool changed_nothing = p.was_so_already || (p.standing == flag::Standing::failed && p.not_found);
  turn.add({.at = took_effect.value_or(turn.at),
            .kind = EntryKind::flag,
            .detail = change.wanted.name,
            .actor = change.by,
            .text = view::flag_change_line(turn.settings, change),
            .on_timeline = !changed_nothing});
}

// A post came to stand somewhere: it is edited from now on, and at once if the change has moved meanwhile.
void decide_flag_posted(Turn& turn, const effect::Post& post, const inbound::EffectDone& done) {
  if (!done.ok || !turn.facts.change) return;
  auto change = *turn.facts.change;
  const auto channel = done.values.find("channel"), ts = done.values.find("ts");
  if (channel == done.values.end() || ts == done.values.end()) return;
  if (post.purpose.starts_with("flag_announced:")) {
    change.announced_in = channel->second;
    change.announced_ts = ts->second;
  } else {
    change.post_channel = channel->second;
    change.post_ts = ts->second;
  }
  if (const auto now = view::flag_change(turn.settings, change);
      view::fingerprint(now) != view::fingerprint(post.message))
    turn.effect(effect::Update{channel->second, ts->second, now});
  turn.out.changes.push_back(std::move(change));
}

}  // namespace vakt
