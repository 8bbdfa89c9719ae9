#include "integrations/slack/ws_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

namespace vakt {
namespace {

using Kind = WsEvent::Kind;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::string header_of(const std::string& request, const std::string& name) {
  const auto at = request.find(name + ": ") + name.size() + 2;
  return request.substr(at, request.find('\r', at) - at);
}

std::string accept_of(const std::string& request) {
  const std::string source = header_of(request, "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  unsigned char digest[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(source.data()), source.size(), digest);
  unsigned char text[64];
  const int size = EVP_EncodeBlock(text, digest, SHA_DIGEST_LENGTH);
  return {reinterpret_cast<char*>(text), static_cast<std::size_t>(size)};
}

// RFC 6455 5.2: opcode and FIN in the first byte; a server does not mask.
std::string frame(int first, const std::string& payload) {
  std::string bytes(1, static_cast<char>(first));
  if (payload.size() < 126) {
    bytes += static_cast<char>(payload.size());
  } else if (payload.size() < 65'536) {
    bytes += static_cast<char>(126);
    for (int shift = 8; shift >= 0; shift -= 8) bytes += static_cast<char>((payload.size() >> shift) & 0xff);
  } else {
    bytes += static_cast<char>(127);
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((payload.size() >> shift) & 0xff);
  }
  return bytes + payload;
}

// Undoes the client's mask of one short frame.
std::string unmasked(const std::string& bytes) {
  std::string payload;
  for (std::size_t i = 6; i < bytes.size(); ++i) payload += static_cast<char>(bytes[i] ^ bytes[2 + (i - 6) % 4]);
  return payload;
}

struct WebSocket : ::testing::Test {
  WsEngine engine{"wss://wss.slack.test/link/?ticket=t"};
  std::string request;

  void feed(const std::string& bytes) { engine.feed(bytes.data(), bytes.size()); }
  std::string answer() const {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
           accept_of(request) + "\r\n\r\n";
  }
  void begin() {
    engine.start();
    request = engine.take_output();
  }
  void open() {
    begin();
    feed(answer());
    const auto events = engine.take_events();
    ASSERT_THAT(events, SizeIs(1));
    ASSERT_EQ(events[0].kind, Kind::opened);
    ASSERT_TRUE(engine.open());
  }
};

TEST_F(WebSocket, asks_for_the_upgrade) {
  EXPECT_THAT(engine.take_output(), IsEmpty());
  begin();
  EXPECT_THAT(request, StartsWith("GET /link/?ticket=t HTTP/1.1\r\n"));
  EXPECT_EQ(header_of(request, "Host"), "wss.slack.test");
  EXPECT_EQ(header_of(request, "Sec-WebSocket-Version"), "13");
  EXPECT_FALSE(engine.open());
  EXPECT_FALSE(engine.send_text("too early"));
}

TEST_F(WebSocket, opens_and_reads_text_byte_by_byte) {
  begin();
  const std::string bytes = answer() + frame(0x81, "hello") + frame(0x82, "bytes");
  for (const char byte : bytes) engine.feed(&byte, 1);
  const auto events = engine.take_events();
  ASSERT_THAT(events, SizeIs(3));
  EXPECT_EQ(events[0].kind, Kind::opened);
  EXPECT_EQ(events[1].kind, Kind::text);
  EXPECT_EQ(events[1].text, "hello");
  EXPECT_EQ(events[2].kind, Kind::binary);
}

TEST_F(WebSocket, joins_fragments_with_a_ping_between_them) {
  open();
  feed(frame(0x01, "one ") + frame(0x89, "p") + frame(0x80, "two"));
  const auto events = engine.take_events();
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0].kind, Kind::ping);
  EXPECT_EQ(events[1].text, "one two");
}

TEST_F(WebSocket, reads_a_view_of_250_kB) {
  open();
  feed(frame(0x81, std::string(250'000, 'x')));
  const auto events = engine.take_events();
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].text.size(), 250'000U);
}

TEST_F(WebSocket, echoes_the_payload_of_a_ping_exactly) {
  open();
  const std::string payload("a\0b", 3);
  feed(frame(0x89, payload));
  const std::string output = engine.take_output();
  EXPECT_EQ(static_cast<unsigned char>(output[0]), 0x8a);
  EXPECT_EQ(unmasked(output), payload);
}

TEST_F(WebSocket, sends_masked_text_and_pings) {
  open();
  EXPECT_TRUE(engine.send_text("ack"));
  const std::string text = engine.take_output();
  EXPECT_EQ(static_cast<unsigned char>(text[1]), 0x80 | 3);
  EXPECT_EQ(unmasked(text), "ack");
  EXPECT_TRUE(engine.ping("p"));
  EXPECT_EQ(static_cast<unsigned char>(engine.take_output()[0]), 0x89);
  feed(frame(0x8a, "p"));
  EXPECT_EQ(engine.take_events().at(0).kind, Kind::pong);
}

TEST_F(WebSocket, a_close_by_the_peer_is_answered_and_is_the_last_event) {
  open();
  feed(frame(0x88,
             "\x03\xe8"
             "bye") +
       frame(0x81, "after"));
  const auto events = engine.take_events();
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].kind, Kind::closed);
  EXPECT_EQ(events[0].code, 1000);
  EXPECT_EQ(events[0].text, "bye");
  EXPECT_EQ(static_cast<unsigned char>(engine.take_output().at(0)), 0x88);
  EXPECT_FALSE(engine.send_text("late"));
}

TEST_F(WebSocket, a_close_by_us_ends_with_the_peers_answer) {
  open();
  EXPECT_TRUE(engine.close(1000, ""));
  EXPECT_FALSE(engine.open());
  EXPECT_FALSE(engine.send_text("late"));
  EXPECT_THAT(engine.take_events(), IsEmpty());
  feed(frame(0x88, "\x03\xe8"));
  EXPECT_EQ(engine.take_events().at(0).kind, Kind::closed);
}

TEST_F(WebSocket, the_end_of_the_stream_closes_with_1006) {
  open();
  engine.end_of_stream();
  engine.end_of_stream();
  const auto events = engine.take_events();
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].code, 1006);
}

TEST_F(WebSocket, a_refused_upgrade_fails_and_says_why) {
  begin();
  feed("HTTP/1.1 403 Forb");
  feed("idden\r\nContent-Length: 0\r\n\r\n");
  const auto events = engine.take_events();
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].kind, Kind::failed);
  EXPECT_THAT(events[0].text, HasSubstr("403 Forbidden"));
}

TEST_F(WebSocket, an_upgrade_by_somebody_who_does_not_know_the_key_fails) {
  begin();
  feed(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
      "AAAA\r\n\r\n");
  EXPECT_EQ(engine.take_events().at(0).kind, Kind::failed);
}

TEST_F(WebSocket, odd_status_lines_fail) {
  for (const std::string line : {"HTTP/1.1 99999999999999 x\r\n", "SSH-2.0-x\r\n", "\r\n\r\n"}) {
    WsEngine other("wss://wss.slack.test/");
    other.start();
    other.feed(line.data(), line.size());
    EXPECT_EQ(other.take_events().at(0).kind, Kind::failed) << line;
  }
}

TEST_F(WebSocket, broken_frames_fail) {
  for (const std::string& bytes :
       {frame(0x83, "reserved opcode"), frame(0xc1, "reserved bit"), frame(0x81, "\xff\xfe"),
        frame(0x80, "nothing to continue"), std::string("\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10),
        frame(0x89, std::string(126, 'x'))}) {
    WsEngine other("wss://wss.slack.test/");
    other.start();
    request = other.take_output();
    const std::string all = answer() + bytes;
    other.feed(all.data(), all.size());
    const auto events = other.take_events();
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[1].kind, Kind::failed);
    EXPECT_FALSE(other.open());
  }
}

TEST_F(WebSocket, an_endless_status_line_fails) {
  begin();
  feed(std::string(5000, 'x'));
  EXPECT_EQ(engine.take_events().at(0).kind, Kind::failed);
}

TEST(WebSocketUrl, a_malformed_one_fails_without_output) {
  for (const std::string url : {"", "nonsense", "wss://", "http//x"}) {
    WsEngine engine(url);
    engine.start();
    EXPECT_THAT(engine.take_output(), IsEmpty()) << url;
    EXPECT_EQ(engine.take_events().at(0).kind, Kind::failed) << url;
    EXPECT_FALSE(engine.close(1000, ""));
  }
}

}  // namespace
}  // namespace vakt
