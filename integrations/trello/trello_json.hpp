// Untrusted JSON of Trello -> plain values. A card of which something is missing that decides about its item reads as
// nothing, never as "open" or "not due". Pure; any thread. Shapes: recorded of the real API, 2020 to 2023.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/actions/card.hpp"

namespace vakt::trello {

struct ListBody {
  std::string id, name;
  bool closed = false;
};
struct MemberBody {
  std::string id, username;
};
struct LabelBody {
  std::string id, name;
};

struct CardBody {
  action::CardSeen seen;                       // without its role; usernames only where they came with it
  std::vector<std::string> member_ids;         // all of them
  bool members_named = false;                  // `seen.members` is complete
  bool list_told = false, board_told = false;  // `seen.list_closed`, `seen.board_closed` came with it
  std::string description;                     // these two only where they were asked for
  std::vector<std::string> attachments;        // URLs
};
bool holds_marker(const CardBody&, const std::string& marker);

struct BoardBody {
  std::string id, name, short_link;
  bool closed = false;
  std::optional<std::vector<CardBody>> cards;  // nothing: not told
  std::optional<std::vector<ListBody>> lists;
  std::optional<std::vector<MemberBody>> members;
};

struct ActionBody {
  std::string id;
  std::string card, short_link;  // of the card it is about
  std::string text;              // of a comment
};

struct BatchEntry {
  int status = 0;  // 0: not understood
  std::string message;
  std::optional<CardBody> card;
};

std::optional<CardBody> read_card(std::string_view body);
std::optional<std::vector<CardBody>> read_cards(std::string_view body);
std::optional<BoardBody> read_board(std::string_view body);
std::optional<std::vector<BoardBody>> read_boards(std::string_view body);
std::optional<std::vector<ListBody>> read_lists(std::string_view body);
std::optional<std::vector<MemberBody>> read_members(std::string_view body);
std::optional<std::vector<LabelBody>> read_labels(std::string_view body);
std::optional<MemberBody> read_member(std::string_view body);
std::optional<std::vector<ActionBody>> read_actions(std::string_view body);
std::optional<std::vector<BatchEntry>> read_batch(std::string_view body);  // in the order asked

}  // namespace vakt::trello
