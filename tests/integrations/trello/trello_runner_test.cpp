// What needs no server; orders against a Trello with its bad days are tests/e2e/trello_days.test.mjs.
#include "integrations/trello/trello_runner.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/integrations/flags/answering_client.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using action::CardFault;
using action::CardsRead;
using action::CardUnread;
using action::CardWritten;
using action::Trouble;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string board_id(24, 'b'), list_id(24, 'a'), card_id(24, 'c');

struct Stage {
  explicit Stage(std::string token = "t0ken") {
    TrelloOptions options;
    options.url = "https://trello.test/1/";
    options.key = "k3y";
    options.token = std::move(token);
    options.times = {.settle = 30ms, .early = 10ms, .again = 5ms};
    options.pace = {.window = 100ms, .limited_most = 20ms, .away = 5ms, .away_most = 20ms};
    options.probe_every = 10ms;
    options.boards = {{"Board", board_id, {{"Done", action::ListRole::done, list_id}}}};
    runner = TrelloRunner::make(
        http.io, http, std::move(options), [] { return Instant{42s}; },
        {[this](auto id, const action::CardOrder&, CardWritten one) { written.emplace_back(id, std::move(one)); },
         [this](auto id, CardsRead one) { read.emplace_back(id, std::move(one)); },
         [this](const std::string& sentence) { warned.push_back(sentence); }});
  }
  void run_for(std::chrono::milliseconds time) {
    http.io.restart();
    http.io.run_for(time);
  }

  AnsweringClient http;
  std::vector<std::pair<std::int64_t, CardWritten>> written;
  std::vector<std::pair<std::int64_t, CardsRead>> read;
  std::vector<std::string> warned;
  std::unique_ptr<TrelloRunner> runner;
};

action::CreateCard new_card() {
  action::CreateCard order;
  order.item = 1;
  order.marker = "01J";
  order.title = "Title";
  order.board = {"Board", board_id, {{"To do", action::ListRole::todo, list_id}}};
  return order;
}

TEST(TrelloRunner, WithoutATokenNothingIsAsked) {
  Stage stage{""};
  stage.runner->create(1, new_card(), false);
  action::ReadCards wanted;
  wanted.cards = {{7, card_id, board_id}};
  stage.runner->read(2, wanted);
  stage.run_for(50ms);
  EXPECT_THAT(stage.http.lines, IsEmpty());
  ASSERT_THAT(stage.written, SizeIs(1));
  EXPECT_THAT(stage.written[0].second.refused, HasSubstr("TRELLO_API_TOKEN"));
  ASSERT_THAT(stage.read, SizeIs(1));
  EXPECT_EQ(stage.read[0].second.trouble, Trouble::not_configured);
  EXPECT_EQ(std::get<CardUnread>(stage.read[0].second.cards.at(0).second).fault, CardFault::not_read);
  EXPECT_EQ(stage.read[0].second.began_at, Instant{42s});
}

TEST(TrelloRunner, TheSameOrderIsCarriedOutOnce) {
  Stage stage;
  stage.http.otherwise = {400, {}, "invalid id"};
  action::ChangeCard order;
  order.card.id = card_id;
  order.title = "x";
  stage.runner->change(5, order);
  stage.runner->change(5, order);
  stage.run_for(100ms);
  EXPECT_THAT(stage.http.lines, ElementsAre("PUT /1/cards/" + card_id));
  ASSERT_THAT(stage.written, SizeIs(1));
  EXPECT_EQ(stage.written[0].first, 5);
  EXPECT_THAT(stage.written[0].second.refused, HasSubstr("no card or board can have this id"));
  stage.runner->change(5, order);
  stage.run_for(100ms);
  EXPECT_THAT(stage.written, SizeIs(2)) << "told, it may be ordered again";
}

TEST(TrelloRunner, ATroubleIsToldOnceAndTheOrderIsKept) {
  Stage stage;
  stage.http.otherwise = {401, {}, "invalid token"};
  stage.runner->create(1, new_card(), false);
  stage.run_for(150ms);
  ASSERT_THAT(stage.written, SizeIs(1));
  EXPECT_EQ(stage.written[0].first, 0);
  EXPECT_EQ(stage.written[0].second.trouble, Trouble::token_refused);
  EXPECT_FALSE(stage.written[0].second.card);
  for (std::size_t i = 1; i < stage.http.lines.size(); ++i) EXPECT_EQ(stage.http.lines[i], "GET /1/members/me");
  EXPECT_GT(stage.http.lines.size(), 2U);
  for (const auto& request : stage.http.requests) EXPECT_THAT(request.url, Not(HasSubstr("t0ken")));
}

TEST(TrelloRunner, ReadsComeInTheOrderAsked) {
  Stage stage;
  stage.http.otherwise = {404, {}, "The requested resource was not found."};
  action::ReadCards wanted;
  wanted.cards = {{1, card_id, ""}};
  for (const auto id : {1, 2, 3}) stage.runner->read(id, wanted);
  stage.run_for(100ms);
  ASSERT_THAT(stage.read, SizeIs(3));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(stage.read[i].first, static_cast<std::int64_t>(i) + 1);
}

TEST(TrelloRunner, AChangedCardKnowsWhatItsListMeans) {
  Stage stage;
  const nlohmann::json card{{"id", card_id}, {"shortLink", "Qi1cFOXG"}, {"idBoard", board_id}, {"idList", list_id},
                            {"name", "x"},   {"closed", false}};
  stage.http.otherwise = {200, {}, card.dump()};
  action::ChangeCard order;
  order.card.id = card_id;
  order.complete = true;
  stage.runner->change(1, order);
  stage.run_for(50ms);
  ASSERT_THAT(stage.written, SizeIs(1));
  EXPECT_EQ(stage.written[0].second.card->role, action::ListRole::done);
  EXPECT_TRUE(stage.written[0].second.card->board_known);
}

TEST(TrelloRunner, LeavingEndsEveryWait) {
  Stage stage;
  stage.http.otherwise = {429, {}, ""};
  stage.runner->create(1, new_card(), true);
  action::ReadCards wanted;
  wanted.cards = {{1, card_id, ""}};
  stage.runner->read(2, wanted);
  stage.run_for(20ms);
  stage.runner->leave();
  stage.runner->leave();
  const auto told = stage.written.size() + stage.read.size();
  stage.http.io.restart();
  stage.http.io.run();  // ends by itself: nothing waits any more
  EXPECT_EQ(stage.written.size() + stage.read.size(), told);
  EXPECT_THAT(stage.warned, IsEmpty());
}

}  // namespace
}  // namespace vakt::test
