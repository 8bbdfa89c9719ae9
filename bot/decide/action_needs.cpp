// What must be known before something about an action item can be decided.

#include "bot/command/action_command.hpp"
#include "bot/decide/action_turn.hpp"

namespace vakt {

namespace {

using Items = Needs::Items;
namespace button = view::action;

struct OfCommand {
  Needs out;
  const UserId& typist;

  Needs operator()(const action_command::List& c) {
    out.items = c.which == action_command::Which::all ? Items::digest : Items::open;
    return std::move(out);
  }
  Needs operator()(const action_command::Add& c) {
    if (c.details.owner) out.person = c.details.owner->me ? typist : c.details.owner->user;
    return of_item({});
  }
  Needs operator()(const action_command::Link& c) { return of_item(c.what); }
  Needs operator()(const action_command::Help&) { return std::move(out); }
  Needs operator()(const auto& of_one) { return of_item(of_one.item); }

  Needs of_item(const action_command::ItemRef& ref) {
    out.items = Items::one;
    out.item = ref.id;
    out.label = ref.label;
    out.card = ref.short_link;
    return std::move(out);
  }
};

Needs of_item(const ChannelId& channel, std::string_view value) {
  return {.channel = channel, .open = true, .items = Items::one, .item = leading_number(value), .kept = {kept::trello}};
}

Needs of_digest() {
  Needs out{.items = Items::digest, .kept = {kept::trello, kept::since, kept::reread}};
  out.kept.insert(std::begin(digest_cursors), std::end(digest_cursors));
  return out;
}

}  // namespace

Needs needs_of_action(const inbound::Command& c) {
  Needs out{.channel = c.reply.channel, .open = true, .kept = {kept::trello}};
  const auto parsed = parse_action_command(c.text);
  return parsed ? std::visit(OfCommand{std::move(out), c.reply.user}, *parsed) : out;
}

std::optional<Needs> needs_of_action(const inbound::Press& p) {
  if (!p.action.starts_with("action_")) return std::nullopt;
  if (p.action == button::item_list) {
    const auto number = leading_number(p.value);
    return Needs{.number = number, .items = number ? Items::incident : Items::open};
  }
  if (p.action == button::item_add)
    return Needs{.number = leading_number(p.value), .channel = p.reply.channel, .items = Items::one};
  if (p.action == button::items_none)
    return Needs{.number = leading_number(p.value), .items = Items::incident, .kept = {kept::asked_items}};
  return of_item(p.reply.channel, p.value);
}

std::optional<Needs> needs_of_action(const inbound::Submission& s) {
  if (!s.callback.starts_with("action_")) return std::nullopt;
  if (s.callback == button::item_add)
    return Needs{
        .draft = s.context, .open = true, .items = Items::one, .person = value_of(s, "owner"), .kept = {kept::trello}};
  return of_item(channel_of_form(s), s.context);
}

std::optional<Needs> needs_of_action(const inbound::Due& d) {
  if (d.key == "actions_poll") return Needs{.items = Items::linked, .kept = {kept::trello}};
  if (d.key.starts_with("actions_team:")) return of_digest();
  return std::nullopt;
}

std::optional<Needs> needs_of_action(const inbound::EffectDone& d) {
  if (const auto* post = std::get_if<effect::Post>(&d.effect.body); post && post->purpose.starts_with(kept::digest))
    return of_digest();
  if (std::holds_alternative<effect::LookUpUser>(d.effect.body) && d.values.contains("left")) return of_digest();
  return std::nullopt;
}

Needs needs_of_action(const inbound::CardWritten& w) {
  const auto id = std::visit([](const auto& order) { return order.item; }, w.asked.order);
  return {.items = Items::one, .item = id, .kept = {kept::trello}};
}

Needs needs_of_action(const inbound::CardsRead& r) {
  Needs out{.items = r.asked.what.purpose == "link" ? Items::one : Items::linked, .kept = {kept::trello}};
  if (r.asked.what.purpose == "link") {
    out.draft = r.asked.context;
    if (!r.asked.what.cards.empty()) out.card = r.asked.what.cards.front().card;
  }
  return out;
}

}  // namespace vakt
