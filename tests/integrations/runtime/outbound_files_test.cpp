#include <atomic>
#include <thread>

#include "tests/integrations/runtime/outbound_stage.hpp"

namespace vakt {
namespace {

using namespace test;

struct OutboundFilesTest : OutboundTest {
  OutboundFilesTest() {
    write_document = [this](IncidentNumber, const std::string& name) -> Result<DocumentFile> {
      ++written;
      wrote_on = std::this_thread::get_id();
      if (!trouble.empty()) return std::unexpected(Error{trouble});
      return DocumentFile{"pm.md", "# " + name, "Title", "comment"};
    };
    outbound = make();
    http.script["files.getUploadURLExternal"] = {
        answer({{"ok", true}, {"upload_url", "http://127.0.0.1:1/one/put"}, {"file_id", "F1"}})};
    http.script["put"] = {HttpResponse{200, {}, "OK - 6"}};
  }
  ~OutboundFilesTest() override { outbound.reset(); }

  std::atomic<int> written = 0;
  std::atomic<std::thread::id> wrote_on{};
  std::string trouble;
};

const effect::UploadDocument upload{"C1", "oslo", "U1", "C2", "https://hooks"};
const effect::ShareFile share{"C1", "F1", "Title", "comment", "oslo", "U1", "C2", "https://hooks"};

HttpResult info(const char* channel) {
  return answer({{"ok", true}, {"file", {{"id", "F1"}, {"shares", {{"public", {{channel, {{{"ts", "1.1"}}}}}}}}}}});
}

TEST_F(OutboundFilesTest, IsWrittenOnAThreadOfItsOwnAndItsBytesGoWhereSlackSays) {
  submit(1, upload);
  run();
  ASSERT_TRUE(only(1).ok);
  EXPECT_EQ(only(1).values.at("file"), "F1");
  EXPECT_EQ(only(1).values.at("title"), "Title");
  EXPECT_EQ(only(1).values.at("comment"), "comment");
  EXPECT_NE(wrote_on.load(), std::this_thread::get_id());
  ASSERT_EQ(http.calls, (std::vector<std::string>{"files.getUploadURLExternal", "put"}));
  EXPECT_EQ(http.requests[0].body, "filename=pm.md&length=6");
  EXPECT_EQ(http.requests[1].url, "http://127.0.0.1:1/one/put");
  EXPECT_EQ(http.requests[1].body, "# oslo");
  for (const auto& [name, value] : http.requests[1].headers)
    EXPECT_EQ(value.find("xoxb"), std::string::npos) << "our token is for Slack's API alone: " << name;
}

TEST_F(OutboundFilesTest, AfterAnyTroubleWithTheBytesANewPlaceIsAskedFor) {
  http.script["put"] = {HttpResponse{500, {}, "no"}, fault(HttpFault::broken), HttpResponse{404, {}, "gone"},
                        HttpResponse{200, {}, "OK"}};
  submit(1, upload);
  run(20s);
  EXPECT_TRUE(only(1).ok);
  EXPECT_EQ(http.count("files.getUploadURLExternal"), 4U);
  EXPECT_EQ(written, 1);
}

TEST_F(OutboundFilesTest, ARefusalAndATemplatesErrorAreTold) {
  http.script["files.getUploadURLExternal"] = {refused("file_uploads_disabled")};
  submit(1, upload);
  run();
  EXPECT_EQ(only(1).error, "file_uploads_disabled");
  trouble = "oslo.mustache, line 3: no such section";
  submit(2, upload);
  run();
  EXPECT_FALSE(only(2).ok);
  EXPECT_EQ(only(2).values.at("why"), trouble);
}

TEST_F(OutboundFilesTest, ANewerOrderTakesThePlaceOfOneThatWaits) {
  http.held = true;
  submit(1, upload);
  for (int i = 0; i < 100 && http.calls.empty(); ++i) io.run_for(10ms), io.restart();
  submit(2, upload);
  submit(3, upload);
  submit(4, effect::UploadDocument{"C1", "nav", "U1", "C2", ""});
  settle();
  EXPECT_EQ(only(2).values.count("superseded"), 1U);
  EXPECT_TRUE(only(2).ok);
  EXPECT_FALSE(done.contains(4));
}

TEST_F(OutboundFilesTest, IsShownOnceWhateverBecameOfTheAnswer) {
  http.script["files.completeUploadExternal"] = {fault(HttpFault::broken)};
  http.script["files.info"] = {info("C1")};
  submit(1, share);
  run();
  EXPECT_TRUE(only(1).ok);
  EXPECT_EQ(http.count("files.completeUploadExternal"), 1U);
  const auto body = json::parse(http.requests[0].body);
  EXPECT_EQ(body["files"][0]["id"], "F1");
  EXPECT_EQ(body["channel_id"], "C1");
  EXPECT_EQ(body["initial_comment"], "comment");
}

TEST_F(OutboundFilesTest, WhatAnEarlierRunLeftIsLookedAtFirst) {
  http.script["files.info"] = {info("C1")};
  submit(1, share, true);
  run();
  EXPECT_TRUE(only(1).ok);
  EXPECT_EQ(http.calls, (std::vector<std::string>{"files.info"}));
  http.script["files.info"] = {info("C9")};  // shown elsewhere
  submit(2, share, true);
  run();
  EXPECT_TRUE(only(2).ok);
  EXPECT_EQ(http.calls.back(), "files.completeUploadExternal");
}

TEST_F(OutboundFilesTest, StopDoesNotWaitForADocumentForLong) {
  const auto go = std::make_shared<std::atomic<bool>>(false);  // the writer's thread ends after this test's body
  write_document = [go](IncidentNumber, const std::string&) -> Result<DocumentFile> {
    while (!*go) std::this_thread::sleep_for(5ms);
    return DocumentFile{"pm.md", "late", "", ""};
  };
  outbound = make();
  submit(1, upload);
  settle();
  int stopped = 0;
  outbound->stop([&] { ++stopped; });
  io.run_for(3500ms);
  EXPECT_EQ(stopped, 1);
  EXPECT_TRUE(done.empty()) << "it stays in the outbox";
  *go = true;
}

TEST_F(OutboundFilesTest, AReplacedBookmarkIsEdited) {
  http.script["bookmarks.list"] = {answer({{"ok", true}, {"bookmarks", {{{"id", "Bk1"}, {"link", "https://old"}}}}})};
  submit(1, effect::AddBookmark{"C1", "Post-mortem", "https://new", "https://old"});
  run();
  EXPECT_EQ(http.calls, (std::vector<std::string>{"bookmarks.list", "bookmarks.edit"}));
  EXPECT_EQ(json::parse(http.requests[1].body)["bookmark_id"], "Bk1");
  submit(2, effect::AddBookmark{"C1", "Post-mortem", "https://new", "https://older"});
  run();
  EXPECT_EQ(http.calls.back(), "bookmarks.add") << "there was none to edit";
}

}  // namespace
}  // namespace vakt
