#include "integrations/trello/card_orders.hpp"

#include <algorithm>

#include "integrations/trello/board_names.hpp"
#include "integrations/trello/card_sweep.hpp"

namespace vakt::trello {

namespace asio = boost::asio;
using action::RefusedFor;

namespace {

bool same_name(const std::string& one, const std::string& other) {
  return std::ranges::equal(one, other,
                            [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

template <class T, class Fits>
Chosen choose(const std::vector<std::string>& names, const std::vector<T>& from, Fits fits) {
  Chosen made;
  for (const auto& name : names) {
    const auto found = std::ranges::find_if(from, [&](const T& one) { return fits(one, name); });
    if (found == from.end())
      made.left_out.push_back(name);
    else if (std::ranges::find(made.ids, found->id) == made.ids.end())
      made.ids.push_back(found->id);
  }
  return made;
}

}  // namespace

bool refuse(action::CardWritten& written, action::RefusedFor why, std::string named, std::string text) {
  written.why = why;
  written.named = std::move(named);
  written.refused = std::move(text);
  return false;
}

bool refuse(action::CardWritten& written, const Heard& heard, const std::string& what) {
  const auto why = heard.verdict == Verdict::no_access                                           ? RefusedFor::no_access
                   : heard.verdict == Verdict::not_found || heard.verdict == Verdict::invalid_id ? RefusedFor::card_gone
                                                                                                 : RefusedFor::other;
  return refuse(written, why, heard.said, what + ": " + heard.text);
}

Chosen choose_members(const std::vector<std::string>& usernames, const std::vector<MemberBody>& from) {
  return choose(usernames, from, [](const MemberBody& one, const std::string& name) {
    return same_name(one.username, name) || one.id == name;
  });
}

Chosen choose_labels(const std::vector<std::string>& names, const std::vector<LabelBody>& from) {
  return choose(names, from, [](const LabelBody& one, const std::string& name) {
    return same_name(one.name, name) || one.id == name;
  });
}

action::CardSeen seen_by(const OrderContext& context, const CardBody& card) {
  action::CardSeen seen = card.seen;
  seen.role = role_of(context.boards, seen.list);
  seen.board_known = is_known(context.boards, seen.card.board);
  return seen;
}

asio::awaitable<action::CardsRead> look_up(TrelloLine& line, std::vector<action::BoardRef> boards) {
  action::ReadCards asked;
  asked.boards = std::move(boards);
  CardSweep sweep{std::move(asked), line.host(), {}};
  for (auto path = sweep.next(); path; path = sweep.next()) {
    HttpRequest request = get(line.access(), *path);
    Heard heard = co_await line.write(std::move(request));
    sweep.heard(std::move(heard));
  }
  co_return std::move(sweep).result();
}

asio::awaitable<void> learn_boards(OrderContext context, HeldUp held_up) {
  const auto unknown = [](const action::BoardRef& board) {
    return !board.name.empty() && (known_id(board).empty() || !lists_known(board));
  };
  while (std::ranges::any_of(context.boards, unknown)) {
    std::vector<action::BoardRef> boards = context.boards;
    const auto read = co_await look_up(context.line, std::move(boards));
    if (read.trouble == action::Trouble::none) {
      for (const auto& board : read.boards) remember(context.boards, board);
      co_return;  // what Trello does not have stays unknown
    }
    held_up(read.trouble);
    co_await context.line.pause(context.times.again);
  }
}

asio::awaitable<Heard> ask_until_told(OrderContext context, std::string path, HeldUp held_up) {
  for (;;) {
    HttpRequest request = get(context.line.access(), path);
    Heard heard = co_await context.line.write(std::move(request));
    if (!is_trouble(heard.verdict)) co_return heard;
    held_up(trouble_of(heard.verdict));
    co_await context.line.pause(context.times.again);
  }
}

asio::awaitable<std::optional<CardBody>> read_now(OrderContext context, std::string card, HeldUp held_up, Heard& told) {
  for (;;) {
    std::string path = card_path(card);
    told = co_await ask_until_told(context, std::move(path), held_up);
    if (told.verdict != Verdict::ok) co_return std::nullopt;
    std::optional<CardBody> read = read_card(told.body);
    if (read) co_return read;
    held_up(action::Trouble::unreachable);
    co_await context.line.pause(context.times.settle);
  }
}

}  // namespace vakt::trello
