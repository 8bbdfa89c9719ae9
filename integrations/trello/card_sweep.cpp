#include "integrations/trello/card_sweep.hpp"

#include <algorithm>

#include "integrations/trello/board_names.hpp"
#include "integrations/trello/trello_api.hpp"

namespace vakt::trello {

using action::CardFault;
using action::CardUnread;
using action::Trouble;

namespace {
constexpr int worth_a_board = 2;  // cards
}

CardSweep::CardSweep(action::ReadCards asked, std::string host, Instant began_at) : host_(std::move(host)) {
  made_.began_at = began_at;
  made_.boards = asked.boards;
  std::erase_if(made_.boards, [](const action::BoardRef& board) { return board.name.empty() && board.id.empty(); });
  for (auto& board : made_.boards) board.id = known_id(board);
  for (const auto& one : asked.cards) wanted_.insert(one.card);
  made_.asked = std::move(asked);
  const bool all_known = std::ranges::none_of(made_.boards, [](const auto& board) { return board.id.empty(); });
  stage_ = all_known ? Stage::board : Stage::me;
  if (all_known) plan_boards();
}

std::optional<std::string> CardSweep::next() {
  switch (stage_) {
    case Stage::me:
    case Stage::token:
      return me_path();
    case Stage::boards:
      return boards_of_path(member_);
    case Stage::board:
      if (!boards_.empty()) return board_path(boards_.front());
      return after(Stage::board), next();
    case Stage::lists:
      return board_lists_path(board_->id);
    case Stage::cards:
      return board_cards_path(board_->id);
    case Stage::members:
      return board_members_path(board_->id);
    case Stage::batch:
      if (rest_.empty() && ones_.empty()) return after(Stage::batch), next();
      batch_.clear();
      if (!ones_.empty() || !batches_ || rest_.size() == 1) {
        stage_ = Stage::one;
        if (ones_.empty()) ones_.push_back(rest_.front()), rest_.pop_front();
        return card_path(ones_.front());
      }
      for (std::size_t i = 0; i < std::min(batch_most, rest_.size()); ++i) batch_.push_back(rest_[i]);
      {
        std::vector<std::string> paths;
        for (const auto& card : batch_) paths.push_back(card_path(card));
        return batch_path(paths);
      }
    case Stage::one:
      return card_path(ones_.front());
    case Stage::deletions:
      if (!deletions_.empty()) return deleted_path(deletions_.front());
      return after(Stage::deletions), next();
    case Stage::over:
      break;
  }
  return std::nullopt;
}

void CardSweep::heard(Heard heard) {
  ++made_.requests;
  // A batch is answered whatever its parts are.
  if (proves_token(heard.verdict) && stage_ != Stage::batch) token_proven_ = true;
  if (is_trouble(heard.verdict)) return failed(heard);
  limited_in_a_row_ = 0;
  const bool ok = heard.verdict == Verdict::ok;
  switch (stage_) {
    case Stage::me: {
      const auto member = ok ? read_member(heard.body) : std::nullopt;
      if (!ok) return stop(Trouble::token_refused, text_of(Verdict::token_refused, 401, host_));
      if (!member) return unreadable();
      member_ = member->id;
      stage_ = Stage::boards;
      break;
    }
    case Stage::boards:
      if (ok) return take_boards(heard.body);
      if (member_ == "me") return stop(Trouble::unreachable, heard.text);
      member_ = "me";
      break;
    case Stage::board:
      if (ok) return take_board(heard.body);
      if (const auto named = std::ranges::find(made_.boards, boards_.front(), &action::BoardRef::id);
          named != made_.boards.end())
        made_.not_found.push_back("board \"" + named->name + "\"");
      boards_.pop_front();
      break;
    case Stage::lists: {
      auto lists = ok ? read_lists(heard.body) : std::vector<ListBody>{};
      if (!lists) return unreadable();
      board_->lists = std::move(lists);
      after(Stage::lists);
      break;
    }
    case Stage::cards: {
      auto cards = ok ? read_cards(heard.body) : std::vector<CardBody>{};
      if (!cards) return unreadable();
      board_->cards = std::move(cards);
      after(Stage::cards);
      break;
    }
    case Stage::members: {
      auto members = ok ? read_members(heard.body) : std::vector<MemberBody>{};
      if (!members) return unreadable();
      board_->members = std::move(members);
      after(Stage::members);
      break;
    }
    case Stage::batch:
      if (ok) return take_batch(heard.body);
      batches_ = false;  // one by one then
      break;
    case Stage::one:
      if (ok) {
        if (auto card = read_card(heard.body)) {
          ids_[ones_.front()] = card->seen.card.id;
          keep({std::move(*card)});
        } else {
          unread_[ones_.front()] = {CardFault::not_read, host_ + " told of the card in a way that vakt cannot read."};
        }
      } else {
        unread_[ones_.front()] = {fault_of(heard.verdict), heard.text};
      }
      ones_.pop_front();
      if (ones_.empty()) stage_ = Stage::batch;
      break;
    case Stage::deletions:
      if (ok) return take_deletions(heard.body);
      deletions_.pop_front();
      break;
    case Stage::token:
      if (!ok) return stop(Trouble::token_refused, text_of(Verdict::token_refused, 401, host_));
      stage_ = Stage::over;
      break;
    case Stage::over:
      break;
  }
  answered();
}

void CardSweep::failed(const Heard& heard) {
  if (heard.verdict == Verdict::token_refused) return stop(Trouble::token_refused, heard.text);
  if (heard.verdict == Verdict::rate_limited) {
    if (++limited_in_a_row_ >= most_limited) stop(Trouble::rate_limited, heard.text);
  } else if (++silent_in_a_row_ >= most_silent) {
    // Nobody is there; or something is wrong with this one request, and the others are not to suffer for it.
    if (heard.verdict == Verdict::not_sent || ++left_out_in_a_row_ >= most_left_out)
      stop(Trouble::unreachable, heard.text);
    else
      leave_out(heard);
  }
}

void CardSweep::leave_out(const Heard& heard) {
  silent_in_a_row_ = 0;
  const CardUnread unread{CardFault::not_read, heard.text};
  switch (stage_) {
    case Stage::board:
    case Stage::lists:
    case Stage::cards:
    case Stage::members:
      board_.reset();
      boards_.pop_front();
      stage_ = Stage::board;
      break;
    case Stage::batch:
      for (const auto& card : batch_) ones_.push_back(card);
      rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(batch_.size()));
      break;
    case Stage::one:
      unread_[ones_.front()] = unread;
      ones_.pop_front();
      if (ones_.empty()) stage_ = Stage::batch;
      break;
    case Stage::deletions:
      deletions_.pop_front();
      break;
    default:
      stop(Trouble::unreachable, heard.text);
  }
}

void CardSweep::answered() { silent_in_a_row_ = left_out_in_a_row_ = 0; }

void CardSweep::unreadable() { failed(nonsense(host_)); }

void CardSweep::stop(Trouble trouble, std::string text) {
  made_.trouble = trouble;
  made_.problem = std::move(text);
  stage_ = Stage::over;
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
