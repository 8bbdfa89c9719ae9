#include "integrations/trello/trello_faults.hpp"

#include <gmock/gmock.h>

namespace vakt::trello {
namespace {

using action::CardFault;
using action::Trouble;
using testing::HasSubstr;
using testing::Not;

HttpResult answer(int status, std::string body) { return HttpResponse{status, {}, std::move(body)}; }

TEST(TrelloFaults, TheTextsThatWereRecordedTellTheFaultsApart) {
  EXPECT_EQ(verdict_of(404, "The requested resource was not found."), Verdict::not_found);
  EXPECT_EQ(verdict_of(404, "model not found"), Verdict::not_found);
  EXPECT_EQ(verdict_of(400, "invalid id"), Verdict::invalid_id);
  EXPECT_EQ(verdict_of(401, "unauthorized card permission requested"), Verdict::no_access);
  EXPECT_EQ(verdict_of(401, "unauthorized permission requested\n"), Verdict::no_access);
  EXPECT_EQ(verdict_of(401, "invalid key"), Verdict::token_refused);
  EXPECT_EQ(verdict_of(401, "invalid token"), Verdict::token_refused);
  EXPECT_EQ(verdict_of(401, R"({"message":"missing scopes"})"), Verdict::token_refused);
  EXPECT_EQ(verdict_of(429, R"({"error":"API_TOKEN_LIMIT_EXCEEDED","message":"Rate limit exceeded"})"),
            Verdict::rate_limited);
  EXPECT_EQ(verdict_of(200, "{}"), Verdict::ok);
}

TEST(TrelloFaults, A404OfSomethingElseDeletesNoCard) {
  for (const char* body : {"", "404 page not found", "<html>not found</html>", "Cannot GET /1/cards/x"})
    EXPECT_EQ(verdict_of(404, body), Verdict::refused) << body;
  EXPECT_EQ(fault_of(Verdict::refused), CardFault::not_read);
}

TEST(TrelloFaults, WhatIsNoDefiniteNoMayHaveBeenCarriedOut) {
  for (const int status : {301, 302, 408, 500, 502, 503, 504}) EXPECT_EQ(verdict_of(status, ""), Verdict::uncertain);
  for (const int status : {400, 403, 409, 414}) EXPECT_EQ(verdict_of(status, "x"), Verdict::refused) << status;
}

TEST(TrelloFaults, NoAnswerIsToldApartByWhetherItWasSent) {
  const auto heard = [](HttpFault fault) { return heard_of(std::unexpected(HttpError{fault, "no"}), "h").verdict; };
  EXPECT_EQ(heard(HttpFault::unreachable), Verdict::not_sent);
  EXPECT_EQ(heard(HttpFault::untrusted), Verdict::not_sent);
  EXPECT_EQ(heard(HttpFault::bad_url), Verdict::not_sent);
  for (const auto fault : {HttpFault::timed_out, HttpFault::broken, HttpFault::too_large, HttpFault::stopped})
    EXPECT_EQ(heard(fault), Verdict::uncertain);
}

TEST(TrelloFaults, TroublesSayNothingOfTheCard) {
  for (const auto verdict : {Verdict::token_refused, Verdict::rate_limited, Verdict::not_sent, Verdict::uncertain}) {
    EXPECT_NE(trouble_of(verdict), Trouble::none);
    EXPECT_EQ(fault_of(verdict), CardFault::not_read);
    EXPECT_FALSE(proves_token(verdict));
  }
  EXPECT_FALSE(is_trouble(Verdict::no_access));
  EXPECT_FALSE(proves_token(Verdict::no_access)) << "it may be the token's last word";
}

TEST(TrelloFaults, TrellosOwnWordsAreKeptWhereTheyAreFewAndPlain) {
  const auto said = [](int status, std::string body) { return heard_of(answer(status, std::move(body)), "h").said; };
  EXPECT_EQ(said(400, "invalid value for idMembers\n"), "invalid value for idMembers");
  EXPECT_EQ(said(403, R"({"message":"board is read-only","error":"ERROR"})"), "board is read-only");
  EXPECT_EQ(said(400, "<html>no</html>"), "");
  EXPECT_EQ(said(400, "line\nline"), "");
  EXPECT_EQ(said(400, std::string(150, 'x') + " " + std::string(150, 'y')), "");
  EXPECT_EQ(said(400, "no such token " + std::string(64, 'a')), "") << "it may be ours";
  EXPECT_EQ(said(401, "invalid token"), "") << "vakt's own text says that";
  EXPECT_EQ(said(200, "{}"), "");
}

TEST(TrelloFaults, TextsHoldTheHostAndNothingOfTheAnswer) {
  const auto heard = heard_of(answer(401, "invalid token: s3cret"), "api.trello.com");
  EXPECT_THAT(heard.text, HasSubstr("api.trello.com"));
  EXPECT_THAT(heard.text, HasSubstr("TRELLO_API_TOKEN"));
  EXPECT_THAT(heard.text, Not(HasSubstr("s3cret")));
  EXPECT_EQ(heard.body, "");
}

}  // namespace
}  // namespace vakt::trello
