#include "integrations/trello/card_sweep.hpp"

#include <algorithm>

#include "integrations/trello/board_names.hpp"
#include "integrations/trello/trello_api.hpp"

namespace vakt::trello {

using action::CardFault;
using action::CardUnread;
using action::Trouble;

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

}  // namespace vakt::trello
