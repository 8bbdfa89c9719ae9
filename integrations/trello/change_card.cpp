// Changing a card: fields are set until a definite answer comes, a comment is written once.
#include <algorithm>

#include "integrations/trello/board_names.hpp"
#include "integrations/trello/card_orders.hpp"

namespace vakt::trello {

namespace asio = boost::asio;
using action::CardWritten;
using action::ChangeCard;
using action::RefusedFor;

namespace {

class Change {
 public:
  Change(OrderContext context, ChangeCard order, std::int64_t number, HeldUp held_up)
      : context_(std::move(context)), order_(std::move(order)), number_(number), held_up_(std::move(held_up)) {
    card_ = order_.card.id.empty() ? order_.card.short_link : order_.card.id;
  }

  asio::awaitable<CardWritten> run() {
    if (!is_id(card_) && !is_short_link(card_)) {
      trello::refuse(written_, RefusedFor::card_gone, {}, "This is no card of Trello's.");
      co_return std::move(written_);
    }
    const bool set = co_await set_fields();
    if (set && !order_.comment.empty()) co_await comment();
    if (!written_.refused.empty()) co_return std::move(written_);
    co_await learn_boards(context_, held_up_);
    Heard told;
    const auto now = co_await read_now(context_, card_, held_up_, told);
    if (now)
      written_.card = seen_by(context_, *now);
    else
      refuse(told);
    co_return std::move(written_);
  }

 private:
  bool refuse(const Heard& heard) { return trello::refuse(written_, heard, "Trello did not change the card"); }

  asio::awaitable<bool> set_fields() {
    std::optional<std::vector<std::string>> members;
    if (order_.members || !order_.members_off.empty()) {
      members = co_await wanted_members();
      if (!members) co_return false;
    }
    std::string list;
    if (!order_.list.empty()) {
      list = co_await wanted_list();
      if (list.empty()) co_return false;
    }
    const std::string body = change_body(order_, list, members ? &*members : nullptr);
    if (body.empty()) co_return true;
    for (;;) {
      HttpRequest request = send_json(context_.line.access(), "PUT", "/cards/" + card_, body);
      const Heard heard = co_await context_.line.write(std::move(request));
      if (heard.verdict == Verdict::ok) co_return true;
      if (!is_trouble(heard.verdict)) co_return refuse(heard);
      held_up_(trouble_of(heard.verdict));
      co_await context_.line.pause(context_.times.again);
    }
  }

  // The id of the list that it is to be moved to; empty: refused.
  asio::awaitable<std::string> wanted_list() {
    Heard told;
    const auto card = co_await read_now(context_, card_, held_up_, told);
    if (!card) {
      refuse(told);
      co_return std::string{};
    }
    std::string path = board_facts_path(card->seen.card.board);
    const Heard heard = co_await ask_until_told(context_, std::move(path), held_up_);
    const auto board = heard.verdict == Verdict::ok ? read_board(heard.body) : std::nullopt;
    const ListBody* found = board && board->lists ? find_list(*board->lists, order_.list) : nullptr;
    if (found && !found->closed) co_return found->id;
    if (board && !found && is_id(order_.list)) co_return order_.list;  // of another board of the team's
    if (found)
      trello::refuse(written_, RefusedFor::list_archived, found->name,
                     "Trello did not change the card: the list \"" + found->name + "\" of its board is archived.");
    else if (board)
      trello::refuse(written_, RefusedFor::list_unknown, order_.list,
                     "Trello did not change the card: its board has no list \"" + order_.list + "\".");
    else
      refuse(heard);
    co_return std::string{};
  }

  // Ids of those that are on it, without those to be taken off, with those to be put on. Nothing: refused.
  asio::awaitable<std::optional<std::vector<std::string>>> wanted_members() {
    Heard told;
    const auto card = co_await read_now(context_, card_, held_up_, told);
    if (!card) {
      refuse(told);
      co_return std::nullopt;
    }
    std::string path = board_members_path(card->seen.card.board);
    const Heard heard = co_await ask_until_told(context_, std::move(path), held_up_);
    const auto board = heard.verdict == Verdict::ok ? read_members(heard.body) : std::nullopt;
    if (!board) {
      refuse(heard);
      co_return std::nullopt;
    }
    const Chosen off = choose_members(order_.members_off, *board);
    const Chosen on = choose_members(order_.members.value_or(std::vector<std::string>{}), *board);
    written_.left_out = on.left_out;
    std::vector<std::string> ids = card->member_ids;
    std::erase_if(ids, [&](const std::string& id) { return std::ranges::find(off.ids, id) != off.ids.end(); });
    for (const auto& id : on.ids)
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    co_return ids;
  }

  // Always looked for first: an earlier run may have written it.
  asio::awaitable<void> comment() {
    ExactlyOnce machine{false, context_.line.now(), context_.times};
    auto found = co_await written_before();
    if (!written_.refused.empty() || (found && !found->empty())) co_return;
    for (;;) {
      const Step next = machine.next(context_.line.now());
      if (std::holds_alternative<step::Over>(next) || std::holds_alternative<step::Drop>(next)) break;
      if (const auto* wait = std::get_if<step::Wait>(&next)) {
        const auto time = std::chrono::ceil<std::chrono::milliseconds>(wait->until - context_.line.now());
        co_await context_.line.pause(std::max(time, std::chrono::milliseconds{1}));
      } else if (std::holds_alternative<step::Send>(next)) {
        const Sent sent = co_await send_comment();
        machine.sent(sent, card_, context_.line.now());
      } else {
        auto again = co_await written_before();
        if (!written_.refused.empty()) co_return;
        machine.looked(std::move(again), context_.line.now());
      }
    }
  }

  asio::awaitable<Sent> send_comment() {
    HttpRequest request = post(context_.line.access(), comment_path(card_, marked_comment(order_.comment, number_)));
    const Heard heard = co_await context_.line.write(std::move(request));
    if (heard.verdict == Verdict::ok) co_return Sent::done;
    if (!is_trouble(heard.verdict)) {
      refuse(heard);
      co_return Sent::refused;
    }
    held_up_(trouble_of(heard.verdict));
    co_return heard.verdict == Verdict::uncertain ? Sent::uncertain : Sent::not_sent;
  }

  asio::awaitable<std::optional<std::vector<std::string>>> written_before() {
    std::string path = comments_path(card_);
    const Heard heard = co_await ask_until_told(context_, std::move(path), held_up_);
    if (heard.verdict != Verdict::ok) {
      refuse(heard);
      co_return std::nullopt;
    }
    const auto comments = read_actions(heard.body);
    if (!comments) co_return std::nullopt;
    std::vector<std::string> found;
    for (const auto& one : *comments)
      if (one.text.ends_with(comment_mark(number_))) found.push_back(one.id);
    co_return found;
  }

  OrderContext context_;
  const ChangeCard order_;
  const std::int64_t number_;
  const HeldUp held_up_;
  std::string card_;
  CardWritten written_;
};

}  // namespace

asio::awaitable<CardWritten> change_card(OrderContext context, ChangeCard order, std::int64_t number, HeldUp held_up) {
  Change change{std::move(context), std::move(order), number, std::move(held_up)};
  co_return co_await change.run();
}

}  // namespace vakt::trello
