#include "bot/actions/card_writing.hpp"

#include <algorithm>

#include "bot/actions/card_reading.hpp"
#include "bot/actions/card_state.hpp"

namespace vakt::action {

namespace {

bool holds(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

// Trello may have stored a title otherwise than it was written (without spaces around it): that is then the title, or
// it would be written for ever. An edit made here meanwhile stands and is written next.
void settle_title(Item& item, const std::string& asked, const CardSeen& card) {
  const auto& stored = card.title.empty() ? asked : card.title;
  if (item.title == asked) item.title = stored;
  item.synced.title = stored;
}

void settle_due(Item& item, const std::optional<Instant>& asked, const CardSeen& card, const std::string& zone) {
  if (item.due == due_date(asked, zone)) item.due = due_date(card.due, zone);
  item.synced.due = card.due;
}

// A member who was asked for and is not on the card cannot be had: the description names them.
void settle_members(Item& item, const std::vector<std::string>& asked, const CardSeen& card, Changed& out) {
  item.synced.members = card.members;
  item.synced.owner.clear();
  for (const auto& member : asked) {
    if (holds(card.members, member)) {
      item.synced.owner = member;
    } else {
      item.synced.left_out = member;
      out.happened.push_back({What::member_left_out, {}, {}, member});
    }
  }
}

Happened refusal(const CardWritten& answer) {
  return {What::card_refused, {}, std::string{name(answer.why)}, answer.named};
}

void settle_state(Synced& synced, const ChangeCard& asked, const CardSeen& card) {
  if (asked.complete) synced.complete = card.complete;
  if (asked.closed) synced.closed = card.closed;
  if (!asked.list.empty()) {
    synced.in_done_list = card.board_known && card.role == ListRole::done;
    synced.list_closed = card.list_closed;
  }
}

bool asks_again(const CardOrder& next, const ChangeCard& asked) {
  const auto* change = std::get_if<ChangeCard>(&next);
  if (!change) return false;
  return (change->complete && change->complete == asked.complete) ||
         (change->closed && change->closed == asked.closed) || (!change->list.empty() && !asked.list.empty());
}

}  // namespace

Changed card_created(Item before, const CreateCard& asked, const CardWritten& answer, Instant at,
                     const Settings& settings) {
  Changed out{.item = std::move(before)};
  auto& item = out.item;
  if (item.stage != CardStage::creating || item.marker != asked.marker) return out;  // told already
  if (!answer.refused.empty()) {
    item.stage = CardStage::none;
    out.happened.push_back(refusal(answer));
    return out;
  }
  if (!answer.card) return out;
  const auto& card = *answer.card;
  const auto owner = item.owner;
  take_card(item, card, at, settings);
  item.owner = owner;  // the card is ours: nobody becomes the owner of its item by being on it
  item.synced.owner.clear();
  item.synced.written_at = at;
  settle_title(item, asked.title, card);
  settle_due(item, asked.due, card, zone_of(item, settings));
  out.happened.push_back({What::linked, {}, {}, item.label});
  settle_members(item, asked.members, card, out);
  // A card that was made before a crash may have been worked on since.
  know_state(item.synced, {});
  read_state(item, card, at, out.happened);
  for (const auto& label : answer.left_out)
    if (holds(asked.labels, label)) out.happened.push_back({What::label_left_out, {}, {}, label});
  out.order = follow_up(item, settings);
  return out;
}

Changed card_changed(Item before, const ChangeCard& asked, const CardWritten& answer, Instant at,
                     const Settings& settings) {
  Changed out{.item = std::move(before)};
  auto& item = out.item;
  const auto under_way = item.under_way;
  if (!under_way.any() || !item.card || item.card->id != asked.card.id) return out;  // told already
  if (answer.refused.empty() && !answer.card) return out;
  item.under_way = {};
  if (!answer.card) {
    out.happened.push_back(refusal(answer));
    item.refused = true;
    return out;
  }
  const auto& card = *answer.card;
  item.synced.written_at = at;
  if (asked.title) settle_title(item, *asked.title, card);
  if (asked.due) settle_due(item, *asked.due, card, zone_of(item, settings));
  if (under_way.owner) settle_members(item, asked.members.value_or(std::vector<std::string>{}), card, out);
  settle_state(item.synced, asked, card);
  out.order = follow_up(item, settings);
  // Trello took the order and the card is not as ordered: ordering it again would not end.
  if (out.order && asks_again(*out.order, asked)) {
    out.order.reset();
    item.under_way = {};
    out.happened.push_back({What::card_refused, {}, {}, {}});
    item.refused = true;
  }
  return out;
}

}  // namespace vakt::action
