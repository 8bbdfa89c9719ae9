#include "integrations/slack/slack_api.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace vakt {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using Kind = ApiAnswer::Kind;

ApiCall call(EffectBody body, const std::string& nonce = "") {
  return call_for(Effect{1, std::move(body)}, nonce).value();
}
HttpResult http(int status, std::string body, HttpHeaders headers = {}) {
  return HttpResponse{status, std::move(headers), std::move(body)};
}
ApiAnswer read(const json& body) { return read_answer("m", http(200, body.dump())); }
inbound::EffectDone done(EffectBody body, const json& answer) {
  return done_of(Effect{1, std::move(body)}, read(answer));
}

TEST(SlackApi, APostCarriesItsNonceAndUnfurlsNothing) {
  const ApiCall made = call(effect::Post{"incidents", "1.2", {"hi", {}}, "announcement"}, "db-5");
  EXPECT_EQ(made.method, "chat.postMessage");
  EXPECT_EQ(made.channel, "incidents");
  const json body = json::parse(made.body);
  EXPECT_EQ(body["channel"], "incidents");
  EXPECT_EQ(body["thread_ts"], "1.2");
  EXPECT_EQ(body["unfurl_links"], false);
  EXPECT_EQ(body["metadata"]["event_type"], "vakt");
  EXPECT_EQ(body["metadata"]["event_payload"]["nonce"], "db-5");
}

TEST(SlackApi, EveryEffectHasItsMethod) {
  EXPECT_EQ(call(effect::CreateChannel{"inc-1"}).method, "conversations.create");
  EXPECT_EQ(json::parse(call(effect::Invite{"C1", {"U1", "U2"}}).body)["users"], "U1,U2");
  EXPECT_EQ(call(effect::JoinChannel{"C1"}).method, "conversations.join");
  EXPECT_EQ(json::parse(call(effect::SetTopic{"C1", std::string(300, 'x')}).body)["topic"].get<std::string>().size(),
            249U + 3U);
  EXPECT_EQ(json::parse(call(effect::Update{"C1", "1.1", {"t", {}}}).body)["blocks"], json::array());
  EXPECT_EQ(call(effect::Ephemeral{"C1", "U1", {"t", {}}}).method, "chat.postEphemeral");
  EXPECT_EQ(json::parse(call(effect::OpenModal{"t1", {"T"}}).body)["view"]["type"], "modal");
  EXPECT_EQ(json::parse(call(effect::PublishHome{"U1", {}}).body)["view"]["type"], "home");
  EXPECT_EQ(json::parse(call(effect::AddPin{"C1", "1.1"}).body)["timestamp"], "1.1");
  EXPECT_EQ(json::parse(call(effect::AddBookmark{"C1", "T", "https://x"}).body)["type"], "link");
  EXPECT_EQ(call(effect::React{"C1", "1.1", "white_check_mark", true}).method, "reactions.remove");
  EXPECT_EQ(call(effect::LookUpUser{"U1"}).body, "user=U1");
  EXPECT_EQ(call(effect::LookUpChannel{"C1"}).method, "conversations.info");
}

TEST(SlackApi, PagesAreAskedForAsForms) {
  const ApiCall history = call(effect::FetchPage{"C1", "", "1700000000.000100", "a=b&c"});
  EXPECT_EQ(history.method, "conversations.history");
  EXPECT_TRUE(history.form);
  EXPECT_EQ(history.body, "channel=C1&limit=200&include_all_metadata=true&oldest=1700000000.000100&cursor=a%3Db%26c");
  EXPECT_EQ(call(effect::FetchPage{"C1", "1.1"}).method, "conversations.replies");
}

TEST(SlackApi, OurTokenGoesToSlacksMethodsOnly) {
  const HttpRequest method = request_for(call(effect::JoinChannel{"C1"}), "https://slack.com/api/", "xoxb-1");
  EXPECT_EQ(method.url, "https://slack.com/api/conversations.join");
  EXPECT_EQ(method.headers[0].second, "application/json; charset=utf-8");
  EXPECT_EQ(method.headers[1].second, "Bearer xoxb-1");
  const ApiCall respond = call(effect::Respond{"https://hooks.slack.com/r", "C1", "U1", {"t", {}}, true});
  const HttpRequest hook = request_for(respond, "https://slack.com/api/", "xoxb-1");
  EXPECT_EQ(hook.url, "https://hooks.slack.com/r");
  EXPECT_EQ(hook.headers.size(), 1U);
  EXPECT_EQ(json::parse(hook.body)["replace_original"], true);
  EXPECT_EQ(json::parse(hook.body)["response_type"], "ephemeral");
}

TEST(SlackApi, AnswersAreToldApart) {
  EXPECT_EQ(read({{"ok", true}}).kind, Kind::ok);
  EXPECT_EQ(read({{"ok", false}, {"error", "is_archived"}}).kind, Kind::refused);
  EXPECT_EQ(read({{"ok", false}, {"error", "missing_scope"}, {"needed", "pins:write"}}).needed, "pins:write");
  EXPECT_EQ(read({{"ok", false}, {"error", "ratelimited"}}).kind, Kind::rate_limited);
  EXPECT_EQ(read_answer("m", http(429, "", {{"retry-after", "7"}})).retry_after, 7s);
  EXPECT_EQ(read_answer("m", http(429, "{}")).retry_after, 30s);
  EXPECT_EQ(read({{"ok", false}, {"error", "fatal_error"}}).kind, Kind::uncertain);
  EXPECT_EQ(read_answer("m", http(502, "<html>")).kind, Kind::uncertain);
  EXPECT_EQ(read_answer("m", http(200, "<html>")).kind, Kind::uncertain);
  EXPECT_EQ(read_answer("m", http(407, "")).kind, Kind::not_sent);
  EXPECT_EQ(read_answer("m", http(404, "")).kind, Kind::refused);
  EXPECT_EQ(read_answer("response_url", http(200, "ok")).kind, Kind::ok);
  EXPECT_EQ(read_answer("response_url", http(404, "used_url")).kind, Kind::refused);
  const auto of = [](HttpFault fault) { return read_answer("m", std::unexpected(HttpError{fault, "x"})).kind; };
  EXPECT_EQ(of(HttpFault::unreachable), Kind::not_sent);
  EXPECT_EQ(of(HttpFault::untrusted), Kind::not_sent);
  EXPECT_EQ(of(HttpFault::timed_out), Kind::uncertain);
  EXPECT_EQ(of(HttpFault::broken), Kind::uncertain);
  EXPECT_EQ(of(HttpFault::bad_url), Kind::refused);
  EXPECT_EQ(of(HttpFault::stopped), Kind::stopped);
}

TEST(SlackApi, DoneAlreadyIsDone) {
  for (const char* error : {"already_pinned", "already_reacted", "no_reaction", "already_in_channel"})
    EXPECT_TRUE(done(effect::AddPin{"C1", "1.1"}, {{"ok", false}, {"error", error}}).ok) << error;
}

TEST(SlackApi, ValuesOfAnswers) {
  const json channel = {{"ok", true}, {"channel", {{"id", "C9"}, {"name", "inc-1"}}}};
  EXPECT_EQ(done(effect::CreateChannel{"inc-1"}, channel).values.at("channel"), "C9");
  EXPECT_EQ(done(effect::LookUpChannel{"C9"}, channel).values.at("name"), "inc-1");
  EXPECT_EQ(done(effect::Post{}, {{"ok", true}, {"ts", "1700000000.000100"}, {"channel", "C1"}}).values.at("ts"),
            "1700000000.000100");
  json user = {{"ok", true},
               {"user", {{"name", "kari"}, {"real_name", "Kari N"}, {"profile", {{"display_name", ""}}}}}};
  EXPECT_EQ(done(effect::LookUpUser{"U1"}, user).values.at("name"), "Kari N");
  user["user"]["profile"]["display_name"] = "kari!";
  EXPECT_EQ(done(effect::LookUpUser{"U1"}, user).values.at("name"), "kari!");
}

TEST(SlackApi, APage) {
  const auto page = done(effect::FetchPage{"C1"}, json::parse(R"({"ok":true,"messages":[
      {"ts":"1700000003.000100","user":"U1","text":"b","thread_ts":"1700000003.000100","reply_count":2,"latest_reply":"1700000004.000100"},
      {"ts":"1700000002.000100","subtype":"channel_join","text":"joined"},
      {"ts":"1700000001.000100","subtype":"tombstone","thread_ts":"1700000001.000100","reply_count":1},
      7],"response_metadata":{"next_cursor":"more"}})"));
  EXPECT_TRUE(page.ok);
  ASSERT_EQ(page.messages.size(), 1U);
  EXPECT_TRUE(page.messages[0].backfilled);
  EXPECT_EQ(page.threads, (std::vector<Ts>{"1700000003.000100", "1700000001.000100"}));
  EXPECT_EQ(page.next_cursor, "more");
}

TEST(SlackApi, OfAPageOnlyThreadsWithNewerRepliesAreNamed) {
  const json body = json::parse(R"({"ok":true,"messages":[
      {"ts":"1700000003.000100","text":"b","reply_count":2,"latest_reply":"1700000900.000100"},
      {"ts":"1700000002.000100","text":"a","reply_count":2,"latest_reply":"1700000400.000100"},
      {"ts":"1700000001.000100","text":"when is not said","reply_count":1},
      {"ts":"1700000000.000100","text":"none","reply_count":0}]})");
  effect::FetchPage page{"C1"};
  page.since = "1700000500.000000";
  EXPECT_EQ(done(page, body).threads, (std::vector<Ts>{"1700000003.000100", "1700000001.000100"}));
}

TEST(SlackApi, FindsWhatItLooksFor) {
  const std::string page =
      R"({"messages":[{"ts":"1.1"},{"ts":"1700000000.000100","metadata":{"event_payload":{"nonce":"db-1"}}}]})";
  std::map<std::string, Ts> found;
  add_nonces(page, found);
  add_nonces("nonsense", found);
  EXPECT_EQ(found, (std::map<std::string, Ts>{{"db-1", "1700000000.000100"}}));
  EXPECT_EQ(find_channel(R"({"channels":[{"id":"C1","name":"a","creator":"U1","created":5}]})", "a")->created, 5);
  EXPECT_EQ(find_channel(R"({"channels":[{"id":"C1","name":"a","creator":"U1","created":5}]})", "C1")->name, "a");
  const auto groups = groups_of(R"({"usergroups":[{"id":"S1","handle":"x","users":["U1",2]}]})");
  EXPECT_EQ(groups.at("x"), (std::vector<UserId>{"U1"}));
  EXPECT_EQ(groups.at("S1"), (std::vector<UserId>{"U1"}));
}

TEST(SlackApi, SentencesSayWhatToDo) {
  EXPECT_NE(sentence_for("missing_scope", "pins.add", "pins:write").find("'pins:write'"), std::string::npos);
  EXPECT_NE(sentence_for("not_in_channel", "chat.postMessage").find("/invite @vakt"), std::string::npos);
  EXPECT_NE(sentence_for("odd_code", "pins.add").find("odd_code"), std::string::npos);
  EXPECT_EQ(sentence_for("Already a sentence.", "m"), "Already a sentence.");
}

}  // namespace
}  // namespace vakt
