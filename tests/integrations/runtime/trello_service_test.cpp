#include "integrations/runtime/trello_service.hpp"

#include <gmock/gmock.h>

#include "tests/integrations/flags/answering_client.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string card_id(24, 'c');

struct Service {
  explicit Service(const std::string& token = "t0ken") {
    Config config;
    config.trello_api_url = "https://trello.test/1/";
    config.trello_key = "k3y";
    config.trello_token = token;
    http.otherwise = {400, {}, "invalid id"};
    trello.emplace(
        http.io, http, config, [] { return Instant{42s}; },
        [this](std::int64_t id, InboundBody body) { told.emplace_back(id, std::move(body)); });
  }
  bool submit(std::int64_t id, EffectBody body, bool tried = false) {
    OutboundTask task{.outbox_id = id, .effect = {.body = std::move(body)}, .tried = tried};
    return trello->submit(task);
  }
  void run() {
    http.io.restart();
    http.io.run_for(200ms);
  }

  AnsweringClient http;
  std::vector<std::pair<std::int64_t, InboundBody>> told;
  std::optional<TrelloService> trello;
};

effect::WriteCard change(const std::string& url = "https://hooks/r") {
  action::ChangeCard order{.item = 7};
  order.card.id = card_id;
  order.title = "x";
  return {.order = order, .response_url = url, .user = "U1", .channel = "C1"};
}

TEST(TrelloService, WhatIsNotTrellosIsLeftAsItWas) {
  Service service;
  OutboundTask task{.outbox_id = 1, .effect = {.body = effect::LookUpUser{"U1"}}};
  EXPECT_FALSE(service.trello->submit(task));
  EXPECT_EQ(std::get<effect::LookUpUser>(task.effect.body).user, "U1");
  service.run();
  EXPECT_THAT(service.http.lines, IsEmpty());
  EXPECT_THAT(service.told, IsEmpty());
}

TEST(TrelloService, AnAnswerComesWithWhatWasAskedAndWhoWaits) {
  Service service;
  EXPECT_TRUE(service.submit(5, change()));
  EXPECT_TRUE(service.submit(5, change())) << "the same row again";
  service.run();
  EXPECT_THAT(service.http.lines, ElementsAre("PUT /1/cards/" + card_id));
  ASSERT_THAT(service.told, SizeIs(1));
  EXPECT_EQ(service.told[0].first, 5);
  const auto& written = std::get<inbound::CardWritten>(service.told[0].second);
  EXPECT_EQ(written.asked.response_url, "https://hooks/r");
  EXPECT_EQ(written.asked.user, "U1");
  EXPECT_EQ(written.asked.channel, "C1");
  EXPECT_EQ(written.asked.order, change().order);
  EXPECT_THAT(written.answer.refused, HasSubstr("this id"));
}

TEST(TrelloService, WhileAnOrderIsStillBeingTriedNobodyIsAnswered) {
  Service service;
  service.http.otherwise = {401, {}, "invalid token"};
  service.submit(5, change());
  service.run();
  ASSERT_THAT(service.told, SizeIs(1));
  EXPECT_EQ(service.told[0].first, 0) << "the row stays in the outbox";
  const auto& written = std::get<inbound::CardWritten>(service.told[0].second);
  EXPECT_EQ(written.answer.trouble, action::Trouble::token_refused);
  EXPECT_EQ(written.asked.response_url, "");
  EXPECT_EQ(written.asked.order, change().order);
}

TEST(TrelloService, AReadingComesWithItsContext) {
  Service service{""};
  effect::ReadCards wanted{.context = "draft-1", .response_url = "https://hooks/r", .user = "U1", .channel = "C1"};
  wanted.what.purpose = "link";
  wanted.what.cards = {{0, "QIgNLSh1", ""}};
  EXPECT_TRUE(service.submit(9, wanted));
  service.run();
  EXPECT_THAT(service.http.lines, IsEmpty()) << "no token";
  ASSERT_THAT(service.told, SizeIs(1));
  EXPECT_EQ(service.told[0].first, 9);
  const auto& read = std::get<inbound::CardsRead>(service.told[0].second);
  EXPECT_EQ(read.asked.context, "draft-1");
  EXPECT_EQ(read.asked.response_url, "https://hooks/r");
  EXPECT_EQ(read.asked.what, wanted.what);
  EXPECT_EQ(read.answer.trouble, action::Trouble::not_configured);
  EXPECT_THAT(read.answer.cards, SizeIs(1));
}

TEST(TrelloService, OnceItLeavesItTellsNothing) {
  Service service;
  service.submit(5, change());
  service.trello->leave();
  service.run();
  EXPECT_THAT(service.told, IsEmpty());
}

}  // namespace
}  // namespace vakt::test
