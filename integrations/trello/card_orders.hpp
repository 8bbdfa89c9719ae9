// Carries out one order on a card until its outcome is definite: creates it exactly once, or changes it. Network thread
// only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bot/actions/card.hpp"
#include "integrations/trello/exactly_once.hpp"
#include "integrations/trello/trello_json.hpp"
#include "integrations/trello/trello_line.hpp"

namespace vakt::trello {

// What is shared by the orders: boards that teams name, as far as their ids were found.
struct OrderContext {
  TrelloLine& line;
  std::vector<action::BoardRef>& boards;
  ExactlyOnce::Times times;
  std::function<void(const std::string& sentence)> warn;
};

// Where an order is held up: told each time.
using HeldUp = std::function<void(action::Trouble)>;

// tried: an earlier run may have sent it. Both throw Left.
boost::asio::awaitable<action::CardWritten> create_card(OrderContext, action::CreateCard, bool tried, HeldUp);
// number: tells its comment apart from every other; stays the same through restarts.
boost::asio::awaitable<action::CardWritten> change_card(OrderContext, action::ChangeCard, std::int64_t number, HeldUp);

// --- shared by both

// A definite no into the answer; false, for whoever passes it on.
bool refuse(action::CardWritten&, action::RefusedFor, std::string named, std::string text);
// The same of Trello's own, on what concerns the card.
bool refuse(action::CardWritten&, const Heard&, const std::string& what);

// The same boards, with the ids that Trello has for them and their lists. One try.
boost::asio::awaitable<action::CardsRead> look_up(TrelloLine&, std::vector<action::BoardRef>);
// Finds the ids of boards and lists that teams name, where they are not known yet.
boost::asio::awaitable<void> learn_boards(OrderContext, HeldUp);
// Asks until the answer says something about what was asked for.
boost::asio::awaitable<Heard> ask_until_told(OrderContext, std::string path, HeldUp);
// A card as it is now; nothing where the answer is a definite no (then `told` says it).
boost::asio::awaitable<std::optional<CardBody>> read_now(OrderContext, std::string card, HeldUp, Heard& told);
action::CardSeen seen_by(const OrderContext&, const CardBody&);

struct Chosen {
  std::vector<std::string> ids, left_out;
};
Chosen choose_members(const std::vector<std::string>& usernames, const std::vector<MemberBody>&);
Chosen choose_labels(const std::vector<std::string>& names, const std::vector<LabelBody>&);

}  // namespace vakt::trello
