#include "bot/actions/card_reading.hpp"

#include <algorithm>

#include "bot/actions/card_state.hpp"
#include "bot/time/zones.hpp"

namespace vakt::action {

namespace {

// No reading lasts this long: one that seems to be older still was made after the clock was set back.
constexpr std::chrono::hours longest_reading{1};

bool is_overtaken(const Item& item, Instant began_at) {
  const auto known = std::max(item.synced.written_at, item.verified_at.value_or(Instant{}));
  return began_at < known && known - began_at < longest_reading;
}

bool holds(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

enum class Merge { same, known, theirs, ours };

// Three ways: here, in Trello when it was last known, and in Trello now. Ours stands if both were changed, for the
// order that writes it is still to come; not where Trello refused to have it.
template <class Value>
Merge merge(const Value& ours, const Value& synced, const Value& seen, bool refused) {
  if (seen == synced) return Merge::same;
  if (seen == ours) return Merge::known;
  return ours == synced || refused ? Merge::theirs : Merge::ours;
}

std::string written(const std::optional<Date>& day) { return day ? iso_date(*day) : std::string{}; }

void read_title(Item& item, const CardSeen& card, std::vector<Happened>& happened) {
  if (card.title.empty()) return;  // a card may have none, an item may not
  if (merge(item.title, item.synced.title, card.title, item.refused) == Merge::theirs) {
    happened.push_back({What::title, {}, item.title, card.title});
    item.title = card.title;
  }
  item.synced.title = card.title;
}

void read_due(Item& item, const CardSeen& card, const std::string& zone, std::vector<Happened>& happened) {
  const auto seen = due_date(card.due, zone), synced = due_date(item.synced.due, zone);
  if (merge(item.due, synced, seen, item.refused) == Merge::theirs) {
    happened.push_back({What::due, {}, written(item.due), written(seen)});
    item.due = seen;
  }
  item.synced.due = card.due;
}

// The username on the card that stands for the owner now: whom it was, or who came in their place.
std::string owner_on(const CardSeen& card, const Item& item, const Settings& settings) {
  const auto& before = item.synced;
  if (holds(card.members, before.owner)) return before.owner;
  if (const auto ours = wanted_member(item, settings); holds(card.members, ours)) return ours;
  for (const bool newcomers : {true, false}) {
    if (!newcomers && before.owner.empty()) break;  // those who were there before did not become the owner then
    for (const auto& member : card.members)
      if ((!newcomers || !holds(before.members, member)) && !user_of(settings, member).empty()) return member;
  }
  return {};
}

void read_owner(Item& item, const CardSeen& card, const Settings& settings, Instant at,
                std::vector<Happened>& happened) {
  if (holds(card.members, item.synced.left_out)) item.synced.left_out.clear();  // the board has them now
  const auto seen = owner_on(card, item, settings);
  if (merge(wanted_member(item, settings), item.synced.owner, seen, item.refused) == Merge::theirs) {
    auto owner = user_of(settings, seen);
    happened.push_back({What::owner, {}, item.owner, owner});
    item.owner = std::move(owner);
    item.unowned_since = item.owner.empty() ? std::optional{at} : std::nullopt;
  }
  item.synced.owner = seen;
  item.synced.members = card.members;
}

void read_board(Item& item, const CardSeen& card, std::vector<Happened>& happened) {
  const auto& before = item.card->board;
  if (!before.empty() && before != card.card.board)
    happened.push_back({card.board_known ? What::moved : What::moved_away, {}, before, card.card.board});
  item.board_known = card.board_known;
  item.card = card.card;
}

void seen(Item& item, const CardSeen& card, Instant began_at, const Settings& settings,
          std::vector<Happened>& happened) {
  item.suspect_since.reset();
  item.verified_at = began_at;
  read_board(item, card, happened);
  if (!item.under_way.title) read_title(item, card, happened);
  if (!item.under_way.due) read_due(item, card, zone_of(item, settings), happened);
  if (!item.under_way.owner) read_owner(item, card, settings, began_at, happened);
  const bool was_out_of_reach = is_out_of_reach(item.state);
  if (!item.under_way.state || was_out_of_reach) read_state(item, card, began_at, happened);
  if (was_out_of_reach) item.refused = false;  // what Trello refused was written to a card that nobody could reach
}

void becomes(Item& item, State state, What what, std::vector<Happened>& happened) {
  happened.push_back({what, {}, std::string{name(item.state)}, std::string{name(state)}});
  item.state = state;
}

void not_seen(Item& item, CardFault fault, Instant began_at, std::vector<Happened>& happened) {
  // A closed item needs its card no longer; from a card that is gone only the card itself leads back.
  if (is_closed(item.state) || item.state == State::deleted || item.state == State::broken_link) return;
  if (fault == CardFault::not_found) {
    if (!item.suspect_since || *item.suspect_since > began_at)
      item.suspect_since = began_at;
    else if (began_at - *item.suspect_since >= suspect_for)
      becomes(item, State::deleted, What::deleted, happened);
  } else if (fault == CardFault::deleted) {
    becomes(item, State::deleted, What::deleted, happened);
  } else if (fault == CardFault::invalid_id) {
    becomes(item, State::broken_link, What::broken_link, happened);
  } else if (fault == CardFault::no_access && item.verified_at && item.state != State::lost_access) {
    becomes(item, State::lost_access, What::lost_access, happened);
  }
}

}  // namespace

Changed card_read(Item item, const CardAnswer& answer, Instant began_at, const Settings& settings) {
  Changed out{.item = std::move(item)};
  if (out.item.stage != CardStage::linked || !out.item.card || is_overtaken(out.item, began_at)) return out;
  if (const auto* card = std::get_if<CardSeen>(&answer))
    seen(out.item, *card, began_at, settings, out.happened);
  else
    not_seen(out.item, std::get<CardUnread>(answer).fault, began_at, out.happened);
  if (std::holds_alternative<CardSeen>(answer)) out.order = follow_up(out.item, settings);
  return out;
}

void take_card(Item& item, const CardSeen& card, Instant began_at, const Settings& settings) {
  item.stage = CardStage::linked;
  item.card = card.card;
  item.board_known = card.board_known;
  item.verified_at = began_at;
  item.synced = {.title = card.title, .due = card.due, .members = card.members};
  know_state(item.synced, card);
  const auto& team = team_named(settings, item.team);
  item.label = (team.label.empty() ? "#" : team.label) + std::to_string(card.number);
  if (const auto owner = wanted_member(item, settings); holds(card.members, owner)) {
    item.synced.owner = owner;
  } else if (item.owner.empty()) {
    for (const auto& member : card.members) {
      item.owner = user_of(settings, member);
      if (item.owner.empty()) continue;
      item.synced.owner = member;
      break;
    }
  }
}

}  // namespace vakt::action
