// What became of effects: channels get bound, posts get known, pages become messages, refusals become plan B.
#include <algorithm>
#include <array>

#include "bot/decide/action_turn.hpp"
#include "bot/decide/flag_turn.hpp"
#include "bot/decide/postmortem_turn.hpp"
#include "bot/decide/rollout_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

std::string value_of(const inbound::EffectDone& done, const char* key) {
  const auto found = done.values.find(key);
  return found == done.values.end() ? std::string{} : found->second;
}

// A channel as people read it: by name or, where the configuration holds an id, as a link.
std::string shown_channel(const std::string& channel) {
  const bool id = channel.size() >= 9 && channel.starts_with('C') &&
                  std::ranges::all_of(channel, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
  return id ? "<#" + channel + ">" : "#" + channel;
}

// The announcement as it should look now, with the line about its place where it has one.
view::Message announcement_for(const Turn& turn, const std::string& because) {
  auto message = view::announcement(turn.settings, *turn.incident());
  if (!because.empty()) message.blocks.emplace_back(view::Context{because});
  return message;
}

bool is_of_items(const effect::Post& post) {
  static constexpr std::array<std::string_view, 4> purposes{"item", "item_reminder", "owner_left", "trello"};
  return post.purpose.starts_with(kept::digest) || std::ranges::find(purposes, post.purpose) != purposes.end();
}

struct Done {
  Turn& turn;
  const inbound::EffectDone& done;

  void operator()(const effect::CreateChannel& created) const {
    if (!turn.incident() || !turn.incident()->channel.id.empty()) return;
    const inbound::ReplyTo to{.response_url = created.response_url, .user = created.asker, .channel = created.asked_in};
    if (done.ok) return bind_channel(turn, {value_of(done, "channel"), value_of(done, "name")}, to, nullptr);
    const auto number = std::to_string(turn.incident()->number);
    if (done.error == "name_taken" && created.attempt < 20) {
      auto next = created;
      ++next.attempt;
      next.name = view::channel_name(turn.settings.channel_prefix, turn.incident()->number,
                                     readable(turn.incident()->title, {}), next.attempt);
      return turn.effect(next);
    }
    // Slack will not have a new channel: the one where it was declared serves, unless another open incident has it.
    const auto there = std::ranges::find(turn.facts.recorded, created.asked_in,
                                         [](const Incident& other) { return other.channel.id; });
    const auto* previous = there == turn.facts.recorded.end() ? nullptr : &*there;
    const auto why = why_shown(turn.text, done.error);
    if (created.asked_in.empty() || (previous && previous->status == Status::open))
      return tell(turn, to,
                  view::sentence(fill(turn.text.create_impossible, {number, why, turn.settings.incident_command})));
    turn.emit(event::MovedHere{}, {});
    tell(turn, to, view::sentence(fill(turn.text.fell_back_here, {why, number})));
    bind_channel(turn, {created.asked_in, {}}, {.user = created.asker}, previous);
  }

  void operator()(const effect::LookUpGroup& look) const { decide_operators(turn, look, done); }

  void operator()(const effect::Post& post) const {
    if (turn.facts.change) return decide_flag_posted(turn, post, done);
    if (decide_rollout_not_posted(turn, post, done)) return;
    if (post.purpose.starts_with(kept::digest) && done.ok)
      return decide_digest_posted(turn, post, value_of(done, "ts"));
    if (post.purpose == "flag_asked" || post.purpose == "flag_approval") return decide_asked(turn, post, done);
    if (!done.ok && is_of_items(post))
      return decide_team_not_reached(
          turn, post, fill(turn.text.announced_here, {shown_channel(post.channel), why_shown(turn.text, done.error)}));
    if (!turn.incident()) return;
    if (post.purpose == "postmortem_reminder" && !done.ok)
      return decide_postmortem_reminder_refused(turn, post, done.error);
    if (post.purpose == "announcement") {
      if (done.ok) {
        const PostRef ref{value_of(done, "channel"), value_of(done, "ts")};
        turn.emit(event::AnnouncementPosted{ref}, {});
        if (const auto now = announcement_for(turn, post.because);
            view::fingerprint(now) != view::fingerprint(post.message))
          turn.effect(effect::Update{ref.channel, ref.ts, now});
        return;
      }
      const auto& in = turn.incident()->declared_in;  // it cannot be said there: say it where it was typed, and why
      if (in.empty() || in == post.channel || in == turn.incident()->channel.id) return;
      const auto because =
          fill(turn.text.announced_here, {shown_channel(post.channel), why_shown(turn.text, done.error)});
      turn.effect(effect::Post{
          .channel = in, .message = announcement_for(turn, because), .purpose = "announcement", .because = because});
    } else if (post.purpose == "headline" && done.ok) {
      const PostRef ref{value_of(done, "channel"), value_of(done, "ts")};
      turn.emit(event::HeadlinePosted{ref}, {});
      turn.effect(effect::AddPin{ref.channel, ref.ts});
      turn.effect(effect::AddBookmark{
          ref.channel,
          std::to_string(turn.incident()->number) + " · " + shortened(readable(turn.incident()->title, {}), 60),
          permalink(turn.settings.self.team_url, ref.channel, ref.ts)});
      const auto now = view::headline(turn.settings, *turn.incident());
      if (view::fingerprint(now) != view::fingerprint(post.message))
        turn.effect(effect::Update{ref.channel, ref.ts, now});
    }
  }

  void operator()(const effect::OpenModal& modal) const {
    if (done.ok || modal.channel.empty() || modal.user.empty()) return;
    turn.effect(effect::Ephemeral{modal.channel, modal.user,
                                  view::sentence(fill(turn.text.expired_modal, {turn.settings.incident_command}))});
  }

  void operator()(const effect::LookUpUser& look) const {
    if (done.ok) turn.out.names[look.user] = value_of(done, "name");
    if (done.values.contains("left")) decide_owner_left(turn, look.user);
  }

  void operator()(const effect::LookUpChannel& look) const {
    if (!done.ok) return;
    turn.out.names[look.channel] = value_of(done, "name");
    if (turn.incident() && turn.incident()->channel.id == look.channel)
      turn.emit(event::ChannelRenamed{value_of(done, "name")}, {});
  }

  void operator()(const effect::FetchPage& page) const {
    if (!turn.incident()) return;
    if (!done.ok)
      return turn.add({.at = turn.at,
                       .kind = EntryKind::gap,
                       .text = fill(turn.text.gap_unfetched, {why_shown(turn.text, done.error)}),
                       .on_timeline = turn.incident()->status == Status::open});
    for (const auto& message : done.messages) {
      // An older one was fetched for its thread's sake; it is news only if it was edited since.
      if (message.ts < page.since && message.edited_ts < page.since) continue;
      Inbound next{.at = turn.at, .body = message};
      auto& fetched = std::get<inbound::Message>(next.body);
      fetched.channel = page.channel;
      fetched.backfilled = true;
      turn.out.then.push_back(std::move(next));
    }
    if (!done.next_cursor.empty()) {
      auto next = page;
      next.cursor = done.next_cursor;
      turn.effect(std::move(next));
    }
    if (page.thread_ts.empty())
      for (const auto& thread : done.threads)
        turn.effect(effect::FetchPage{.channel = page.channel, .thread_ts = thread, .oldest = page.since});
  }

  void operator()(const effect::UploadDocument& asked) const { decide_document_uploaded(turn, asked, done); }
  void operator()(const effect::ShareFile& shared) const { decide_file_shared(turn, shared, done); }

  template <class Other>
  void operator()(const Other&) const {}  // nothing follows from it
};

}  // namespace

void decide_done(Turn& turn, const inbound::EffectDone& done) { std::visit(Done{turn, done}, done.effect.body); }

}  // namespace vakt
