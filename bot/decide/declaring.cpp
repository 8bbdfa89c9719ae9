// From "something is wrong" to a channel with a headline.
#include <charconv>

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

std::string take_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string line{text.substr(0, end)};
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return line;
}

}  // namespace

// Lines: severity, here, test, title.
std::string write_declaration(const Declaration& d) {
  return std::string{name(d.severity)} + "\n" + (d.here ? "here" : "") + "\n" + (d.test ? "test" : "") + "\n" +
         shortened(d.title, 300);
}

Declaration read_declaration(const std::string& value) {
  std::string_view rest{value};
  Declaration d;
  d.severity = severity_from(take_line(rest)).value_or(Severity::unset);
  d.here = take_line(rest) == "here";
  d.test = take_line(rest) == "test";
  d.title = std::string{rest};
  return d;
}

// Lines: channel, ts, user, bot id, bot name, text.
std::string write_alert(const inbound::Message& m) {
  return m.channel + "\n" + m.ts + "\n" + m.user + "\n" + m.bot_id + "\n" + shortened(m.bot_name, 80) + "\n" +
         shortened(m.text.empty() ? m.fallback : m.text, 600);
}

std::optional<inbound::Message> read_alert(const std::string& context) {
  std::string_view rest{context};
  inbound::Message m;
  m.channel = take_line(rest);
  m.ts = take_line(rest);
  m.user = take_line(rest);
  m.bot_id = take_line(rest);
  m.bot_name = take_line(rest);
  m.text = std::string{rest};
  if (!from_ts(m.ts)) return std::nullopt;
  return m;
}

void declare(Turn& turn, const Request& request, const Declaration& d) {
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
      return answer(turn, request, view::recent_offer(turn.settings, *other, turn.at, write_declaration(d)));
    }
  }
  const bool occupied = turn.incident() && turn.incident()->channel.id == to.channel;
  const bool here = d.here && !occupied;

  turn.take(Incident{.number = turn.facts.next_number});
  turn.emit(event::Declared{title, d.severity, d.test, here, to.channel}, to.user);
  if (d.alert) {
    auto entry = entry_of(turn, *d.alert);
    entry.on_timeline = true;
    turn.add(std::move(entry));
  }
  turn.record(EntryKind::system, "declared", to.user, fill(turn.text.entry_declared, {title}));
  if (!d.description.empty()) turn.record(EntryKind::field, "summary", to.user, d.description, false);
  turn.emit(event::MarkerSet{Marker::event_start, {turn.at, false}}, to.user);
  turn.record(EntryKind::marker, "event_start", to.user, std::string{turn.text.event_start});

  if (here) return bind_channel(turn, {to.channel, {}}, to);
  const auto name = view::channel_name(turn.settings.channel_prefix, turn.incident()->number, readable(title, {}), 0);
  turn.effect(
      effect::CreateChannel{.name = name, .response_url = to.response_url, .asker = to.user, .asked_in = to.channel});
  if (request.way == Request::Way::command)
    answer(turn, request,
           view::sentence(fill(turn.text.opening, {std::to_string(turn.incident()->number), harmless(title)})));
}

// From here on the incident has a channel, and everything that belongs there follows.
void bind_channel(Turn& turn, const ChannelRef& channel, const inbound::ReplyTo& to) {
  turn.emit(event::ChannelBound{channel}, {});
  const auto& incident = *turn.incident();
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
                             .purpose = "announcement"});
  const auto pattern = incident.here ? turn.text.opened_here : turn.text.opened;
  const auto opened = view::sentence(fill(pattern, {std::to_string(incident.number), channel.id}));
  if (!to.response_url.empty())
    turn.effect(effect::Respond{.response_url = to.response_url,
                                .channel = to.channel,
                                .user = to.user,
                                .message = opened,
                                .until = turn.at + 29min});
  else if (!to.channel.empty())
    turn.effect(effect::Ephemeral{to.channel, to.user, opened});
}

}  // namespace vakt
