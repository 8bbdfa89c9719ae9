#include "integrations/slack/slack_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace vakt {
namespace {

using nlohmann::json;

InboundBody parsed(const char* type, const json& payload, EnvelopeMeta* meta = nullptr) {
  EnvelopeMeta own;
  const json frame = {{"envelope_id", "env-1"}, {"type", type}, {"payload", payload}};
  return parse_envelope(type, frame.dump(), meta ? *meta : own);
}

InboundBody event(json inner) {
  return parsed("events_api", {{"type", "event_callback"}, {"event_id", "Ev1"}, {"event", std::move(inner)}});
}

template <class T>
T as(const InboundBody& body) {
  if (const auto* ignored = std::get_if<inbound::Ignored>(&body); ignored && !std::is_same_v<T, inbound::Ignored>)
    ADD_FAILURE() << "ignored: " << ignored->what;
  return std::get<T>(body);
}

std::string ignored(const InboundBody& body) { return as<inbound::Ignored>(body).what; }

std::optional<inbound::Message> history_message(const json& message) {
  const JsonDocument document{message.dump()};
  return parse_history_message(document.root(), "C9");
}

json said(const char* text) {
  return {{"type", "message"}, {"channel", "C1"}, {"user", "U1"}, {"text", text}, {"ts", "1700000000.000100"}};
}

TEST(SlackJson, MessagesAreKnownByTheRecordOtherEventsByTheirIdAndTheRestByEnvelope) {
  EnvelopeMeta meta;
  parsed("events_api", {{"event_id", "Ev1"}, {"event", said("hi")}}, &meta);
  EXPECT_EQ(meta.envelope_id, "env-1");
  EXPECT_EQ(meta.dedupe_key, "") << "the record knows it by channel and ts";
  parsed("events_api",
         {{"event_id", "Ev1"},
          {"event", {{"type", "member_joined_channel"}, {"channel", "C1"}, {"user", "U1"}, {"event_ts", "1.2"}}}},
         &meta);
  EXPECT_EQ(meta.dedupe_key, "e:Ev1");
  parsed("slash_commands", {{"command", "/incident"}, {"user_id", "U1"}}, &meta);
  EXPECT_EQ(meta.dedupe_key, "v:env-1");
}

TEST(SlackJson, ReadsAMessage) {
  json inner = said("hello <@U2>");
  inner["files"] = {{{"id", "F1"}, {"title", "graph.png"}, {"permalink", "https://x/F1"}}, "no file"};
  inner["subtype"] = "file_share";
  const auto message = as<inbound::Message>(event(inner));
  EXPECT_EQ(message.channel, "C1");
  EXPECT_EQ(message.ts, "1700000000.000100");
  EXPECT_EQ(message.user, "U1");
  EXPECT_EQ(message.text, "hello <@U2>");
  ASSERT_EQ(message.files.size(), 1U);
  EXPECT_EQ(message.files[0].name, "graph.png");
  EXPECT_FALSE(message.backfilled);
}

TEST(SlackJson, HalfAnEmojiDoesNotCostTheMessage) {
  EnvelopeMeta meta;
  const auto body = parse_envelope(
      "events_api",
      R"({"envelope_id":"e","payload":{"event_id":"E","event":{"type":"message","channel":"C1","user":"U1",)"
      R"("ts":"1700000000.000100","text":"\\ud83d \ud83d\udd25 cut \ud83d"}}})",
      meta);
  EXPECT_EQ(as<inbound::Message>(body).text, "\\ud83d \xF0\x9F\x94\xA5 cut \xEF\xBF\xBD");
  EXPECT_EQ(meta.envelope_id, "e");
}

TEST(SlackJson, AParentIsNoReply) {
  json inner = said("x");
  inner["thread_ts"] = inner["ts"];
  EXPECT_EQ(as<inbound::Message>(event(inner)).thread_ts, "");
  inner["thread_ts"] = "1699999999.000100";
  EXPECT_EQ(as<inbound::Message>(event(inner)).thread_ts, "1699999999.000100");
}

TEST(SlackJson, ReadsAnotherBotsAlert) {
  json inner = {{"type", "message"}, {"subtype", "bot_message"}, {"channel", "C1"},       {"ts", "1700000000.000100"},
                {"text", ""},        {"bot_id", "B1"},           {"username", "Grafana"}, {"app_id", "A9"}};
  inner["attachments"] = {{{"pretext", "Firing"},
                           {"title", "Disk full"},
                           {"text", "db-1"},
                           {"fields", {{{"title", "Severity"}, {"value", "critical"}}}},
                           {"fallback", "unused"}}};
  inner["metadata"] = {{"event_type", "vakt"}, {"event_payload", {{"nonce", "n-1"}}}};
  const auto message = as<inbound::Message>(event(inner));
  EXPECT_EQ(message.bot_name, "Grafana");
  EXPECT_EQ(message.user, "B1");
  EXPECT_EQ(message.app_id, "A9");
  EXPECT_EQ(message.nonce, "n-1");
  EXPECT_EQ(message.fallback, "Firing\nDisk full\ndb-1\nSeverity: critical");
}

TEST(SlackJson, ReadsBlocksInOrderWhereThereIsNoText) {
  json inner = said("");
  inner["blocks"] = json::parse(R"([
    {"type":"header","text":{"type":"plain_text","text":"Alert"}},
    {"type":"section","text":{"type":"mrkdwn","text":"*db*"},"fields":[{"type":"mrkdwn","text":"f1"}]},
    {"type":"context","elements":[{"type":"mrkdwn","text":"ctx"},{"type":"image","image_url":"x"}]},
    {"type":"rich_text","elements":[
      {"type":"rich_text_section","elements":[{"type":"text","text":"see "},{"type":"user","user_id":"U7"},
        {"type":"text","text":" in "},{"type":"channel","channel_id":"C7"},{"type":"emoji","name":"fire"},
        {"type":"link","url":"https://a.b","text":"doc"}]},
      {"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},
        {"type":"rich_text_section","elements":[{"type":"text","text":"two"}]}]}]}])");
  EXPECT_EQ(as<inbound::Message>(event(inner)).fallback,
            "Alert\n*db*\nf1\nctx\nsee <@U7> in <#C7>:fire:<https://a.b|doc>\n• one\n• two");
  inner["text"] = "spoken";
  EXPECT_EQ(as<inbound::Message>(event(inner)).fallback, "");
}

TEST(SlackJson, AFallbackIsBoundedAndStaysUtf8) {
  json inner = said("");
  std::string much;
  for (int i = 0; i < 20'000; ++i) much += "ø";
  inner["attachments"] = {{{"text", much}}};
  const auto message = as<inbound::Message>(event(inner));
  EXPECT_LE(message.fallback.size(), 16'000U);
  EXPECT_TRUE(message.fallback.ends_with("ø…"));
}

TEST(SlackJson, ALinksPreviewIsNotWhatWasSaid) {
  json inner = said("see https://a.b");
  inner["attachments"] = {{{"from_url", "https://a.b"}, {"text", "A page"}}};
  EXPECT_EQ(as<inbound::Message>(event(inner)).fallback, "");
}

TEST(SlackJson, EditsAndDeletions) {
  json now = said("new");
  now["edited"] = {{"user", "U1"}, {"ts", "1700000050.000000"}};
  json inner = {{"type", "message"}, {"subtype", "message_changed"},    {"channel", "C1"},
                {"message", now},    {"event_ts", "1700000050.000100"}, {"ts", "1700000050.000100"}};
  const auto changed = as<inbound::MessageChanged>(event(inner));
  EXPECT_EQ(changed.message.text, "new");
  EXPECT_EQ(changed.message.channel, "C1");
  EXPECT_EQ(changed.message.edited_ts, "1700000050.000000");
  EXPECT_EQ(changed.event_ts, "1700000050.000100");
  EXPECT_FALSE(changed.before);
  inner["previous_message"] = {{"ts", "1700000000.000100"}, {"user", "U1"}, {"text", "old"}};
  EXPECT_EQ(as<inbound::MessageChanged>(event(inner)).before->text, "old");
  inner["previous_message"]["ts"] = "1700000000.000999";
  EXPECT_FALSE(as<inbound::MessageChanged>(event(inner)).before) << "of another message";

  inner["message"]["subtype"] = "tombstone";
  EXPECT_EQ(as<inbound::MessageDeleted>(event(inner)).ts, "1700000000.000100");

  const auto deleted = as<inbound::MessageDeleted>(event({{"type", "message"},
                                                          {"subtype", "message_deleted"},
                                                          {"channel", "C1"},
                                                          {"deleted_ts", "1700000000.000100"},
                                                          {"event_ts", "1700000060.000100"}}));
  EXPECT_EQ(deleted.ts, "1700000000.000100");
  EXPECT_EQ(deleted.event_ts, "1700000060.000100");
}

TEST(SlackJson, NoticesAreIgnored) {
  for (const char* subtype : {"channel_join", "channel_leave", "channel_topic", "channel_name", "channel_purpose",
                              "channel_archive", "pinned_item", "bot_add", "message_replied", "something_new"}) {
    json inner = said("x");
    inner["subtype"] = subtype;
    EXPECT_EQ(ignored(event(inner)), std::string("message ") + subtype);
  }
  EXPECT_EQ(ignored(parsed("events_api", {{"type", "app_rate_limited"}})), "app_rate_limited");
  EXPECT_EQ(ignored(event({{"type", "team_join"}})), "event team_join");
  EXPECT_EQ(ignored(parsed("interactive", {{"type", "view_closed"}})), "interaction view_closed");
  EXPECT_EQ(ignored(parsed("other", {})), "envelope other");
}

TEST(SlackJson, ReactionsPinsMembersAndChannels) {
  const json item = {{"type", "message"}, {"channel", "C1"}, {"ts", "1700000000.000100"}};
  const auto reaction = as<inbound::Reaction>(
      event({{"type", "reaction_removed"}, {"user", "U1"}, {"reaction", "pushpin"}, {"item", item}}));
  EXPECT_FALSE(reaction.added);
  EXPECT_EQ(reaction.emoji, "pushpin");
  EXPECT_EQ(ignored(event({{"type", "reaction_added"},
                           {"user", "U1"},
                           {"reaction", "x"},
                           {"item", {{"type", "file"}, {"file", "F1"}}}})),
            "reaction to something else than a message");
  const auto pin =
      as<inbound::Pin>(event({{"type", "pin_added"},
                              {"user", "U1"},
                              {"channel_id", "C1"},
                              {"item", {{"type", "message"}, {"message", {{"ts", "1700000000.000100"}}}}}}));
  EXPECT_TRUE(pin.added);
  EXPECT_EQ(pin.ts, "1700000000.000100");
  EXPECT_TRUE(
      as<inbound::Member>(event({{"type", "member_joined_channel"}, {"user", "U1"}, {"channel", "C1"}})).joined);
  EXPECT_EQ(
      as<inbound::ChannelRenamed>(event({{"type", "group_rename"}, {"channel", {{"id", "G1"}, {"name", "new"}}}})).name,
      "new");
  EXPECT_TRUE(as<inbound::ChannelArchived>(event({{"type", "group_archive"}, {"channel", "G1"}})).archived);
  EXPECT_FALSE(as<inbound::ChannelArchived>(event({{"type", "channel_unarchive"}, {"channel", "C1"}})).archived);
  EXPECT_EQ(as<inbound::HomeOpened>(event({{"type", "app_home_opened"}, {"user", "U1"}, {"tab", "home"}})).user, "U1");
  EXPECT_EQ(ignored(event({{"type", "app_home_opened"}, {"user", "U1"}, {"tab", "messages"}})),
            "app_home_opened elsewhere");
}

TEST(SlackJson, SlashCommand) {
  const auto command = as<inbound::Command>(parsed("slash_commands", {{"command", "/incident"},
                                                                      {"text", "declare &amp; go"},
                                                                      {"user_id", "U1"},
                                                                      {"channel_id", "C1"},
                                                                      {"channel_name", "general"},
                                                                      {"response_url", "https://r"},
                                                                      {"trigger_id", "t"}}));
  EXPECT_EQ(command.text, "declare &amp; go");
  EXPECT_EQ(command.reply.response_url, "https://r");
  EXPECT_EQ(command.reply.channel, "C1");
}

TEST(SlackJson, Presses) {
  json payload = {{"type", "block_actions"},
                  {"user", {{"id", "U1"}}},
                  {"trigger_id", "t"},
                  {"response_url", "https://r"},
                  {"container", {{"type", "message"}, {"message_ts", "1700000000.000100"}, {"channel_id", "C1"}}},
                  {"actions", {{{"action_id", "snooze#2"}, {"type", "button"}, {"value", "12"}}}}};
  const auto press = as<inbound::Press>(parsed("interactive", payload));
  EXPECT_EQ(press.action, "snooze");
  EXPECT_EQ(press.value, "12");
  EXPECT_EQ(press.message_ts, "1700000000.000100");
  EXPECT_EQ(press.reply.channel, "C1");
  payload["actions"][0] = {{"action_id", "sev"}, {"selected_option", {{"value", "sev2"}}}};
  EXPECT_EQ(as<inbound::Press>(parsed("interactive", payload)).value, "sev2");
  payload["actions"][0] = {{"action_id", "lead"}, {"selected_user", "U5"}};
  payload["container"] = {{"type", "view"}, {"view_id", "V1"}};
  EXPECT_EQ(as<inbound::Press>(parsed("interactive", payload)).value, "U5");
  EXPECT_EQ(as<inbound::Press>(parsed("interactive", payload)).view_id, "V1");
}

TEST(SlackJson, Shortcuts) {
  const auto shortcut = as<inbound::Shortcut>(parsed("interactive", {{"type", "message_action"},
                                                                     {"callback_id", "add_to_timeline"},
                                                                     {"user", {{"id", "U1"}}},
                                                                     {"channel", {{"id", "C1"}}},
                                                                     {"message", said("it broke")}}));
  EXPECT_EQ(shortcut.message.text, "it broke");
  EXPECT_EQ(shortcut.message.channel, "C1");
  EXPECT_EQ(
      as<inbound::Shortcut>(
          parsed("interactive", {{"type", "shortcut"}, {"callback_id", "declare_incident"}, {"user", {{"id", "U1"}}}}))
          .callback,
      "declare_incident");
}

TEST(SlackJson, SubmissionsAreFlattened) {
  const json values = {{"title", {{"title", {{"type", "plain_text_input"}, {"value", "Down"}}}}},
                       {"sev", {{"sev", {{"selected_option", {{"value", "sev1"}}}}}}},
                       {"lead", {{"lead", {{"selected_user", "U2"}}}}},
                       {"day", {{"day", {{"selected_date", "2026-01-02"}}}}},
                       {"note", {{"note", {{"type", "plain_text_input"}, {"value", nullptr}}}}},
                       {"vakt:1", {{"quick#2", {{"selected_option", {{"value", "q"}}}}}}},
                       {"bad", 7}};
  const auto sent = as<inbound::Submission>(
      parsed("interactive",
             {{"type", "view_submission"},
              {"user", {{"id", "U1"}}},
              {"view", {{"callback_id", "declare"}, {"private_metadata", "C1|7"}, {"state", {{"values", values}}}}}}));
  EXPECT_EQ(sent.callback, "declare");
  EXPECT_EQ(sent.context, "C1|7");
  EXPECT_EQ(
      sent.values,
      (std::map<std::string, std::string>{
          {"title", "Down"}, {"sev", "sev1"}, {"lead", "U2"}, {"day", "2026-01-02"}, {"note", ""}, {"quick", "q"}}));
}

TEST(SlackJson, NothingCrashesOnNonsense) {
  EnvelopeMeta meta;
  for (
      const std::string& text :
      {std::string(), std::string("null"), std::string("[]"), std::string("{"), std::string("\xff\xfe"),
       std::string(3, '\0'), std::string(100'000, '['), "{\"payload\":" + std::string(5'000, '{'),
       std::string(R"({"payload":{"event":{"type":7,"ts":[]}}})"),
       std::string(
           R"({"payload":{"event":{"type":"message","channel":{},"ts":"x","files":{},"attachments":[1,[2]],"blocks":"b"}}})"),
       std::string(R"({"payload":{"type":"block_actions","actions":{},"user":[]}})"),
       std::string(R"({"envelope_id":1,"envelope_id":"a","payload":"p"})")})
    for (const char* type : {"events_api", "slash_commands", "interactive", "x"})
      EXPECT_TRUE(std::holds_alternative<inbound::Ignored>(parse_envelope(type, text, meta)))
          << type << text.substr(0, 80);
  EXPECT_EQ(ignored(parse_envelope("events_api", std::string(100'000, '['), meta)), "unreadable");
}

TEST(SlackJson, FetchedMessagesFollowTheSameRules) {
  json message = said("old");
  message["thread_ts"] = message["ts"];
  const auto read = history_message(message);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->backfilled);
  EXPECT_EQ(read->channel, "C9");
  EXPECT_EQ(read->thread_ts, "");
  message["subtype"] = "channel_join";
  EXPECT_FALSE(history_message(message));
  EXPECT_FALSE(history_message("x"));
}

TEST(SlackJson, NumbersComeOffActions) {
  EXPECT_EQ(slack_json::without_number("a#2"), "a");
  EXPECT_EQ(slack_json::without_number("a#b"), "a#b");
  EXPECT_EQ(slack_json::without_number("#2"), "#2");
  EXPECT_EQ(slack_json::without_number("a#"), "a#");
}

}  // namespace
}  // namespace vakt
