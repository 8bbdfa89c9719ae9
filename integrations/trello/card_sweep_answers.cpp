// What the answers of a sweep say, and what is to be fetched because of them.
#include <algorithm>

#include "integrations/trello/board_names.hpp"
#include "integrations/trello/card_sweep.hpp"
#include "integrations/trello/trello_api.hpp"

namespace vakt::trello {

using action::CardFault;
using action::CardUnread;
using action::Trouble;

namespace {
constexpr int worth_a_board = 2;  // cards
}

void CardSweep::take_boards(const std::string& body) {
  const auto boards = read_boards(body);
  if (!boards) return unreadable();
  for (auto& board : made_.boards) {
    if (!board.id.empty()) continue;
    const BoardBody* found = find_board(*boards, board.name);
    if (!found) {
      made_.not_found.push_back("board \"" + board.name + "\"");
      continue;
    }
    board.id = found->id;
    if (found->lists && !lists_known(board)) resolve_lists(board, *found->lists);
  }
  answered();
  stage_ = Stage::board;
  plan_boards();
}

void CardSweep::plan_boards() {
  std::map<std::string, int> wanted;
  for (const auto& one : made_.asked.cards)
    if (is_id(one.board)) ++wanted[one.board];
  for (const auto& board : made_.boards)
    if (!board.id.empty() && !lists_known(board)) wanted[board.id] = worth_a_board;
  for (const auto& [board, cards] : wanted)
    if (cards >= worth_a_board) boards_.push_back(board);
}

void CardSweep::take_board(const std::string& body) {
  auto board = read_board(body);
  if (!board) return unreadable();
  board_ = std::move(board);
  answered();
  after(Stage::cards);
}

// What an answer left out is asked for on its own.
void CardSweep::after(Stage done) {
  const auto has_members = [](const CardBody& card) { return !card.member_ids.empty() && !card.members_named; };
  if (done == Stage::cards || done == Stage::lists || done == Stage::members) {
    if (!board_->lists) {
      stage_ = Stage::lists;
    } else if (!board_->cards) {
      stage_ = Stage::cards;
    } else if (!board_->members && std::ranges::any_of(*board_->cards, has_members)) {
      stage_ = Stage::members;
    } else {
      for (auto& named : made_.boards)
        if (named.id == board_->id) {
          auto missing = resolve_lists(named, *board_->lists);
          std::ranges::move(missing, std::back_inserter(made_.not_found));
        }
      for (const auto& list : *board_->lists) list_closed_[list.id] = list.closed;
      for (const auto& member : board_->members.value_or(std::vector<MemberBody>{}))
        usernames_[member.id] = member.username;
      for (auto& card : *board_->cards) {
        card.seen.board_closed = board_->closed;
        card.board_told = true;
      }
      keep(std::move(*board_->cards));
      board_.reset();
      boards_.pop_front();
      stage_ = Stage::board;
    }
  } else if (done == Stage::board) {
    plan_rest();
    stage_ = Stage::batch;
  } else if (done == Stage::batch) {
    plan_deletions();
    stage_ = Stage::deletions;
  } else if (done == Stage::deletions) {
    // A card that may not be seen proves something only if the token itself is good.
    const bool lost =
        std::ranges::any_of(unread_, [](const auto& one) { return one.second.fault == CardFault::no_access; });
    stage_ = lost && !token_proven_ ? Stage::token : Stage::over;
  }
}

bool CardSweep::is_wanted(const action::CardSeen& seen) const {
  return wanted_.contains(seen.card.id) || wanted_.contains(seen.card.short_link);
}

void CardSweep::name_members(CardBody& card) const {
  if (card.members_named) return;
  card.seen.members.clear();
  for (const auto& id : card.member_ids)
    if (const auto known = usernames_.find(id); known != usernames_.end()) card.seen.members.push_back(known->second);
}

void CardSweep::keep(std::vector<CardBody> cards) {
  for (CardBody& card : cards) {
    if (!is_wanted(card.seen)) continue;
    name_members(card);
    if (const auto list = list_closed_.find(card.seen.list); !card.list_told && list != list_closed_.end())
      card.seen.list_closed = list->second;
    ids_[card.seen.card.short_link] = card.seen.card.id;
    cards_.insert_or_assign(card.seen.card.id, std::move(card));
  }
}

const CardBody* CardSweep::found(const std::string& card) const {
  const auto id = ids_.find(card);
  const auto kept = cards_.find(id == ids_.end() ? card : id->second);
  return kept == cards_.end() ? nullptr : &kept->second;
}

void CardSweep::plan_rest() {
  std::set<std::string> planned;
  for (const auto& one : made_.asked.cards) {
    if (found(one.card) || !planned.insert(one.card).second) continue;
    if (is_id(one.card) || is_short_link(one.card))
      rest_.push_back(one.card);
    else
      unread_[one.card] = {CardFault::invalid_id, text_of(Verdict::invalid_id, 400, host_)};
  }
}

void CardSweep::take_batch(const std::string& body) {
  auto entries = read_batch(body);
  if (!entries || entries->size() != batch_.size()) return unreadable();
  answered();
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    BatchEntry& entry = (*entries)[i];
    rest_.pop_front();
    const Verdict verdict = verdict_of(entry.status, entry.message);
    if (entry.card) {
      token_proven_ = true;
      ids_[batch_[i]] = entry.card->seen.card.id;
      keep({std::move(*entry.card)});
    } else if (verdict == Verdict::not_found || verdict == Verdict::invalid_id || verdict == Verdict::no_access) {
      unread_[batch_[i]] = {fault_of(verdict), text_of(verdict, entry.status, host_)};
    } else {
      ones_.push_back(batch_[i]);
    }
  }
}

void CardSweep::plan_deletions() {
  std::set<std::string> boards;
  for (const auto& one : made_.asked.cards)
    if (const auto gone = unread_.find(one.card);
        gone != unread_.end() && gone->second.fault == CardFault::not_found && is_id(one.board))
      boards.insert(one.board);
  deletions_.assign(boards.begin(), boards.end());
}

void CardSweep::take_deletions(const std::string& body) {
  const auto actions = read_actions(body);
  if (!actions) return unreadable();
  for (const auto& action : *actions)
    for (const auto& card : {action.card, action.short_link})
      if (const auto gone = unread_.find(card); gone != unread_.end() && gone->second.fault == CardFault::not_found)
        gone->second = {CardFault::deleted, "The card was deleted in Trello."};
  answered();
  deletions_.pop_front();
}

action::CardsRead CardSweep::result() && {
  const CardUnread untold{CardFault::not_read, made_.problem.empty() ? host_ + " was not read." : made_.problem};
  for (const auto& one : made_.asked.cards) {
    const auto unread = unread_.find(one.card);
    if (const CardBody* card = found(one.card)) {
      action::CardSeen seen = card->seen;
      seen.role = role_of(made_.boards, seen.list);
      seen.board_known = is_known(made_.boards, seen.card.board);
      made_.cards.emplace_back(one.item, std::move(seen));
    } else if (unread == unread_.end() || (unread->second.fault == CardFault::no_access && !token_proven_)) {
      made_.cards.emplace_back(one.item, untold);
    } else {
      made_.cards.emplace_back(one.item, unread->second);
    }
  }
  return std::move(made_);
}

}  // namespace vakt::trello
