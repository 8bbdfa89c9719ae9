// Creating a card exactly once: the machine of exactly_once.hpp, carried out.
#include <algorithm>
#include <utility>

#include "integrations/trello/board_names.hpp"
#include "integrations/trello/card_orders.hpp"
#include "integrations/trello/marked_cards.hpp"

namespace vakt::trello {

namespace asio = boost::asio;
using action::CardWritten;
using action::CreateCard;
using action::RefusedFor;
using action::Trouble;

namespace {

constexpr std::chrono::minutes clocks_may_differ{5};

class Creation {
 public:
  Creation(OrderContext context, CreateCard order, HeldUp held_up)
      : context_(std::move(context)), order_(std::move(order)), held_up_(std::move(held_up)) {}

  asio::awaitable<CardWritten> run(bool tried) {
    ExactlyOnce machine{tried, context_.line.now(), context_.times};
    for (;;) {
      const Step next = machine.next(context_.line.now());
      if (std::holds_alternative<step::Over>(next)) break;
      if (const auto* wait = std::get_if<step::Wait>(&next)) {
        const auto time = std::chrono::ceil<std::chrono::milliseconds>(wait->until - context_.line.now());
        co_await context_.line.pause(std::max(time, std::chrono::milliseconds{1}));
      } else if (std::holds_alternative<step::Send>(next)) {
        const Sent sent = co_await send();
        std::string id = written_.card ? written_.card->card.id : std::string();
        machine.sent(sent, std::move(id), context_.line.now());
      } else if (std::holds_alternative<step::Look>(next)) {
        auto found = co_await look();
        machine.looked(std::move(found), context_.line.now());
      } else if (const auto* surplus = std::get_if<step::Drop>(&next)) {
        const bool done = co_await drop(surplus->id);
        machine.dropped(done, context_.line.now());
      }
    }
    if (!machine.refused() && !written_.card) co_await adopt(machine.id());
    written_.adopted = machine.adopted();
    written_.trouble = Trouble::none;
    co_return std::move(written_);
  }

 private:
  // The order's board with the ids of itself and its lists; false: `written_.refused` says why, or there is trouble.
  asio::awaitable<bool> find_board() {
    if (!known_id(order_.board).empty()) {
      order_.board.id = known_id(order_.board);
      co_return true;
    }
    std::vector<action::BoardRef> boards{order_.board};
    for (auto& list : boards[0].lists) list.id = list.name;  // of no matter here: prepare() reads them
    const auto read = co_await look_up(context_.line, std::move(boards));
    if (read.trouble != Trouble::none) held_up_(read.trouble);
    if (read.trouble == Trouble::none && read.boards.empty())
      co_return refuse(RefusedFor::no_board, {}, "No board is configured.");
    if (read.trouble == Trouble::none && read.boards.front().id.empty())
      refuse(RefusedFor::board_unknown, order_.board.name,
             "Trello has no board \"" + order_.board.name + "\" that vakt's account is a member of.");
    order_.board.id = read.boards.empty() ? std::string() : read.boards.front().id;
    co_return !order_.board.id.empty();
  }

  bool refuse(RefusedFor why, std::string named, std::string text) {
    return trello::refuse(written_, why, std::move(named), std::move(text));
  }

  // Definite noes of `what` refuse the order; troubles hold it up. True: go on.
  bool passes(const Heard& heard, const std::string& what) {
    if (heard.verdict == Verdict::ok) return true;
    if (is_trouble(heard.verdict)) return held_up_(trouble_of(heard.verdict)), false;
    if (heard.verdict == Verdict::not_found)
      return refuse(RefusedFor::board_unknown, order_.board.name, what + ": " + heard.text);
    return trello::refuse(written_, heard, what);
  }

  bool nonsensical() { return held_up_(Trouble::unreachable), false; }

  asio::awaitable<Heard> fetch(std::string path) {
    HttpRequest request = get(context_.line.access(), path);
    co_return co_await context_.line.write(std::move(request));
  }

  // List, members and labels, as the board has them now.
  asio::awaitable<bool> prepare() {
    const bool found = co_await find_board();
    if (!found) co_return false;
    const std::string where = "board \"" + order_.board.name + "\"";
    std::string path = board_facts_path(order_.board.id);
    const Heard heard = co_await fetch(std::move(path));
    if (!passes(heard, where)) co_return false;
    auto board = read_board(heard.body);
    if (!board) co_return nonsensical();
    if (board->closed)
      co_return refuse(RefusedFor::board_archived, order_.board.name, "The " + where + " is archived.");
    if (!board->lists) {
      std::string lists_path = board_lists_path(order_.board.id);
      const Heard lists = co_await fetch(std::move(lists_path));
      if (!passes(lists, where)) co_return false;
      board->lists = read_lists(lists.body);
      if (!board->lists) co_return nonsensical();
    }
    resolve_lists(order_.board, *board->lists);
    const auto todo = std::ranges::find(order_.board.lists, action::ListRole::todo, &action::ListRef::role);
    if (todo == order_.board.lists.end())
      co_return refuse(RefusedFor::no_list, {}, "No list for new cards is configured (list_todo).");
    const ListBody* list = todo->id.empty() ? nullptr : find_list(*board->lists, todo->id);
    if (!list)
      co_return refuse(RefusedFor::list_unknown, todo->name,
                       "There is no list \"" + todo->name + "\" on " + where + " (list_todo).");
    if (list->closed)
      co_return refuse(RefusedFor::list_archived, list->name,
                       "The list \"" + list->name + "\" on " + where + " is archived.");
    list_ = list->id;
    if (!board->members && !order_.members.empty()) {
      std::string members_path = board_members_path(order_.board.id);
      const Heard members = co_await fetch(std::move(members_path));
      if (!passes(members, where)) co_return false;
      board->members = read_members(members.body);
      if (!board->members) co_return nonsensical();
    }
    members_ = choose_members(order_.members, board->members.value_or(std::vector<MemberBody>{}));
    labels_ = {};
    if (!order_.labels.empty()) {
      std::string labels_path = board_labels_path(order_.board.id);
      const Heard labels = co_await fetch(std::move(labels_path));
      if (!passes(labels, where)) co_return false;
      const auto there = read_labels(labels.body);
      if (!there) co_return nonsensical();
      labels_ = choose_labels(order_.labels, *there);
    }
    written_.left_out = members_.left_out;
    written_.left_out.insert(written_.left_out.end(), labels_.left_out.begin(), labels_.left_out.end());
    on_board_ = std::move(board->members).value_or(std::vector<MemberBody>{});
    remember(context_.boards, order_.board);
    co_return true;
  }

  asio::awaitable<Sent> send() {
    const bool prepared = co_await prepare();
    if (!prepared) co_return written_.refused.empty() ? Sent::not_sent : Sent::refused;
    HttpRequest request =
        send_json(context_.line.access(), "POST", "/cards", create_body({order_, list_, members_.ids, labels_.ids}));
    const Heard heard = co_await context_.line.write(std::move(request));
    if (heard.verdict == Verdict::ok) {
      auto card = read_card(heard.body);
      if (!card) co_return Sent::uncertain;
      card->seen.members.clear();
      for (const auto& member : on_board_)
        if (std::ranges::find(card->member_ids, member.id) != card->member_ids.end())
          card->seen.members.push_back(member.username);
      written_.card = seen_by(context_, *card);
      co_return Sent::done;
    }
    if (!is_trouble(heard.verdict)) {
      trello::refuse(written_, heard, "Trello did not create the card");
      if (heard.verdict == Verdict::not_found) written_.why = RefusedFor::other;  // there is no card that could be gone
      co_return Sent::refused;
    }
    held_up_(trouble_of(heard.verdict));
    co_return heard.verdict == Verdict::uncertain ? Sent::uncertain : Sent::not_sent;
  }

  // Cards that bear the marker: on the board, or created there and moved or archived since. Nothing: cannot tell.
  asio::awaitable<std::optional<std::vector<std::string>>> look() {
    const bool board_found = co_await find_board();
    if (!board_found) {
      const std::string why = std::exchange(written_.refused, {});  // it may have been created while there was one
      co_return cannot_tell(why);
    }
    Heard why;
    std::optional<Instant> since = order_.intended_at - clocks_may_differ;
    if (*since > std::chrono::system_clock::now()) since.reset();  // of a clock that was set
    auto found = co_await find_marked(context_.line, order_.board.id, order_.marker, since, why);
    co_return found ? std::move(found) : cannot_tell(why);
  }

  std::optional<std::vector<std::string>> cannot_tell(const Heard& heard) {
    if (is_trouble(heard.verdict)) return held_up_(trouble_of(heard.verdict)), std::nullopt;
    return cannot_tell(heard.text);
  }

  // A definite no to the look says nothing of the card: the board may come back.
  std::optional<std::vector<std::string>> cannot_tell(const std::string& why) {
    held_up_(Trouble::unreachable);
    if (!std::exchange(warned_, true))
      context_.warn("Whether the card for action item " + std::to_string(order_.item) +
                    " was created cannot be told: " + why + " vakt keeps looking.");
    return std::nullopt;
  }

  asio::awaitable<bool> drop(std::string card) {
    std::string path = "/cards/" + card;
    HttpRequest request = send_json(context_.line.access(), "PUT", path, archive_body());
    const Heard heard = co_await context_.line.write(std::move(request));
    if (is_trouble(heard.verdict)) {
      held_up_(trouble_of(heard.verdict));
      co_return false;
    }
    context_.warn(
        "A second card for action item " + std::to_string(order_.item) +
        (heard.verdict == Verdict::ok ? " was archived." : " is there and could not be archived: " + heard.text));
    co_return true;
  }

  asio::awaitable<void> adopt(std::string card) {
    Heard told;
    auto now = co_await read_now(context_, card, held_up_, told);
    if (now)
      written_.card = seen_by(context_, *now);
    else
      refuse(RefusedFor::card_gone, {}, "The card was created, and is gone again: " + told.text);
  }

  OrderContext context_;
  CreateCard order_;
  const HeldUp held_up_;
  CardWritten written_;
  std::string list_;
  bool warned_ = false;
  Chosen members_, labels_;
  std::vector<MemberBody> on_board_;
};

}  // namespace

asio::awaitable<CardWritten> create_card(OrderContext context, CreateCard order, bool tried, HeldUp held_up) {
  Creation creation{std::move(context), std::move(order), std::move(held_up)};
  co_return co_await creation.run(tried);
}

}  // namespace vakt::trello
