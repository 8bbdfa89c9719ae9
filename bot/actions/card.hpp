// What is asked of Trello, and what it answers, as values (facts: developer.atlassian.com/cloud/trello/rest). Orders
// are carried out by the Trello wing, exactly once where that can be had; what an answer means for an item is
// bot/actions/card_reading's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bot/actions/board.hpp"
#include "bot/types.hpp"

namespace vakt::action {

using ItemId = std::int64_t;  // dense from 1 within one database; people type it

// The only key of a card that stays is its short link; `id` too, for Trello's deleteCard actions carry only that.
struct CardRef {
  std::string id;          // 24 hex digits
  std::string short_link;  // 8 of [0-9A-Za-z]
  std::string url;         // https://trello.com/c/<short link>…
  std::string board;       // id of the board that it was last seen on
  bool operator==(const CardRef&) const = default;
};

// A card as Trello tells of it. Texts are people's: not escaped.
struct CardSeen {
  CardRef card;
  std::int64_t number = 0;  // idShort: changes when the card moves to another board
  std::string title;
  std::optional<Instant> due;
  bool complete = false;                                           // dueComplete: Trello's general mark of completion
  bool closed = false, list_closed = false, board_closed = false;  // archived
  std::string list;                                                // id
  ListRole role = ListRole::other;                                 // of its list; other on boards that no team names
  bool board_known = true;                                         // a team names it
  std::vector<std::string> members;                                // usernames, without '@'
  bool operator==(const CardSeen&) const = default;
};

// Where a fetch tells nothing about the card itself, nothing about its item changes.
enum class CardFault : std::uint8_t {
  not_found,   // 404: deleted, or a moment's trouble: once alone proves nothing
  deleted,     // its board's actions tell of its deletion
  no_access,   // 401 "unauthorized card permission requested": this token may not see it (any more)
  invalid_id,  // 400: no card can have this id
  not_read,    // nothing is known: Trello away, busy, or the token refused
};
struct CardUnread {
  CardFault fault = CardFault::not_read;
  std::string text;  // for people, in English; never a secret
};

using CardAnswer = std::variant<CardSeen, CardUnread>;

// Why Trello as a whole could not be read or written. Said once for all cards.
enum class Trouble : std::uint8_t {
  none,
  not_configured,
  token_refused,  // 401 "invalid key" / "invalid token" / missing scopes: a person has to renew it
  rate_limited,   // 429
  unreachable,    // time-out, refused, TLS, 5xx, nonsense
};

// What a new card is to hold. The marker (a ULID) tells it apart from every other: it stands in the description and in
// urlSource, and is looked for before a card is ever created a second time.
struct CreateCard {
  ItemId item = 0;
  std::string marker;
  BoardRef board;
  std::string title;        // 1..16,384 characters
  std::string description;  // without the marker; cut to what is left of 16,384
  std::string source_url;   // where people read more: the incident's message
  std::optional<Instant> due;
  std::vector<std::string> members;  // usernames; one that is not on the board is left out and told
  std::vector<std::string> labels;   // names or ids; one that is not on the board is left out and told
  Instant intended_at{};             // when it was committed to
  bool operator==(const CreateCard&) const = default;
};

// Fields of a card that are to be as they are here; what is not set is left as it is.
struct ChangeCard {
  ItemId item = 0;
  CardRef card;
  std::optional<std::string> title;
  std::optional<std::optional<Instant>> due;  // nothing inside: no due date
  std::optional<bool> complete;
  std::optional<bool> closed;
  std::string list;  // name or id of the list of its board to move it to; empty: stays where it is
  std::optional<std::vector<std::string>>
      members;                           // usernames that are to be on it; others that vakt did not put there stay
  std::vector<std::string> members_off;  // usernames to take off
  std::string comment;                   // empty: none
  bool operator==(const ChangeCard&) const = default;
};

// Cards to read, all in one sweep with few requests: whole boards where many of their cards are wanted.
struct ReadCards {
  struct One {
    ItemId item = 0;
    std::string card;   // short link or id
    std::string board;  // id it was last seen on; empty: not known
    bool operator==(const One&) const = default;
  };
  std::string purpose;           // "poll", "digest:TEAM", "link" …: what the answer is for
  std::vector<BoardRef> boards;  // that teams name
  std::vector<One> cards;
  bool operator==(const ReadCards&) const = default;
};

// --- answers

// Why an order is refused for good; what people are told is made of it in their language.
enum class RefusedFor : std::uint8_t {
  other,           // named: what Trello itself said, where that is short and plain
  not_configured,  // vakt has no key or no token
  no_board,        // the team names none
  board_unknown,   // named: the board
  board_archived,  // named: the board
  no_list,         // none for new cards is configured (list_todo)
  list_unknown,    // named: the list
  list_archived,   // named: the list
  card_gone,       // deleted, or no card at all
  no_access,       // 401 "unauthorized … permission requested"
};
std::string_view name(RefusedFor);  // "list_archived"; for storage
std::optional<RefusedFor> refused_for_from(std::string_view);

// Of CreateCard and ChangeCard. Neither `card` nor `refused`: not known yet, still being tried.
struct CardWritten {
  std::optional<CardSeen> card;
  std::string refused;  // a definite no, for the log, in English: nothing was created or changed
  RefusedFor why = RefusedFor::other;
  std::string named;                  // see RefusedFor
  Trouble trouble = Trouble::none;    // why it is still being tried
  std::vector<std::string> left_out;  // members and labels that the board does not have
  bool adopted = false;               // a card with the marker was there already
};

struct CardsRead {
  ReadCards asked;
  Instant began_at{};  // before the first request: what was written later is not in it
  Trouble trouble = Trouble::none;
  std::string problem;                               // for people, in English
  std::vector<std::pair<ItemId, CardAnswer>> cards;  // in the order asked
  std::vector<BoardRef> boards;                      // as asked, with the ids that were found
  std::vector<std::string> not_found;                // boards and lists by name that Trello does not have; for people
  int requests = 0;
};

}  // namespace vakt::action
