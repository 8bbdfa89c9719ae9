#include "integrations/slack/envelope.hpp"

#include <gtest/gtest.h>

namespace vakt {
namespace {

EnvelopeFrame envelope(std::string_view text) {
  const auto frame = parse_frame(text);
  const auto* found = std::get_if<EnvelopeFrame>(&frame);
  if (!found) ADD_FAILURE() << "no envelope: " << text;
  return found ? *found : EnvelopeFrame{};
}

bool unreadable(std::string_view text) { return std::holds_alternative<UnreadableFrame>(parse_frame(text)); }

TEST(EnvelopeTest, ReadsWhatStandsOnBothSidesOfThePayload) {
  const auto read = envelope(
      R"( {"envelope_id":"a-1", "payload" : {"text":"}\"]}","list":[{"envelope_id":"no"},[]],"type":"no"} ,"type":"events_api",)"
      R"("accepts_response_payload":false} )");
  EXPECT_EQ(read.id, "a-1");
  EXPECT_EQ(read.type, "events_api");
  EXPECT_FALSE(read.accepts_payload);
}

TEST(EnvelopeTest, ThePayloadMayBeAnything) {
  for (const char* payload : {"{}", "null", "7", "\"}{\"", "[1,{\"a\":[]}]", "{\"payload\":{\"payload\":{}}}"})
    EXPECT_EQ(envelope(std::string{R"({"type":"x","payload":)"} + payload + R"(,"envelope_id":"b"})").id, "b")
        << payload;
}

TEST(EnvelopeTest, OnlyTheOutermostPayloadIsPassedOver) {
  const auto hello = parse_frame(
      R"({"type":"hello","num_connections":2,"debug_info":{"payload":{},"approximate_connection_time":300}})");
  ASSERT_TRUE(std::holds_alternative<HelloFrame>(hello));
  EXPECT_EQ(std::get<HelloFrame>(hello).connections, 2);
  EXPECT_EQ(std::get<HelloFrame>(hello).lifetime, std::chrono::seconds{300});
  EXPECT_EQ(envelope(R"({"a":"payload","b":{},"envelope_id":"c"})").id, "c");
}

TEST(EnvelopeTest, AFrameThatIsBrokenOutsideThePayloadIsUnreadable) {
  for (const char* text :
       {"", "{", "[]", "{\"payload\":{", "{\"payload\":{}", "{\"payload\":\"", "{\"payload\"", "{\"payload\":{}}}",
        "{\"payload\":{},}", "{\"payload\" {},\"envelope_id\":\"x\"}", "}{\"payload\":{}}", "[\"payload\":{}]"})
    EXPECT_TRUE(unreadable(text)) << text;
}

TEST(EnvelopeTest, ABrokenPayloadIsTheReadersMatterAndItsEnvelopeIsStillKnown) {
  EXPECT_EQ(envelope(R"({"envelope_id":"d","payload":{nonsense}})").id, "d");
}

}  // namespace
}  // namespace vakt
