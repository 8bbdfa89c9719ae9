#include "bot/actions/card_order.hpp"

#include <algorithm>

#include "bot/time/zones.hpp"

namespace vakt::action {

namespace {

bool holds(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

void want_owner(const Item& item, const Settings& settings, ChangeCard& change) {
  const auto member = wanted_member(item, settings);
  if (member == item.synced.owner) return;
  if (!member.empty() && !holds(item.synced.members, member)) change.members = {member};
  if (!item.synced.owner.empty()) change.members_off = {item.synced.owner};
}

void want_state(const Item& item, const Settings& settings, ChangeCard& change) {
  const auto& card = item.synced;
  if (item.state == State::done) {
    if (!card.complete && !card.in_done_list) change.complete = true;
    return;
  }
  if (item.state == State::wont_do) {
    if (!card.closed) change.closed = true;
    if (card.complete) change.complete = false;  // a mark of ours, from before it was decided otherwise
    return;
  }
  if (card.complete) change.complete = false;
  if (item.state == State::archived_undone) return;
  if (card.closed) change.closed = false;
  // Only out of its list can it be open again.
  if (card.in_done_list || card.list_closed) change.list = todo_list(team_named(settings, item.team));
}

}  // namespace

Instant card_due(const Date& day, const std::string& zone) {
  return from_wall({.year = int(day.year()),
                    .month = static_cast<int>(unsigned(day.month())),
                    .day = static_cast<int>(unsigned(day.day())),
                    .hour = 17},
                   zone);
}

std::optional<Date> due_date(const std::optional<Instant>& card_due, const std::string& zone) {
  if (!card_due) return std::nullopt;
  return local_date(*card_due, zone);
}

std::string wanted_member(const Item& item, const Settings& settings) {
  auto member = member_of(settings, item.owner);
  return member == item.synced.left_out ? std::string{} : member;
}

const std::string& zone_of(const Item& item, const Settings& settings) {
  return team_named(settings, item.team).timezone;
}

std::optional<CardOrder> follow_up(Item& item, const Settings& settings) {
  if (item.stage != CardStage::linked || !item.card || item.under_way.any() || item.refused ||
      is_out_of_reach(item.state))
    return std::nullopt;
  ChangeCard change{.item = item.id, .card = *item.card};
  if (item.title != item.synced.title) change.title = item.title;
  const auto& zone = zone_of(item, settings);
  if (item.due != due_date(item.synced.due, zone))
    change.due.emplace(item.due ? std::optional{card_due(*item.due, zone)} : std::nullopt);
  want_owner(item, settings, change);
  want_state(item, settings, change);
  const UnderWay fields{.title = change.title.has_value(),
                        .due = change.due.has_value(),
                        .owner = change.members.has_value() || !change.members_off.empty(),
                        .state = change.complete || change.closed || !change.list.empty()};
  // An owner who was on the card already only has to be known as such.
  if (!fields.owner) item.synced.owner = wanted_member(item, settings);
  if (!fields.any()) return std::nullopt;
  item.under_way = fields;
  return change;
}

std::optional<CardOrder> create_card(Item& item, const Settings& settings, const std::string& marker, Instant at) {
  const auto& team = team_named(settings, item.team);
  if (!settings.trello || team.board.name.empty()) return std::nullopt;
  item.stage = CardStage::creating;
  item.marker = marker;
  CreateCard order{.item = item.id, .marker = marker, .board = team.board, .title = item.title, .intended_at = at};
  if (item.due) order.due = card_due(*item.due, team.timezone);
  if (const auto member = wanted_member(item, settings); !member.empty()) order.members = {member};
  if (item.kind != Kind::unset) order.labels.emplace_back(name(item.kind));
  if (item.priority != Severity::unset) order.labels.emplace_back(priority_name(item.priority));
  return order;
}

}  // namespace vakt::action
