#include "bot/decide/decide.hpp"

#include <charconv>

#include "bot/command/command.hpp"
#include "bot/decide/turn.hpp"

namespace vakt {

namespace {

IncidentNumber leading_number(std::string_view text) {
  IncidentNumber number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// What is done to a message follows it into whichever records hold it.
Needs of_message(const ChannelId& channel, const Ts& ts) { return {.channel = channel, .ts = ts, .anywhere = true}; }

struct NeedsOf {
  Needs operator()(const inbound::Message& m) const { return {.channel = m.channel, .ts = m.ts}; }
  Needs operator()(const inbound::MessageChanged& m) const { return of_message(m.message.channel, m.message.ts); }
  Needs operator()(const inbound::MessageDeleted& m) const { return of_message(m.channel, m.ts); }
  Needs operator()(const inbound::Reaction& r) const { return of_message(r.channel, r.ts); }
  Needs operator()(const inbound::Pin& p) const { return of_message(p.channel, p.ts); }
  Needs operator()(const inbound::Member& m) const { return {.channel = m.channel}; }
  Needs operator()(const inbound::ChannelRenamed& c) const { return {.channel = c.channel}; }
  Needs operator()(const inbound::ChannelArchived& c) const { return {.channel = c.channel}; }
  Needs operator()(const inbound::Command& c) const {
    Needs out{.channel = c.reply.channel, .open = true};
    if (const auto parsed = parse_incident_command(c.text)) {
      // A declaration is about no incident yet; what it needs to know is whether its channel is taken.
      if (!std::holds_alternative<command::Declare>(parsed->command)) out.number = parsed->number;
      out.timeline = std::holds_alternative<command::Timeline>(parsed->command) ||
                     std::holds_alternative<command::Mark>(parsed->command);
      out.own_end = std::holds_alternative<command::Mark>(parsed->command);
    }
    return out;
  }
  Needs operator()(const inbound::Press& p) const {
    const bool offered = p.action == view::action::declare_anyway;
    const auto colon = p.value.find(':');
    std::string draft;
    if (offered) draft = p.value;
    if (p.action == view::action::use_recent && colon != std::string::npos) draft = p.value.substr(colon + 1);
    return {.number = offered ? 0 : leading_number(p.value),
            .channel = p.reply.channel,
            .draft = draft,
            .open = offered || p.action == view::action::reopen || p.action == view::action::declare,
            .timeline = p.action == view::action::timeline || p.action == view::action::mark,
            .own_end = p.action == view::action::mark};
  }
  Needs operator()(const inbound::Shortcut& s) const {
    return {.channel = s.message.channel, .ts = s.message.ts, .open = true};
  }
  Needs operator()(const inbound::Submission& s) const {
    if (s.callback == view::action::declare) return {.draft = s.context, .open = true};
    if (s.callback != view::action::add_to_timeline) {
      const bool marks = s.callback == view::action::marker_time;
      return {.number = leading_number(s.context), .timeline = marks, .own_end = marks};
    }
    const auto chosen = s.values.find("incident");
    return {.number = chosen == s.values.end() ? 0 : leading_number(chosen->second), .draft = s.context};
  }
  Needs operator()(const inbound::HomeOpened&) const { return {.open = true}; }
  Needs operator()(const inbound::Due& d) const {
    const auto colon = d.key.find(':');
    if (!d.key.starts_with("erase:"))
      return {.number = leading_number(std::string_view{d.key}.substr(colon + 1)),
              .own_end = d.key.starts_with("event_end:")};
    const auto second = d.key.find(':', colon + 1);
    return of_message(d.key.substr(colon + 1, second - colon - 1), d.key.substr(second + 1));
  }
  Needs operator()(const inbound::EffectDone& d) const {
    const bool created = std::holds_alternative<effect::CreateChannel>(d.effect.body);
    return {.number = d.effect.incident, .open = created && d.ok, .recorded = created && !d.ok};
  }
  Needs operator()(const inbound::Online&) const { return {.recorded = true}; }
  Needs operator()(const inbound::Ignored&) const { return {}; }
};

struct Decide {
  Turn& turn;

  void operator()(const inbound::Message& m) const { decide_message(turn, m); }
  void operator()(const inbound::MessageChanged& m) const { decide_edit(turn, m); }
  void operator()(const inbound::MessageDeleted& m) const { decide_deletion(turn, m); }
  void operator()(const inbound::Reaction& r) const { decide_reaction(turn, r); }
  void operator()(const inbound::Pin& p) const { decide_pin(turn, p); }
  void operator()(const inbound::Member& m) const { decide_member(turn, m); }
  void operator()(const inbound::ChannelRenamed& c) const {
    if (turn.incident()) turn.emit(event::ChannelRenamed{c.name}, {});
  }
  void operator()(const inbound::ChannelArchived& c) const {
    if (turn.incident()) turn.emit(event::ChannelArchived{c.archived}, {});
  }
  void operator()(const inbound::Command& c) const { decide_command(turn, c); }
  void operator()(const inbound::Press& p) const { decide_press(turn, p); }
  void operator()(const inbound::Shortcut& s) const { decide_shortcut(turn, s); }
  void operator()(const inbound::Submission& s) const { decide_submission(turn, s); }
  void operator()(const inbound::HomeOpened& h) const {
    turn.effect(effect::PublishHome{h.user, view::home(turn.settings, turn.facts.open)});
  }
  void operator()(const inbound::Due& d) const { decide_due(turn, d); }
  void operator()(const inbound::EffectDone& d) const { decide_done(turn, d); }
  void operator()(const inbound::Online& o) const { decide_online(turn, o); }
  void operator()(const inbound::Ignored&) const {}
};

}  // namespace

Needs needs(const Inbound& in) { return std::visit(NeedsOf{}, in.body); }

Decision decide(const Inbound& in, const Facts& facts, const Settings& settings) {
  Turn turn{in, facts, settings};
  std::visit(Decide{turn}, in.body);
  return turn.finish();
}

}  // namespace vakt
