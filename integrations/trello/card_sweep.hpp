// Which requests read the wanted cards, and what their answers make of them: boards by name first, then whole boards
// where several of their cards are wanted, the rest in batches, then what became of those that are gone. Says what to
// fetch next and does nothing itself. Pure; any thread.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/actions/card.hpp"
#include "integrations/trello/trello_faults.hpp"
#include "integrations/trello/trello_json.hpp"

namespace vakt::trello {

class CardSweep {
 public:
  static constexpr int most_limited = 3;   // answers of 429 in a row; then the sweep ends
  static constexpr int most_silent = 2;    // no answers in a row to one request; then it is left out
  static constexpr int most_left_out = 2;  // requests in a row; then the sweep ends

  CardSweep(action::ReadCards asked, std::string host, Instant began_at);

  // A path to GET; nothing: over. Each is answered with heard() before the next call.
  std::optional<std::string> next();
  void heard(Heard);
  action::CardsRead result() &&;

 private:
  enum class Stage { me, boards, board, lists, cards, members, batch, one, deletions, token, over };

  void plan_boards();
  void plan_rest();
  void plan_deletions();
  void after(Stage);
  void take_boards(const std::string& body);
  void take_board(const std::string& body);
  void take_batch(const std::string& body);
  void take_deletions(const std::string& body);
  void keep(std::vector<CardBody>);
  void name_members(CardBody&) const;
  bool is_wanted(const action::CardSeen&) const;
  const CardBody* found(const std::string& card) const;
  void failed(const Heard&);
  void leave_out(const Heard&);  // the request under way
  void answered();
  void stop(action::Trouble, std::string text);
  void unreadable();  // the answer was nonsense

  action::CardsRead made_;
  const std::string host_;
  Stage stage_ = Stage::boards;
  std::string member_;
  std::deque<std::string> boards_;     // to be read whole, the one under way first
  std::optional<BoardBody> board_;     // under way
  std::deque<std::string> rest_;       // cards for the batches
  std::vector<std::string> batch_;     // under way
  std::deque<std::string> ones_;       // cards whose answer inside a batch was not understood
  std::deque<std::string> deletions_;  // boards
  bool batches_ = true;                // Trello takes them

  std::set<std::string> wanted_;                      // ids and short links
  std::map<std::string, CardBody> cards_;             // by id
  std::map<std::string, std::string> ids_;            // short link -> id
  std::map<std::string, action::CardUnread> unread_;  // by card as asked
  std::map<std::string, bool> list_closed_;
  std::map<std::string, std::string> usernames_;  // member id -> username
  bool token_proven_ = false;
  int limited_in_a_row_ = 0, silent_in_a_row_ = 0, left_out_in_a_row_ = 0;
};

}  // namespace vakt::trello
