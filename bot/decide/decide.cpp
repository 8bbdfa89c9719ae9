#include "bot/decide/decide.hpp"

#include <algorithm>

#include "bot/command/command.hpp"
#include "bot/command/flag_command.hpp"
#include "bot/decide/action_turn.hpp"
#include "bot/decide/flag_turn.hpp"
#include "bot/decide/postmortem_turn.hpp"
#include "bot/decide/rollout_turn.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt {

namespace {

// Of "12:34", the 34; 0 where there is none.
std::int64_t number_after_colon(std::string_view text) {
  const auto colon = text.find(':');
  return colon == std::string_view::npos ? 0 : leading_number(text.substr(colon + 1));
}

bool is_of_flag(const effect::Post& post) {
  return post.purpose.starts_with("flag:") || post.purpose.starts_with("flag_announced:");
}

// What is done to a message follows it into whichever records hold it.
Needs of_message(const ChannelId& channel, const Ts& ts) { return {.channel = channel, .ts = ts, .anywhere = true}; }

struct NeedsOf {
  const Settings& settings;

  Needs operator()(const inbound::Message& m) const { return {.channel = m.channel, .ts = m.ts}; }
  Needs operator()(const inbound::MessageChanged& m) const { return of_message(m.message.channel, m.message.ts); }
  Needs operator()(const inbound::MessageDeleted& m) const { return of_message(m.channel, m.ts); }
  Needs operator()(const inbound::Reaction& r) const { return of_message(r.channel, r.ts); }
  Needs operator()(const inbound::Pin& p) const { return of_message(p.channel, p.ts); }
  Needs operator()(const inbound::Member& m) const { return {.channel = m.channel}; }
  Needs operator()(const inbound::ChannelRenamed& c) const { return {.channel = c.channel}; }
  Needs operator()(const inbound::ChannelArchived& c) const { return {.channel = c.channel}; }
  Needs operator()(const inbound::Command& c) const {
    if (c.command == settings.action_command) return needs_of_action(c);
    if (c.command == settings.rollout_command) return needs_of_rollout(c);
    Needs out{.channel = c.reply.channel, .open = true};
    if (c.command == settings.flag_command) return flag_needs(std::move(out), c.text);
    if (const auto parsed = parse_incident_command(c.text)) {
      // A declaration is about no incident yet; what it needs to know is whether its channel is taken.
      if (!std::holds_alternative<command::Declare>(parsed->command)) out.number = parsed->number;
      out.timeline = std::holds_alternative<command::Timeline>(parsed->command) ||
                     std::holds_alternative<command::Mark>(parsed->command);
      out.fields = std::holds_alternative<command::Postmortem>(parsed->command);
      out.own_end = std::holds_alternative<command::Mark>(parsed->command);
      out.flags = std::holds_alternative<command::Declare>(parsed->command);
      if (std::holds_alternative<command::Resolve>(parsed->command)) of_resolve(out);
    }
    return out;
  }
  static void of_resolve(Needs& out) {
    out.items = Needs::Items::incident;
    out.kept = {kept::asked_items};
  }
  static Needs flag_needs(Needs out, const std::string& text) {
    out.flags = true;
    const auto parsed = parse_flag_command(text);
    if (!parsed) return out;
    if (const auto* history = std::get_if<flag_command::History>(&*parsed)) out.flag_name = history->name;
    if (const auto* undo = std::get_if<flag_command::Undo>(&*parsed)) out.flag_name = undo->name;
    return out;
  }
  Needs operator()(const inbound::Press& p) const {
    if (auto out = needs_of_action(p)) return *std::move(out);
    if (auto out = needs_of_rollout(p)) return *std::move(out);
    if (p.action.starts_with("flag_")) {
      Needs out{.channel = p.reply.channel, .open = true, .flags = true};
      if (p.action == view::action::flag_off || p.action == view::action::flag_off_sure ||
          p.action == view::action::flag_status)
        return out;  // the value is a flag, not a change
      out.change = leading_number(p.value);
      if (const auto colon = p.value.find(':'); p.action == view::action::flag_add && colon != std::string::npos)
        out.number = leading_number(std::string_view{p.value}.substr(colon + 1));
      return out;
    }
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
            .fields = p.action == view::action::postmortem,
            .entry = p.action == view::action::timeline_edit ? number_after_colon(p.value) : 0,
            .own_end = p.action == view::action::mark,
            .flags = offered || p.action == view::action::use_recent};
  }
  Needs operator()(const inbound::Shortcut& s) const {
    return {.channel = s.message.channel, .ts = s.message.ts, .open = true};
  }
  Needs operator()(const inbound::Submission& s) const {
    if (auto out = needs_of_action(s)) return *std::move(out);
    if (auto out = needs_of_rollout(s)) return *std::move(out);
    if (s.callback == view::action::flag_confirm)
      return {.channel = s.reply.channel, .open = true, .flags = true, .change = leading_number(s.context)};
    if (s.callback == view::action::declare) return {.draft = s.context, .open = true, .flags = true};
    if (s.callback != view::action::add_to_timeline) {
      const bool marks = s.callback == view::action::marker_time;
      Needs out{.number = leading_number(s.context), .timeline = marks, .own_end = marks};
      if (s.callback == view::action::timeline_edit) out.entry = number_after_colon(s.context);
      if (s.callback == view::action::resolve) of_resolve(out);
      return out;
    }
    const auto chosen = s.values.find("incident");
    return {.number = chosen == s.values.end() ? 0 : leading_number(chosen->second), .draft = s.context};
  }
  Needs operator()(const inbound::HomeOpened&) const { return {.open = true, .items = Needs::Items::digest}; }
  Needs operator()(const inbound::Due& d) const {
    if (auto out = needs_of_action(d)) return *std::move(out);
    if (d.key == month_summary_key) return {.items = Needs::Items::digest, .kept = {month_summary_key}};
    if (auto out = needs_of_rollout(d)) return *std::move(out);
    const auto colon = d.key.find(':');
    if (d.key.starts_with("flag_restore:"))
      return {.open = true, .flags = true, .change = leading_number(std::string_view{d.key}.substr(colon + 1))};
    if (!d.key.starts_with("erase:"))
      return {.number = leading_number(std::string_view{d.key}.substr(colon + 1)),
              .own_end = d.key.starts_with("event_end:")};
    const auto second = d.key.find(':', colon + 1);
    return of_message(d.key.substr(colon + 1, second - colon - 1), d.key.substr(second + 1));
  }
  Needs operator()(const inbound::EffectDone& d) const {
    if (auto of_action = needs_of_action(d)) return *std::move(of_action);
    Needs out{.number = d.effect.incident};
    if (std::holds_alternative<effect::CreateChannel>(d.effect.body)) {
      out.open = d.ok;
      out.recorded = !d.ok;
      out.flags = true;
    } else if (const auto* look = std::get_if<effect::LookUpGroup>(&d.effect.body)) {
      out.flags = true;
      out.channel = look->channel;
    } else if (const auto* post = std::get_if<effect::Post>(&d.effect.body); post && is_of_flag(*post)) {
      out.change = leading_number(std::string_view{post->purpose}.substr(post->purpose.find(':') + 1));
    }
    return out;
  }
  Needs operator()(const inbound::FlagProgress& p) const {
    Needs out{.open = true, .flags = true, .change = p.change, .flag_name = p.wanted.name};
    if (p.change == 0) out.change_key = p.wanted.key;
    out.rollouts = Needs::Rollouts::followed;
    if (const auto key = rollout::read_change_key(p.wanted.key)) out.rollout = key->id;
    return out;
  }
  Needs operator()(const inbound::FlagsRead& r) const {
    Needs out{.channel = r.asked.channel, .open = true, .flags = true};
    if (r.asked.purpose == "confirm") out.rollout = asked_for_rollout(r.asked.context).id;
    return out;
  }
  Needs operator()(const inbound::FlagsObserved& o) const {
    Needs out{.open = true, .flags = true};
    for (const auto& seen : o.seen.changes) out.changes_of.insert(seen.name);
    out.rollouts = Needs::Rollouts::followed;
    return out;
  }
  Needs operator()(const inbound::RolloutAsked& r) const {
    if (const auto* report = std::get_if<rollout::asked::Report>(&r.what)) return {.rollout = report->id};
    if (const auto* hold = std::get_if<rollout::asked::Hold>(&r.what)) return {.rollout = hold->id};
    return {.rollouts = Needs::Rollouts::followed};
  }
  Needs operator()(const inbound::CardWritten& w) const { return needs_of_action(w); }
  Needs operator()(const inbound::CardsRead& r) const { return needs_of_action(r); }
  Needs operator()(const inbound::ItemHappened& h) const { return {.number = h.incident}; }
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
  void operator()(const inbound::Command& c) const {
    if (c.command == turn.settings.flag_command)
      decide_flag_command(turn, c);
    else if (c.command == turn.settings.action_command)
      decide_action_command(turn, c);
    else if (c.command == turn.settings.rollout_command)
      decide_rollout_command(turn, c);
    else
      decide_command(turn, c);
  }
  void operator()(const inbound::Press& p) const { decide_press(turn, p); }
  void operator()(const inbound::Shortcut& s) const { decide_shortcut(turn, s); }
  void operator()(const inbound::Submission& s) const { decide_submission(turn, s); }
  void operator()(const inbound::HomeOpened& h) const {
    auto mine = turn.facts.items;
    std::erase_if(mine,
                  [&](const action::Item& item) { return item.owner != h.user || action::is_closed(item.state); });
    auto blocks = view::home(turn.settings, turn.facts.open);
    std::ranges::move(view::home_items(reader_for(turn, turn.settings.actions.teams.front()), mine),
                      std::back_inserter(blocks));
    std::ranges::move(view::home_postmortems(turn.settings, turn.facts.incidents, h.user, turn.at),
                      std::back_inserter(blocks));
    turn.effect(effect::PublishHome{h.user, std::move(blocks)});
  }
  void operator()(const inbound::Due& d) const { decide_due(turn, d); }
  void operator()(const inbound::EffectDone& d) const { decide_done(turn, d); }
  void operator()(const inbound::FlagProgress& p) const { decide_flag_progress(turn, p); }
  void operator()(const inbound::FlagsRead& r) const { decide_flags_read(turn, r); }
  void operator()(const inbound::FlagsObserved& o) const { decide_flags_observed(turn, o); }
  void operator()(const inbound::RolloutAsked& r) const { decide_rollout_asked(turn, r); }
  void operator()(const inbound::CardWritten& w) const { decide_card_written(turn, w); }
  void operator()(const inbound::CardsRead& r) const { decide_cards_read(turn, r); }
  void operator()(const inbound::ItemHappened& h) const { decide_item_happened(turn, h); }
  void operator()(const inbound::Online& o) const { decide_online(turn, o); }
  void operator()(const inbound::Ignored&) const {}
};

}  // namespace

Needs needs(const Inbound& in, const Settings& settings) { return std::visit(NeedsOf{settings}, in.body); }

Decision decide(const Inbound& in, const Facts& facts, const Settings& settings) {
  Turn turn{in, facts, settings};
  std::visit(Decide{turn}, in.body);
  return turn.finish();
}

}  // namespace vakt
