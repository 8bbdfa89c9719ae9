// Any bytes as an answer of Trello: never a crash, never an exception, never a card without its keys, and a sweep
// always ends with an answer for each card.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "integrations/trello/card_sweep.hpp"
#include "integrations/trello/trello_api.hpp"
#include "integrations/trello/trello_json.hpp"

namespace {

using namespace vakt;
using namespace vakt::trello;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const CardBody& card) {
  require(is_id(card.seen.card.id) && is_short_link(card.seen.card.short_link) && is_id(card.seen.list));
  require(card.seen.card.url.starts_with("https://trello.com/c/" + card.seen.card.short_link));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto card = read_card(text)) check(*card);
  if (const auto board = read_board(text); board && board->cards)
    for (const auto& card : *board->cards) check(card);
  if (const auto entries = read_batch(text))
    for (const auto& entry : *entries)
      if (entry.card) check(*entry.card);
  read_actions(text);
  read_labels(text);
  for (const int status : {200, 400, 401, 404, 429, 500})
    require(heard_of(HttpResponse{status, {}, std::string(text)}, "h").text.size() < 200);
  cut_text(std::string(text), size / 2);
  marked_source(std::string(text), "01J");

  // The same bytes, whatever is asked.
  action::ReadCards wanted;
  wanted.boards = {{"B", "", {{"To do", action::ListRole::todo, ""}}}};
  for (int i = 0; i < 12; ++i) wanted.cards.push_back({i, "5e94f5e837592f1a80a2059c", "5e94f5ded016b22c2437c13c"});
  wanted.cards.push_back({12, "Qi1cFOXG", ""});
  CardSweep sweep{wanted, "h", Instant{}};
  int asked = 0;
  for (auto path = sweep.next(); path; path = sweep.next()) {
    require(++asked < 100);
    sweep.heard(heard_of(HttpResponse{200, {}, std::string(text)}, "h"));
  }
  require(std::move(sweep).result().cards.size() == wanted.cards.size());
  return 0;
}
