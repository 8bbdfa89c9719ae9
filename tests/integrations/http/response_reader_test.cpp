#include "integrations/http/response_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace vakt {
namespace {

const std::string chunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Mixed-Case: Yes\r\n\r\n5\r\nhello\r\n7;ext=1\r\n, "
    "world\r\n0\r\nTrailer: 1\r\n\r\n";

TEST(ResponseReader, reads_a_response_with_a_length) {
  ResponseReader reader(false);
  const auto read = reader.feed("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nContent-Length: 2\r\n\r\nok");
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->status, 429);
  EXPECT_EQ((*read)->header("retry-after"), "30");
  EXPECT_EQ((*read)->body, "ok");
  EXPECT_TRUE(reader.keep_alive());
}

RC_GTEST_PROP(ResponseReaderProperty, reads_the_same_however_the_bytes_are_cut, ()) {
  ResponseReader reader(false);
  std::string rest = chunked;
  while (!rest.empty()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
    const auto read = reader.feed(rest.substr(0, size));
    rest.erase(0, size);
    RC_ASSERT(read.has_value() == rest.empty());
    if (!read) continue;
    RC_ASSERT(read->has_value());
    RC_ASSERT((*read)->body == "hello, world");
    RC_ASSERT((*read)->header("x-mixed-case") == "Yes");
    RC_ASSERT(reader.keep_alive());
  }
}

RC_GTEST_PROP(ResponseReaderProperty, survives_any_bytes, (const std::string& tail)) {
  ResponseReader reader(false);
  const auto cut = *rc::gen::inRange<std::size_t>(0, chunked.size());
  const auto read = reader.feed(chunked.substr(0, cut) + tail);
  if (!read) reader.end_of_stream();
}

TEST(ResponseReader, skips_interim_answers) {
  ResponseReader reader(false);
  EXPECT_FALSE(reader.feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"));
  const auto read = reader.feed("HTTP/1.1 204 No Content\r\n\r\n");
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->status, 204);
}

TEST(ResponseReader, ends_a_body_without_length_at_the_end_of_the_stream) {
  ResponseReader reader(false);
  EXPECT_FALSE(reader.feed("HTTP/1.1 200 OK\r\n\r\nall of "));
  EXPECT_FALSE(reader.feed("it"));
  const auto read = reader.end_of_stream();
  ASSERT_TRUE(read);
  EXPECT_EQ(read->body, "all of it");
  EXPECT_FALSE(reader.keep_alive());
}

TEST(ResponseReader, knows_that_an_answer_to_head_has_no_body) {
  ResponseReader reader(true);
  const auto read = reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->body, "");
  EXPECT_EQ((*read)->header("content-length"), "1000");
}

TEST(ResponseReader, does_not_reuse_a_connection_with_stray_bytes_or_a_close) {
  ResponseReader stray(false);
  ASSERT_TRUE(stray.feed("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1"));
  EXPECT_FALSE(stray.keep_alive());
  ResponseReader close(false);
  ASSERT_TRUE(close.feed("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_FALSE(close.keep_alive());
  ResponseReader old(false);
  ASSERT_TRUE(old.feed("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_FALSE(old.keep_alive());
}

TEST(ResponseReader, calls_nonsense_broken) {
  for (const auto* bytes :
       {"220 mail.example.com ESMTP\r\n", "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    ResponseReader reader(false);
    const auto read = reader.feed(bytes);
    ASSERT_TRUE(read) << bytes;
    ASSERT_FALSE(*read) << bytes;
    EXPECT_EQ(read->error(), HttpFault::broken) << bytes;
  }
}

TEST(ResponseReader, calls_an_answer_that_stops_in_the_middle_broken) {
  ResponseReader head(false);
  EXPECT_FALSE(head.feed("HTTP/1.1 200 OK\r\nContent-"));
  EXPECT_EQ(head.end_of_stream().error(), HttpFault::broken);
  ResponseReader body(false);
  EXPECT_FALSE(body.feed("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123"));
  EXPECT_EQ(body.end_of_stream().error(), HttpFault::broken);
  ResponseReader nothing(false);
  EXPECT_TRUE(nothing.untouched());
  EXPECT_EQ(nothing.end_of_stream().error(), HttpFault::broken);
}

TEST(ResponseReader, stops_at_the_limits) {
  ResponseReader announced(false);
  const auto read =
      announced.feed("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(largest_response_body + 1) + "\r\n\r\n");
  ASSERT_TRUE(read && !*read);
  EXPECT_EQ(read->error(), HttpFault::too_large);

  ResponseReader headers(false);
  const auto many = headers.feed("HTTP/1.1 200 OK\r\nX: " + std::string(largest_response_header, 'x') + "\r\n\r\n");
  ASSERT_TRUE(many && !*many);
  EXPECT_EQ(many->error(), HttpFault::too_large);

  ResponseReader unannounced(false);
  std::optional<std::expected<HttpResponse, HttpFault>> end = unannounced.feed("HTTP/1.1 200 OK\r\n\r\n");
  const std::string megabyte(1024 * 1024, 'x');
  for (int i = 0; i < 17 && !end; ++i) end = unannounced.feed(megabyte);
  ASSERT_TRUE(end && !*end);
  EXPECT_EQ(end->error(), HttpFault::too_large);
}

}  // namespace
}  // namespace vakt
