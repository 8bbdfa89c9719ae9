// From "something is wrong" to a channel with a headline.
#include <algorithm>

#include "bot/decide/flag_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr auto same_within = 2min;    // the same person and title again: a double press, not a second incident
constexpr auto offer_within = 15min;  // another incident this young is offered first

std::string where(const Incident& incident) {
  return incident.channel.id.empty() ? "#" + incident.channel.name : "<#" + incident.channel.id + ">";
}

// Kept, so that whatever is pressed next has the description and the alert that this declaration came with.
void offer(Turn& turn, const Request& request, const Incident& other, Draft draft) {
  draft.sure = true;
  draft.channel = request.reply.channel;
  if (request.way == Request::Way::form && !can_be_told(request.reply)) {
    // From the home tab there is nowhere to answer but in the form itself, which stays open.
    turn.keep(std::move(draft), request.draft);
    turn.out.answer = Answer{.form_errors = {{"title", fill(turn.text.recent_offer_form,
                                                            {std::to_string(other.number), readable(other.title, {}),
                                                             view::duration_shown(turn.at - other.declared_at)})}}};
    return;
  }
  answer(turn, request, view::recent_offer(turn.settings, other, turn.at, turn.keep(std::move(draft), request.draft)));
}

}  // namespace

void declare(Turn& turn, const Request& request, const Draft& d) {
  const auto& to = request.reply;
  const auto title = shortened(tidy(d.title), 200);
  for (const auto& other : turn.facts.open) {
    if (other.declared_by == to.user && other.title == title && turn.at - other.declared_at < same_within)
      return answer(turn, request,
                    view::sentence(fill(turn.text.same_incident, {std::to_string(other.number), where(other)})));
  }
  if (!d.test && !d.sure) {
    for (auto other = turn.facts.open.rbegin(); other != turn.facts.open.rend(); ++other) {
      if (other->test || turn.at - other->declared_at >= offer_within) continue;
      return offer(turn, request, *other, d);
    }
  }
  const auto records_here = [&](const Incident& other) { return other.channel.id == to.channel; };
  const bool here = d.here && std::ranges::none_of(turn.facts.open, records_here);
  const auto previous = turn.incident() ? std::optional{*turn.incident()} : std::nullopt;

  turn.take(Incident{.number = turn.facts.next_number});
  turn.emit(event::Declared{title, d.severity, d.test, here, to.channel}, to.user);
  if (d.message) add_to_timeline(turn, *d.message);
  turn.record(EntryKind::system, "declared", to.user, fill(turn.text.entry_declared, {title}));
  if (!d.description.empty()) turn.record(EntryKind::field, "summary", to.user, d.description, false);
  turn.emit(event::MarkerSet{Marker::event_start, {turn.at, false}}, to.user);
  turn.record(EntryKind::marker, "event_start", to.user, std::string{turn.text.event_start});

  if (here) {
    const bool in_ack = request.way == Request::Way::command;
    bind_channel(turn, {to.channel, {}}, in_ack ? inbound::ReplyTo{.user = to.user} : to,
                 previous && records_here(*previous) ? &*previous : nullptr);
    if (in_ack) answer(turn, request, opened(turn));
    return;
  }
  const auto name = view::channel_name(turn.settings.channel_prefix, turn.incident()->number, readable(title, {}), 0);
  turn.effect(
      effect::CreateChannel{.name = name, .response_url = to.response_url, .asker = to.user, .asked_in = to.channel});
  answer_follows(turn, request,
                 view::sentence(fill(turn.text.opening, {std::to_string(turn.incident()->number), harmless(title)})));
}

// A form for declaring, with what its submission will not carry itself.
void open_declare_form(Turn& turn, const Request& request, const std::string& title,
                       std::optional<inbound::Message> message) {
  const auto key = turn.keep(
      {.message = std::move(message), .channel = request.reply.channel, .response_url = request.reply.response_url});
  open_modal(turn, request, view::declare_form(turn.settings, title, key, !request.reply.channel.empty()));
}

// A message of another channel is kept as it is now. Its edits and deletion follow where we hear them: where the bot is
// a member of that channel. Slack tells us of no others.
void add_to_timeline(Turn& turn, const inbound::Message& message) {
  const auto* known = turn.entry();
  auto entry = known ? *known : entry_of(turn, message);
  entry.on_timeline = true;
  if (std::ranges::find(entry.held_by, "added") == entry.held_by.end()) entry.held_by.emplace_back("added");
  if (known)
    turn.out.replaced.push_back(std::move(entry));
  else
    turn.add(std::move(entry));
}

view::Message opened(const Turn& turn) {
  const auto& incident = *turn.incident();
  const auto pattern = incident.here ? turn.text.opened_here : turn.text.opened;
  return view::sentence(fill(pattern, {std::to_string(incident.number), incident.channel.id}));
}

// From here on the incident has a channel, and everything that belongs there follows.
void bind_channel(Turn& turn, const ChannelRef& channel, const inbound::ReplyTo& to, const Incident* previous) {
  turn.emit(event::ChannelBound{channel}, {});
  const auto& incident = *turn.incident();
  if (previous)  // its record ends with the reason
    turn.out.added.push_back({.incident = previous->number,
                              .at = turn.at,
                              .kind = EntryKind::system,
                              .detail = "taken_over",
                              .text = fill(turn.text.entry_taken_over, {std::to_string(incident.number)}),
                              .on_timeline = false});
  if (incident.here) {
    turn.effect(effect::JoinChannel{channel.id});
    turn.effect(effect::LookUpChannel{channel.id});
  }
  turn.post(view::headline(turn.settings, incident), "headline");
  tell_recent_changes(turn);
  turn.effect(effect::Invite{channel.id, {to.user}, incident.test ? std::string{} : turn.settings.oncall_group});
  if (!incident.test && !turn.settings.announce_channel.empty())
    turn.effect(effect::Post{.channel = turn.settings.announce_channel,
                             .message = view::announcement(turn.settings, incident),
                             .purpose = "announcement",
                             .join = true});
  tell(turn, to, opened(turn));
  if (!can_be_told(to))  // declared from the home tab, which then shows it
    show_home(turn, to.user);
}

}  // namespace vakt
