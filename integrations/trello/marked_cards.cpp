#include "integrations/trello/marked_cards.hpp"

#include <algorithm>
#include <set>

#include "bot/actions/card_link.hpp"
#include "integrations/trello/trello_json.hpp"

namespace vakt::trello {

namespace asio = boost::asio;

namespace {

using Ids = std::vector<std::string>;

constexpr int most_pages = 10;  // of a thousand new cards each

// Whatever it is, it is no card that this account could adopt.
bool is_out_of_reach(Verdict verdict) {
  return verdict == Verdict::not_found || verdict == Verdict::no_access || verdict == Verdict::invalid_id;
}

class Look {
 public:
  Look(TrelloLine& line, std::string board, std::string marker, Heard& why)
      : line_(line), board_(std::move(board)), marker_(std::move(marker)), why_(why) {}

  asio::awaitable<std::optional<Ids>> run(std::optional<Instant> since) {
    std::string path = board_cards_path(board_);
    const Heard heard = co_await fetch(std::move(path));
    const auto there = heard.verdict == Verdict::ok ? read_cards(heard.body) : std::nullopt;
    if (!there) co_return nothing(heard);
    std::set<std::string> seen;
    for (const auto& card : *there) {
      seen.insert(card.seen.card.id);
      take(card);
    }
    auto elsewhere = co_await made_since(since, std::move(seen));
    if (!elsewhere) co_return std::nullopt;
    for (std::size_t at = 0; at < elsewhere->size(); at += batch_most) {
      const auto from = elsewhere->begin() + static_cast<std::ptrdiff_t>(at);
      const auto few = static_cast<std::ptrdiff_t>(std::min(batch_most, elsewhere->size() - at));
      Ids some(from, from + few);
      const bool told = co_await batch(std::move(some));
      if (!told) co_return std::nullopt;
    }
    co_return without_mirrors();
  }

 private:
  asio::awaitable<Heard> fetch(std::string path) {
    HttpRequest request = get(line_.access(), path);
    co_return co_await line_.write(std::move(request));
  }

  std::nullopt_t nothing(const Heard& heard) {
    why_ = heard.verdict == Verdict::ok ? nonsense(line_.host()) : heard;
    return std::nullopt;
  }
  bool unknown(const Heard& heard) { return nothing(heard), false; }

  void take(const CardBody& card) {
    if (holds_marker(card, marker_)) found_.push_back(card.seen);
  }

  // A mirror's name is the address of its card: it is no second one, and somebody's.
  Ids without_mirrors() const {
    std::set<std::string> links;
    for (const auto& card : found_) links.insert(card.card.short_link);
    Ids ids;
    for (const auto& card : found_) {
      const auto named = action::short_link_in(card.title);
      if (!named || *named == card.card.short_link || !links.contains(*named)) ids.push_back(card.card.id);
    }
    return ids;
  }

  // Cards that were made on the board and are not among those seen there.
  asio::awaitable<std::optional<Ids>> made_since(std::optional<Instant> since, std::set<std::string> seen) {
    Ids made;
    std::string before;
    for (int page = 0; page < most_pages; ++page) {
      std::string path = created_path(board_, since, before);
      const Heard heard = co_await fetch(std::move(path));
      const auto created = heard.verdict == Verdict::ok ? read_actions(heard.body) : std::nullopt;
      if (!created) co_return nothing(heard);
      for (const auto& action : *created)
        if (is_id(action.card) && seen.insert(action.card).second) made.push_back(action.card);
      if (created->size() < actions_of_a_page) break;
      before = created->back().id;
    }
    co_return made;
  }

  // False: cannot tell.
  asio::awaitable<bool> batch(Ids cards) {
    Ids paths;
    for (const auto& card : cards) paths.push_back(marked_card_path(card));
    std::string path = batch_path(paths);
    const Heard heard = co_await fetch(std::move(path));
    if (heard.verdict == Verdict::refused) co_return co_await one_by_one(std::move(cards));
    const auto entries = heard.verdict == Verdict::ok ? read_batch(heard.body) : std::nullopt;
    if (!entries || entries->size() != cards.size()) co_return unknown(heard);
    for (const auto& entry : *entries) {
      if (entry.card)
        take(*entry.card);
      else if (!is_out_of_reach(verdict_of(entry.status, entry.message)))
        co_return unknown(nonsense(line_.host()));
    }
    co_return true;
  }

  // Where Trello takes no batch.
  asio::awaitable<bool> one_by_one(Ids cards) {
    for (const auto& one : cards) {
      std::string path = marked_card_path(one);
      const Heard heard = co_await fetch(std::move(path));
      const auto card = heard.verdict == Verdict::ok ? read_card(heard.body) : std::nullopt;
      if (card)
        take(*card);
      else if (!is_out_of_reach(heard.verdict))
        co_return unknown(heard);
    }
    co_return true;
  }

  TrelloLine& line_;
  const std::string board_, marker_;
  Heard& why_;
  std::vector<action::CardSeen> found_;
};

}  // namespace

asio::awaitable<std::optional<Ids>> find_marked(TrelloLine& line, std::string board, std::string marker,
                                                std::optional<Instant> since, Heard& why) {
  Look look{line, std::move(board), std::move(marker), why};
  co_return co_await look.run(since);
}

}  // namespace vakt::trello
