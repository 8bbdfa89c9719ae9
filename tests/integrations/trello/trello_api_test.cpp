#include "integrations/trello/trello_api.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "bot/time/zones.hpp"

namespace vakt::trello {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const Access access = access_of("https://api.trello.com/1/", "k3y", "t0ken\"x");

TEST(TrelloApi, SecretsStandInTheHeaderAlone) {
  for (const auto& request :
       {get(access, card_path("Qi1cFOXG")), send_json(access, "POST", "/cards", "{}"), post(access, "/x")}) {
    EXPECT_THAT(request.url, StartsWith("https://api.trello.com/1/"));
    EXPECT_THAT(request.url, Not(HasSubstr("k3y")));
    EXPECT_EQ(request.headers[0].second, "OAuth oauth_consumer_key=\"k3y\", oauth_token=\"t0ken%22x\"");
  }
  EXPECT_EQ(access.host, "api.trello.com");
}

TEST(TrelloApi, KeysOfCardsAndBoards) {
  EXPECT_TRUE(is_id("5e94f5e837592f1a80a2059c"));
  EXPECT_FALSE(is_id("5e94f5e837592f1a80a2059"));
  EXPECT_FALSE(is_id("5e94f5e837592f1a80a2059g"));
  EXPECT_TRUE(is_short_link("Qi1cFOXG"));
  EXPECT_FALSE(is_short_link("Qi1cFOX/"));
  EXPECT_FALSE(is_short_link("Qi1cFOX"));
}

TEST(TrelloApi, ABatchPartsItsPathsWithCommasAndEncodesThoseInside) {
  EXPECT_EQ(batch_path({"/cards/a?fields=id,name", "/cards/b"}),
            "/batch?urls=%2Fcards%2Fa%3Ffields%3Did%252Cname,%2Fcards%2Fb");
}

TEST(TrelloApi, TextIsCutToWhatTrelloTakesAndNeverInsideACharacter) {
  EXPECT_EQ(cut_text("abc", 2), "ab");
  EXPECT_EQ(cut_text("æøå", 2), "æø");
  EXPECT_EQ(cut_text("a😀b", 2), "a") << "two UTF-16 units";
  EXPECT_EQ(cut_text("a😀b", 3), "a😀");
  const std::string longest(longest_text, 'x');
  EXPECT_EQ(cut_text(longest, longest_text), longest);
}

TEST(TrelloApi, TheMarkerSurvivesALongDescription) {
  const auto made = marked_description(std::string(20'000, 'x'), "01J");
  EXPECT_EQ(made.size(), longest_text);
  EXPECT_THAT(made, EndsWith("\n\nvakt 01J"));
  EXPECT_EQ(marked_description("", "01J"), "vakt 01J");
}

TEST(TrelloApi, ASourceIsGivenOnlyWhereItIsPublic) {
  EXPECT_EQ(marked_source("https://team.slack.com/archives/C1/p1#old", "01J"),
            "https://team.slack.com/archives/C1/p1#vakt-01J");
  for (const char* url : {"", "http://team.slack.com/x", "https://localhost/x", "http://127.0.0.1:8080/x", "slack://x"})
    EXPECT_EQ(marked_source(url, "01J"), "") << url;
}

TEST(TrelloApi, ACommentFitsIntoAUrlAndEndsWithItsMark) {
  const auto made = marked_comment(std::string(16'384, 'x') + "😀", 7);
  EXPECT_LT(comment_path("Qi1cFOXG", made).size(), 6'200U);
  EXPECT_THAT(made, EndsWith(" (vakt 7)"));
  EXPECT_EQ(marked_comment("Done", 7), "Done (vakt 7)");
}

TEST(TrelloApi, ANewCardHoldsWhatWasOrdered) {
  action::CreateCard order;
  order.marker = "01J";
  order.title = "Configure *log* retention <@U1> 😀";
  order.source_url = "https://team.slack.com/archives/C1/p1";
  order.due = from_iso_utc("2026-12-01T15:00:00.123456Z");
  const json body = json::parse(create_body({order, "L", {"m"}, {"l"}}));
  EXPECT_EQ(body["idList"], "L");
  EXPECT_EQ(body["name"], order.title);
  EXPECT_EQ(body["due"], "2026-12-01T15:00:00.000Z");
  EXPECT_EQ(body["idMembers"], json({"m"}));
  EXPECT_EQ(body["idLabels"], json({"l"}));
  EXPECT_EQ(body["urlSource"], "https://team.slack.com/archives/C1/p1#vakt-01J");
}

TEST(TrelloApi, AChangeHoldsOnlyWhatIsToChange) {
  action::ChangeCard order;
  EXPECT_EQ(change_body(order, {}, nullptr), "");
  order.due.emplace(std::nullopt);
  order.complete = false;
  const std::vector<std::string> nobody;
  EXPECT_EQ(json::parse(change_body(order, {}, &nobody)),
            json::parse(R"({"due":null,"dueComplete":false,"idMembers":[]})"));
}

}  // namespace
}  // namespace vakt::trello
