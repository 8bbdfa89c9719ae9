#include "integrations/http/request_bytes.hpp"

#include <gtest/gtest.h>

namespace vakt {
namespace {

Url url(const char* text) { return parse_url(text).value(); }

TEST(RequestBytes, writes_a_get) {
  EXPECT_EQ(request_bytes({"GET", "", {{"Accept", "text/plain"}}, ""}, url("https://example.com/a?b=c")).value(),
            "GET /a?b=c HTTP/1.1\r\nHost: example.com\r\nAccept: text/plain\r\nUser-Agent: vakt\r\n\r\n");
}

TEST(RequestBytes, writes_a_post_with_its_length) {
  EXPECT_EQ(request_bytes({"POST", "", {{"user-agent", "me"}}, "{}"}, url("http://127.0.0.1:8080/")).value(),
            "POST / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nuser-agent: me\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_TRUE(
      request_bytes({"DELETE", "", {}, ""}, url("https://example.com/")).value().contains("\r\nContent-Length: 0\r\n"));
}

TEST(RequestBytes, sets_the_framing_itself) {
  const HttpHeaders headers{
      {"Content-Length", "99"}, {"HOST", "evil"}, {"transfer-encoding", "chunked"}, {"Connection", "close"}};
  EXPECT_EQ(request_bytes({"GET", "", headers, ""}, url("https://example.com/")).value(),
            "GET / HTTP/1.1\r\nHost: example.com\r\nUser-Agent: vakt\r\n\r\n");
}

TEST(RequestBytes, refuses_what_would_break_the_framing_and_does_not_repeat_it) {
  const Url to = url("https://example.com/");
  for (const HttpRequest& request :
       {HttpRequest{"GET /", "", {}, ""}, HttpRequest{"", "", {}, ""},
        HttpRequest{"GET", "", {{"X", "secret\r\nY: 1"}}, ""}, HttpRequest{"GET", "", {{"X\n", "1"}}, ""},
        HttpRequest{"GET", "", {{"", "1"}}, ""}, HttpRequest{"GET", "", {{"X", std::string(1, '\0')}}, ""}}) {
    const auto bytes = request_bytes(request, to);
    ASSERT_FALSE(bytes);
    EXPECT_FALSE(bytes.error().text.contains("secret"));
  }
}

}  // namespace
}  // namespace vakt
