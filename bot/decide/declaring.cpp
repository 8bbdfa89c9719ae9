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

// A button's value is made of lines: those of people's words wear another mark in it.
std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', '\v');
  return text;
}
std::string many_lines(std::string text) {
  std::ranges::replace(text, '\v', '\n');
  return text;
}

std::string take_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string line{text.substr(0, end)};
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return line;
}

std::vector<Incident> with(std::vector<Incident> open, const Incident& now) {
  for (auto& incident : open)
    if (incident.number == now.number) incident = now;
  return open;
}

const Incident* recent_incident(const Turn& turn) {
  for (auto other = turn.facts.open.rbegin(); other != turn.facts.open.rend(); ++other)
    if (!other->test && turn.at - other->declared_at < offer_within) return &*other;
  return nullptr;
}

}  // namespace

// Lines: severity, here, test, title, description, and then the alert's.
std::string write_declaration(const Declaration& d) {
  return std::string{name(d.severity)} + "\n" + (d.here ? "here" : "") + "\n" + (d.test ? "test" : "") + "\n" +
         one_line(shortened(d.title, 200)) + "\n" + one_line(shortened(d.description, 300)) + "\n" +
         (d.alert ? write_alert(*d.alert, {}) : std::string{});
}

Declaration read_declaration(const std::string& value) {
  std::string_view rest{value};
  Declaration d;
  d.severity = severity_from(take_line(rest)).value_or(Severity::unset);
  d.here = take_line(rest) == "here";
  d.test = take_line(rest) == "test";
  d.title = many_lines(take_line(rest));
  d.description = many_lines(take_line(rest));
  d.alert = read_alert(std::string{rest});
  return d;
}

// Lines: channel, response_url, ts, user, bot id, bot name, text.
std::string write_alert(const inbound::Message& m, const std::string& response_url) {
  return m.channel + "\n" + response_url + "\n" + m.ts + "\n" + m.user + "\n" + m.bot_id + "\n" +
         shortened(m.bot_name, 80) + "\n" + shortened(m.text.empty() ? m.fallback : m.text, 2000);
}

std::optional<inbound::Message> read_alert(const std::string& context) {
  std::string_view rest{context};
  inbound::Message m;
  m.channel = take_line(rest);
  take_line(rest);
  m.ts = take_line(rest);
  m.user = take_line(rest);
  m.bot_id = take_line(rest);
  m.bot_name = take_line(rest);
  m.text = std::string{rest};
  if (!from_ts(m.ts)) return std::nullopt;
  return m;
}

inbound::ReplyTo answered_to(const std::string& context) {
  std::string_view rest{context};
  inbound::ReplyTo to;
  to.channel = take_line(rest);
  to.response_url = take_line(rest);
  return to;
}

void open_declare_form(Turn& turn, const Request& request) {
  inbound::Message none;
  none.channel = request.reply.channel;
  // From the home tab no answer could follow the form, so the form itself offers the recent incident.
  std::string offer;
  if (const auto* recent = none.channel.empty() ? recent_incident(turn) : nullptr)
    offer = view::recent_question(turn.settings, *recent, turn.at);
  open_modal(turn, request,
             view::declare_form(turn.settings, {}, write_alert(none, request.reply.response_url), !none.channel.empty(),
                                offer));
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
    if (const auto* recent = recent_incident(turn))
      return answer(turn, request, view::recent_offer(turn.settings, *recent, turn.at, write_declaration(d)));
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
  else  // declared from the home tab, which then shows it
    turn.effect(effect::PublishHome{to.user, view::home(turn.settings, with(turn.facts.open, incident))});
}

}  // namespace vakt
