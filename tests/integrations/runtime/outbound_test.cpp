#include "integrations/runtime/outbound.hpp"

#include "tests/integrations/runtime/outbound_stage.hpp"

namespace vakt {
namespace {

using namespace test;

effect::Post post(const char* channel, const char* text) { return {channel, "", {text, {}}, "headline"}; }

TEST_F(OutboundTest, OneChannelInOrderOthersBeside) {
  http.held = true;
  submit(1, post("C1", "a"));
  submit(2, post("C1", "b"));
  submit(3, post("C2", "c"));
  settle();
  ASSERT_EQ(http.calls.size(), 2U);
  EXPECT_EQ(http.text(0), "a");
  EXPECT_EQ(http.text(1), "c");
  http.release_one();
  settle();
  ASSERT_EQ(http.calls.size(), 3U);
  EXPECT_EQ(http.text(2), "b");
  http.release_one();
  http.release_one();
  run();
  EXPECT_EQ(order, (std::vector<std::int64_t>{1, 3, 2}));
  EXPECT_EQ(only(1).values.at("ts"), "1700000000.000001");
  EXPECT_EQ(outbound->pending(), 0U);
}

TEST_F(OutboundTest, AtMostFourChatRequestsAtATimeAndAnswersPassThem) {
  http.held = true;
  for (int i = 0; i < 9; ++i) submit(i, post(("C" + std::to_string(i)).c_str(), "x"));
  submit(100, effect::Respond{"http://127.0.0.1:1/respond", "C1", "U1", {"hi", {}}, false, now + 30min});
  settle();
  EXPECT_EQ(http.count("chat.postMessage"), 4U);
  EXPECT_EQ(http.count("respond"), 1U);
  http.held = false;
  while (!http.waiting.empty()) http.release_one();
  run();
  EXPECT_EQ(done.size(), 10U);
  EXPECT_LE(http.most_under_way, 5);
}

TEST_F(OutboundTest, SitsOutA429) {
  http.script["chat.postMessage"] = {answer({{"ok", false}}, 429, {{"retry-after", "1"}}),
                                     answer({{"ok", true}, {"ts", "1700000000.000002"}, {"channel", "C1"}})};
  const auto start = std::chrono::steady_clock::now();
  submit(1, post("C1", "a"));
  run();
  EXPECT_TRUE(only(1).ok);
  EXPECT_EQ(http.count("chat.postMessage"), 2U);
  EXPECT_GE(std::chrono::steady_clock::now() - start, 1s);
}

TEST_F(OutboundTest, AnUncertainPostIsRecognisedAndNotRepeated) {
  http.script["chat.postMessage"] = {fault(HttpFault::timed_out)};
  http.script["conversations.history"] = {
      answer({{"ok", true},
              {"messages", {{{"ts", "1700000000.000009"}, {"metadata", {{"event_payload", {{"nonce", "db-7"}}}}}}}}})};
  submit(7, post("C1", "a"));
  run();
  EXPECT_TRUE(only(7).ok);
  EXPECT_EQ(only(7).values.at("ts"), "1700000000.000009");
  EXPECT_EQ(http.count("chat.postMessage"), 1U);
  EXPECT_NE(http.requests.back().body.find("include_all_metadata=true"), std::string::npos);
  EXPECT_NE(http.requests.back().body.find("oldest="), std::string::npos);
}

TEST_F(OutboundTest, APostOfAnEarlierRunIsLookedForBeforeItIsSent) {
  http.script["conversations.replies"] = {answer({{"ok", true}, {"messages", json::array()}})};
  effect::Post reply = post("C1", "a");
  reply.thread_ts = "1699999999.000001";
  submit(7, reply, true);
  run();
  EXPECT_EQ(http.calls, (std::vector<std::string>{"conversations.replies", "chat.postMessage"}));
  EXPECT_TRUE(only(7).ok);
  EXPECT_EQ(json::parse(http.requests[1].body)["metadata"]["event_payload"]["nonce"], "db-7");
}

TEST_F(OutboundTest, OneReadingServesAllThatAnEarlierRunLeftInAChannel) {
  http.script["conversations.history"] = {
      answer({{"ok", true},
              {"messages", {{{"ts", "1700000000.000009"}, {"metadata", {{"event_payload", {{"nonce", "db-7"}}}}}}}}})};
  submit(7, post("C1", "a"), true);
  submit(8, post("C1", "b"), true);
  run();
  EXPECT_EQ(http.calls, (std::vector<std::string>{"conversations.history", "chat.postMessage"}));
  EXPECT_EQ(only(7).values.at("ts"), "1700000000.000009");
  EXPECT_TRUE(only(8).ok);
}

TEST_F(OutboundTest, WhatThisRunMayHavePostedIsReadAgain) {
  http.script["conversations.history"] = {
      answer({{"ok", true}, {"messages", json::array()}}),
      answer({{"ok", true},
              {"messages", {{{"ts", "1700000000.000009"}, {"metadata", {{"event_payload", {{"nonce", "db-7"}}}}}}}}})};
  http.script["chat.postMessage"] = {fault(HttpFault::timed_out)};
  submit(7, post("C1", "a"), true);
  run();
  EXPECT_EQ(http.calls,
            (std::vector<std::string>{"conversations.history", "chat.postMessage", "conversations.history"}));
  EXPECT_EQ(only(7).values.at("ts"), "1700000000.000009");
}

TEST_F(OutboundTest, ABookmarkThatMayBeThereIsLookedForFirst) {
  http.script["bookmarks.list"] = {answer({{"ok", true}, {"bookmarks", {{{"link", "https://x/1"}}}}})};
  submit(1, effect::AddBookmark{"C1", "one", "https://x/1"}, true);
  submit(2, effect::AddBookmark{"C1", "two", "https://x/2"}, true);
  http.script["bookmarks.add"] = {fault(HttpFault::timed_out), answer({{"ok", true}})};
  run();
  EXPECT_EQ(http.calls, (std::vector<std::string>{"bookmarks.list", "bookmarks.list", "bookmarks.add", "bookmarks.list",
                                                  "bookmarks.add"}));
  EXPECT_TRUE(only(1).ok);
  EXPECT_TRUE(only(2).ok);
}

TEST_F(OutboundTest, WhatOnePersonMayHaveSeenIsNotShownAgain) {
  submit(1, effect::Ephemeral{"C1", "U1", {"hi", {}}}, true);
  run();
  EXPECT_TRUE(http.calls.empty());
  EXPECT_EQ(only(1).error, "expired");
}

TEST_F(OutboundTest, ANewReadingOfAChannelReplacesThoseThatWait) {
  http.held = true;
  submit(1, effect::FetchPage{"C1", "", "1700000000.000000", "next"});
  submit(2, effect::FetchPage{"C1", "", "1700000000.000000", "next"});
  submit(3, effect::FetchPage{"C1", "1700000000.000005", "", ""});
  submit(4, effect::FetchPage{"C1", "", "1700000001.000000", ""});
  submit(5, effect::FetchPage{"C1", "", "1700000000.000000", ""});
  settle();
  EXPECT_EQ(only(2).values.at("superseded"), "1");
  EXPECT_EQ(only(4).values.at("superseded"), "1");
  EXPECT_TRUE(done[3].empty()) << "a thread is another reading";
  http.held = false;
  while (!http.waiting.empty()) http.release_one();
  run();
  EXPECT_EQ(http.calls.size(), 3U);
}

TEST_F(OutboundTest, APostThatWasNeverSentIsSimplyRepeated) {
  http.script["chat.postMessage"] = {fault(HttpFault::unreachable),
                                     answer({{"ok", true}, {"ts", "1700000000.000003"}})};
  submit(1, post("C1", "a"));
  run();
  EXPECT_EQ(http.calls, (std::vector<std::string>{"chat.postMessage", "chat.postMessage"}));
  EXPECT_TRUE(only(1).ok);
}

TEST_F(OutboundTest, AnUncertainChannelIsAdoptedIfItIsOurs) {
  http.script["conversations.create"] = {fault(HttpFault::broken), refused("name_taken")};
  http.script["auth.test"] = {answer({{"ok", true}, {"user_id", "UBOT"}})};
  http.script["conversations.list"] = {
      answer({{"ok", true}, {"channels", json::array()}, {"response_metadata", {{"next_cursor", "n"}}}}),
      answer({{"ok", true}, {"channels", {{{"id", "C77"}, {"name", "inc-1-x"}, {"creator", "UBOT"}}}}})};
  submit(1, effect::CreateChannel{"inc-1-x"});
  run();
  EXPECT_TRUE(only(1).ok);
  EXPECT_EQ(only(1).values.at("channel"), "C77");
  EXPECT_EQ(only(1).values.at("adopted"), "1");
  EXPECT_EQ(http.count("conversations.create"), 1U);
}

TEST_F(OutboundTest, AnothersChannelAndAnOldOneOfOursAreTaken) {
  http.script["conversations.create"] = {refused("name_taken")};
  http.script["auth.test"] = {answer({{"ok", true}, {"user_id", "UBOT"}})};
  http.script["conversations.list"] = {
      answer({{"ok", true},
              {"channels",
               {{{"id", "C1"}, {"name", "inc-1-x"}, {"creator", "U5"}},
                {{"id", "C2"}, {"name", "inc-2-x"}, {"creator", "UBOT"}, {"created", 1'500'000'000}}}}})};
  submit(1, effect::CreateChannel{"inc-1-x"});
  submit(2, effect::CreateChannel{"inc-2-x"});
  run();
  EXPECT_EQ(only(1).error, "name_taken");
  EXPECT_EQ(only(2).error, "name_taken");
  EXPECT_LE(http.count("auth.test"), 2U);
}

TEST_F(OutboundTest, NewerTopicsAndEditsReplaceWaitingOnes) {
  http.held = true;
  submit(1, post("C1", "first"));
  submit(2, effect::SetTopic{"C1", "old"});
  submit(3, effect::Update{"C1", "1.1", {"old", {}}});
  submit(4, effect::Update{"C1", "2.2", {"other", {}}});
  submit(5, effect::SetTopic{"C1", "new"});
  submit(6, effect::Update{"C1", "1.1", {"new", {}}});
  settle();
  EXPECT_TRUE(only(2).ok);
  EXPECT_TRUE(only(3).ok);
  http.held = false;
  http.release_one();
  run();
  EXPECT_EQ(http.count("conversations.setTopic"), 1U);
  EXPECT_EQ(http.count("chat.update"), 2U);
  for (std::int64_t id = 1; id <= 6; ++id) EXPECT_TRUE(only(id).ok);
}

TEST_F(OutboundTest, AnswersExpire) {
  submit(1, effect::OpenModal{"t", {"T"}, now - 1s, "C1", "U1"});
  submit(2, effect::Respond{"http://127.0.0.1:1/respond", "C1", "U1", {"hi", {}}, false, now - 1s});
  submit(3, effect::Respond{"http://127.0.0.1:1/respond", "C1", "U1", {"hi", {}}, false, now + 1h}, true);
  run();
  EXPECT_EQ(only(1).error, "expired");
  EXPECT_TRUE(only(2).ok);
  EXPECT_EQ(only(3).error, "expired");
  EXPECT_EQ(http.calls, (std::vector<std::string>{"chat.postEphemeral"}));
}

TEST_F(OutboundTest, AModalIsNotTriedBeyondItsTime) {
  http.script["views.open"] = {fault(HttpFault::unreachable)};
  submit(1, effect::OpenModal{"t", {"T"}, now + 700ms, "C1", "U1"});
  run();
  EXPECT_EQ(only(1).error, "expired");
}

TEST_F(OutboundTest, AUsedUpResponseUrlGoesAsEphemeral) {
  http.script["respond"] = {HttpResponse{404, {}, "used_url"}};
  submit(1, effect::Respond{"http://127.0.0.1:1/respond", "C1", "U1", {"hi", {}}, false, now + 1h});
  run();
  EXPECT_TRUE(only(1).ok);
  EXPECT_EQ(http.calls, (std::vector<std::string>{"respond", "chat.postEphemeral"}));
  for (const auto& [name, value] : http.requests[0].headers) EXPECT_NE(name, "Authorization");
}

TEST_F(OutboundTest, OneBadInviteDoesNotKeepOthersOut) {
  http.script["usergroups.list"] = {
      answer({{"ok", true}, {"usergroups", {{{"handle", "oncall"}, {"users", {"U2", "U3"}}}}}})};
  http.script["conversations.invite"] = {refused("user_not_found"), answer({{"ok", true}}), refused("user_not_found"),
                                         answer({{"ok", true}})};
  submit(1, effect::Invite{"C1", {"U1", "U2"}, "oncall"});
  run();
  EXPECT_EQ(http.count("conversations.invite"), 4U);
  EXPECT_EQ(only(1).error, "user_not_found");
  EXPECT_EQ(only(1).values.at("not_invited"), "U2");
}

effect::Post announcement() {
  auto made = post("incidents", "a");
  made.join = true;
  return made;
}

TEST_F(OutboundTest, APublicChannelThatWeAreNotInIsFoundAndJoinedForAnAnnouncement) {
  http.script["chat.postMessage"] = {refused("not_in_channel"),
                                     answer({{"ok", true}, {"ts", "1700000000.000001"}, {"channel", "C7"}})};
  http.script["conversations.list"] = {answer({{"ok", true}, {"channels", {{{"id", "C7"}, {"name", "incidents"}}}}})};
  submit(1, announcement());
  run();
  EXPECT_TRUE(only(1).ok);
  EXPECT_EQ(http.calls, (std::vector<std::string>{"chat.postMessage", "conversations.list", "conversations.join",
                                                  "chat.postMessage"}));
  EXPECT_EQ(json::parse(http.requests[2].body)["channel"], "C7");
}

TEST_F(OutboundTest, WhereItCannotBeJoinedThePostIsRefusedAndOthersAreNeverJoined) {
  http.script["chat.postMessage"] = {refused("not_in_channel")};
  http.script["conversations.list"] = {answer({{"ok", true}, {"channels", json::array()}})};
  submit(1, announcement());
  submit(2, post("C2", "b"));
  run();
  EXPECT_EQ(only(1).error, "not_in_channel");
  EXPECT_EQ(only(2).error, "not_in_channel");
  EXPECT_EQ(http.count("conversations.join"), 0U);
  EXPECT_EQ(http.count("conversations.list"), 1U);
}

TEST_F(OutboundTest, ARefusalIsTheEndAndTheNextGoesOn) {
  http.script["pins.add"] = {refused("too_many_pins")};
  submit(1, effect::AddPin{"C1", "1.1"});
  submit(2, post("C1", "a"));
  run();
  EXPECT_EQ(only(1).error, "too_many_pins");
  EXPECT_TRUE(only(2).ok);
}

TEST_F(OutboundTest, StopWaitsForWhatIsUnderWayAndKeepsTheRest) {
  http.held = true;
  submit(1, post("C1", "a"));
  submit(2, post("C1", "b"));
  settle();
  int stopped = 0;
  outbound->stop([&] { ++stopped; });
  settle();
  EXPECT_EQ(stopped, 0);
  http.release_one();
  settle();
  EXPECT_EQ(stopped, 1);
  EXPECT_TRUE(only(1).ok);
  EXPECT_FALSE(done.contains(2));
}

TEST_F(OutboundTest, StopEndsEvenIfNoAnswerComes) {
  http.held = true;
  submit(1, post("C1", "a"));
  settle();
  int stopped = 0;
  outbound->stop([&] { ++stopped; });
  io.run_for(3500ms);
  EXPECT_EQ(stopped, 1);
  EXPECT_TRUE(done.empty());
}

TEST_F(OutboundTest, MayBeDroppedAtAnyTime) {
  http.held = true;
  submit(1, post("C1", "a"));
  settle();
  outbound.reset();
  http.release_one();
  io.restart();
  io.run_for(50ms);
  EXPECT_TRUE(done.empty());
}

}  // namespace
}  // namespace vakt
