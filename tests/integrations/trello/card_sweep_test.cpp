#include "integrations/trello/card_sweep.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "integrations/http/url.hpp"
#include "integrations/trello/trello_api.hpp"

namespace vakt::trello {
namespace {

using action::CardFault;
using action::CardSeen;
using action::CardsRead;
using action::CardUnread;
using action::ListRole;
using action::ReadCards;
using action::Trouble;
using nlohmann::json;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

std::string id(char kind, int number) {
  std::string digits = std::to_string(number);
  return std::string(1, kind) + std::string(23 - digits.size(), '0') + digits;
}
std::string short_link(int number) {
  std::string digits = std::to_string(number);
  return "S" + std::string(7 - digits.size(), '0') + digits;
}

const Heard gone{Verdict::not_found, {}, "gone"};
const Heard no_access{Verdict::no_access, {}, "no access"};
const Heard bad_token{Verdict::token_refused, {}, "renew the token"};
const Heard limited{Verdict::rate_limited, {}, "too often"};
const Heard silence{Verdict::not_sent, {}, "no answer"};

// Boards b…, cards c… and members d… in memory, and how each path is answered.
struct FakeTrello {
  std::map<int, int> cards;  // card -> board
  std::set<int> lost_boards, archived, archived_lists;
  std::map<int, std::string> deleted_from;  // board -> body of its deleteCard actions
  bool nested = true, batches = true;
  std::vector<std::string> asked;
  std::function<std::optional<Heard>(const std::string& path)> first;  // nothing: as usual

  static json list(int board, int which, bool closed = false) {
    const char* names[] = {"To do", "Doing", "Done"};
    return {{"id", id('1', board * 10 + which)}, {"name", names[which]}, {"closed", closed}};
  }
  json card(int number, int board) const {
    return {{"id", id('c', number)},
            {"shortLink", short_link(number)},
            {"idShort", number},
            {"idBoard", id('b', board)},
            {"idList", id('1', board * 10)},
            {"name", "Card " + std::to_string(number)},
            {"closed", archived.contains(number)},
            {"due", nullptr},
            {"dueComplete", false},
            {"idMembers", {id('d', 1)}}};
  }
  Heard card_answer(const std::string& key) const {
    for (const auto& [number, board] : cards)
      if (key == id('c', number) || key == short_link(number)) {
        if (lost_boards.contains(board)) return no_access;
        json body = card(number, board);
        body["members"] = {{{"id", id('d', 1)}, {"username", "kari"}}};
        body["list"] = list(board, 0, archived_lists.contains(board));
        return {Verdict::ok, body.dump(), {}};
      }
    return gone;
  }
  json batch_entry(const Heard& heard) const {
    if (heard.verdict == Verdict::ok) return {{"200", json::parse(heard.body)}};
    if (heard.verdict == Verdict::no_access)
      return {{"statusCode", 401}, {"message", "unauthorized card permission requested"}};
    return {{"statusCode", 404}, {"message", "The requested resource was not found."}};
  }
  Heard answer(const std::string& path) {
    asked.push_back(path);
    if (first)
      if (auto made = first(path)) return *made;
    if (path == me_path()) return {Verdict::ok, json{{"id", id('d', 9)}, {"username", "vakt"}}.dump(), {}};
    if (path == boards_of_path(id('d', 9))) {
      json boards = json::array();
      for (const int board : {1, 2})
        boards.push_back({{"id", id('b', board)}, {"name", "Board " + std::to_string(board)}, {"closed", false}});
      return {Verdict::ok, boards.dump(), {}};
    }
    if (path.starts_with("/batch")) return batches ? batch(path) : Heard{Verdict::refused, {}, "no batch"};
    if (path.starts_with("/cards/")) return card_answer(path.substr(7, path.find('?') - 7));
    return board_answer(path);
  }
  Heard batch(const std::string& path) const {
    json entries = json::array();
    for (std::size_t at = path.find("%2Fcards%2F"); at != std::string::npos; at = path.find("%2Fcards%2F", at + 1)) {
      const auto from = at + 11;
      entries.push_back(batch_entry(card_answer(path.substr(from, path.find("%3F", from) - from))));
    }
    return {Verdict::ok, entries.dump(), {}};
  }
  Heard board_answer(const std::string& path) {
    const std::string key = path.substr(8, 24), rest = path.substr(32);
    const int board = std::stoi(key.substr(1));
    if (lost_boards.contains(board)) return no_access;
    json lists = json::array(), open = json::array();
    for (int which = 0; which < 3; ++which)
      lists.push_back(list(board, which, which == 0 && archived_lists.contains(board)));
    for (const auto& [number, on] : cards)
      if (on == board && !archived.contains(number)) open.push_back(card(number, on));
    const json members{{{"id", id('d', 1)}, {"username", "kari"}}};
    if (rest.starts_with("/actions"))
      return {Verdict::ok, deleted_from.contains(board) ? deleted_from[board] : "[]", {}};
    if (rest.starts_with("/lists")) return {Verdict::ok, lists.dump(), {}};
    if (rest.starts_with("/cards")) return {Verdict::ok, open.dump(), {}};
    if (rest.starts_with("/members")) return {Verdict::ok, members.dump(), {}};
    json body{{"id", key}, {"name", "Board"}, {"closed", false}};
    if (nested) body.update({{"lists", lists}, {"cards", open}, {"members", members}});
    return {Verdict::ok, body.dump(), {}};
  }

  CardsRead run(ReadCards wanted) {
    CardSweep sweep{std::move(wanted), "trello", {}};
    for (auto path = sweep.next(); path; path = sweep.next()) {
      if (asked.size() > 2'000) {
        ADD_FAILURE() << "the sweep does not end";
        break;
      }
      sweep.heard(answer(*path));
    }
    return std::move(sweep).result();
  }
};

ReadCards all_of(const FakeTrello& trello) {
  ReadCards wanted;
  for (const auto& [number, board] : trello.cards) wanted.cards.push_back({number, id('c', number), id('b', board)});
  return wanted;
}
const CardSeen* seen(const CardsRead& read, std::size_t at) { return std::get_if<CardSeen>(&read.cards.at(at).second); }
CardFault fault(const CardsRead& read, std::size_t at) { return std::get<CardUnread>(read.cards.at(at).second).fault; }

TEST(CardSweep, FiveHundredItemsOnTwentyBoardsAreTwentyRequests) {
  FakeTrello trello;
  for (int card = 0; card < 500; ++card) trello.cards[card] = 1 + card % 20;
  const auto read = trello.run(all_of(trello));
  EXPECT_EQ(read.requests, 20);
  EXPECT_EQ(read.trouble, Trouble::none);
  for (std::size_t i = 0; i < 500; ++i) {
    ASSERT_TRUE(seen(read, i));
    EXPECT_THAT(seen(read, i)->members, ElementsAre("kari"));
  }
}

TEST(CardSweep, WhatIsMissingFromItsBoardIsReadInBatches) {
  FakeTrello trello;
  for (int card = 0; card < 50; ++card) trello.cards[card] = 1;
  for (int card = 0; card < 25; ++card) trello.archived.insert(card);
  const auto read = trello.run(all_of(trello));
  EXPECT_EQ(read.requests, 1 + 3);
  EXPECT_TRUE(seen(read, 0)->closed);
  EXPECT_FALSE(seen(read, 49)->closed);
}

TEST(CardSweep, ASingleCardIsReadAlone) {
  FakeTrello trello;
  trello.cards = {{7, 3}};
  trello.archived_lists = {3};
  ReadCards wanted;
  wanted.cards = {{1, short_link(7), ""}};
  const auto read = trello.run(wanted);
  EXPECT_THAT(trello.asked, ElementsAre(StartsWith("/cards/S0000007?")));
  EXPECT_TRUE(seen(read, 0)->list_closed);
  EXPECT_FALSE(seen(read, 0)->board_known);
}

TEST(CardSweep, BoardsAndListsByNameGetTheirIds) {
  FakeTrello trello;
  trello.cards = {{1, 1}, {2, 2}};
  ReadCards wanted = all_of(trello);
  wanted.boards = {
      {"board 1", "", {{"to do", ListRole::todo, ""}, {"Done", ListRole::done, ""}, {"Nope", ListRole::doing, ""}}},
      {"No such board", "", {}}};
  const auto read = trello.run(wanted);
  EXPECT_EQ(read.boards[0].id, id('b', 1));
  EXPECT_EQ(read.boards[0].lists[0].id, id('1', 10));
  EXPECT_EQ(read.boards[0].lists[2].id, "");
  EXPECT_THAT(read.not_found,
              testing::UnorderedElementsAre("board \"No such board\"", "list \"Nope\" on board \"board 1\""));
  EXPECT_EQ(seen(read, 0)->role, ListRole::todo);
  EXPECT_TRUE(seen(read, 0)->board_known);
  EXPECT_EQ(seen(read, 1)->role, ListRole::other);
  EXPECT_FALSE(seen(read, 1)->board_known);

  FakeTrello again;
  again.cards = trello.cards;
  wanted.boards = {read.boards[0]};
  wanted.boards[0].lists.pop_back();
  EXPECT_EQ(again.run(wanted).requests, 1) << "ids that are known are not looked up: both cards in one batch";
}

TEST(CardSweep, AMovedCardIsFoundOnItsNewBoard) {
  FakeTrello trello;
  trello.cards = {{1, 1}, {2, 1}, {3, 2}};
  ReadCards wanted = all_of(trello);
  wanted.cards[2].board = id('b', 1);
  const auto read = trello.run(wanted);
  EXPECT_EQ(seen(read, 2)->card.board, id('b', 2));
}

TEST(CardSweep, ADeletedCardIsProvenByItsBoardsActions) {
  FakeTrello trello;
  trello.deleted_from[1] = json{{{"id", id('a', 1)}, {"data", {{"card", {{"id", id('c', 8)}}}}}}}.dump();
  ReadCards wanted;
  wanted.cards = {{1, id('c', 8), id('b', 1)}, {2, id('c', 9), id('b', 1)}, {3, short_link(10), ""}};
  const auto read = trello.run(wanted);
  EXPECT_EQ(fault(read, 0), CardFault::deleted);
  EXPECT_EQ(fault(read, 1), CardFault::not_found);
  EXPECT_EQ(fault(read, 2), CardFault::not_found);
}

TEST(CardSweep, ALostBoardIsToldOnlyWhileTheTokenIsGood) {
  FakeTrello trello;
  trello.cards = {{1, 1}, {2, 1}};
  trello.lost_boards = {1};
  auto read = trello.run(all_of(trello));
  EXPECT_THAT(trello.asked, testing::Contains(me_path()));
  EXPECT_EQ(fault(read, 0), CardFault::no_access);
  EXPECT_EQ(read.trouble, Trouble::none);

  FakeTrello dead = trello;
  dead.first = [](const std::string& path) { return path == me_path() ? std::optional(bad_token) : std::nullopt; };
  read = dead.run(all_of(dead));
  EXPECT_EQ(read.trouble, Trouble::token_refused);
  EXPECT_EQ(fault(read, 0), CardFault::not_read);
}

TEST(CardSweep, ADeadTokenEndsItAndSaysNothingOfAnyCard) {
  FakeTrello trello;
  for (int card = 0; card < 40; ++card) trello.cards[card] = 1 + card % 4;
  int left = 2;
  trello.first = [&](const std::string&) { return left-- > 0 ? std::nullopt : std::optional(bad_token); };
  const auto read = trello.run(all_of(trello));
  EXPECT_EQ(read.requests, 3);
  EXPECT_EQ(read.trouble, Trouble::token_refused);
  EXPECT_EQ(read.problem, "renew the token");
  int unread = 0;
  for (std::size_t i = 0; i < 40; ++i)
    if (!seen(read, i)) {
      EXPECT_EQ(fault(read, i), CardFault::not_read);
      ++unread;
    }
  EXPECT_EQ(unread, 20) << "what was read before stands";
}

TEST(CardSweep, A429IsTriedAgainAndThreeInARowEndIt) {
  FakeTrello trello;
  for (int card = 0; card < 40; ++card) trello.cards[card] = 1 + card % 4;
  int count = 0;
  trello.first = [&](const std::string&) { return ++count % 3 == 2 ? std::optional(limited) : std::nullopt; };
  auto read = trello.run(all_of(trello));
  EXPECT_EQ(read.trouble, Trouble::none);
  EXPECT_TRUE(seen(read, 39));
  trello.first = [](const std::string&) { return std::optional(limited); };
  read = trello.run(all_of(trello));
  EXPECT_EQ(read.requests, CardSweep::most_limited);
  EXPECT_EQ(read.trouble, Trouble::rate_limited);
}

TEST(CardSweep, SilenceAndNonsenseEndIt) {
  for (const Heard& heard : {silence, Heard{Verdict::ok, "<html>", {}}, Heard{Verdict::ok, "{}", {}}}) {
    FakeTrello trello;
    trello.cards = {{1, 1}, {2, 1}};
    trello.first = [&](const std::string&) { return std::optional(heard); };
    const auto read = trello.run(all_of(trello));
    EXPECT_LE(read.requests, CardSweep::most_silent * CardSweep::most_left_out);
    EXPECT_EQ(read.trouble, Trouble::unreachable);
    EXPECT_EQ(fault(read, 0), CardFault::not_read);
    EXPECT_NE(read.problem, "");
  }
}

TEST(CardSweep, OneBoardThatNeverAnswersDoesNotHideTheOthers) {
  FakeTrello trello;
  for (int card = 0; card < 40; ++card) trello.cards[card] = 1 + card % 4;
  trello.first = [](const std::string& path) {
    return path.starts_with("/boards/" + id('b', 2)) ? std::optional(Heard{Verdict::uncertain, {}, "HTTP 500"})
                                                     : std::nullopt;
  };
  const auto read = trello.run(all_of(trello));
  EXPECT_EQ(read.trouble, Trouble::none);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_TRUE(seen(read, i)) << "its cards in batches";
  EXPECT_EQ(read.requests, 3 + 2 + 1);
}

TEST(CardSweep, OneCardThatCannotBeUnderstoodDoesNotHideTheOthers) {
  FakeTrello trello;
  trello.cards = {{1, 1}, {2, 2}, {3, 3}};
  trello.first = [&](const std::string& path) -> std::optional<Heard> {
    if (path.starts_with("/batch")) {
      const auto good = trello.card_answer(id('c', 1)).body;
      return Heard{Verdict::ok, "[{\"200\":" + good + "},{\"200\":{\"id\":null}},{\"500\":\"oops\"}]", {}};
    }
    return path.starts_with("/cards/" + id('c', 2)) ? std::optional(Heard{Verdict::ok, R"({"id":null})", {}})
                                                    : std::nullopt;
  };
  const auto read = trello.run(all_of(trello));
  EXPECT_TRUE(seen(read, 0));
  EXPECT_EQ(fault(read, 1), CardFault::not_read);
  EXPECT_TRUE(seen(read, 2)) << "asked alone";
  EXPECT_EQ(read.trouble, Trouble::none);
}

TEST(CardSweep, WhatABoardLeavesOutIsAskedOnItsOwn) {
  FakeTrello trello;
  trello.cards = {{1, 1}, {2, 1}};
  trello.nested = false;
  trello.archived_lists = {1};
  const auto read = trello.run(all_of(trello));
  EXPECT_EQ(read.requests, 4);
  EXPECT_TRUE(seen(read, 0)->list_closed);
  EXPECT_THAT(seen(read, 0)->members, ElementsAre("kari"));
}

TEST(CardSweep, WithoutBatchesOneByOne) {
  FakeTrello trello;
  for (int card = 0; card < 5; ++card) trello.cards[card] = card;
  trello.batches = false;
  const auto read = trello.run(all_of(trello));
  EXPECT_EQ(read.requests, 6);
  EXPECT_TRUE(seen(read, 4));
}

TEST(CardSweep, WhatIsNoKeyOfACardIsNeverAsked) {
  FakeTrello trello;
  ReadCards wanted;
  wanted.cards = {{1, "../members/me", ""}, {2, "", ""}};
  const auto read = trello.run(wanted);
  EXPECT_THAT(trello.asked, IsEmpty());
  EXPECT_EQ(fault(read, 0), CardFault::invalid_id);
  EXPECT_EQ(fault(read, 1), CardFault::invalid_id);
}

TEST(CardSweep, NothingWantedIsNothingAsked) {
  FakeTrello trello;
  const auto read = trello.run({});
  EXPECT_EQ(read.requests, 0);
  EXPECT_EQ(read.trouble, Trouble::none);
}

}  // namespace
}  // namespace vakt::trello
