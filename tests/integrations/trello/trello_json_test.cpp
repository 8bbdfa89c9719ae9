#include "integrations/trello/trello_json.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "bot/time/zones.hpp"

namespace vakt::trello {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// As the real API tells of a card, its nulls included; older ones have neither shortLink nor dueComplete.
json card() {
  return json::parse(R"({"id":"5e94f5e837592f1a80a2059c","checkItemStates":[],"closed":false,
    "dateLastActivity":"2020-04-13T23:30:01.008Z","desc":"","descData":null,"dueReminder":null,
    "idBoard":"5e94f5ded016b22c2437c13c","idList":"5e94f5e4f3f3970cbcdca4a9","idShort":1,"idAttachmentCover":null,
    "idLabels":[],"name":"C1","pos":65535,"shortLink":"Qi1cFOXG","dueComplete":false,"due":null,"email":null,
    "labels":[],"shortUrl":"https://trello.com/c/Qi1cFOXG","url":"https://trello.com/c/Qi1cFOXG/1-c1",
    "cover":{"idAttachment":null,"color":null},"idMembers":[],"badges":{"due":null}})");
}

TEST(TrelloJson, ACardWithItsNulls) {
  const auto read = read_card(card().dump());
  ASSERT_TRUE(read);
  const auto& seen = read->seen;
  EXPECT_EQ(seen.card, (action::CardRef{"5e94f5e837592f1a80a2059c", "Qi1cFOXG", "https://trello.com/c/Qi1cFOXG/1-c1",
                                        "5e94f5ded016b22c2437c13c"}));
  EXPECT_EQ(seen.number, 1);
  EXPECT_EQ(seen.title, "C1");
  EXPECT_FALSE(seen.due || seen.complete || seen.closed);
  EXPECT_FALSE(read->list_told || read->board_told);
}

TEST(TrelloJson, AnOlderCardHasItsShortLinkInItsShortUrlAlone) {
  json older = card();
  for (const char* gone : {"shortLink", "dueComplete", "cover", "descData"}) older.erase(gone);
  const auto read = read_card(older.dump());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->seen.card.short_link, "Qi1cFOXG");
}

TEST(TrelloJson, WhatDecidesAndIsMissingMakesItUnreadable) {
  for (const char* key : {"id", "idBoard", "idList", "name", "closed"}) {
    json without = card();
    without.erase(key);
    EXPECT_FALSE(read_card(without.dump())) << key;
    without[key] = nullptr;
    EXPECT_FALSE(read_card(without.dump())) << key;
  }
  json odd = card();
  odd["due"] = "soon";
  EXPECT_FALSE(read_card(odd.dump())) << "never taken for no due date";
  for (const char* body : {"", "null", "[]", "<html>", R"({"id":1})", "[1"}) EXPECT_FALSE(read_card(body)) << body;
}

TEST(TrelloJson, ACardWithItsMembersListAndBoard) {
  json full = card();
  full["due"] = "2026-12-01T15:00:00.000Z";
  full["dueComplete"] = true;
  full["idMembers"] = {"5e679b808e6e8828784b30e1"};
  full["members"] = {{{"id", "5e679b808e6e8828784b30e1"}, {"username", "kari"}}};
  full["list"] = {{"id", "5e94f5e4f3f3970cbcdca4a9"}, {"closed", true}};
  full["board"] = {{"id", "5e94f5ded016b22c2437c13c"}, {"closed", true}};
  const auto read = read_card(full.dump());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->seen.due, from_iso_utc("2026-12-01T15:00:00Z"));
  EXPECT_TRUE(read->seen.complete && read->seen.list_closed && read->seen.board_closed && read->members_named);
  EXPECT_THAT(read->seen.members, ElementsAre("kari"));
}

TEST(TrelloJson, LinksThatAreNotTrellosAreReplaced) {
  for (const char* url : {"https://evil.example/c/Qi1cFOXG", "https://trello.com/c/Qi1cFOXG|x>",
                          "https://trello.com/c/Qi1cFOXGevil", ""}) {
    json odd = card();
    odd["url"] = url;
    EXPECT_EQ(read_card(odd.dump())->seen.card.url, "https://trello.com/c/Qi1cFOXG") << url;
  }
}

TEST(TrelloJson, AMarkerStandsInTheDescriptionOrInALink) {
  json marked = card();
  EXPECT_FALSE(holds_marker(*read_card(marked.dump()), "01J"));
  EXPECT_FALSE(holds_marker(*read_card(marked.dump()), "")) << "no marker is in every card";
  marked["desc"] = "text\n\nvakt 01J";
  EXPECT_TRUE(holds_marker(*read_card(marked.dump()), "01J"));
  marked["desc"] = "edited";
  marked["attachments"] = {{{"url", "https://team.slack.com/x#vakt-01J"}}, {{"url", nullptr}}};
  EXPECT_TRUE(holds_marker(*read_card(marked.dump()), "01J"));
}

TEST(TrelloJson, ABoardTellsWhatWasAskedFor) {
  json board{{"id", "5e94f5ded016b22c2437c13c"}, {"name", "B"}, {"closed", false}, {"shortLink", "ffMqaSv6"}};
  auto read = read_board(board.dump());
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->cards || read->lists || read->members) << "not told is not none";
  json odd = card();
  odd["closed"] = nullptr;
  board["cards"] = {card(), odd, nullptr};
  board["lists"] = {{{"id", "5e94f5e4f3f3970cbcdca4a9"}, {"name", "To do"}, {"closed", true}}};
  board["members"] = json::array();
  read = read_board(board.dump());
  EXPECT_THAT(*read->cards, SizeIs(1));
  EXPECT_TRUE(read->lists->front().closed);
  EXPECT_THAT(*read->members, IsEmpty());
}

TEST(TrelloJson, ABatchAnswersInOrderWhateverItsEntriesAre) {
  const json body{json{{"200", card()}},
                  json{{"name", "NotFound"}, {"message", "The requested resource was not found."}, {"statusCode", 404}},
                  json{{"statusCode", "401"}, {"message", "invalid token"}},
                  json{{"404", "The requested resource was not found."}},
                  nullptr,
                  json{{"200", nullptr}}};
  const auto read = read_batch(body.dump());
  ASSERT_TRUE(read);
  ASSERT_THAT(*read, SizeIs(6));
  EXPECT_TRUE((*read)[0].card);
  EXPECT_EQ((*read)[1].status, 404);
  EXPECT_EQ((*read)[2].status, 401);
  EXPECT_EQ((*read)[3].message, "The requested resource was not found.");
  EXPECT_EQ((*read)[4].status, 0);
  EXPECT_FALSE((*read)[5].card);
}

TEST(TrelloJson, Actions) {
  const auto read = read_actions(
      R"x([{"id":"1","type":"deleteCard","data":{"card":{"id":"5e94f5e837592f1a80a2059c","idShort":3}}},
          {"id":"2","type":"commentCard","data":{"text":"Hi (vakt 7)","card":null
}
}, {"data":null}])x");
  ASSERT_TRUE(read);
  EXPECT_EQ((*read)[0].card, "5e94f5e837592f1a80a2059c");
  EXPECT_EQ((*read)[1].text, "Hi (vakt 7)");
  EXPECT_THAT(*read, SizeIs(3));
}

}  // namespace
}  // namespace vakt::trello
