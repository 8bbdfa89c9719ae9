// What Trello told: of cards that were written, of cards that were read; and when they are read next.
#include <algorithm>

#include "bot/actions/card_link.hpp"
#include "bot/actions/card_reading.hpp"
#include "bot/actions/card_writing.hpp"
#include "bot/decide/action_turn.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

// Ids of a board and of its lists, as they are kept: the board's, then a line for each list.
std::string ids_of(const action::BoardRef& board) {
  std::string out = board.id;
  for (const auto& list : board.lists) out += "\n" + list.name + "\t" + list.id;
  return out;
}

// Whoever waits is answered with the card's link; where Trello refused it, without one.
void answer_writer(Turn& turn, const inbound::CardWritten& written, const action::Changed& changed) {
  const auto& asked = written.asked;
  if (asked.user.empty() || !std::holds_alternative<action::CreateCard>(asked.order)) return;
  const auto reader = reader_for(turn, changed.item);
  if (!written.answer.card && written.answer.refused.empty()) return;
  auto message = view::item_added(reader, changed.item);
  say_unmapped(turn, changed.item, message);
  tell(turn, {.response_url = asked.response_url, .user = asked.user, .channel = asked.channel}, std::move(message));
}

// That it was read once more is none: when all were read last is kept in one place.
bool is_news(const action::Item& before, const action::Changed& now) {
  auto same = before;
  same.verified_at = now.item.verified_at;
  return !now.happened.empty() || now.order || same != now.item;
}

// Nothing is known of it: Trello did not answer for this card alone.
bool is_unread(const std::pair<action::ItemId, action::CardAnswer>& answer) {
  const auto* unread = std::get_if<action::CardUnread>(&answer.second);
  return unread && unread->fault == action::CardFault::not_read;
}

// The short link of the card that a mirror stands for: its name is that card's address. Empty: it stands for itself.
std::string mirrored_by(const action::CardSeen& card) {
  const auto link = action::short_link_in(card.title).value_or(std::string{});
  return link == card.card.short_link ? std::string{} : link;
}

// True: what is linked is a mirror, so its card is read instead, once; the mirror goes along as the sign of that.
bool follow_mirror(Turn& turn, const inbound::CardsRead& read) {
  const auto* card = std::get_if<action::CardSeen>(&read.answer.cards.front().second);
  const auto source = card && read.asked.what.cards.size() == 1 ? mirrored_by(*card) : std::string{};
  if (source.empty()) return false;
  auto again = read.asked;
  again.what.cards.insert(again.what.cards.begin(), {.item = 0, .card = source, .board = {}});
  turn.effect(std::move(again));
  return true;
}

void adopt_card(Turn& turn, const inbound::CardsRead& read) {
  const Request request{
      {.response_url = read.asked.response_url, .user = read.asked.user, .channel = read.asked.channel},
      Request::Way::press};
  const auto& draft = turn.facts.draft;
  if (!draft || !draft->item || read.answer.cards.empty() || follow_mirror(turn, read)) return;
  turn.out.drafts_finished.push_back(read.asked.context);
  const auto& actions = turn.settings.actions;
  const auto& [id, answer_of_card] = read.answer.cards.front();
  const auto& team = action::team_named(actions, draft->item->team);
  const auto reader = reader_for(turn, team);
  if (const auto* unread = std::get_if<action::CardUnread>(&answer_of_card))
    return answer(
        turn, request,
        view::card_not_linked(reader, read.asked.what.cards.front().card, unread->fault, read.answer.trouble));
  // Somebody else was quicker: it serves both.
  if (!turn.facts.items.empty()) {
    const auto& known = turn.facts.items.front();
    if (!draft->incident) return answer(turn, request, view::no_incident_for_item(reader));
    return keep_and_answer(turn, request, known,
                           action::join_incident(known, draft->incident, act_of(turn, read.asked.user), actions));
  }
  auto wanted = *draft->item;
  wanted.id = turn.facts.next_item;
  wanted.incident = draft->incident;
  auto adopted = action::adopt(wanted, std::get<action::CardSeen>(answer_of_card), read.answer.began_at,
                               act_of(turn, read.asked.user), actions);
  if (!adopted) return answer(turn, request, view::item_refused(reader, nullptr, adopted.error()));
  auto message = view::item_added(reader, adopted->item);
  say_unmapped(turn, adopted->item, message);
  answer(turn, request, std::move(message));
  keep_item(turn, *std::move(adopted));
}

}  // namespace

action::BoardRef known_board(const Turn& turn, action::BoardRef board) {
  const auto ids = kept_value(turn, kept::board + board.name);
  auto end = ids.find('\n');
  board.id = ids.substr(0, end);
  while (end != std::string::npos) {
    const auto from = end + 1;
    end = ids.find('\n', from);
    const auto line = ids.substr(from, end == std::string::npos ? end : end - from);
    const auto tab = line.find('\t');
    if (tab == std::string::npos) continue;
    for (auto& list : board.lists)
      if (list.name == line.substr(0, tab)) list.id = line.substr(tab + 1);
  }
  return board;
}

std::vector<action::BoardRef> known_boards(const Turn& turn) {
  std::vector<action::BoardRef> boards;
  for (const auto& team : turn.settings.actions.teams) {
    if (team.board.name.empty()) continue;
    const auto known = known_board(turn, team.board);
    const auto same = std::ranges::find(boards, known.name, &action::BoardRef::name);
    if (same == boards.end()) {
      boards.push_back(known);
      continue;
    }
    // Teams that share a board may each have lists of their own there.
    for (const auto& list : known.lists)
      if (std::ranges::find(same->lists, list) == same->lists.end()) same->lists.push_back(list);
  }
  return boards;
}

void keep_boards(Turn& turn, const std::vector<action::BoardRef>& boards) {
  for (const auto& board : boards)
    if (!board.id.empty() && kept_value(turn, kept::board + board.name) != ids_of(board))
      turn.out.cursors[kept::board + board.name] = ids_of(board);
}

effect::ReadCards read_of(const Turn& turn, std::string purpose, const std::vector<action::Item>& items) {
  effect::ReadCards read{.what = {.purpose = std::move(purpose), .boards = known_boards(turn)}};
  for (const auto& item : items)
    if (item.stage == action::CardStage::linked && item.card) {
      const auto& [id, short_link, url, board] = *item.card;
      // A board's deleteCard actions name the card by its id alone.
      read.what.cards.push_back({.item = item.id, .card = id.empty() ? short_link : id, .board = board});
    }
  return read;
}

void tell_trouble(Turn& turn, action::Trouble trouble) {
  const auto told = kept_value(turn, kept::trouble);
  const bool refused = trouble == action::Trouble::token_refused;
  if (trouble != action::Trouble::none && !refused) return;  // it passes; the digest says how old its reading is
  if (refused == !told.empty()) return;
  turn.out.cursors[kept::trouble] = refused ? "token_refused" : "";
  const auto& team = turn.settings.actions.teams.front();
  turn.effect(
      effect::Post{.channel = channel_of(turn, team),
                   .message = view::trello_trouble(reader_for(turn, team), action::Trouble::token_refused, !refused),
                   .purpose = "trello",
                   .join = true});
}

void decide_card_written(Turn& turn, const inbound::CardWritten& written) {
  tell_trouble(turn, written.answer.trouble);
  if (turn.facts.items.empty()) return;
  const auto& item = turn.facts.items.front();
  const auto& actions = turn.settings.actions;
  auto changed = std::holds_alternative<action::CreateCard>(written.asked.order)
                     ? action::card_created(item, std::get<action::CreateCard>(written.asked.order), written.answer,
                                            turn.at, actions)
                     : action::card_changed(item, std::get<action::ChangeCard>(written.asked.order), written.answer,
                                            turn.at, actions);
  if (!is_news(item, changed)) return;
  answer_writer(turn, written, changed);
  keep_item(turn, std::move(changed));
}

void decide_cards_read(Turn& turn, const inbound::CardsRead& read) {
  const auto& answer = read.answer;
  keep_boards(turn, answer.boards);
  tell_trouble(turn, answer.trouble);
  if (read.asked.what.purpose == "link") return adopt_card(turn, read);
  if (answer.trouble == action::Trouble::none && std::ranges::none_of(answer.cards, is_unread))
    turn.out.cursors[cards_verified_cursor] = iso_utc(answer.began_at);
  for (const auto& [id, card] : answer.cards) {
    const auto item = std::ranges::find(turn.facts.items, id, &action::Item::id);
    if (item == turn.facts.items.end()) continue;
    auto changed = action::card_read(*item, card, answer.began_at, turn.settings.actions);
    if (is_news(*item, changed)) keep_item(turn, std::move(changed));
  }
  if (read.asked.what.purpose == "poll")
    turn.out.wakes.push_back({"actions_poll", turn.at + turn.settings.actions.poll_every});
  else if (read.asked.what.purpose.starts_with(kept::digest))
    turn.out.wakes.push_back(
        {"actions_team:" + read.asked.what.purpose.substr(std::string_view{kept::digest}.size()), turn.at});
}

void start_action_timers(Turn& turn) {
  if (turn.settings.actions.trello) turn.out.wakes.push_back({"actions_poll", turn.at});
  for (const auto& team : turn.settings.actions.teams) turn.out.wakes.push_back({"actions_team:" + team.name, turn.at});
}

}  // namespace vakt
